"""The usual measure of an item stands beside a problem, marked where the words are our own."""

from __future__ import annotations

from dataclasses import replace

from secops.model.common import Confidence
from tests.documents.sample_report import sample_facts
from tests.documents.test_rectification_context import context_of


def test_a_problem_known_only_by_an_answer_has_the_usual_measure_marked_as_ours() -> None:
    facts = sample_facts()
    ours = {id_: replace(it, words_confidence=Confidence.LOW) for id_, it in facts.checks.items()}
    (part,) = context_of(replace(facts, checks=ours)).systems
    only_answered = [one for one in part.findings if one.risk_by_default]
    assert only_answered
    usual = {one.measure for one in facts.checks.values()}
    for one in only_answered:
        assert one.usual_measure.removesuffix("［项目自拟，待确认］") in usual
        assert one.usual_measure.endswith("［项目自拟，待确认］")
    assert not any(one.usual_measure for one in part.findings if one.measure)


def test_a_usual_measure_that_a_document_words_bears_no_mark() -> None:
    facts = sample_facts()
    sure = {id_: replace(it, words_confidence=Confidence.HIGH) for id_, it in facts.checks.items()}
    (part,) = context_of(replace(facts, checks=sure)).systems
    advised = [one.usual_measure for one in part.findings if one.usual_measure]
    assert advised
    assert not any("项目自拟" in one for one in advised)


def test_without_a_usual_measure_nothing_is_advised() -> None:
    (part,) = context_of(replace(sample_facts(), checks={})).systems
    assert {one.usual_measure for one in part.findings} == {""}
