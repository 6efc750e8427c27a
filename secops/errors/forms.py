"""What may be wrong with a copy of a form that came back; nothing of it is taken over then."""

from __future__ import annotations

from secops.errors import InputError, UsageError, msgid


class NoFormError(InputError):
    """The workbook carries no mark of a form."""

    code = "form.none"
    what = msgid("this workbook is no form that secops made")
    mend = msgid("fill in the workbook that was exported, without copying its sheets elsewhere")


class MixedFormError(InputError):
    """A sheet of another form was copied into this one."""

    code = "form.mixed"
    what = msgid("this sheet belongs to another form than the rest of the workbook")
    mend = msgid("take every form over by its own file")


class RepeatedSheetError(InputError):
    """A sheet was copied within the workbook."""

    code = "form.repeated-sheet"
    what = msgid("this sheet is a copy of the sheet {first!r}")
    mend = msgid("keep one of the two")


class RepeatedColumnError(InputError):
    """One hidden key twice: which of the columns counts would be a guess."""

    code = "form.repeated-column"
    what = msgid("this column is a copy of the column at {first}")
    mend = msgid("keep one of the two")


class UnknownFormError(InputError):
    """No record tells that this workspace made it."""

    code = "form.unknown"
    what = msgid("this form was not made in this workspace")
    mend = msgid("name the workspace that made it (-C), or export anew from this one")


class MissingSheetError(InputError):
    """A sheet of the form is gone."""

    code = "form.missing-sheet"
    what = msgid("the sheet {sheet!r} of this form is missing")
    mend = msgid("put it back from the form as it was sent")


class MissingEntryColumnError(InputError):
    """A column of a sheet is gone."""

    code = "form.missing-column"
    what = msgid("the column {key!r} of this form is missing")
    mend = msgid("put the sheet back from the form as it was sent")


class LostIdError(InputError):
    """What was typed here belongs to nothing: the hidden id of the row is gone."""

    code = "form.lost-id"
    what = msgid("this row is filled in, but its hidden id is gone")
    mend = msgid("type the entries into the row of the form that asks for them")


class UnknownRowError(InputError):
    """An id that the form did not give out."""

    code = "form.unknown-row"
    what = msgid("the hidden id {id!r} stands in no row of this form")
    mend = msgid("type the entries into the row of the form that asks for them")


class RepeatedRowError(InputError):
    """One id twice: which of the rows counts would be a guess."""

    code = "form.repeated-row"
    what = msgid("this row is a copy of the row at {first}")
    mend = msgid("keep one of the two")


class StaleRowError(InputError):
    """The row was copied from another export of the same thing."""

    code = "form.stale-row"
    what = msgid("this row comes from another export: revision {found!r}, not {wanted!r}")
    mend = msgid("take every form over by its own file, or export anew")


class ClosedCellError(InputError):
    """Something was typed where this row asks for nothing."""

    code = "form.closed-cell"
    what = msgid("{key!r} is not asked in this row, but says {found!r}")
    mend = msgid("empty the cell; what is worth keeping belongs into the note")


class NameMissingError(InputError):
    """Nobody says who states what was typed."""

    code = "form.name-missing"
    what = msgid("nobody is named who filled in this form")
    mend = msgid("write the name on its first sheet; `assess import` also takes --by NAME")


class UnknownFillerError(InputError):
    """The first sheet names somebody whom the inventory does not know."""

    code = "form.unknown-filler"
    what = msgid("{found!r} filled in this form, but no one person of the inventory is called so")
    mend = msgid("correct the name, add the person, or say --by NAME; near: {near}")


class NoVerdictError(InputError):
    """Other cells of the row are filled, the one that judges is not."""

    code = "form.no-verdict"
    what = msgid("this row says nothing that could be recorded as an answer")
    mend = msgid("choose from the list, or fill both numbers; an answer is never taken back")


class StaleFormError(InputError):
    """A newer revision of the assessment stands."""

    code = "form.stale"
    what = msgid("this form is of revision {found}; by now revision {now} stands")
    mend = msgid("export anew, and type into that form what still holds")


class OtherPurposeError(InputError):
    """A form of ours, but not one for this command."""

    code = "form.other-purpose"
    what = msgid("this form is no sheet of answers")
    mend = msgid("a kit that came back is taken over with `secops kit merge`")


class NoLongerAskedError(InputError):
    """What the row is about is not asked any more, such as a component that was retired."""

    code = "form.no-longer-asked"
    what = msgid("what this row asks is not asked any more")
    mend = msgid("empty the row, or put the component back into use")


class FormConflictError(InputError):
    """Copies, or a copy and the workspace, say different things; nobody decided."""

    code = "form.conflict"
    what = msgid("{item} {key!r}: exported {base!r}, now {now!r}; {claims}")
    mend = msgid("decide with --prefer store, file or FILE, or take the rest: --take unconflicted")


class NothingAskedError(UsageError):
    """A form without a row."""

    code = "form.nothing-asked"
    what = msgid("nothing is asked of {role}")
    mend = msgid("roles that have something to answer: {choices}")
