"""`secops assess hazards`: high-risk cases and major hazards, what stands, what speaks for each."""

from __future__ import annotations

from typing import Any

import click

from secops.cli.assess_showing import assessment_document
from secops.cli.assess_words import suggestion_document, value_document
from secops.cli.options import by_option, dry_run_option
from secops.cli.selection import chosen_series, person_named, spelled
from secops.cli.shared import Command, Option, emit, hint_next, says_more, words_of, workspace_of
from secops.cli.table import show_table
from secops.contracts.words import Words, label
from secops.errors import msgid
from secops.model.answer import Answer, reason_of
from secops.model.case import CaseProposal, CaseState
from secops.model.score import HazardCounts, JudgedCase
from secops.operations.judge_hazards import CaseStatus, Hazards, answer_absent, hazards_of
from secops.wiring.assess import assessing

_STATES = (CaseState.OPEN, *CaseState)
"""What waits comes first."""


@click.command(
    "hazards",
    cls=Command,
    help=msgid("High-risk cases and major hazards: what waits, what stands."),
)
@click.argument("subject")
@click.option(
    "--absent-where-compliant",
    "in_bulk",
    is_flag=True,
    cls=Option,
    help=msgid("answer `absent` where people found every item of a case compliant"),
)
@by_option
@dry_run_option
@click.pass_context
def hazards(context: click.Context, /, subject: str, **said: Any) -> None:  # noqa: ANN401  # click's options
    """List what was judged; an answer is recorded on demand only, and only of a person."""
    codes: list[str] = []
    with assessing(workspace_of(context), dry_run=said["dry_run"] or not said["in_bulk"]) as one:
        series = chosen_series(one.work, subject)
        found = hazards_of(one.work, one.blobs, series, one.tables)
        if said["in_bulk"]:
            by = person_named(one.work, said["by"])
            answered = answer_absent(one.work, one.blobs, one.acting, found, by)
            items = {answer.item for answer in answered.answers}
            found = hazards_of(one.work, one.blobs, series, one.tables)
            codes = [c.judged.case.code for c in found.cases if c.judged.case.id in items]
    document = _document(found) | {"dry_run": said["dry_run"], "recorded": codes}
    emit(
        context,
        "assess-hazards",
        document,
        lambda: _show(context, found, codes, dry_run=said["dry_run"]),
    )
    left = (c for c in found.cases if c.judged.state is CaseState.OPEN)
    first = min(left, key=_rank, default=None)
    if first:
        hint_next(context, f"secops assess answer {spelled(series)} {first.judged.case.code} …")


def hazards_document(counts: HazardCounts) -> dict[str, int]:
    """Give the counts of cases and hazards."""
    return {
        "cases": counts.asked,
        "present": counts.present,
        "downgraded": counts.downgraded,
        "open": counts.open,
        "hazards": counts.hazards,
        "hazards_mended": counts.mended,
    }


def say_counts(counts: HazardCounts, words: Words) -> list[str]:
    """Say the counts in two lines."""
    first = words.gettext(
        msgid(
            "high-risk cases: {cases} asked, {present} present, {downgraded} downgraded; "
            "cases and hazards not judged yet: {open}"
        )
    )
    second = words.gettext(
        msgid("major hazards before rectification: {hazards}, of these mended: {hazards_mended}")
    )
    document = hazards_document(counts)
    return [first.format(**document), second.format(**document)]


def say_state(judged: JudgedCase, words: Words) -> str:
    """Say what stands about a case, and that it was mended where it was."""
    return words.gettext(msgid("mended")) if judged.mended else label(judged.state, words)


def _document(found: Hazards) -> dict[str, object]:
    return {
        **assessment_document(found.series, found.assessment),
        "counts": hazards_document(found.counts),
        "cases": [_case_document(one) for one in found.cases],
    }


def judged_document(judged: JudgedCase) -> dict[str, object]:
    """Give what stands about one case."""
    return {
        "case": str(judged.case.id),
        "code": judged.case.code,
        "kind": judged.case.kind.value,
        "title": judged.case.title,
        "state": judged.state.value,
        "was_present": judged.was_present,
        "answer": _answer_document(judged.answer) if judged.answer else None,
    }


def _case_document(status: CaseStatus) -> dict[str, object]:
    judged, case = status.judged, status.judged.case
    suggestions = dict(status.suggestions)
    return {
        **judged_document(judged),
        "scope": case.scope,
        "condition": case.condition,
        "compensating": case.compensating,
        "downgrade": case.downgrade.value,
        "downgrade_note": case.downgrade_note,
        "measure": case.measure,
        "rests_on": str(case.triggers) if case.triggers else None,
        "principles": [one.title for one in case.principles],
        "source": case.source,
        "confidence": case.confidence.value,
        "proposal": status.proposal.value,
        "items": [
            {
                "item": str(one.item.id),
                "clause": str(one.at.clause),
                "control_point": one.item.control_point,
                "value": value_document(one.value),
                "suggestion": suggestion_document(suggestions.get(one.item.id)),
            }
            for one in judged.items
        ],
    }


def _answer_document(answer: Answer) -> dict[str, object]:
    return {
        "revision": answer.revision,
        "value": value_document(answer.value),
        "reason": reason_of(answer.value),
        "note": answer.note,
        "answered_by": answer.answered_by,
        "recorded_at": answer.recorded_at.isoformat(),
        "evidence": list(answer.evidence),
    }


def _show(context: click.Context, found: Hazards, recorded: list[str], *, dry_run: bool) -> None:
    words, everything = words_of(context), says_more(context)
    if not found.cases:
        said = msgid("no high-risk cases are asked here: it was begun before they were")
        click.echo(words.gettext(said))
        return
    shown = [one for one in found.cases if everything or one.judged.concerns_people]
    shown.sort(key=_rank)
    heads = [msgid("case"), msgid("state"), msgid("proposal"), msgid("clauses"), msgid("title")]
    if shown:
        show_table([words.gettext(head) for head in heads], [_row(c, words) for c in shown])
    lines = say_counts(found.counts, words)
    hidden = len(found.cases) - len(shown)
    if hidden:
        said = msgid("not shown: {count} (`secops -v assess hazards` lists all)")
        lines.append(words.gettext(said).format(count=hidden))
    if recorded:
        said = msgid("answered `absent`: {count}")
        if dry_run:
            said = msgid("would be answered `absent`: {count}")
        lines.append(words.gettext(said).format(count=len(recorded)))
    click.echo("\n".join(lines))


def _rank(status: CaseStatus) -> tuple[int, int]:
    judged, proposals = status.judged, list(CaseProposal)
    proposal = proposals.index(status.proposal) if judged.state is CaseState.OPEN else 0
    return _STATES.index(judged.state), proposal


def _row(status: CaseStatus, words: Words) -> list[str]:
    judged = status.judged
    waits = judged.state is CaseState.OPEN and status.proposal is not CaseProposal.NOTHING
    return [
        judged.case.code,
        say_state(judged, words),
        label(status.proposal, words) if waits else "",
        ", ".join(str(one.at.clause) for one in judged.items),
        judged.case.title,
    ]
