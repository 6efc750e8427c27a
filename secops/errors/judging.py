"""What may go wrong between an item, a person's answer and the score."""

from __future__ import annotations

from secops.errors import ReasonMissingError, UsageError, msgid


class LevelNotCoveredError(UsageError):
    """The checklist has no items at this level: a part of the set would silently be missing."""

    code = "checklist.level-not-covered"
    what = msgid("{edition} as loaded has no items of level {level}")
    mend = msgid("use a checklist that covers this level")


class UnknownChecklistError(UsageError):
    """No such pack, none in force yet, or no such edition of it."""

    code = "checklist.unknown"
    what = msgid("there is no checklist {checklist!r} in force")
    mend = msgid("take one of {choices}, or drop its folder into the workspace's `checklists`")


class UnknownSettingError(UsageError):
    """A setting that no rule and no band reads."""

    code = "setting.unknown"
    what = msgid("no rule and no conclusion reads the setting {name!r}")
    mend = msgid("take a name from `secops regulation show`")


class WrongSettingError(UsageError):
    """A value that no rule and no band could read."""

    code = "setting.wrong"
    what = msgid("the setting {name!r} must be {wanted}, not {found!r}")
    mend = msgid("type another value; see `secops regulation show`")


class NotGradedError(UsageError):
    """Without S and A nobody can say what is asked."""

    code = "assess.not-graded"
    what = msgid("system {system!r} has no grades S and A yet")
    mend = msgid("record its grading first; the grades decide which items are asked")


class NotATargetError(UsageError):
    """The system is recorded as no grading target."""

    code = "assess.not-a-target"
    what = msgid("system {system!r} is no grading target: {reason}")
    mend = msgid("change its grading if that is no longer so")


class NoAssessmentError(UsageError):
    """Nothing has been started for this system."""

    code = "assess.none"
    what = msgid("no assessment of {name!r} by {checklist!r} has been started")
    mend = msgid("begin with `secops assess start`")


class NothingStartedError(NoAssessmentError):
    """The same of a unit, whose checklist nobody named."""

    what = msgid("no self-check of {name!r} has been started")
    mend = msgid("begin with `secops assess start SUBJECT --checklist CHECKLIST`")


class AssessmentOpenError(UsageError):
    """One at a time: two open assessments would split the answers."""

    code = "assess.open"
    what = msgid("{name!r} has an open assessment already, revision {revision}")
    mend = msgid("go on with it, or freeze it first")


class OtherSubjectError(UsageError):
    """A checklist about units was chosen for a system, or the other way round."""

    code = "assess.other-subject"
    what = msgid("the checklist {checklist!r} is not about the like of {name!r}")
    mend = msgid("name another checklist; see `secops checklist list`")


class SeveralChecklistsError(UsageError):
    """A unit answers several checklists, and nobody said which one is meant."""

    code = "assess.several-checklists"
    what = msgid("{name!r} is assessed by several checklists")
    mend = msgid("name one with --checklist: {choices}")


class NotFrozenError(UsageError):
    """Only what is frozen needs a new revision."""

    code = "assess.not-frozen"
    what = msgid("the assessment of {name!r} is still open")
    mend = msgid("answer in it; a revision is for frozen ones")


class NobodyError(UsageError):
    """No person, no answer."""

    code = "assess.nobody"
    what = msgid("no answer without a person: nobody is named")
    mend = msgid("name one with --by, or act as one with --as")


class OutsideTheSetError(UsageError):
    """The item or clause is not asked of this system."""

    code = "assess.outside-the-set"
    what = msgid("{item!r} is not asked of {name!r} at {grades}")
    mend = msgid("see `secops assess status` for what is asked; near: {near}")


class ComponentNotConcernedError(UsageError):
    """The item is not about components of this kind, or the component is not of this system."""

    code = "assess.component-not-concerned"
    what = msgid("{item} is not asked of component {component!r}")
    mend = msgid("leave --component out to answer for the system, or take one of: {choices}")


class NotSuggestedError(UsageError):
    """There is nothing to accept, or what there is needs a person's judgement."""

    code = "assess.not-suggested"
    what = msgid("{item}: there is no suggestion that can be accepted")
    mend = msgid("answer it with `secops assess answer`; parts may still have to be shown")


class UnknownEvidenceError(UsageError):
    """Neither a file nor a digest that the workspace keeps."""

    code = "assess.unknown-evidence"
    what = msgid("{name!r} is neither a file nor the digest of kept evidence")
    mend = msgid("give a path, or a digest from `secops evidence list`")


class UnknownVerdictError(UsageError):
    """What was typed is no verdict."""

    code = "assess.unknown-verdict"
    what = msgid("{found!r} is no verdict")
    mend = msgid("take one of: {choices}")


class NoReasonError(UsageError):
    """`not applicable` was typed without a reason."""

    code = "assess.no-reason"
    what = ReasonMissingError.what
    mend = ReasonMissingError.mend
