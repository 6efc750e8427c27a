"""What the machine itself refuses: room, rights; whatever was being written stays as it was."""

from __future__ import annotations

from secops.errors import ExitCode, SecopsError, UsageError, msgid


class DiskFullError(SecopsError):
    """No room left on the disk or in the quota."""

    code = "machine.disk-full"
    what = msgid("the disk is full; the last step was not saved")
    mend = msgid("make room and run the command again; what was saved before is kept")
    exit_code = ExitCode.INCOMPLETE


class NotAllowedError(UsageError):
    """The system does not let this user read or write there."""

    code = "machine.not-allowed"
    what = msgid("the system does not allow to use {path}")
    mend = msgid("check the owner and the rights, or choose another place")
