"""What forms went out is kept on every engine, and stands in the history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from secops.model.form import FormId, FormPurpose, FormRecord, FormSubject
from secops.model.ids import AssessmentId, UnitId
from secops.store.open import Store
from tests.store.samples import AT, EVIDENCE, OFFICER

RECORD = FormRecord(
    id=FormId("m1"),
    no=1,
    purpose=FormPurpose.ASSESSMENT,
    subject=FormSubject(AssessmentId("a1")),
    title="招生网站 填报表",
    made_at=AT,
    made_by=OFFICER,
    base=EVIDENCE,
    due=date(2026, 12, 10),
)


def test_a_form_is_read_back_equal(store: Store) -> None:
    other = replace(
        RECORD,
        id=FormId("m2"),
        no=2,
        subject=FormSubject(AssessmentId("a1"), UnitId("u1")),
        due=None,
    )
    with store() as work:
        work.forms.put(OFFICER, RECORD)
        work.forms.put(OFFICER, other)
        work.commit()
    with store(reading=True) as work:
        assert list(work.forms.all()) == [RECORD, other]
        assert work.forms.get("m2") == other
        assert work.forms.get("m3") is None
        assert work.forms.next_no() == 3
        assert [one.action for one in work.chain.about("form m1")] == ["form.put"]
        assert list(work.chain.strays()) == []
