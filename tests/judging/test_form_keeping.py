"""What is kept of a form is what can be filled in, and of private cells no value."""

from __future__ import annotations

from dataclasses import replace

from secops.judging.form_keeping import fingerprint, form_bytes, read_form
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

CHOICES = (("good", "符合"), ("bad", "不符合"))
FORM = Form(
    id=FormId("0190-0001"),
    purpose=FormPurpose.ASSESSMENT,
    subject=FormSubject(AssessmentId("0190")),
    title="填报表",
    facts=(("a", "b"),),
    guide=("c",),
    by="林一帆",
    sheets=(
        FormSheet(
            key="ce",
            title="安全计算环境",
            columns=(
                FormColumn(key="gist", title="要求"),
                FormColumn(key="value", title="判定", entry=EntryKind.CHOICE, choices=CHOICES),
                FormColumn(key="phone", title="电话", entry=EntryKind.TEXT, private=True),
            ),
            rows=(
                FormRow(
                    id="r1",
                    revision="2",
                    cells={"gist": "长" * 100, "value": "good", "phone": "010-5550"},
                    choices={"value": CHOICES[:1]},
                    closed=frozenset({"phone"}),
                ),
            ),
            counted=("value",),
            spare=2,
        ),
    ),
)


def test_a_form_reads_back_without_what_was_only_to_be_read() -> None:
    kept = read_form(form_bytes(FORM))
    sheet, was = kept.sheets[0], FORM.sheets[0]
    row = was.rows[0]
    assert [one.key for one in sheet.columns] == ["value", "phone"]
    assert sheet.rows == (replace(row, cells={"value": "good", "phone": fingerprint("010-5550")}),)
    assert (sheet.key, sheet.title, sheet.counted, sheet.spare) == (
        "ce",
        "安全计算环境",
        ("value",),
        2,
    )
    assert (kept.id, kept.title, kept.by) == (FORM.id, FORM.title, FORM.by)


def test_no_private_value_is_in_the_bytes() -> None:
    assert b"5550" not in form_bytes(FORM)
    assert fingerprint("") == ""


def test_what_was_kept_is_kept_alike_again() -> None:
    bare = replace(FORM, sheets=tuple(replace(one, columns=one.columns[:2]) for one in FORM.sheets))
    assert form_bytes(read_form(form_bytes(bare))) == form_bytes(bare)
