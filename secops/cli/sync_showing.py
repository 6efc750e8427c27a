"""What `secops sync` prints: gates for people, documents for programs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import click

from secops.cli.table import show_table
from secops.cli.times import civil
from secops.contracts.words import Words, chapter, label
from secops.errors import msgid
from secops.judging.gates import GateItem
from secops.model.common import Confidence, NotApplicable
from secops.model.evidence import short_digest
from secops.model.gate import PASSED, GateState, ItemState
from secops.model.ids import ItemId
from secops.model.unit import Post
from secops.model.waiver import Waiver
from secops.operations.gate_looking import Gate, is_graded
from secops.operations.sync_overview import GateLine, Overview, StageShare, SystemLine
from secops.wiring.sync import GateSeen


def counts_of(gate: Gate) -> dict[str, int]:
    """Count the items by state, and the open mandatory ones."""
    states = [one.state for one in gate.items]
    counts = {state.value: states.count(state) for state in ItemState}
    return {"asked": len(states), **counts, "open_mandatory": len(gate.blocking)}


def wanted_of(item: GateItem, seen: GateSeen) -> tuple[str, ...]:
    """Say what must be there: its parts, else the evidence that the guidance names."""
    parts = tuple(wording for name, wording in item.asked.item.parts if name != "whole")
    check = seen.checks.get(item.asked.item.id)
    return parts or (check.evidence if check else ())


def gate_document(seen: GateSeen) -> dict[str, object]:
    """Give one gate."""
    gate, checklist = seen.gate, seen.checklist
    system, stage, assessment = gate.place.system, gate.place.stage, gate.assessment
    frozen = assessment.frozen if assessment else None
    return {
        "system": {"no": system.no, "id": system.id, "name": system.name},
        "stage": {"code": stage.code, "title": stage.title},
        "checklist": checklist.edition,
        "source": checklist.source,
        "confidence": checklist.confidence.value,
        "level": int(gate.level) if gate.level else None,
        "level_from": gate.origin.value,
        "level_today": int(gate.level_now) if gate.level_now else None,
        "state": gate.state.value,
        "revision": assessment.revision if assessment else None,
        "passed_at": frozen.at.isoformat() if frozen else None,
        "passed_by": frozen.by if frozen else None,
        "counts": counts_of(gate),
        "items": [_item_document(one, seen) for one in gate.items],
        "earlier_not_passed": [
            {"stage": before.code, "state": state.value} for before, state in gate.earlier
        ],
    }


def _item_document(one: GateItem, seen: GateSeen) -> dict[str, object]:
    item, answer = one.asked.item, one.answer
    check = seen.checks.get(item.id)
    reason = answer.value.reason if answer and isinstance(answer.value, NotApplicable) else ""
    return {
        "item": str(item.id),
        "code": str(one.asked.at.clause),
        "gist": one.asked.at.gist,
        "mandatory": item.mandatory,
        "state": one.state.value,
        "wanted": list(wanted_of(one, seen)),
        "role": check.role.value if check else None,
        "basis": item.basis,
        "confidence": item.confidence.value,
        "answered_by": answer.answered_by if answer else None,
        "answered_at": answer.recorded_at.isoformat() if answer else None,
        "note": answer.note if answer else "",
        "reason": reason,
        "evidence": list(answer.evidence) if answer else [],
        "waiver": _waiver_document(one, one.waiver) if one.waiver else None,
    }


def _waiver_document(one: GateItem, waiver: Waiver) -> dict[str, object]:
    return {
        "no": waiver.no,
        "leader": waiver.leader,
        "post": waiver.post,
        "reason": waiver.reason,
        "measure": waiver.measure,
        "until": waiver.until.isoformat(),
        "in_force": one.state is ItemState.WAIVED,
    }


def show_gate(words: Words, seen: GateSeen, shown: Collection[ItemId] | None = None) -> None:
    """Print a gate: how it stands, item by item, and what it rests on; after an act less of it."""
    gate = seen.gate
    said = words.gettext(msgid("{system}: gate {stage}, {level}, {state}"))
    click.echo(
        said.format(
            system=gate.place.system.name,
            stage=chapter(gate.place.stage, words),
            level=say_level(gate, words),
            state=label(gate.state, words),
        )
    )
    items = [one for one in gate.items if shown is None or one.asked.item.id in shown]
    if items:
        heads = [
            msgid("item"),
            msgid("needed"),
            msgid("state"),
            msgid("what must be there"),
            msgid("what is there"),
            msgid("who answers"),
            msgid("basis"),
        ]
        titles = [words.gettext(one) for one in heads]
        rows = [_row(one, seen, words) for one in items]
        show_table(titles, rows, spare=[titles[6], titles[5]])
    click.echo("\n".join(_remarks(seen, words)))
    if shown is None:
        click.echo(_basis(seen, words))


def say_level(gate: Gate, words: Words) -> str:
    """Say the level that is asked at, and where it comes from."""
    said = words.gettext(msgid("level {level} ({origin})"))
    level = str(int(gate.level)) if gate.level else "-"
    return said.format(level=level, origin=label(gate.origin, words))


def _row(one: GateItem, seen: GateSeen, words: Words) -> list[str]:
    item, check = one.asked.item, seen.checks.get(one.asked.item.id)
    mandatory = msgid("mandatory") if item.mandatory else msgid("optional")
    marked = item.confidence is Confidence.LOW
    return [
        str(one.asked.at.clause),
        words.gettext(mandatory),
        label(one.state, words),
        f"{one.asked.at.gist} [{'; '.join(wanted_of(one, seen))}]",
        there(one, seen, words),
        label(check.role, words) if check else "",
        item.basis + (words.gettext(msgid(" (to be confirmed)")) if marked else ""),
    ]


def there(one: GateItem, seen: GateSeen, words: Words) -> str:
    """Say what is there: by whom, when, note, evidence; or the waiver."""
    said: list[str] = []
    if one.answer and one.state is not ItemState.WAIVED:
        answer = one.answer
        said = [seen.names.get(answer.answered_by, ""), civil(answer.recorded_at)[:10]]
        if isinstance(answer.value, NotApplicable):
            said.append(answer.value.reason)
        said += [answer.note, *map(short_digest, answer.evidence)]
    if one.waiver and one.state in (ItemState.WAIVED, ItemState.OPEN):
        said.append(_say_waiver(one, one.waiver, seen, words))
    return ", ".join(part for part in said if part)


def _say_waiver(one: GateItem, waiver: Waiver, seen: GateSeen, words: Words) -> str:
    line = msgid("waived by {leader} ({post}) until {until}: {reason}; meanwhile: {measure}")
    if one.state is not ItemState.WAIVED:
        line = msgid("the waiver by {leader} ({post}) ended on {until}: {reason}; {measure}")
    return words.gettext(line).format(
        leader=seen.names.get(waiver.leader, waiver.leader),
        post=label(Post(waiver.post), words),
        until=waiver.until.isoformat(),
        reason=waiver.reason,
        measure=waiver.measure,
    )


def _remarks(seen: GateSeen, words: Words) -> Iterator[str]:
    gate, say = seen.gate, words.gettext
    counts = say(
        msgid(
            "asked {asked}: done {done}, not applicable {not_applicable}, waived {waived}, "
            "open {open} (mandatory {open_mandatory})"
        )
    )
    yield counts.format(**counts_of(gate))
    frozen = gate.assessment.frozen if gate.assessment else None
    if frozen:
        passed = say(msgid("passed on {day} by {person}"))
        person = seen.names.get(frozen.by, frozen.by)
        yield passed.format(day=civil(frozen.at)[:10], person=person)
    if not is_graded(gate.place.system):
        yield say(
            msgid(
                "neither day nor report of a grading nor a filing is recorded: the level is "
                "preliminary, what is asked may change with it"
            )
        )
    if gate.level_now not in (None, gate.level):
        level = int(gate.level_now or 0)
        yield say(msgid("today it would be asked at level {level}: --reopen asks anew")).format(
            level=level
        )
    if gate.earlier:
        stages = (
            say(msgid("{stage} ({state})")).format(
                stage=chapter(one, words), state=label(state, words)
            )
            for one, state in gate.earlier
        )
        earlier = say(msgid("earlier gates that are not passed: {stages}"))
        yield earlier.format(stages=", ".join(stages))


def _basis(seen: GateSeen, words: Words) -> str:
    said = words.gettext(msgid("basis: {source} (confidence {confidence})"))
    confidence = label(seen.checklist.confidence, words)
    return said.format(source=seen.checklist.source, confidence=confidence)


def overview_document(found: Overview) -> dict[str, object]:
    """Give all systems and the shares of the new ones."""
    return {
        "since": found.since.isoformat(),
        "target_percent": 100,
        "new_systems": found.new,
        "shares": [_share_document(one) for one in found.shares],
        "systems": [
            {
                "no": one.system.no,
                "id": one.system.id,
                "name": one.system.name,
                "stage": one.system.stage.value,
                "new": one.new,
                "gates": [
                    {"stage": gate.stage.code, "state": gate.state.value, "due": gate.due}
                    for gate in one.gates
                ],
            }
            for one in found.systems
        ],
    }


def _share_document(one: StageShare) -> dict[str, object]:
    return {
        "stage": one.stage.code,
        "due": one.due,
        "passed": one.passed,
        "passed_with_waiver": one.with_waiver,
        "reopened": one.reopened,
        "percent": one.share.percent,
    }


def show_overview(words: Words, found: Overview) -> None:
    """Print systems by stages, then the shares."""
    say = words.gettext
    heads = [
        msgid("no"),
        msgid("system"),
        msgid("new system"),
        msgid("gates passed"),
        msgid("due and not passed"),
    ]
    show_table([say(one) for one in heads], [_system_row(one, words) for one in found.systems])
    click.echo()
    titles = [
        msgid("gate"),
        msgid("due"),
        msgid("passed"),
        msgid("passed with waiver"),
        msgid("reopened"),
        msgid("share passed (target 100 %)"),
    ]
    rows = [
        [
            chapter(one.stage, words),
            str(one.due),
            str(one.passed),
            str(one.with_waiver),
            str(one.reopened),
            f"{one.share.percent} %" if one.due else "-",
        ]
        for one in found.shares
    ]
    show_table([say(one) for one in titles], rows)
    line = say(
        msgid(
            "new systems: {count}, in planning or building, or in use since {since}; a gate is due "
            "where a system has come that far"
        )
    )
    click.echo(line.format(count=found.new, since=found.since.isoformat()))


def _system_row(one: SystemLine, words: Words) -> list[str]:
    new = words.gettext(msgid("yes")) if one.new else ""
    passed = [gate for gate in one.gates if gate.state in PASSED]
    missing = [gate for gate in one.gates if gate.due and gate.state not in PASSED]
    plain = GateState.PASSED
    return [
        str(one.system.no),
        one.system.name,
        new,
        ", ".join(_say_gate(gate, words, bare=gate.state is plain) for gate in passed),
        _by_state(missing, words),
    ]


def _by_state(gates: Sequence[GateLine], words: Words) -> str:
    """Say each state once, before the gates that stand so: an old system may lack eight."""
    said = words.gettext(msgid("{state}: {stages}"))
    states = dict.fromkeys(gate.state for gate in gates)
    return "; ".join(
        said.format(
            state=label(state, words),
            stages=", ".join(chapter(one.stage, words) for one in gates if one.state is state),
        )
        for state in states
    )


def _say_gate(gate: GateLine, words: Words, *, bare: bool = False) -> str:
    stage = chapter(gate.stage, words)
    if bare:
        return stage
    said = words.gettext(msgid("{stage} ({state})"))
    return said.format(stage=stage, state=label(gate.state, words))
