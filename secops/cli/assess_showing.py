"""What `secops assess` prints: tables for people, documents for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import click

from secops.cli.assess_values import item_document, say_answer, say_machine, say_scored
from secops.cli.assess_words import counts_document, value_document
from secops.cli.clauses import Clauses, clause_said
from secops.cli.selection import chosen_series
from secops.cli.shared import emit, says_more, words_of, workspace_of
from secops.cli.table import show_table
from secops.contracts.words import Words, chapter, label
from secops.errors import msgid
from secops.guards.text import tamed
from secops.judging.tailoring import ItemSet, explained
from secops.model.asking import AsksVerdict
from secops.model.assessment import Assessment
from secops.model.case import CaseKind
from secops.model.checklist import Item
from secops.model.judgement import Against, Score
from secops.operations.answer_item import Answered
from secops.operations.assessment_status import (
    Status,
    assessment_status,
    systems_by_assessment,
    unit_checks,
)
from secops.operations.assessments import Series
from secops.operations.start_assessment import Begun
from secops.wiring.assess import Assessing, looking, today_of
from secops.wiring.inventory_words import titled


def assessment_document(series: Series, assessment: Assessment) -> dict[str, object]:
    """Name an assessment and whom it is of."""
    frozen, grades, about = assessment.frozen, assessment.grades, series.about
    return {
        "subject": {
            "kind": "system" if series.system else "unit",
            "no": about.no,
            "id": about.id,
            "name": about.name,
        },
        "assessment": {
            "no": assessment.no,
            "id": assessment.id,
            "revision": assessment.revision,
            "cycle": assessment.cycle,
            "checklist": assessment.pack,
            "scope": assessment.scope,
            "level": int(grades.level) if grades else None,
            "grades": str(grades) if grades else None,
            "item_set": assessment.item_set,
            "replaces": assessment.replaces,
            "started_at": assessment.started_at.isoformat(),
            "frozen_at": frozen.at.isoformat() if frozen else None,
            "state": frozen.state if frozen else None,
        },
    }


def _grades(item_set: ItemSet) -> str:
    return str(item_set.grades or item_set.pack)


def say_origin(words: Words, stands_in: str) -> None:
    """Say that the items are a workspace's own, where they pass for those supplied."""
    if stands_in:
        said = words.gettext(
            msgid(
                "the items are this workspace's own, of {folder}, in place of those that come "
                "with secops: whether they are the standard's, the unit answers for"
            )
        )
        click.echo(said.format(folder=tamed(f"checklists/{stands_in}")))


def begun_document(series: Series, begun: Begun) -> dict[str, object]:
    """Give the new assessment with the reasons for its items."""
    return {
        **assessment_document(series, begun.assessment),
        "edition": begun.item_set.edition,
        "stands_in": begun.item_set.stands_in,
        "items": len(begun.item_set.asked),
        "cases": _of_kind(begun.item_set, CaseKind.CASE),
        "hazards": _of_kind(begun.item_set, CaseKind.HAZARD),
        "traits": [{"trait": one.trait.value, "field": one.field} for one in begun.traits],
        "choices": [
            {
                "part": one.part.code,
                "attribute": one.attribute.value,
                "level": int(one.level) if one.level else None,
                "items": one.items,
            }
            for one in explained(begun.item_set)
        ],
    }


def _of_kind(item_set: ItemSet, kind: CaseKind) -> int:
    return sum(one.kind is kind for one in item_set.cases)


def show_begun(words: Words, series: Series, begun: Begun, *, explain: bool) -> None:
    """Say what is asked, and on demand why."""
    said = words.gettext(msgid("{system}: revision {revision}, {grades}, items: {items}"))
    click.echo(
        said.format(
            system=series.name,
            revision=begun.assessment.revision,
            grades=_grades(begun.item_set),
            items=len(begun.item_set.asked),
        )
    )
    say_origin(words, begun.item_set.stands_in)
    if explain:
        click.echo("\n".join(tamed(line) for line in _reasons(words, begun)))


