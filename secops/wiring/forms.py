"""Puts workbooks, store and words together: forms that go out and copies that come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from secops.contracts.words import Words
from secops.errors import InFile, InputError, SecopsError, SeveralInputsError, msgid
from secops.errors.files import UnfitFileError
from secops.files.atomic import write_atomically
from secops.files.form_words import load_form_words
from secops.files.form_xlsx import read_form
from secops.files.form_xlsx_out import write_form
from secops.files.inventory_xlsx import looks_like_xlsx
from secops.files.whole_file import beginning_of, content_of
from secops.judging.form_check import Spelled
from secops.model.filled_form import FilledForm
from secops.model.form import Form, FormRecord
from secops.operations.export_form import Asking, form_of
from secops.operations.forms import keep_form
from secops.settings.data import data_folder
from secops.wiring.assess import Assessing

_MOST_BYTES: Final = 100 * 1024 * 1024
_HEAD: Final = 8


@cache
def spellings() -> Spelled:
    """Give what people write instead of the titles of a list."""
    return load_form_words(data_folder("checklists") / "recognition" / "forms.yaml")


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook by its first bytes; raises UnreadableFileError."""
    return looks_like_xlsx(beginning_of(path, _HEAD))


def read_copies(paths: Sequence[Path]) -> tuple[FilledForm, ...]:
    """Read copies, the same file once; raises SeveralInputsError with all that cannot be read."""
    copies: list[FilledForm] = []
    problems: list[InputError] = []
    for path in dict.fromkeys(paths):
        try:
            copies.append(read_copy(path))
        except InputError as error:
            problems.append(error)
    if problems:
        raise problems[0] if len(problems) == 1 else SeveralInputsError(problems)
    return tuple(copies)


def read_copy(path: Path) -> FilledForm:
    """Read one copy; raises UnfitFileError, NoFormError, UnreadableFileError."""
    content = content_of(path, _MOST_BYTES)
    if not looks_like_xlsx(content):
        problem = msgid("it is no Excel workbook (.xlsx)")
        raise UnfitFileError(where=InFile(path), problem=problem)
    return read_form(content, path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One workbook, ready to be written once its record is kept."""

    path: Path
    form: Form
    record: FormRecord
    content: bytes


def written_form(one: Assessing, asking: Asking, path: Path, words: Words) -> Written:
    """Build a form, keep its base and record, and give the workbook."""
    form = form_of(one.work, one.blobs, one.acting, asking, (one.tables, words))
    try:
        content = write_form(form, words)
    except SecopsError as error:
        raise error.at(InFile(path)) from error
    record = keep_form(one.work, one.blobs, one.acting, form)
    return Written(path=path, form=form, record=record, content=content)


def save(several: Sequence[Written]) -> None:
    """Write the files, after the transaction that knows of them."""
    for one in several:
        write_atomically(one.path, one.content)
