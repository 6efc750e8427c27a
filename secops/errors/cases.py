"""What may be wrong with a high-risk case or major hazard, and with an answer to one."""

from __future__ import annotations

from secops.errors import InputError, UsageError, msgid


class NotAtLevelError(InputError):
    """The case names an item at a level at which the item is not asked."""

    code = "case.not-at-level"
    what = msgid("{case}: item {item} has no clause at level {level}")
    mend = msgid("correct the levels of the case, or the item that it is about")


class UnknownTriggerError(InputError):
    """A hazard rests on a case that is not there."""

    code = "case.unknown-trigger"
    what = msgid("{case} rests on {trigger!r}, which is no case of this guide")
    mend = msgid("correct the id in `triggers`")


class CaseCountError(InputError):
    """The edition says how many cases or hazards there are; what is read differs."""

    code = "case.count"
    what = msgid("kind {kind}: {found} entries, not {wanted}")
    mend = msgid("add or remove entries until the count is that of the guide")


class NotDowngradableError(UsageError):
    """The guide knows no measure that lowers this risk."""

    code = "case.not-downgradable"
    what = msgid("{case} may not be downgraded: the guide names no measure that lowers its risk")
    mend = msgid("answer `present` or `absent`, or `not_applicable` with a reason")


class MeasureMissingError(UsageError):
    """Downgraded without saying what lowers the risk."""

    code = "case.measure-missing"
    what = msgid("{case}: `downgraded` needs the compensating measure in words")
    mend = msgid("state it with --note; the guide names: {measure}")


class HalfMissingError(UsageError):
    """Only a part of the condition may be downgraded, and the note does not say that it is that."""

    code = "case.half-missing"
    what = msgid("{case} may be downgraded in part only ({rule})")
    mend = msgid("begin the note with {half!r} and say the measure, if nothing else is present")


class PrinciplesMissingError(UsageError):
    """A major hazard stands on three principles, each affirmed in words."""

    code = "case.principles-missing"
    what = msgid("{case}: a major hazard needs each of its principles affirmed; missing: {missing}")
    mend = msgid("write them into --note, such as: {example}")


class NotTriggeredError(UsageError):
    """The case that the hazard rests on does not stand as present."""

    code = "case.not-triggered"
    what = msgid("{case} rests on {trigger}, which does not stand as present and unmitigated")
    mend = msgid("judge {trigger} first")