def _reasons(words: Words, begun: Begun) -> Iterator[str]:
    for one in explained(begun.item_set):
        part = chapter(one.part, words)
        if one.level is None:
            yield words.gettext(msgid("  {part}: items: {items}")).format(
                part=part, items=one.items
            )
            continue
        said = words.gettext(msgid("  {part}, {attribute}: items at level {level}: {items}"))
        attribute = f"{one.attribute.value} {label(one.attribute, words)}"
        yield said.format(part=part, attribute=attribute, items=one.items, level=int(one.level))
    if begun.item_set.cases:
        said = words.gettext(
            msgid("  high-risk cases: {cases}, triggers of major hazards: {hazards}")
        )
        cases, hazards = (_of_kind(begun.item_set, kind) for kind in CaseKind)
        yield said.format(cases=cases, hazards=hazards)
    for shown in begun.traits:
        said = words.gettext(msgid("  {trait}: the inventory says so in {field}"))
        field = titled(shown.field, words, kind="system")
        adds = any(shown.trait in one.part.when for one in explained(begun.item_set))
        line = said.format(trait=label(shown.trait, words), field=field)
        yield line if adds else line + words.gettext(msgid("; this edition adds no items for it"))


def _answered(score: Score) -> int:
    return _asked(score) - score.unanswered


def _asked(score: Score) -> int:
    return sum(counts_document(score).values())


def show_all(context: click.Context) -> None:
    """Show every system in a line, and how many were never begun."""
    words = words_of(context)
    with looking(workspace_of(context)) as one:
        started, never = systems_by_assessment(one.work)
        found = [assessment_status(one.work, one.blobs, Series(s), one.tables) for s in started]
        checks = unit_checks(one.work)
        units = [assessment_status(one.work, one.blobs, check, one.tables) for check in checks]
    document: dict[str, object] = {
        "systems": [status_document(status, items=False) for status in (*found, *units)],
        "not_assessed": [{"no": s.no, "id": s.id, "name": s.name} for s in never],
    }

    def text() -> None:
        heads = [
            msgid("no"),
            msgid("system"),
            msgid("grades"),
            msgid("revision"),
            msgid("state"),
            msgid("answered"),
            msgid("suggested against"),
        ]
        rows = [
            [
                str(s.series.about.no),
                s.series.name,
                _grades(s.item_set),
                str(s.assessment.revision),
                _state(s.assessment, words),
                f"{_answered(s.score)}/{_asked(s.score)}",
                str(_against(s)),
            ]
            for s in found
        ]
        if rows or not units:
            show_table([words.gettext(head) for head in heads], rows)
        said = words.gettext(msgid("systems without an assessment: {count}"))
        click.echo(said.format(count=len(never)))
        if units:
            show_table(*_unit_lines(words, units))

    emit(context, "assess-status", document, text)


def _unit_lines(words: Words, units: list[Status]) -> tuple[list[str], list[list[str]]]:
    heads = [
        msgid("no"),
        msgid("unit"),
        msgid("checklist"),
        msgid("revision"),
        msgid("state"),
        msgid("answered"),
    ]
    rows = [
        [
            str(s.series.about.no),
            s.series.name,
            s.series.pack,
            str(s.assessment.revision),
            _state(s.assessment, words),
            f"{_answered(s.score)}/{_asked(s.score)}",
        ]
        for s in units
    ]
    return [words.gettext(head) for head in heads], rows


def _state(assessment: Assessment, words: Words) -> str:
    return words.gettext(msgid("frozen") if assessment.frozen else msgid("open"))


def _against(status: Status) -> int:
    return sum(isinstance(one.suggestion, Against) for one in status.open_items)


def _proposed(status: Status) -> int:
    return sum(bool(one.proposals) for one in status.open_items)


def status_document(status: Status, *, items: bool) -> dict[str, object]:
    """Give one assessment's status."""
    document = assessment_document(status.series, status.assessment)
    document["stands_in"] = status.item_set.stands_in
    document["counts"] = counts_document(status.score)
    document["open_with_suggestion_against"] = _against(status)
    document["open_with_proposal"] = _proposed(status)
    document["domains"] = [
        {"domain": one.code, **counts_document(status.of(one))} for one in status.domains
    ]
    if items:
        document["items"] = [item_document(one) for one in status.items]
    return document


def show_status(context: click.Context, subject: str, checklist: str, *, items: bool) -> None:
    """Show one system or unit by domain, or item by item."""
    words = words_of(context)
    with looking(workspace_of(context)) as one:
        found = chosen_series(one.work, subject, checklist)
        status = assessment_status(one.work, one.blobs, found, one.tables, today_of(one))
    document: dict[str, object] = {
        "systems": [status_document(status, items=True)],
        "not_assessed": [],
    }
    emit(
        context,
        "assess-status",
        document,
        lambda: _items(words, status, ids=says_more(context)) if items else _domains(words, status),
    )


