"""What a platform answers stands in the report as inherited, what fails there as its problem."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secops.documents.rectification_context import SystemPart
from secops.judging.inheriting import with_inherited
from secops.model.answer import OfSystem, Verdict
from secops.model.checklist import Duty
from secops.model.common import NotApplicable
from secops.model.ids import FindingId, PersonId
from secops.model.judgement import Finding, Risk, Source, SourceKind
from secops.model.platform_statement import Inherited, StatedItem, StatedValue
from secops.model.report import SystemFacts
from secops.model.score import ScoredItem
from tests.documents.sample_report import AT, sample_facts
from tests.documents.test_rectification_context import context_of
from tests.judging.test_inheriting import row, statement


def _inherited(item: ScoredItem, value: StatedValue, duty: Duty) -> Inherited:
    said = StatedItem(item=item.item.id, clause=item.at.clause, value=value, duty=duty)
    taken = replace(row(duty), item=item.item.id, taken_by=PersonId("person-1"))
    return Inherited(inheritance=taken, statement=statement(said), stated=said)


def _facts(value: StatedValue, duty: Duty = Duty.PLATFORM) -> SystemFacts:
    """Let the sample's first compliant item be inherited, and a finding tell what fails there."""
    (one,) = sample_facts().systems
    assert one.scored is not None
    subject = OfSystem(one.system.id)
    at = next(n for n, it in enumerate(one.scored.items) if it.value is Verdict.COMPLIANT)
    old = one.scored.items[at]
    new = with_inherited(old, _inherited(old, value, duty))
    finding = Finding(
        id=FindingId("finding-platform"),
        no=98,
        source=Source(SourceKind.PLATFORM, "sha256:0"),
        subject=subject,
        item=old.item.id,
        fingerprint="platform",
        risk=Risk.MEDIUM,
        statement="平台声明不符合",
        evidence=None,
        first_seen=AT,
        last_seen=AT,
    )
    items = (*one.scored.items[:at], new, *one.scored.items[at + 1 :])
    scored = replace(one.scored, items=items)
    return replace(one, scored=scored, findings=(*one.findings, finding))


def _part(facts: SystemFacts) -> SystemPart:
    (part,) = context_of(replace(sample_facts(), systems=(facts,))).systems
    return part


def _lines(part: SystemPart) -> list[str]:
    lines = [line for domain in part.classes for line in domain.lines]
    return [note for line in lines for note in line.notes if note.startswith("继承自")]


def test_the_list_of_items_names_platform_statement_day_and_who_took_it_over() -> None:
    (line,) = _lines(_part(_facts(Verdict.COMPLIANT)))
    assert line.startswith("继承自云（甲），平台负责：符合；声明000000000000由陈知行作出")
    assert line.endswith("有效期至2027-03-01；陈望舒于2026-03-01继承")


def test_the_reason_why_it_does_not_apply_is_printed() -> None:
    (line,) = _lines(_part(_facts(NotApplicable("没有无线网络"))))
    assert "没有无线网络" in line


def test_nobody_of_the_tenant_is_named_as_having_answered_it() -> None:
    part = _part(_facts(Verdict.COMPLIANT))
    (line,) = [
        it
        for domain in part.classes
        for it in domain.lines
        if any(note.startswith("继承自") for note in it.notes)
    ]
    assert (line.answered_by, line.means, line.answered_on) == ((), (), "")


@pytest.mark.parametrize("duty", [Duty.PLATFORM, Duty.BOTH])
def test_what_fails_at_the_platform_is_one_problem_told_as_it_states_it(duty: Duty) -> None:
    before, part = (
        _part(_facts(Verdict.COMPLIANT, duty)),
        _part(_facts(Verdict.NON_COMPLIANT, duty)),
    )
    found = [line for line in part.findings if line.source == "平台声明"]
    assert [(line.risk_key, line.risk_by_default) for line in found] == [("medium", True)]
    assert found[0].statement.startswith("继承自云（甲）")
    assert len(part.findings) == len(before.findings) + 1
    assert part.unconfirmed == before.unconfirmed - 1  # there it was no problem of the report


def test_an_own_answer_does_not_confirm_what_only_the_platform_states() -> None:
    part = _part(_facts(Verdict.COMPLIANT, Duty.BOTH))
    assert "平台声明不符合" not in {line.statement for line in part.findings}
    assert "平台声明不符合" not in {line.statement for line in part.contrary}
