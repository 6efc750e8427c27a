"""A small form, and how people spoil copies of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from secops.files.form_xlsx import read_form
from secops.files.form_xlsx_out import write_form
from secops.judging.form_check import Checked, checked
from secops.model.filled_form import FilledForm
from secops.model.form import (
    EntryKind,
    Form,
    FormColumn,
    FormId,
    FormPurpose,
    FormRow,
    FormSheet,
    FormSubject,
)
from secops.model.ids import AssessmentId
from secops.settings.catalogue import words_for

VERDICTS = (("good", "符合"), ("partly", "部分符合"), ("bad", "不符合"), ("none", "不适用"))
COLUMNS = (
    FormColumn(key="clause", title="条款", width=12),
    FormColumn(key="gist", title="要求", width=40),
    FormColumn(key="value", title="判定", entry=EntryKind.CHOICE, needed=True, choices=VERDICTS),
    FormColumn(key="n", title="数量", entry=EntryKind.WHOLE),
    FormColumn(key="note", title="说明", entry=EntryKind.TEXT, width=30),
)
ROWS = tuple(
    FormRow(
        id=f"ce/item-{n}",
        revision=str(n % 3),
        cells={
            "clause": f"8.1.4.{n}.a",
            "gist": "应定期更换口令",
            "value": "good" if n == 2 else "",
        },
        closed=frozenset() if n == 5 else frozenset({"n"}),
    )
    for n in range(1, 6)
)
ADDED = (FormColumn(key="name", title="名称", entry=EntryKind.TEXT),)
FORM = Form(
    id=FormId("0190-0001"),
    purpose=FormPurpose.ASSESSMENT,
    subject=FormSubject(AssessmentId("0190")),
    title="招生网站 自查填报表",
    facts=(("系统", "招生网站"),),
    guide=("只填白色的格子。",),
    sheets=(
        FormSheet(
            key="ce", title="安全计算环境", columns=COLUMNS, rows=ROWS, counted=("value", "n")
        ),
        FormSheet(key="more", title="补充", columns=ADDED, rows=(), spare=3),
    ),
    by="林一帆",
)
PATH = Path("form.xlsx")
Spoil = Callable[[Any], None]


def workbook() -> bytes:
    """Write the form."""
    return write_form(FORM, words_for("zh"))


def edited(change: Spoil, content: bytes = b"") -> bytes:
    """Change cells as somebody does with another program."""
    book = openpyxl.load_workbook(io.BytesIO(content or workbook()))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def copy_of(change: Spoil) -> FilledForm:
    """Read an edited copy."""
    return read_form(edited(change), PATH)


def checked_copy(change: Spoil) -> Checked:
    """Read it and hold it against the form."""
    return checked(FORM, copy_of(change), {"ok": ("other", "good"), "超": ("elsewhere",)})
