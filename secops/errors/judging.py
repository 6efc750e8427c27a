"""What may go wrong between an item, a person's answer and the score."""

from __future__ import annotations

from secops.errors import ExitCode, InputError, UsageError


class LevelNotCoveredError(UsageError):
    """The checklist has no items at this level: a part of the set would silently be missing."""

    code = "checklist.level-not-covered"
    what = "{edition} as loaded has no items of level {level}"
    mend = "use a checklist that covers this level"


class UnknownSettingError(UsageError):
    """A setting that no rule and no band reads."""

    code = "setting.unknown"
    what = "no rule and no conclusion reads the setting {name!r}"
    mend = "see `secops checklist` for the names, or remove the setting"


class NotGradedError(UsageError):
    """Without S and A nobody can say what is asked."""

    code = "assess.not-graded"
    what = "system {system!r} has no grades S and A yet"
    mend = "record its grading first; the grades decide which items are asked"


class NotATargetError(UsageError):
    """The system is recorded as no grading target."""

    code = "assess.not-a-target"
    what = "system {system!r} is no grading target: {reason}"
    mend = "change its grading if that is no longer so"


class NoAssessmentError(UsageError):
    """Nothing has been started for this system."""

    code = "assess.none"
    what = "no assessment of system {system!r} has been started"
    mend = "begin with `secops assess start`"


class AssessmentOpenError(UsageError):
    """One at a time: two open assessments would split the answers."""

    code = "assess.open"
    what = "system {system!r} has an open assessment already, revision {revision}"
    mend = "go on with it, or freeze it first"


class FrozenError(UsageError):
    """A frozen assessment is never edited."""

    code = "assess.frozen"
    what = "the assessment of system {system!r} is frozen since {since}"
    mend = "make a new revision with `secops assess revise`"


class NotFrozenError(UsageError):
    """Only what is frozen needs a new revision."""

    code = "assess.not-frozen"
    what = "the assessment of system {system!r} is still open"
    mend = "answer in it; a revision is for frozen ones"


class StaleRevisionError(UsageError):
    """Somebody else has answered, or revised, in between."""

    code = "assess.stale-revision"
    what = "{item} is at revision {found} by now, not at {expected}"
    mend = "look at what was changed, then answer again"


class NobodyError(UsageError):
    """No person, no answer."""

    code = "assess.nobody"
    what = "no answer without a person: nobody is named"
    mend = "name one with --by, or act as one with --as"


class OutsideTheSetError(UsageError):
    """The item or clause is not asked of this system."""

    code = "assess.outside-the-set"
    what = "{item!r} is not asked of system {system!r} at {grades}"
    mend = "see `secops assess status` for what is asked; near: {near}"


class ComponentNotConcernedError(UsageError):
    """The item is not about components of this kind, or the component is not of this system."""

    code = "assess.component-not-concerned"
    what = "{item} is not asked of component {component!r}"
    mend = "leave --component out to answer for the system, or take one of: {choices}"


class NotSuggestedError(UsageError):
    """There is nothing to accept, or what there is needs a person's judgement."""

    code = "assess.not-suggested"
    what = "{item}: there is no suggestion that can be accepted"
    mend = "answer it with `secops assess answer`; parts may still have to be shown"


class UnknownEvidenceError(InputError):
    """Neither a file nor a digest that the workspace keeps."""

    code = "assess.unknown-evidence"
    what = "{name!r} is neither a file nor the digest of kept evidence"
    mend = "give a path, or a digest from `secops evidence list`"
    exit_code = ExitCode.USAGE
