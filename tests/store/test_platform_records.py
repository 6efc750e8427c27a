"""Keys, statements and what tenants inherit are kept on every engine, and stand in the history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from secops.errors.store import AnswerExistsError, FrozenAssessmentError
from secops.model.assessment import Frozen
from secops.model.checklist import Duty
from secops.model.ids import AssessmentId, ItemId, PersonId
from secops.model.key import Key, KeyAlgorithm, KeyId, KeyOrigin, PublicKey
from secops.model.platform_statement import (
    Inheritance,
    InheritanceId,
    StatementId,
    StatementOrigin,
    StatementRecord,
)
from secops.store.open import Store
from tests.store.samples import AT, EVIDENCE, OFFICER, a_person, a_system, a_unit, an_assessment

KEY = Key(
    id=KeyId("sha256:" + "1" * 64),
    no=1,
    key=PublicKey(unit="甲", credit_code="", algorithm=KeyAlgorithm.ED25519, public=b"\0" * 32),
    origin=KeyOrigin.ENROLLED,
    kept_at=AT,
    kept_by=OFFICER,
)
RECORD = StatementRecord(
    id=StatementId("t1"),
    no=1,
    platform="s9",
    unit="甲",
    origin=StatementOrigin.IMPORTED,
    digest=EVIDENCE,
    envelope=EVIDENCE,
    key=KEY.id,
    valid_until=date(2027, 3, 1),
    kept_at=AT,
    kept_by=OFFICER,
)
ROW = Inheritance(
    id=InheritanceId("h1"),
    assessment=AssessmentId("m1"),
    item=ItemId("gb22239/pe/access-1"),
    revision=1,
    duty=Duty.BOTH,
    statement=EVIDENCE,
    taken_by=PersonId("p1"),
    recorded_by=OFFICER,
    recorded_at=AT,
)


def _assessed(store: Store) -> None:
    with store() as work:
        work.units.put_many(OFFICER, [a_unit()])
        work.persons.put_many(OFFICER, [a_person()])
        work.systems.put_many(OFFICER, [a_system()])
        work.assessments.put(OFFICER, an_assessment())
        work.commit()


def test_keys_and_statements_are_read_back_equal(store: Store) -> None:
    made = replace(RECORD, id=StatementId("t2"), no=2, envelope=None, key=None)
    with store() as work:
        work.keys.put_many(OFFICER, [KEY])
        work.statements.put_many(OFFICER, [RECORD, made])
        work.commit()
    with store(reading=True) as work:
        assert list(work.keys.all()) == [KEY]
        assert list(work.statements.all()) == [RECORD, made]
        assert list(work.statements.find(platform="s9")) == [RECORD, made]
        assert list(work.chain.strays()) == []


def test_what_is_inherited_is_only_ever_added(store: Store) -> None:
    _assessed(store)
    back = replace(ROW, id=InheritanceId("h2"), revision=2, duty=Duty.TENANT)
    with store() as work:
        work.inheritances.append(OFFICER, [ROW])
        work.inheritances.append(OFFICER, [back])
        with pytest.raises(AnswerExistsError):
            work.inheritances.append(OFFICER, [replace(back, id=InheritanceId("h3"))])
        work.commit()
    with store(reading=True) as work:
        assert list(work.inheritances.of(ROW.assessment)) == [ROW, back]
        assert work.inheritances.assessments() == {ROW.assessment}
        assert list(work.chain.strays()) == []


def test_a_frozen_assessment_inherits_nothing_more(store: Store) -> None:
    _assessed(store)
    with store() as work:
        frozen = Frozen(at=AT, by=PersonId("p1"), state=EVIDENCE, rules=EVIDENCE)
        work.assessments.put(OFFICER, replace(an_assessment(), frozen=frozen))
        with pytest.raises(FrozenAssessmentError):
            work.inheritances.append(OFFICER, [ROW])
