"""What can be wrong with an entry of the inventory or with a change of it."""

from __future__ import annotations

from collections.abc import Iterable

from secops.errors import ExitCode, InputError, SecopsError, UsageError, msgid


class SecretSystemError(InputError):
    """A state-secret system must never be entered; the flag of the unit is all that is kept."""

    code = "inventory.state-secret"
    what = msgid("{name!r} reads like a state-secret system ({word}); it must not be entered here")
    mend = msgid(
        "leave it out and set standing.secret_network of the unit; the secrecy office keeps it"
    )


class WrongEditError(UsageError):
    """Several values of one command that cannot be; nothing was changed."""

    code = "edit.wrong"
    what = msgid("values that cannot be set: {count}; nothing was changed")
    mend = msgid("correct them and run the command again")

    def __init__(self, problems: Iterable[SecopsError]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=str(len(self.problems)))


class UnknownFieldError(UsageError):
    """A path that no field of this kind of record has."""

    code = "edit.unknown-field"
    what = msgid("{kind} has no field {path!r}")
    mend = msgid("take a path that `show` prints; near fields: {near}")


class NothingToChangeError(UsageError):
    """An edit without a single value."""

    code = "edit.nothing"
    what = msgid("no value was given")
    mend = msgid("name what to change, such as --name or --set PATH=VALUE")


class StillUsedError(InputError):
    """A record cannot be over while something in use refers to it; at a command it is wrong use."""

    code = "inventory.still-used"
    what = msgid("still in use by {count}: {users}")
    mend = msgid("change or retire these first")
    exit_code = ExitCode.USAGE
