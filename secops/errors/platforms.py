"""What can go wrong with the statements of platforms and what tenants inherit."""

from __future__ import annotations

from secops.errors import InputError, UsageError, msgid


class NoStatementFileError(InputError):
    """The file is no statement, or not as it was written."""

    code = "statement.file"
    what = msgid("this is no platform statement that secops wrote, or it was altered: {problem}")
    mend = msgid("take the file anew from the unit that exported it; nothing was taken over")


class UnknownSignerError(InputError):
    """Nobody here has confirmed the key; what it signed is not even read."""

    code = "statement.unknown-key"
    what = msgid("the statement is signed by a key that is not in the list: {key}")
    mend = msgid("confirm its fingerprint with the unit, then `secops key enrol`")


class WrongSignatureError(InputError):
    """The bytes are not those that were signed."""

    code = "statement.wrong-signature"
    what = msgid("the signature does not fit: the statement was altered")
    mend = msgid("take the file anew from the unit that exported it; nothing was taken over")


class OtherSignerError(InputError):
    """A unit speaks for itself only."""

    code = "statement.other-unit"
    what = msgid("the statement is of {unit!r}, but the key is of {signer!r}")
    mend = msgid("ask the operator of the platform to sign it with its own key")


class ExpiredStatementError(UsageError):
    """Its last day is over."""

    code = "statement.expired"
    what = msgid("the statement of {platform!r} was valid until {day}")
    mend = msgid("ask the operator of the platform for a new one")


class OlderStatementError(UsageError):
    """Replaying an old statement must not hide a newer one."""

    code = "statement.older"
    what = msgid("a newer statement of {platform!r} is kept already: {no}")
    mend = msgid("use that one; `secops platform list` shows all")


class StatementThereError(InputError):
    """The same bytes again."""

    code = "statement.there"
    what = msgid("this statement is kept already: {no}")
    mend = msgid("nothing needs to be done")


class NotFrozenPlatformError(UsageError):
    """What may still change is nothing to state to others."""

    code = "statement.not-frozen"
    what = msgid("no assessment of {name!r} is frozen")
    mend = msgid("freeze it first: `secops assess freeze`")


class NothingStatedError(UsageError):
    """No item is the platform's to answer, or none of these was answered."""

    code = "statement.nothing"
    what = msgid("{name!r} has no answered item that a platform answers for others")
    mend = msgid("name them: --covers DOMAIN, such as pe, or --duty ITEM=platform")


class WrongDutyError(UsageError):
    """`ITEM=DUTY` was typed otherwise."""

    code = "statement.wrong-duty"
    what = msgid("{found!r} names no item with its duty")
    mend = msgid("write ITEM=platform, ITEM=both or ITEM=tenant")


class UnansweredStatedError(UsageError):
    """A platform states what a person answered, nothing else."""

    code = "statement.unanswered"
    what = msgid("{item} of {name!r} has no verdict that could be stated")
    mend = msgid("answer it in a new revision, or leave it to the tenants: {item}=tenant")


class PastDayError(UsageError):
    """A statement that is over when it is made, or outlives what it rests on."""

    code = "statement.wrong-day"
    what = msgid("the statement cannot be valid until {day}: {problem}")
    mend = msgid("name another day with --valid-until")


class NoStatementError(UsageError):
    """Nothing to inherit from."""

    code = "inherit.no-statement"
    what = msgid("there is no statement {name!r}")
    mend = msgid("make one with `secops platform statement`, or import its file")


class LowerPlatformError(UsageError):
    """GB/T 22239-2019 x.2.2.1.a: a platform never carries what is graded higher than itself."""

    code = "inherit.lower-platform"
    what = msgid("{platform!r} is of {found}, lower than {name!r} of {grades}")
    mend = msgid("what is carried may never be graded higher: move it to a platform that fits")


class OtherPackError(UsageError):
    """Ids of another checklist are other items."""

    code = "inherit.other-checklist"
    what = msgid("the statement is about the checklist {found!r}, the assessment about {wanted!r}")
    mend = msgid("name the assessment that fits")


class NothingInheritedError(UsageError):
    """The two item sets have nothing in common."""

    code = "inherit.nothing"
    what = msgid("the statement says nothing about {name!r}")
    mend = msgid("see `secops platform show` for the items that it speaks of")


class NotStatedError(UsageError):
    """The platform does not answer this item, or only half of it."""

    code = "inherit.not-stated"
    what = msgid("the statement does not say {duty} of {item}; it says {found}")
    mend = msgid("leave the item to the tenant, or ask the platform's operator to state it")


class NotInheritedError(UsageError):
    """What is the tenant's already cannot be given back."""

    code = "inherit.not-inherited"
    what = msgid("{item} is not inherited")
    mend = msgid("see `secops assess status --items` for what is")


class OwnPlatformError(UsageError):
    """Nothing carries itself."""

    code = "inherit.itself"
    what = msgid("{name!r} cannot inherit from itself")
    mend = msgid("name the platform that carries it")


class InheritedItemError(UsageError):
    """An answer that would not count is not taken."""

    code = "assess.inherited"
    what = msgid("{item} is answered by the platform {platform!r}")
    mend = msgid("take it back first: secops platform inherit SYSTEM --item {item} --duty tenant")


class ExpiredInheritanceError(UsageError):
    """What is over cannot be frozen as if it held."""

    code = "assess.inherits-expired"
    what = msgid("items of {name!r} rest on a statement of {platform!r} that was valid until {day}")
    mend = msgid("inherit from a newer statement, or take the items back, then freeze")
