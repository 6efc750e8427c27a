"""What may be wrong in a checklist folder beyond single values."""

from __future__ import annotations

from secops.errors import InputError, UsageError, msgid


class CountDiffersError(InputError):
    """The edition says how many items there are; what is read differs."""

    code = "checklist.count"
    what = msgid("level {level}, part {part}, domain {domain}: {found} items, not {wanted}")
    mend = msgid("add or remove items until the count is that of the standard")


class WeightsDifferError(InputError):
    """The weights of all items do not add up to the points of the edition."""

    code = "checklist.weights"
    what = msgid("the weights of all items add up to {found}, not {wanted}")
    mend = msgid("correct a weight, or `points`")


class UnknownItemError(InputError):
    """Something refers to an item that is not there."""

    code = "checklist.unknown-item"
    what = msgid("there is no item {item!r} in this checklist")
    mend = msgid("correct the id or add the item")


class LevelSkippedError(InputError):
    """An item is asked at a level, not at the next one, and again above."""

    code = "checklist.level-skipped"
    what = msgid("{item} stands at levels {levels}: one between them is missing")
    mend = msgid("add the missing level, or give what returns an id of its own")


class ChapterDiffersError(InputError):
    """A clause number that does not exist at its level."""

    code = "checklist.chapter"
    what = msgid("{clause} is no clause of level {level}: those begin with {chapter}")
    mend = msgid("correct the clause or the level")


class NotGuidedError(InputError):
    """The edition says that items of this level tell how they are checked; this one does not."""

    code = "checklist.not-guided"
    what = msgid("{item} does not say how it is checked")
    mend = msgid("add it to a file of `checking/`")


class NoChecklistError(UsageError):
    """A folder without an edition."""

    code = "checklist.none"
    what = msgid("{folder!r} holds no edition.yaml")
    mend = msgid("name the folder of an edition; see `secops checklist list`")


class NoSuchItemError(UsageError):
    """Neither an id nor a clause of the edition."""

    code = "checklist.no-such-item"
    what = msgid("{checklist} has no item {item!r}")
    mend = msgid("near: {near}; see `secops checklist show {checklist}`")


class NoSuchChapterError(UsageError):
    """No domain, part or level of the edition is called so."""

    code = "checklist.no-such-chapter"
    what = msgid("{checklist} has no {kind} {found!r}")
    mend = msgid("take one of: {choices}")


class ForeignIdError(InputError):
    """The id of an item does not begin with the pack that it stands in."""

    code = "checklist.foreign-id"
    what = msgid("{item} does not belong to {pack}: its id begins with another pack")
    mend = msgid("begin the id with `{pack}/`")


class AboutUnitError(InputError):
    """A unit has neither levels nor components: the item would silently not be asked."""

    code = "checklist.about-unit"
    what = msgid("{item} stands in a checklist about units: it can have no {key!r}")
    mend = msgid("remove the key, or write `about: system` in edition.yaml")


class StrayFileError(InputError):
    """A file that its author takes for a part of the edition: its items would be missing."""

    code = "checklist.stray-file"
    what = msgid("this file is not read: only FOLDER/*.yaml and FOLDER/checking/*.yaml are")
    mend = msgid("rename it so that it ends in .yaml, move it up, or remove it")


class FolderTakenError(InputError):
    """An own folder has the name of one of ours: nobody could tell the editions apart."""

    code = "checklist.folder-taken"
    what = msgid("{name} comes with the program already")
    mend = msgid("rename the folder")
