"""What every engine promises: the same tests on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from ipaddress import ip_network

import pytest

from secops.errors import MissingKeyError
from secops.errors.store import (
    AnswerExistsError,
    DanglingReferenceError,
    FrozenAssessmentError,
    RecordClashError,
)
from secops.model.answer import Choice, Measure, OfSystem, Value, Verdict
from secops.model.assessment import Frozen
from secops.model.common import NotApplicable
from secops.model.document import DocumentFormat, DocumentRecord
from secops.model.evidence import Failed, FailureKind, Observation, digest_of
from secops.model.ids import DocumentId, EndpointId, PermitId, PersonId, ScanId
from secops.model.permit import Permit
from secops.model.system import System
from secops.model.unit import Contact
from secops.store.open import Store
from tests.store.samples import (
    AT,
    EVIDENCE,
    OFFICER,
    TARGET,
    Clock,
    a_component,
    a_finding,
    a_person,
    a_plan,
    a_system,
    a_unit,
    an_answer,
    an_assessment,
    an_attempt,
    an_endpoint,
    an_evidence,
)


@pytest.fixture
def filled(store: Store) -> Store:
    """Give a store with a unit, a person, two systems, a shared host and address."""
    with store() as work:
        work.units.put_many(OFFICER, [a_unit()])
        work.persons.put_many(OFFICER, [a_person()])
        work.systems.put_many(OFFICER, [a_system(1), a_system(2)])
        work.components.put_many(OFFICER, [a_component(1, (1, 2))])
        work.endpoints.put_many(OFFICER, [an_endpoint(1, (1, 2)), an_endpoint(2, (2,))])
        work.commit()
    return store


def test_what_was_put_is_read_back_equal(filled: Store) -> None:
    with filled(reading=True) as work:
        assert work.systems.get("s2") == a_system(2)
        assert list(work.endpoints.all()) == [an_endpoint(1, (1, 2)), an_endpoint(2, (2,))]
        assert list(work.components.find(system="s2")) == [a_component(1, (1, 2))]
        assert list(work.endpoints.find(system="s1")) == [an_endpoint(1, (1, 2))]
        assert list(work.systems.find(name="system 2", unit="u1")) == [a_system(2)]
        assert work.systems.get("nobody") is None


def test_one_cell_of_every_record_that_fills_it(filled: Store) -> None:
    with filled() as work:
        told = replace(
            a_system(2),
            note='"business.domain_names":[]',  # no key, only a text that looks like one
            business=replace(a_system(2).business, domain_names=("a.example", "b_c.example")),
        )
        work.systems.put_many(OFFICER, [told])
        work.commit()
    with filled(reading=True) as work:
        values = [(one.id, one.value) for one in work.endpoints.all()]
        assert list(work.endpoints.cell("value")) == values
        found = dict(work.systems.cell("business.domain_names"))
        assert found["s2"] == ("a.example", "b_c.example")
        assert list(work.systems.cell("business.source_addresses")) == [
            (one.id, one.business.source_addresses)
            for one in work.systems.all()
            if one.business.source_addresses
        ]


def test_pages_follow_the_numbers(filled: Store) -> None:
    with filled(reading=True) as work:
        assert work.systems.page(after=0, most=1) == (a_system(1),)
        assert work.systems.page(after=1, most=5) == (a_system(2),)
        assert work.systems.page(after=2, most=5) == ()
        assert (work.systems.count(), work.systems.next_no()) == (2, 3)


def test_without_commit_nothing_is_kept(filled: Store) -> None:
    with filled() as work:
        work.systems.put_many(OFFICER, [a_system(3)])
    with filled(reading=True) as work:
        assert work.systems.count() == 2
        assert work.chain.head().seq == 7


def test_an_unchanged_record_leaves_no_entry(filled: Store) -> None:
    with filled() as work:
        before = work.chain.head()
        work.systems.put_many(OFFICER, [a_system(1)])
        work.commit()
    with filled(reading=True) as work:
        assert work.chain.head() == before


def test_a_moved_endpoint_is_found_at_its_new_system_only(filled: Store) -> None:
    with filled() as work:
        work.endpoints.put_many(OFFICER, [an_endpoint(2, (1,))])
        work.commit()
    with filled(reading=True) as work:
        assert [one.no for one in work.endpoints.find(system="s1")] == [1, 2]
        assert [one.no for one in work.endpoints.find(system="s2")] == [1]


def test_a_taken_number_is_refused(filled: Store) -> None:
    twin = replace(a_system(2), id=a_system(9).id)
    with pytest.raises(RecordClashError), filled() as work:
        work.systems.put_many(OFFICER, [twin])


def test_a_unit_that_is_not_there_is_refused(filled: Store) -> None:
    with pytest.raises(DanglingReferenceError):
        _put_and_commit(filled, a_system(3, unit=8))
    with filled(reading=True) as work:
        assert work.systems.count() == 2


def _put_and_commit(store: Store, system: System) -> None:
    with store() as work:
        work.systems.put_many(OFFICER, [system])
        work.commit()


def test_a_record_that_could_not_be_read_back_is_refused(filled: Store) -> None:
    with pytest.raises(MissingKeyError), filled() as work:
        work.units.put_many(OFFICER, [replace(a_unit(2), name="")])


def test_the_inventory_stands_as_it_stood(filled: Store, clock: Clock) -> None:
    with filled() as work:
        clock.pass_days(10)
        renamed = replace(a_system(1, name="portal"), retired_on=date(2026, 3, 9))
        work.systems.put_many(OFFICER, [renamed, a_system(3)])
        work.commit()
    with filled(reading=True) as work:
        assert [one.name for one in work.systems.all()] == ["portal", "system 2", "system 3"]
        then = list(work.systems.as_of(AT + timedelta(days=9)))
        assert then == [a_system(1), a_system(2)]
        assert list(work.systems.as_of(AT + timedelta(days=10))) == list(work.systems.all())


def test_contacts_are_numbered_by_persons_and_leave_no_value_in_history(filled: Store) -> None:
    contact = Contact(id=PersonId("p1"), mobile="13900000000")
    with filled() as work:
        work.contacts.put_many(OFFICER, [contact])
        work.contacts.put_many(OFFICER, [replace(contact, mobile="", email="a@b.example")])
        work.commit()
    with filled(reading=True) as work:
        assert [one.email for one in work.contacts.page(after=0, most=2)] == ["a@b.example"]
        said = [one for one in work.chain.about("person p1") if one.action == "contact.put"]
        changes = ['{"mobile":[null,"*"]}', '{"email":[null,"*"],"mobile":["*",null]}']
        assert [one.changes for one in said] == changes
        assert {one.before + one.after for one in said} == {""}
        assert list(work.chain.strays()) == []


def test_a_permit_is_read_back_equal(filled: Store) -> None:
    permit = Permit(
        id=PermitId("r1"),
        no=1,
        allowed_by="甲",
        post="主任",
        letter=EVIDENCE,
        letter_number="",
        effect_weighed="夜间进行",
        ranges=(ip_network("192.0.2.0/24"), ip_network("2001:db8::/32")),
        names=("www.school.example",),
        ports=((1, 1024), (8443, 8443)),
        excluded=(ip_network("192.0.2.7/32"),),
        opens_at=AT,
        closes_at=AT + timedelta(days=1),
    )
    with filled() as work:
        work.permits.put_many(OFFICER, [permit])
        work.permits.put_many(OFFICER, [replace(permit, withdrawn_at=AT)])
        work.commit()
    with filled(reading=True) as work:
        assert list(work.permits.all()) == [replace(permit, withdrawn_at=AT)]
        assert [one.action for one in work.chain.about("permit r1")] == ["permit.put"] * 2


OUTCOMES = [EVIDENCE, Failed(FailureKind.SILENT, "no answer in 5 s"), NotApplicable("no web"), None]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=["evidence", "failed", "excused", "open"])
def test_an_attempt_begins_and_ends(filled: Store, outcome: object) -> None:
    ended = an_attempt(1, outcome)  # type: ignore[arg-type]  # the list holds outcomes only
    with filled() as work:
        work.scans.start(a_plan())
        work.scans.put_attempts([an_attempt(1, None)])
        work.scans.put_attempts([ended])
        work.scans.end(ScanId("n1"), AT)
        work.commit()
    with filled(reading=True) as work:
        assert list(work.scans.attempts(ScanId("n1"))) == [ended]
        assert work.scans.newest() == replace(a_plan(), ended=AT)
        assert work.scans.next_no() == 2
        actions = [one.action for one in work.chain.about("scan n1")]
        assert actions == ["scan.start", "attempt.put", "attempt.put", "scan.end"]


def _seen(value: str, evidence: str) -> Observation:
    return Observation(
        target=TARGET, name="http.status", value=value, evidence=digest_of(evidence.encode())
    )


def test_only_the_newest_attempt_with_evidence_counts(filled: Store) -> None:
    old, new = _seen("200", "old"), _seen("404", "new")
    with filled() as work:
        for no, one in ((1, old), (2, new)):
            work.scans.start(a_plan(no))
            work.scans.put_attempts([an_attempt(no, one.evidence)])
            work.observations.put_many(ScanId(f"n{no}"), [one])
        work.scans.start(a_plan(3))
        work.scans.put_attempts([an_attempt(3, Failed(FailureKind.REFUSED, ""))])
        work.commit()
    with filled(reading=True) as work:
        assert list(work.observations.newest([EndpointId("e1"), EndpointId("e2")])) == [new]


def test_evidence_read_again_replaces_what_was_read_from_it(filled: Store) -> None:
    with filled() as work:
        work.scans.start(a_plan())
        work.scans.put_attempts([an_attempt(1, _seen("200", "x").evidence)])
        work.observations.put_many(ScanId("n1"), [_seen("200", "x")])
        work.observations.put_many(ScanId("n1"), [_seen("201", "x")])
        work.commit()
    with filled(reading=True) as work:
        assert [one.value for one in work.observations.newest([EndpointId("e1")])] == ["201"]


def test_evidence_is_kept_once_and_its_record_outlives_the_bytes(filled: Store) -> None:
    first = an_evidence(1, b"x")
    with filled() as work:
        work.evidence.put_many([first, an_evidence(2, b"x"), an_evidence(3, b"y")])
        work.evidence.mark_erased(OFFICER, first.digest, AT, "personal data")
        work.commit()
    with filled(reading=True) as work:
        assert list(work.evidence.all()) == [replace(first, erased_at=AT), an_evidence(3, b"y")]
        assert work.evidence.next_no() == 4
        erased = list(work.chain.about("evidence v1"))[-1]
        assert (erased.action, erased.before, erased.after) == ("evidence.erase", first.digest, "")


def test_a_finding_seen_again_only_moves_its_last_seen(filled: Store) -> None:
    later = AT + timedelta(days=1)
    with filled() as work:
        work.findings.put_many(OFFICER, [a_finding(1, "x"), a_finding(2, "y")])
        work.findings.put_many(OFFICER, [a_finding(3, "x", later), a_finding(4, "z")])
        work.commit()
    with filled(reading=True) as work:
        first = replace(a_finding(1, "x"), last_seen=later)
        assert list(work.findings.of(OfSystem(a_system(1).id))) == [
            first,
            a_finding(2, "y"),
            a_finding(4, "z"),
        ]


def test_a_frozen_assessment_takes_no_answer_and_no_change(filled: Store) -> None:
    frozen = Frozen(at=AT, by=PersonId("p1"), state=EVIDENCE, rules=EVIDENCE)
    with filled() as work:
        work.assessments.put(OFFICER, an_assessment())
        work.answers.append(OFFICER, [an_answer()])
        work.assessments.put(OFFICER, replace(an_assessment(), frozen=frozen))
        with pytest.raises(FrozenAssessmentError):
            work.answers.append(OFFICER, [an_answer(2)])
        with pytest.raises(FrozenAssessmentError):
            work.assessments.put(OFFICER, an_assessment())
        work.commit()
    with filled(reading=True) as work:
        assert list(work.assessments.of(OfSystem(a_system(1).id))) == [
            replace(an_assessment(), frozen=frozen)
        ]
        assert list(work.answers.of(an_assessment().id)) == [an_answer()]


VALUES: list[Value] = [
    Verdict.PARTIALLY_COMPLIANT,
    Measure(n=3, of=7),
    Choice("b"),
    NotApplicable("无此部件"),
]


@pytest.mark.parametrize("value", VALUES, ids=["verdict", "measure", "choice", "excused"])
def test_answers_are_kept_one_after_the_other(filled: Store, value: Value) -> None:
    with filled() as work:
        work.assessments.put(OFFICER, an_assessment())
        work.answers.append(OFFICER, [an_answer(1), an_answer(2, value)])
        with pytest.raises(AnswerExistsError):
            work.answers.append(OFFICER, [an_answer(2)])
        work.commit()
    with filled(reading=True) as work:
        assert list(work.answers.of(an_assessment().id)) == [an_answer(1), an_answer(2, value)]


def test_a_document_and_a_setting_are_kept(filled: Store) -> None:
    record = DocumentRecord(
        id=DocumentId("d1"),
        no=1,
        kind="rectification",
        subject="system s1",
        as_of=date(2026, 3, 1),
        made_at=AT,
        made_by=OFFICER,
        context=EVIDENCE,
        template=EVIDENCE,
        outputs=((DocumentFormat.PDF, EVIDENCE), (DocumentFormat.DOCX, EVIDENCE)),
        packs=(EVIDENCE,),
    )
    with filled() as work:
        work.documents.put(OFFICER, record)
        work.settings.put(OFFICER, "deadline.days", "30")
        work.settings.put(OFFICER, "deadline.days", "31")
        work.commit()
    with filled(reading=True) as work:
        assert list(work.documents.all()) == [record]
        assert work.settings.all() == {"deadline.days": "31"}
        said = [one.changes for one in work.chain.about("setting deadline.days")]
        assert said == ['{"value":[null,"30"]}', '{"value":["30","31"]}']
