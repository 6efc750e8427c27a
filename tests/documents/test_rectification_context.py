"""What the report says: asserted on its context, not on its wording."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from secops.documents.clean import clean
from secops.documents.printing import Printing, bar
from secops.documents.rectification import rectification_context
from secops.documents.rectification_context import RectificationContext
from secops.errors import WrongValueError
from secops.model.answer import Measure, OfComponent, Verdict
from secops.model.assessment import Conclusion
from secops.model.common import Confidence, NotApplicable
from secops.model.document import DocumentFormat
from secops.model.ids import ComponentId, Digest, FindingId, UnitId
from secops.model.judgement import Confirmed, Risk, Score, Source, SourceKind
from secops.model.report import ReportFacts
from secops.model.system import Ownership
from secops.settings.catalogue import words_for
from secops.wiring.today import SHANGHAI
from tests.documents.conftest import Printed, printed
from tests.documents.sample_report import evidence, facts_of, sample_facts, unit_facts


def context_of(facts: ReportFacts) -> RectificationContext:
    """Give the context of these facts."""
    printing = Printing(words=words_for("zh"), names=facts.names, zone=SHANGHAI)
    return rectification_context(facts, printing, "sha256:template")


def about_unanswered(facts: ReportFacts) -> ReportFacts:
    """Move the finding that nobody stands behind to an item that nobody answered."""
    (one,) = facts.systems
    assert one.scored is not None
    item = next(i.item.id for i in one.scored.items if i.value is None)
    moved = replace(one.findings[-1], item=item)
    return replace(facts, systems=(replace(one, findings=(*one.findings[:-1], moved)),))


def test_a_finding_that_nobody_answered_is_counted_and_not_printed() -> None:
    made = context_of(about_unanswered(sample_facts()))
    (part,) = made.systems
    assert (part.unconfirmed, made.unconfirmed, made.contrary) == (1, 1, 0)
    assert "没有人确认" not in str(made)


def test_a_finding_that_a_person_answered_otherwise_is_named_with_both_sides() -> None:
    made = context_of(sample_facts())
    (part,) = made.systems
    (line,) = part.contrary
    assert (made.contrary, part.unconfirmed) == (1, 0)
    assert (line.risk_key, line.statement) == ("high", "这一条没有人确认，不得印出")
    assert (line.source, line.seen_on) == ("扫描", "2026-11-20")
    (answer,) = line.answers
    assert (answer.value, answer.answered_by) == ("符合", "欧阳照临")
    assert answer.means
    assert answer.answered_on == "2026-11-20"
    assert line.statement not in {one.statement for one in part.findings}


def test_its_evidence_stands_in_the_list_of_evidence() -> None:
    facts = sample_facts()
    (one,) = facts.systems
    digest = evidence(9999)
    seen = replace(one.findings[-1], evidence=digest)
    record = replace(one.evidence[0], digest=digest)
    changed = replace(one, findings=(seen,), evidence=(*one.evidence, record))
    (part,) = context_of(replace(facts, systems=(changed,))).systems
    assert part.contrary[0].evidence in {line.short for line in part.evidence}


def test_an_item_that_is_said_not_to_apply_hides_no_finding_either() -> None:
    facts = sample_facts()
    (one,) = facts.systems
    assert one.scored is not None
    item = next(i for i in one.scored.items if isinstance(i.value, NotApplicable))
    seen = replace(one.findings[-1], item=item.item.id)
    (part,) = context_of(replace(facts, systems=(replace(one, findings=(seen,)),))).systems
    (line,) = part.contrary
    assert line.answers[0].value == "不适用"
    assert "平台声明" in line.answers[0].notes[0]


def test_an_answer_about_another_component_answers_nothing() -> None:
    facts = sample_facts()
    (one,) = facts.systems
    assert one.scored is not None
    elsewhere = OfComponent(one.system.id, ComponentId("component-1"))
    here = OfComponent(one.system.id, ComponentId("component-2"))
    scored = replace(
        one.scored,
        items=tuple(
            replace(i, answers=tuple(replace(a, subject=elsewhere) for a in i.answers))
            for i in one.scored.items
        ),
    )
    for about, contrary in ((here, 0), (elsewhere, 1), (one.findings[-1].subject, 1)):
        seen = replace(one.findings[-1], subject=about)
        changed = replace(one, scored=scored, findings=(seen,))
        (part,) = context_of(replace(facts, systems=(changed,))).systems
        assert (len(part.contrary), part.unconfirmed) == (contrary, 1 - contrary)


def test_what_was_seen_again_after_the_day_of_the_report_is_not_dated_later() -> None:
    facts = sample_facts()
    (one,) = facts.systems
    seen = replace(one.findings[-1], last_seen=one.findings[-1].last_seen + timedelta(days=30))
    (part,) = context_of(replace(facts, systems=(replace(one, findings=(seen,)),))).systems
    assert part.contrary[0].seen_on == "2026-11-20"


def unfrozen(facts: ReportFacts) -> ReportFacts:
    """Take the freezing away from the first system."""
    one, *others = facts.systems
    assert one.scored is not None
    scored = replace(one.scored, assessment=replace(one.scored.assessment, frozen=None))
    return replace(facts, systems=(replace(one, scored=scored), *others))


def test_a_report_is_a_draft_while_one_assessment_in_it_is_not_frozen() -> None:
    for facts in (sample_facts(most=5), unit_facts()):
        assert not context_of(facts).draft
        assert context_of(unfrozen(facts)).draft


def test_an_assessment_that_holds_no_answer_gives_no_conclusion() -> None:
    facts = sample_facts(most=5)
    (one,) = facts.systems
    assert one.scored is not None
    bare = tuple(replace(i, value=None, answers=()) for i in one.scored.items)
    score = Score(unanswered=5)
    begun = replace(one, scored=replace(one.scored, items=bare, score=score))
    (part,) = context_of(unfrozen(replace(facts, systems=(begun,)))).systems
    assert (part.assessed, part.conclusion, part.missing) == (
        False,
        None,
        ("自查已开始，尚无填报",),
    )


def test_a_rate_is_cut_and_never_looks_better() -> None:
    facts = sample_facts(most=5)
    (one,) = facts.systems
    assert one.scored is not None
    cut = replace(one.scored, concluded=replace(one.scored.concluded, rate=Measure(n=74, of=99)))
    made = context_of(replace(facts, systems=(replace(one, scored=cut),)))
    assert made.systems[0].conclusion is not None
    assert made.systems[0].conclusion.rate == "74.74%"


def test_a_finding_cannot_be_confirmed_by_an_answer_that_says_compliant() -> None:
    facts = facts_of()
    assert facts.scored is not None
    finding = facts.findings[-1]
    answer = next(
        answer
        for item in facts.scored.items
        for answer in item.answers
        if answer.item == finding.item
    )
    assert answer.value is Verdict.COMPLIANT
    with pytest.raises(WrongValueError):
        Confirmed(finding, answer)


def test_findings_stand_worst_first_within_a_risk_as_in_the_standard() -> None:
    (part,) = context_of(sample_facts()).systems
    order = ["high", "medium", "low"]
    ranks = [order.index(line.risk_key) for line in part.findings]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}
    assert [line.no for line in part.findings] == list(range(1, len(ranks) + 1))


def test_every_failing_answer_is_a_problem_even_where_no_scan_saw_it() -> None:
    facts = facts_of()
    assert facts.scored is not None
    failing = facts.scored.score.partially_compliant + facts.scored.score.non_compliant
    (part,) = context_of(sample_facts()).systems
    assert len(part.findings) == failing


def test_a_problem_names_clause_person_means_deadline_and_evidence() -> None:
    (part,) = context_of(sample_facts()).systems
    first = part.findings[0]
    assert first.clause.startswith("8.1.")
    assert first.risk_key == "high"
    assert (first.answered_by, first.responsible) == ("陈望舒", "王㛃 运维负责人")
    assert first.due == "2026-12-09"
    assert not first.days_by_default
    shorts = {line.short for line in part.evidence}
    assert first.evidence
    assert set(first.evidence) <= shorts


def test_days_that_no_setting_gave_are_marked_as_default() -> None:
    (part,) = context_of(sample_facts()).systems
    assert {line.days_by_default for line in part.findings if line.risk_key == "low"} == {True}
    assert [line.by_default for line in context_of(sample_facts()).deadlines] == [False, True, True]


def test_unanswered_items_are_counted_below_the_line_and_shown() -> None:
    (part,) = context_of(sample_facts()).systems
    assert part.counts is not None
    assert part.conclusion is not None
    counts = {one.key: one.count for one in part.counts.segments}
    assert counts["unanswered"] > 0
    applies = part.counts.total - counts["not_applicable"]
    assert part.conclusion.applicable == applies
    assert part.conclusion.compliant == counts["compliant"]
    assert not part.conclusion.complete


def test_every_item_of_level_three_stands_in_the_appendix_with_its_reason() -> None:
    (part,) = context_of(sample_facts()).systems
    lines = [line for one in part.classes for line in one.lines]
    assert len(lines) == 211
    absent = [line for line in lines if line.value_key == "not_applicable"]
    assert absent
    assert all(any("平台声明" in note for note in line.notes) for line in absent)


def test_evidence_that_nothing_in_the_report_names_is_left_out() -> None:
    facts = facts_of()
    stranger = replace(facts.evidence[0], digest=Digest("sha256:" + "0" * 64), title="不相干")
    with_stranger = replace(facts, evidence=(*facts.evidence, stranger))
    (part,) = context_of(replace(sample_facts(), systems=(with_stranger,))).systems
    assert "不相干" not in {line.title for line in part.evidence}


def test_a_system_without_assessment_has_no_conclusion() -> None:
    last = context_of(unit_facts()).systems[-1]
    assert not last.assessed
    assert last.conclusion is None
    assert last.findings == ()


def test_the_same_facts_give_the_same_bytes(system_report: Printed) -> None:
    assert system_report.printer.context(sample_facts()) == system_report.context


def test_bars_add_up() -> None:
    made = bar("", [("a", "", 1), ("b", "", 1), ("c", "", 1)])
    assert sum(one.width for one in made.segments) == 1000
    assert sum(one.cells for one in made.segments) == 40
    assert [one.start for one in made.segments] == [0, 334, 667]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("\u2f00\u2f06", "一二"),
        ("阿依•古丽", "阿依·古丽"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("左\u202e右\ufffe", "左右"),
        ("王㛃", "王㛃"),
    ],
)
def test_text_is_cleaned_for_print(given: str, wanted: str) -> None:
    assert clean(given) == wanted


def test_no_name_of_a_field_hides_a_method_of_a_mapping(system_report: Printed) -> None:
    """A template says `part.lines`; a field called `items` would be the mapping's own method."""

    def names(value: Any) -> set[str]:  # noqa: ANN401  # JSON
        if isinstance(value, dict):
            return set(value) | {one for inner in value.values() for one in names(inner)}
        return (
            {one for inner in value for one in names(inner)} if isinstance(value, list) else set()
        )

    assert not names(json.loads(system_report.context)) & set(dir(dict))


