"""What a scan found, as one JSON document and as two small tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import click

from secops.cli.table import show_table
from secops.contracts.words import Words, label
from secops.errors import ExitCode, msgid, worst
from secops.guards.text import clean_text
from secops.model.common import NotApplicable
from secops.model.evidence import Attempt, Failed, FailureKind
from secops.model.ids import ItemId
from secops.model.judgement import Against, NothingAgainst, Risk, Suggestion, Supported
from secops.operations.judge_systems import Judged
from secops.operations.plan_scan import Planned
from secops.operations.run_scan import Ran
from secops.operations.scan_targets import place_of

_MOST_NAMED: Final = 20


def plan_document(planned: Planned) -> dict[str, object]:
    """Say what would be tried and what may not be."""
    plan = planned.plan
    return {
        "scan": {"no": plan.no, "id": plan.id},
        "scanners": list(plan.scanners),
        "planned": [place_of(one) for one in plan.targets],
        "not_permitted": [*(place_of(one) for one in planned.not_permitted), *planned.beyond],
        "excluded": list(planned.excluded),
        "unusable": [one.value for one in planned.unusable],
        "of_no_system": [one.value for one in planned.unplaced],
        "inventory_changed": planned.inventory_changed,
        "also_unfinished": list(planned.also_unfinished),
    }


def ran_document(ran: Ran) -> dict[str, object]:
    """Say what was tried, each attempt once."""
    kinds = Counter(failed.kind.value for _, failed in ran.failed())
    return {
        "attempts": [_attempt(one) for one in ran.attempts],
        "counts": {
            "evidence": sum(isinstance(one.outcome, str) for one in ran.attempts),
            "not_applicable": sum(isinstance(one.outcome, NotApplicable) for one in ran.attempts),
            "failed": dict(sorted(kinds.items())),
            "left": ran.left,
        },
    }


def judged_document(judged: Judged, names: Mapping[str, str]) -> dict[str, object]:
    """Say what is suggested per system and item; a suggestion is no answer."""
    return {
        "systems": [
            {
                "system": one.system,
                "name": names.get(one.system, ""),
                "suggestions": [_suggestion(item, said) for item, said in one.suggestions],
            }
            for one in judged.systems
        ],
        "findings": {
            "new": judged.new,
            "seen": len(judged.findings),
            "by_risk": {
                risk.value: sum(one.risk is risk for one in judged.findings) for risk in Risk
            },
        },
    }


def reaches(judged: Judged, fail_on: Risk | None) -> bool:
    """Whether something was found that is as bad as was asked for."""
    return fail_on is not None and any(one.risk.reaches(fail_on) for one in judged.findings)


def exit_code(planned: Planned, ran: Ran, *, reached: bool = False) -> ExitCode:
    """Tell holes from our own bugs; bad news counts only when asked to, and after both."""
    codes = [
        ExitCode.INTERNAL if failed.kind is FailureKind.BUG else ExitCode.INCOMPLETE
        for _, failed in ran.failed()
    ]
    if planned.not_permitted or planned.beyond or planned.unusable or ran.left:
        codes.append(ExitCode.INCOMPLETE)
    if reached:
        codes.append(ExitCode.NOT_GOOD)
    return worst(codes)


def show_plan(planned: Planned, words: Words) -> None:
    """Print the plan for people."""
    said = msgid("scan {no}: targets {planned}, scanners {scanners}")
    click.echo(
        words.gettext(said).format(
            no=planned.plan.no,
            planned=len(planned.plan.targets),
            scanners=len(planned.plan.scanners),
        )
    )
    rows = [[place_of(one), words.gettext(msgid("planned"))] for one in planned.plan.targets]
    show_table([words.gettext(msgid("target")), words.gettext(msgid("state"))], rows)
    show_left_out(planned, words)


def show_left_out(planned: Planned, words: Words) -> None:
    """Name what will not be touched, and why; on standard error, it is no result."""
    for one in planned.not_permitted:
        said = words.gettext(msgid("not permitted, will not be touched: {place}"))
        click.echo(said.format(place=place_of(one)), err=True)
    if planned.beyond:
        said = words.gettext(msgid("only the permitted part is looked at of: {ranges}"))
        click.echo(said.format(ranges=", ".join(map(clean_text, planned.beyond))), err=True)
    if planned.excluded:
        said = words.gettext(msgid("left out, as the permit says: {ranges}"))
        click.echo(said.format(ranges=", ".join(planned.excluded)), err=True)
    for endpoint in planned.unusable:
        said = words.gettext(msgid("no address, name or URL: {place}"))
        click.echo(said.format(place=clean_text(endpoint.value)), err=True)
    if planned.unplaced:
        said = words.gettext(msgid("of no system, not scanned: {places}"))
        shown = ", ".join(clean_text(one.value) for one in planned.unplaced[:_MOST_NAMED])
        more = len(planned.unplaced) - _MOST_NAMED
        click.echo(said.format(places=shown + (f", +{more}" if more > 0 else "")), err=True)
    if planned.also_unfinished:
        said = words.gettext(msgid("left unfinished too: scans {numbers}; resume again for them"))
        numbers = ", ".join(map(str, planned.also_unfinished))
        click.echo(said.format(numbers=numbers), err=True)
    if planned.inventory_changed:
        said = msgid("the inventory has changed since this scan was planned; it goes on as planned")
        click.echo(words.gettext(said), err=True)


def show_ran(ran: Ran, words: Words, *, every: bool) -> None:
    """Print per host what was found, then what could not be looked at: by kind, or `every` one."""
    by_host: dict[str, list[Attempt]] = {}
    for one in ran.attempts:
        by_host.setdefault(one.target.host, []).append(one)
    heads = [msgid("host"), msgid("ports looked at"), msgid("evidence"), msgid("not looked at")]
    rows = [_host_row(host, attempts, words) for host, attempts in by_host.items()]
    show_table([words.gettext(one) for one in heads], rows)
    show_failed(ran, words, "scan", every=every)
    if ran.left:
        said = msgid("a permit ended; attempts left: {count}; go on with --resume")
        click.echo(words.gettext(said).format(count=ran.left), err=True)


def show_failed(ran: Ran, words: Words, command: str, *, every: bool) -> None:
    """Say on standard error what brought nothing, by kind or one by one."""
    failed = list(ran.failed())
    if not failed:
        return
    if not every:
        kinds = Counter(label(why.kind, words) for _, why in failed)
        said = words.gettext(msgid("not looked at: {kinds} (`secops -v {command}` names each)"))
        counted = ", ".join(f"{kind}×{count}" for kind, count in kinds.items())
        click.echo(said.format(kinds=counted, command=command), err=True)
        return
    for attempt, why in failed:
        kind = label(why.kind, words)
        detail = clean_text(why.detail.strip().splitlines()[-1] if why.detail.strip() else "")
        place = place_of(attempt.target)
        click.echo(f"{place} {attempt.scanner}: {kind} ({detail})", err=True)


def show_judged(judged: Judged, names: Mapping[str, str], words: Words) -> None:
    """Print per system how many items have something against them, for them, or open."""
    if not judged.systems:
        return
    heads = [
        msgid("system"),
        msgid("against"),
        msgid("nothing against so far"),
        msgid("supported"),
    ]
    rows, silent = [], 0
    for one in judged.systems:
        if not one.suggestions:
            silent += 1
            continue
        kinds = Counter(type(said) for _, said in one.suggestions)
        counts = [str(kinds[kind]) for kind in (Against, NothingAgainst, Supported)]
        rows.append([names.get(one.system, one.system), *counts])
    if rows:
        show_table([words.gettext(one) for one in heads], rows)
    if silent:
        said = words.gettext(msgid("systems about which the scan says nothing: {count}"))
        click.echo(said.format(count=silent))
    said = words.gettext(msgid("findings: {seen}, new: {new}; suggestions are no answers"))
    click.echo(said.format(seen=len(judged.findings), new=judged.new))


def _host_row(host: str, attempts: Sequence[Attempt], words: Words) -> list[str]:
    looked_at = (one.target for one in attempts if isinstance(one.outcome, str))
    ports = sorted({one.port for one in looked_at if one.port})
    kinds = Counter(
        label(one.outcome.kind, words) for one in attempts if isinstance(one.outcome, Failed)
    )
    return [
        host,
        ",".join(map(str, ports)),
        str(sum(isinstance(one.outcome, str) for one in attempts)),
        " ".join(f"{kind}×{count}" for kind, count in kinds.items()),
    ]


def _attempt(one: Attempt) -> dict[str, object]:
    said: dict[str, object] = {
        "target": place_of(one.target),
        "endpoint": one.target.endpoint,
        "scanner": one.scanner,
        "n": one.n,
        "tool": one.tool,
    }
    match one.outcome:
        case Failed(kind, detail):
            said |= {"outcome": "failed", "kind": kind.value, "detail": clean_text(detail, 500)}
        case NotApplicable(reason):
            said |= {"outcome": "not_applicable", "reason": reason}
        case None:
            said |= {"outcome": "open"}
        case digest:
            said |= {"outcome": "evidence", "evidence": digest}
    return said


def _suggestion(item: ItemId, said: Suggestion) -> dict[str, object]:
    match said:
        case Against(verdict, grounds):
            kind: dict[str, object] = {"suggests": "against", "verdict": verdict.value}
        case Supported(grounds):
            kind = {"suggests": "supported"}
        case NothingAgainst(grounds, still):
            kind = {"suggests": "nothing_against", "still_to_show": list(still)}
    statements = [
        {"rule": one.rule, "statement": one.statement, "evidence": one.evidence} for one in grounds
    ]
    return {"item": str(item), **kind, "grounds": statements}
