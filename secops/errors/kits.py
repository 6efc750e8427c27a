"""What may be wrong with a kit, one workbook of one unit, that came back."""

from __future__ import annotations

from secops.errors import InputError, UsageError, msgid


class NoKitError(InputError):
    """A form of ours that is no kit."""

    code = "kit.other-purpose"
    what = msgid("this form is no kit of a unit")
    mend = msgid("a sheet of answers that came back is taken over with `secops assess import`")


class OtherUnitKitError(InputError):
    """The kit of a unit that was not named, or that is there no longer."""

    code = "kit.other-unit"
    what = msgid("this kit is not of any unit that is merged here")
    mend = msgid("leave --unit out, or merge it where its unit belongs")


class RepeatedNewRowError(InputError):
    """Two new rows of one sheet about the same thing."""

    code = "kit.repeated-new-row"
    what = msgid("this new row is about the same as the row at {first}")
    mend = msgid("keep one of the two")


class KitConflictError(InputError):
    """Copies, or a copy and the workspace, say different things; nobody decided."""

    code = "kit.conflict"
    what = msgid("{name} {key!r}: exported {base!r}, now {now!r}; {claims}")
    mend = msgid("decide with --prefer store, file or FILE, or take the rest: --take unconflicted")


class NoUnitChosenError(UsageError):
    """Nobody said for which units."""

    code = "kit.no-unit"
    what = msgid("no unit in use is chosen")
    mend = msgid("name units, or say --below UNIT for the legal bodies below one, or --all")


class NoKitFileError(UsageError):
    """A folder without a workbook."""

    code = "kit.no-file"
    what = msgid("{folder} holds no workbook (.xlsx)")
    mend = msgid("name the folder where the kits that came back are")