def test_every_risk_has_a_number_of_days() -> None:
    assert set(sample_facts().deadlines.days) == set(Risk)


def _twice(facts: ReportFacts, **changed: Any) -> ReportFacts:  # noqa: ANN401  # any field
    """Let the first finding be seen under the item of the second as well."""
    (one,) = facts.systems
    first, second = one.findings[:2]
    again = replace(first, id=FindingId("again"), no=98, item=second.item, fingerprint="again")
    again = replace(again, subject=first.subject, **changed)
    return replace(facts, systems=(replace(one, findings=(*one.findings, again)),))


def test_what_was_seen_alike_in_one_place_under_two_items_refers_to_the_first() -> None:
    (part,) = context_of(_twice(sample_facts())).systems
    alike = [one for one in part.findings if "TLSv1.0" in one.statement]
    assert len(alike) == 2
    assert [one.same_as for one in alike] == [0, alike[0].no]
    assert alike[0].clause != alike[1].clause


def test_another_risk_or_place_is_another_problem() -> None:
    for changed in ({"risk": Risk.HIGH}, {"evidence": None}):
        (part,) = context_of(_twice(sample_facts(), **changed)).systems
        assert {one.same_as for one in part.findings} == {0}


def test_a_problem_that_only_an_answer_tells_of_has_the_default_risk_and_says_so() -> None:
    (part,) = context_of(sample_facts()).systems
    told = {(one.verdict, one.risk_key) for one in part.findings if one.risk_by_default}
    assert told == {("不符合", "medium"), ("部分符合", "low")}
    assert {one.risk_by_default for one in part.findings if one.source == "扫描"} == {False}


