"""What may go wrong at a gate of the three synchronies."""

from __future__ import annotations

from secops.errors import ExitCode, SecopsError, UsageError, msgid


class UnknownStageError(UsageError):
    """No stage of the checklist is called so."""

    code = "sync.unknown-stage"
    what = msgid("there is no stage {stage!r}")
    mend = msgid("take one of {choices}; near: {near}")


class ByStageError(UsageError):
    """The gates as one self-check would count nowhere."""

    code = "sync.by-stage"
    what = msgid("{checklist!r} is answered stage by stage, gate by gate")
    mend = msgid("use `secops sync STAGE SYSTEM`")


class LevelUnknownError(UsageError):
    """Nothing says which level's items to ask."""

    code = "sync.level-unknown"
    what = msgid("system {system!r} has no grade yet, not even a preliminary one")
    mend = msgid("record its grades, or say the level meant: `secops sync STAGE SYSTEM --level N`")


class LevelSettledError(UsageError):
    """The level stands already."""

    code = "sync.level-settled"
    what = msgid("{system!r} is asked at level {level}: --level {wanted} does not fit")
    mend = msgid("leave --level out; where the grades have changed, --reopen asks anew")


class NothingShownError(UsageError):
    """Silence is never compliance."""

    code = "sync.nothing-shown"
    what = msgid("nothing shows that {item} is done")
    mend = msgid("name its paper with --evidence, or say with --note what was seen where")


class WhyMissingError(UsageError):
    """Taken back without a word."""

    code = "sync.why-missing"
    what = msgid("{item} is taken back, and nobody says why")
    mend = msgid("say with --note what is missing")


class WaiverIncompleteError(UsageError):
    """A waiver without one of its parts."""

    code = "sync.waiver-incomplete"
    what = msgid("a waiver needs a leader, a reason, a measure and an end; missing: {missing}")
    mend = msgid("say all four: --leader --reason --measure --until")


class NoLeaderError(UsageError):
    """Whoever waives must lead."""

    code = "sync.no-leader"
    what = msgid("{person} is no leader of the units that answer for {system!r} on {day}")
    mend = msgid("name one of: {leaders}; appointments are recorded with `secops appointment add`")


class WaiverEndError(UsageError):
    """The end lies in the past, or too far away."""

    code = "sync.waiver-end"
    what = msgid("a waiver cannot end on {until}: it is {today}, and {days} days are the most")
    mend = msgid("take a day from {first} to {last}; the setting {setting} says how long at most")


class NothingToWaiveError(UsageError):
    """The item stops no gate."""

    code = "sync.nothing-to-waive"
    what = msgid("{item} does not keep the gate shut: {problem}")
    mend = msgid("waive only open mandatory items")


class GatePassedError(UsageError):
    """A gate that was passed is never edited."""

    code = "sync.passed"
    what = msgid("the gate {stage} of {system!r} was passed as revision {revision}")
    mend = msgid("it is not edited; open a new revision of it with --reopen")


class GateNotPassedError(UsageError):
    """There is nothing to open again."""

    code = "sync.not-passed"
    what = msgid("the gate {stage} of {system!r} is not passed, and asks what it would ask today")
    mend = msgid("answer in it")


class NothingAskedError(UsageError):
    """A gate without items cannot be passed."""

    code = "sync.nothing-asked"
    what = msgid("nothing is asked at {stage} of {system!r} at level {level}")
    mend = msgid("go on with the next stage")


class GateOutdatedError(UsageError):
    """The system was graded higher since: it would pass by what a lower level asks."""

    code = "sync.outdated"
    what = msgid("the gate {stage} of {system!r} asks at level {level}, today level {now} is due")
    mend = msgid("--reopen asks at the level of today, and keeps what is answered")


class GateShutError(SecopsError):
    """Judged, and not good: mandatory items are open."""

    code = "sync.shut"
    what = msgid("{system}: the gate {stage} stays shut; open mandatory items: {items}")
    mend = msgid("show each with --done, or have a leader waive it with --waive")
    exit_code = ExitCode.NOT_GOOD
