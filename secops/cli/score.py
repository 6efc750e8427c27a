"""`secops score`: the self-check counted, item by item; never an official assessment."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import click

from secops.cli.assess_hazards import hazards_document, judged_document, say_counts, say_state
from secops.cli.assess_showing import assessment_document, say_origin
from secops.cli.assess_values import say_scored
from secops.cli.assess_words import counts_document, scored_document
from secops.cli.clauses import clause_said
from secops.cli.options import checklist_option, day_option
from secops.cli.points import (
    PointsTold,
    item_points,
    points_document,
    resting_document,
    say_resting,
    show_point_items,
    show_points,
)
from secops.cli.selection import chosen_series
from secops.cli.shared import Command, Option, emit, says_more, words_of, workspace_of
from secops.cli.table import show_table
from secops.contracts.words import Words, label
from secops.errors import msgid
from secops.judging.scoring import share_of
from secops.model.assessment import Conclusion
from secops.model.score import Bands, Concluded, Scored
from secops.operations.assessments import Series, opened
from secops.operations.point_assessment import points_of, resting_on, sources_of
from secops.operations.score_system import score_system
from secops.wiring.assess import end_of, looking
from secops.wiring.today import SHANGHAI


@click.command(cls=Command, help=msgid("The score of a system's self-check, by the 2025 bands."))
@click.argument("subject")
@click.option("--explain", is_flag=True, cls=Option, help=msgid("the arithmetic, item by item"))
@day_option("--as-of", meaning=msgid("as it stood at the end of this day"))
@checklist_option
@click.pass_context
def command(context: click.Context, /, subject: str, as_of: date | None, **said: Any) -> None:  # noqa: ANN401  # click's options
    """Count the answers and conclude, or give the points where the checklist gives any."""
    until, explain = end_of(as_of), said["explain"]
    with looking(workspace_of(context)) as one:
        found = chosen_series(one.work, subject, said["checklist"])
        scored = score_system(one.work, one.blobs, found, one.tables, until)
        opening = opened(one.work, one.blobs, found, until)
        resting = resting_on(one.work, opening, scored, SHANGHAI)
        points = points_of(scored)
        sources = sources_of(one.blobs, scored) if points else {}
    shown = as_of.isoformat() if as_of else None
    if points:
        told = PointsTold(points, resting, sources)
        _show_points(context, (found, scored), told, (shown, explain))
        return
    document = _document(found, scored, scored.bands) | {"as_of": shown}
    document["evidence"] = resting_document(resting)
    if explain:
        document["items"] = [
            {**scored_document(item), "counts": _counts(share_of(item.value, scored.bands))}
            for item in scored.items
        ]
        document["cases"] = [judged_document(one) for one in scored.cases]

    def text() -> None:
        words = words_of(context)
        if explain:
            _show_items(words, scored, scored.bands, ids=says_more(context))
            _show_cases(words, scored)
        _show(words, found, scored, scored.bands)
        say_origin(words, scored.stands_in)
        if not as_of:
            _say_regraded(words, found, scored)
        click.echo(say_resting(resting, words))

    emit(context, "score", document, text)


def _show_points(
    context: click.Context,
    of: tuple[Series, Scored],
    told: PointsTold,
    how: tuple[str | None, bool],
) -> None:
    (series, scored), (as_of, explain) = of, how
    document: dict[str, object] = {
        **assessment_document(series, scored.assessment),
        "stands_in": scored.stands_in,
        "official": False,
        **points_document(told.points),
        "evidence": resting_document(told.resting),
        "as_of": as_of,
    }
    if explain:
        document["items"] = [
            {**scored_document(it.scored), **item_points(it, told)} for it in told.points.items
        ]

    def text() -> None:
        words = words_of(context)
        said = words.gettext(msgid("{system}: self-check, revision {revision}"))
        click.echo(said.format(system=series.name, revision=scored.assessment.revision))
        say_origin(words, scored.stands_in)
        if explain:
            show_point_items(words, told)
        show_points(words, told.points)
        click.echo(say_resting(told.resting, words))
        click.echo(words.gettext(msgid("the checklist's own points, no official score")))

    emit(context, "score-points", document, text)


def _document(series: Series, scored: Scored, bands: Bands) -> dict[str, object]:
    concluded = scored.concluded
    return {
        **assessment_document(series, scored.assessment),
        "stands_in": scored.stands_in,
        "official": False,
        "counts": counts_document(scored.score),
        "rate": {
            "n": concluded.rate.n,
            "of": concluded.rate.of,
            "percent": concluded.rate.percent,
        },
        "conclusion": concluded.conclusion.value,
        "on_border": concluded.on_border,
        "hazards_judged": not concluded.hazards_open,
        "hazards": hazards_document(concluded.hazards) if concluded.hazards else None,
        "bands": {
            "upper": bands.upper,
            "lower": bands.lower,
            "at_upper_border": bands.at_upper.value,
            "at_lower_border": bands.at_lower.value,
            "partial_weight": str(bands.partial_weight),
            "source": bands.source,
            "as_of": bands.as_of,
            "confidence": bands.confidence.value,
        },
    }


def _counts(share: tuple[Fraction, int]) -> dict[str, str]:
    return {"above": str(share[0]), "below": str(share[1])}


def _hazard_lines(words: Words, concluded: Concluded) -> list[str]:
    best = label(Conclusion.BASICALLY_COMPLIANT, words)
    lines = say_counts(concluded.hazards, words) if concluded.hazards else []
    if concluded.hazards_open:
        said = msgid("high-risk cases and major hazards are not judged: never better than {best}")
        lines.append(words.gettext(said).format(best=best))
    if concluded.hazards and concluded.hazards.hazards:
        said = msgid("with a major hazard, mended or not: never better than {best}")
        lines.append(words.gettext(said).format(best=best))
    return lines


def _show_cases(words: Words, scored: Scored) -> None:
    """List the cases that stand, those that wait and those that were mended."""
    shown = [one for one in scored.cases if one.concerns_people]
    heads = [msgid("case"), msgid("state"), msgid("title")]
    rows = [[one.case.code, say_state(one, words), one.case.title] for one in shown]
    if rows:
        show_table([words.gettext(head) for head in heads], rows)


def _show_items(words: Words, scored: Scored, bands: Bands, *, ids: bool) -> None:
    heads = [msgid("clause"), msgid("answer"), msgid("above"), msgid("below")]
    rows = []
    for item in scored.items:
        above, below = share_of(item.value, bands)
        said = say_scored(item, words)
        clause = clause_said(item.item, item.at) + (f" [{item.item.id}]" if ids else "")
        rows.append([clause, said, str(above), str(below)])
    shares = [share_of(item.value, bands) for item in scored.items]
    above, below = sum((one for one, _ in shares), Fraction(0)), sum(one for _, one in shares)
    total = [words.gettext(msgid("total")), "", str(above), str(below)]
    show_table([words.gettext(head) for head in heads], [*rows, total])


def _say_regraded(words: Words, series: Series, scored: Scored) -> None:
    """Say that the items are those of other grades than the system has today."""
    grading = series.system.grading if series.system else None
    asked = scored.assessment.grades
    if not grading or not asked:
        return
    if (grading.business_information, grading.system_service) == (
        asked.business_information,
        asked.system_service,
    ):
        return
    said = words.gettext(
        msgid("asked by {grades}, which the system is graded no more: start anew by its grades")
    )
    click.echo(said.format(grades=asked))


def _show(words: Words, series: Series, scored: Scored, bands: Bands) -> None:
    concluded = scored.concluded
    lines = [
        words.gettext(msgid("{system}: self-check, revision {revision}")).format(
            system=series.name, revision=scored.assessment.revision
        )
    ]
    counts = counts_document(scored.score)
    said = words.gettext(
        msgid(
            "compliant {compliant}, partially {partially_compliant}, not {non_compliant}, "
            "unanswered {unanswered}, not applicable {not_applicable}"
        )
    )
    lines.append(said.format(**counts))
    said = words.gettext(
        msgid(
            "compliance rate: {n} / {of} = {percent} % (a partially compliant item counts {weight})"
        )
    )
    rate = concluded.rate
    lines.append(
        said.format(n=rate.n, of=rate.of, percent=rate.percent, weight=bands.partial_weight)
    )
    said = words.gettext(msgid("conclusion of the self-check: {conclusion}"))
    lines.append(said.format(conclusion=label(concluded.conclusion, words)))
    if concluded.on_border:
        lines.append(
            words.gettext(
                msgid("exactly on a border: the source leaves it open, a setting decides")
            )
        )
    lines += _hazard_lines(words, concluded)
    said = words.gettext(msgid("by: {source}; an internal self-check, no official assessment"))
    lines.append(said.format(source=bands.source))
    click.echo("\n".join(lines))