def test_a_finding_made_by_an_answer_is_told_by_the_answer_that_stands_now() -> None:
    """It was not compliant once; the answer that stands says partly compliant."""
    (one,) = sample_facts().systems
    assert one.scored is not None
    item = next(i for i in one.scored.items if i.value is Verdict.PARTIALLY_COMPLIANT)
    answer = item.answers[0]
    made = replace(
        one.findings[0],
        id=FindingId("made"),
        source=Source(SourceKind.ANSWER, "superseded"),
        subject=answer.subject,
        item=item.item.id,
        statement="早先的说法",
        risk=Risk.MEDIUM,
    )
    facts = replace(sample_facts(), systems=(replace(one, findings=(made,)),))
    (part,) = context_of(facts).systems
    (line,) = [f for f in part.findings if f.clause == str(item.at.clause)]
    assert (line.risk_key, line.statement) == ("low", answer.note)
    assert part.unconfirmed == 0


def with_bands(**changed: Any) -> ReportFacts:  # noqa: ANN401  # any field
    facts = sample_facts(most=20)
    (one,) = facts.systems
    assert one.scored is not None
    bands = replace(one.scored.bands, **changed)
    return replace(facts, systems=(replace(one, scored=replace(one.scored, bands=bands)),))


def test_the_conclusion_is_worded_by_its_bands() -> None:
    html = printed(with_bands()).render(DocumentFormat.HTML).decode()
    assert "1846号" in html
    assert "部分符合每项按0计" in html
    changed = with_bands(
        upper=95,
        title="另一版分档",
        partial_weight=Fraction(1, 2),
        at_upper=Conclusion.COMPLIANT,
        confidence=Confidence.LOW,
    )
    html = printed(changed).render(DocumentFormat.HTML).decode()
    assert "高于95%" in html
    assert "恰为95%取“符合”" in html
    assert "每项按1/2计" in html
    assert "“另一版分档”，出处未经核实，不作为文件规定" in html
    assert "1846号" not in html


def test_what_a_system_lacks_is_said_plainly() -> None:
    facts = unit_facts()
    bare = replace(facts.systems[-1].system, ownership=Ownership(operating_unit=UnitId("unit-1")))
    facts = replace(facts, systems=(*facts.systems[:-1], replace(facts.systems[-1], system=bare)))
    assert context_of(facts).systems[-1].missing == (
        "未登记主管责任人",
        "未登记运维责任人",
        "未登记使用责任人",
        "未开始自查",
    )
    html = printed(facts).render(DocumentFormat.HTML).decode()
    assert "未登记主管责任人；未登记运维责任人；未登记使用责任人；未开始自查</span>" in html