_COUNTS: Final = {
    "compliant": msgid("compliant"),
    "partially_compliant": msgid("partially compliant"),
    "non_compliant": msgid("non compliant"),
    "not_judged": msgid("answered"),
    "not_applicable": msgid("not applicable"),
    "unanswered": msgid("unanswered"),
}


def _shown_counts(status: Status) -> list[str]:
    """Name the counts that the items of this checklist can have."""
    kinds = {isinstance(one.scored.item.asks, AsksVerdict) for one in status.items}
    verdicts = ["compliant", "partially_compliant", "non_compliant"] if True in kinds else []
    numbers = ["not_judged"] if False in kinds else []
    return [*verdicts, *numbers, "not_applicable", "unanswered"]


def _domains(words: Words, status: Status) -> None:
    said = words.gettext(msgid("{system}: revision {revision}, {grades}, {state}"))
    assessment = status.assessment
    click.echo(
        said.format(
            system=status.series.name,
            revision=assessment.revision,
            grades=_grades(status.item_set),
            state=_state(assessment, words),
        )
    )
    say_origin(words, status.item_set.stands_in)
    names = _shown_counts(status)
    heads = [words.gettext(msgid("domain")), words.gettext(msgid("asked"))]
    heads += [words.gettext(_COUNTS[name]) for name in names]
    rows = []
    for domain in status.domains:
        score = status.of(domain)
        counts = counts_document(score)
        rows.append([chapter(domain, words), str(_asked(score)), *(str(counts[n]) for n in names)])
    whole = counts_document(status.score)
    total = [words.gettext(msgid("total")), str(_asked(status.score))]
    show_table(heads, [*rows, [*total, *(str(whole[name]) for name in names)]])
    if status.series.system:
        said = words.gettext(msgid("open items with a suggestion against them: {count}"))
        click.echo(said.format(count=_against(status)))
    if proposed := _proposed(status):
        said = words.gettext(msgid("open items with a proposal to confirm: {count}"))
        click.echo(said.format(count=proposed))


def _items(words: Words, status: Status, *, ids: bool) -> None:
    heads = [msgid("clause"), msgid("answer"), msgid("suggestion"), msgid("gist")]
    rows = [
        [
            clause_said(one.scored.item, one.scored.at)
            + (f" [{one.scored.item.id}]" if ids else ""),
            say_scored(one.scored, words),
            say_machine(one, words),
            one.scored.at.gist,
        ]
        for one in status.items
    ]
    show_table([words.gettext(head) for head in heads], rows)


def answered_document(answered: Answered) -> dict[str, object]:
    """Give what was recorded."""
    return {
        "answers": [
            {
                "id": one.id,
                "item": str(one.item),
                "revision": one.revision,
                "value": value_document(one.value),
                "answered_by": one.answered_by,
                "suggestion": one.suggestion,
            }
            for one in answered.answers
        ],
        "findings": [one.no for one in answered.findings],
    }


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded, and how each item is called."""

    answered: Answered
    clauses: tuple[str, ...]
    items: tuple[Item | None, ...]


def recorded(one: Assessing, answered: Answered) -> Recorded:
    """Look up the clauses while the workspace is open."""
    clauses, items = Clauses(one.work, one.tables), one.tables.library.items()
    return Recorded(
        answered,
        tuple(clauses.said(x.item, x.subject) for x in answered.answers),
        tuple(items.get(x.item) for x in answered.answers),
    )


def show_answered(context: click.Context, done: Recorded, *, dry_run: bool) -> None:
    """Say what was recorded, an answer a line."""
    words, answered, ids = words_of(context), done.answered, says_more(context)
    rows = [
        [clause, say_answer(item, one.value, words), *([str(one.item)] if ids else [])]
        for one, clause, item in zip(answered.answers, done.clauses, done.items, strict=True)
    ]
    if rows:
        show_table([], rows)
    said = msgid("answers recorded: {answers}; findings added or seen again: {findings}")
    if dry_run:
        said = msgid("answers that would be recorded: {answers}; findings: {findings}")
    counts = {"answers": len(answered.answers), "findings": len(answered.findings)}
    click.echo(words.gettext(said).format(**counts))
