"""A form <-> the bytes that are kept of it: what can be filled in, and what stood there.

What is only there to be read is left out. Of a private cell a fingerprint of 16 bits is kept:
enough to see that it was edited, far too little to find the value by.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from secops.model.form import (
    Choices,
    EntryKind,
    Form,
    FormColumn,
    FormId,
    FormPurpose,
    FormRow,
    FormSheet,
    FormSubject,
)
from secops.model.history import canonical

_FORMAT: Final = "secops/form"
_VERSION: Final = 1


def fingerprint(value: str) -> str:
    """Give four hexadecimal digits, or nothing for nothing."""
    return hashlib.sha256(value.encode()).hexdigest()[:4] if value else ""


def stood(column: FormColumn, value: str) -> str:
    """Give what the base keeps of a value."""
    return fingerprint(value) if column.private else value


def form_bytes(form: Form) -> bytes:
    """Write a form; the same form gives the same bytes."""
    lists: dict[Choices, int] = {}
    sheets = [
        [
            sheet.key,
            sheet.title,
            [_column(one, lists) for one in sheet.entries],
            [_row(one, sheet.entries, lists) for one in sheet.rows],
            list(sheet.counted),
            sheet.spare,
        ]
        for sheet in form.sheets
    ]
    document = {
        "format": _FORMAT,
        "version": _VERSION,
        "id": form.id,
        "purpose": form.purpose.value,
        "subject": str(form.subject),
        "title": form.title,
        "by": form.by,
        "due": form.due,
        "lists": list(lists),
        "sheets": sheets,
    }
    return canonical(document).encode()


def _number(choices: Choices, lists: dict[Choices, int]) -> int:
    return lists.setdefault(choices, len(lists))


def _column(one: FormColumn, lists: dict[Choices, int]) -> list[object]:
    return [one.key, one.title, one.entry.value, one.private, _number(one.choices, lists)]


def _row(row: FormRow, columns: tuple[FormColumn, ...], lists: dict[Choices, int]) -> list[object]:
    cells = {one.key: stood(one, row.cells[one.key]) for one in columns if row.cells.get(one.key)}
    choices = {key: _number(one, lists) for key, one in row.choices.items()}
    return [row.id, row.revision, cells, choices, sorted(row.closed), row.optional]


def read_form(content: bytes) -> Form:
    """Read what `form_bytes` wrote, without what was only there to be read."""
    document = json.loads(content)
    if (document["format"], document["version"]) != (_FORMAT, _VERSION):
        raise ValueError(document["format"])
    lists = [tuple((code, title) for code, title in one) for one in document["lists"]]
    return Form(
        id=FormId(document["id"]),
        purpose=FormPurpose(document["purpose"]),
        subject=FormSubject.parse(document["subject"]),
        title=document["title"],
        facts=(),
        guide=(),
        sheets=tuple(_read_sheet(one, lists) for one in document["sheets"]),
        by=document["by"],
        due=date.fromisoformat(document["due"]) if document["due"] else None,
    )


def _read_sheet(said: Any, lists: list[Choices]) -> FormSheet:  # noqa: ANN401  # JSON of our own
    key, title, columns, rows, counted, spare = said
    return FormSheet(
        key=key,
        title=title,
        columns=tuple(
            FormColumn(key=k, title=t, entry=EntryKind(e), private=private, choices=lists[number])
            for k, t, e, private, number in columns
        ),
        rows=tuple(
            FormRow(
                id=id_,
                revision=revision,
                cells=cells,
                choices=_read_choices(choices, lists),
                closed=frozenset(closed),
                optional=optional,
            )
            for id_, revision, cells, choices, closed, optional in rows
        ),
        counted=tuple(counted),
        spare=spare,
    )


def _read_choices(choices: Mapping[str, int], lists: list[Choices]) -> Mapping[str, Choices]:
    return {key: lists[number] for key, number in choices.items()}
