"""What may be wrong with an answer as such: it does not fit what its item asks."""

from __future__ import annotations

from secops.errors import InputError, UsageError, msgid


class OtherKindError(UsageError):
    """A verdict where a number is asked, and the like."""

    code = "answer.other-kind"
    what = msgid("{item}: {found!r} is no answer to what it asks")
    mend = msgid("it asks for {wanted}, or says that it does not apply and why")


class UnknownChoiceError(UsageError):
    """A choice that the item does not offer."""

    code = "answer.unknown-choice"
    what = msgid("{item} has no choice {found!r}")
    mend = msgid("take one of: {choices}")


class WrongRatioError(UsageError):
    """More than all, fewer than none."""

    code = "answer.wrong-ratio"
    what = msgid("{item}: {found} does not count {counted} among {of}")
    mend = msgid("the first number is a part of the second: 0 at least, the second at most")


class NothingCountedError(UsageError):
    """None of none: whether that is good or bad is no question of numbers."""

    code = "answer.nothing-counted"
    what = msgid("{item}: where {of} are 0 there is nothing to count")
    mend = msgid("say that it does not apply and why; usual reason: {reason}")


class AnsweredTwiceError(InputError):
    """One file says two things of one item: the order of lines must not decide."""

    code = "answer.twice"
    what = msgid("{item} is answered twice, first at line {first}")
    mend = msgid("keep one of the two lines")


class NothingToCarryError(UsageError):
    """There is no earlier cycle of this check."""

    code = "carry.nothing"
    what = msgid("{name!r} has no earlier cycle by {checklist!r} to carry from")
    mend = msgid("freeze this one first, then say --cycle with the name of the next")


class SameCycleError(UsageError):
    """The cycle that was named is the one that is frozen already."""

    code = "carry.same-cycle"
    what = msgid("the cycle {cycle!r} of {name!r} is frozen already")
    mend = msgid("name the next one with --cycle, or correct this one with `secops assess revise`")


class NotProposedError(UsageError):
    """Nothing that could be confirmed."""

    code = "carry.not-proposed"
    what = msgid("{item}: there is nothing to confirm")
    mend = msgid("it is new, reads otherwise, or is answered already; use `secops assess answer`")


class UnknownDomainError(UsageError):
    """The checklist has no such domain."""

    code = "carry.unknown-domain"
    what = msgid("there is no domain {domain!r} in this checklist")
    mend = msgid("take one of: {choices}")


class NoPointsError(UsageError):
    """Its result is told in points, and the checklist gives none."""

    code = "points.none"
    what = msgid("the items of {checklist!r} carry no points")
    mend = msgid("give them a `weight` in the checklist, or see `secops assess status`")


class NoRoleError(UsageError):
    """Nobody says what this person answers for."""

    code = "assess.no-role"
    what = msgid("nothing says for which role {name!r} answers")
    mend = msgid("appoint the person, write the role into the title, or name --role: {choices}")


class NoSuchKeyError(UsageError):
    """A key that answers nothing here."""

    code = "assess.no-such-key"
    what = msgid("{key!r} answers nothing here")
    mend = msgid("press one of {keys}, or ? for what else there is")
