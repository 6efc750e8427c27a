"""Files that cannot be read at all; what is wrong inside of them has errors of its own."""

from __future__ import annotations

from secops.errors import ExitCode, InputError, WrongValueError


class UnreadableFileError(InputError):
    """Missing, a folder, or not ours to read; `problem` is a msgid of its own."""

    code = "file.unreadable"
    what = "the file cannot be read: {problem}"
    mend = "check the path and the rights"


class TooLargeError(InputError):
    """Over a bound that protects the machine from hostile files."""

    code = "file.too-large"
    what = "the file has over {most}"
    mend = "split it into several files"


class ExportTooLargeError(InputError):
    """An export over what its own reader takes; who knows the file adds it and the count."""

    code = "export.too-large"
    what = "{count} records do not fit into one file of this format: {most}"
    mend = "choose another format (--to); nothing was written"
    exit_code = ExitCode.USAGE


class NotUtf8Error(InputError):
    """Bytes that are no UTF-8 text; `looks` is what they may be instead."""

    code = "file.not-utf8"
    what = "the file is not UTF-8 text; it looks like {looks}"
    mend = "open it in an editor and save it as UTF-8"


class WrongCellError(WrongValueError):
    """A cell of a table that is not of the kind we need."""

    mend = "change the cell"


class UnrecognisedValueError(InputError):
    """The value is nearly one that we know."""

    code = "value.unrecognised"
    what = "{key!r} cannot be {found!r}"
    mend = "did you mean {near}?"


class UnknownColumnError(InputError):
    """A column or key that is no field of this kind of record."""

    code = "inventory.unknown-field"
    what = "{key!r} is no field of {kind}"
    mend = "correct it or remove it; near: {near}"


class MissingColumnError(InputError):
    """A cell without which no record can be made."""

    code = "inventory.missing-field"
    what = "{key!r} is missing"
    mend = "add the column or fill the cell; no record can do without it"


class MissingCellError(MissingColumnError):
    """The same in a table, where a mapping file may say it for all rows."""

    mend = "add the column or fill the cell; the same for all rows: `constants:` of a --map file"


class SeveralNamesError(InputError):
    """A cell that may name one record names several, or a name and something else."""

    code = "inventory.several-names"
    what = "{key!r}: one cell holds several names: {found!r}"
    mend = "leave the one who is responsible; a column holds one name"


class DifferingContactsError(InputError):
    """Rows that state different numbers for one person."""

    code = "inventory.differing-contacts"
    what = "{key!r}: the rows give {person} different values, first at {first}"
    mend = "correct the cells so that they agree, or rows of another person of this name"


class FormulaError(InputError):
    """A cell whose value somebody else's program computed."""

    code = "table.formula"
    what = "{key!r} holds a formula, not a value"
    mend = "replace formulas by their values: copy, then paste values only"


class MergedCellsError(InputError):
    """Merged cells between data rows: to which row a value belongs would be a guess."""

    code = "table.merged"
    what = "data cells are merged here"
    mend = "unmerge them and fill every row"


class UnfitFileError(InputError):
    """A file that we do not read; `problem` is a msgid of its own."""

    code = "file.unfit"
    what = "this file is not read: {problem}"
    mend = "save it anew as .xlsx, .yaml or .csv"


class UnknownHeadError(InputError):
    """No row of a sheet looks like the head of an inventory table."""

    code = "table.no-head"
    what = "no row of this sheet looks like a table head"
    mend = "name the sheet, kind and columns in a mapping file (--map)"


class UnknownRevisionError(InputError):
    """The file says that it was exported, but not from here."""

    code = "inventory.unknown-revision"
    what = "revision {revision!r} was not exported from this workspace"
    mend = "export anew from this workspace, or remove ids and revision to add by name"


class UnknownEntryError(InputError):
    """A reference that leads to no record, neither stored nor in the files."""

    code = "inventory.unknown-entry"
    what = "{key!r}: no {kind} is called {found!r}"
    mend = "add it to the file or correct the name; near: {near}"


class AmbiguousEntryError(InputError):
    """A name that several records carry."""

    code = "inventory.ambiguous-entry"
    what = "{key!r}: {found!r} may be any of: {candidates}"
    mend = "write the name with its number, such as: {example}"


class RepeatedEntryError(InputError):
    """Two rows of the files state the same record."""

    code = "inventory.repeated-entry"
    what = "this {kind} stands in the files twice, first at {first}"
    mend = "keep one of the two"


class RemovalRefusedError(InputError):
    """Only a mark in an exported file retires a record."""

    code = "inventory.removal-refused"
    what = "a mark of removal cannot be taken from here: {problem}"
    mend = "export the inventory, mark the row there and import that file"


class CyclicUnitsError(InputError):
    """A unit would be above itself."""

    code = "inventory.cycle"
    what = "{key!r}: {chain} goes round in a circle"
    mend = "correct which unit stands above which"
