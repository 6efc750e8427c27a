"""What `secops checklist` prints: tables for people, documents for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import click

from secops.cli.assess_values import asks_document, asks_lines
from secops.cli.table import show_table
from secops.contracts.words import Words, chapter, label, sentence
from secops.errors import SecopsError, msgid
from secops.guards.text import tamed
from secops.judging.comparing import ChangedItem, Compared, reworded
from secops.judging.linting import Remark, RemarkKind
from secops.judging.tables import Tables
from secops.model.case import Case, CaseKind
from secops.model.checking import HowToCheck
from secops.model.checklist import Checklist, Duty, Item, counted
from secops.model.common import Confidence
from secops.model.ids import ItemId
from secops.wiring.checklists import Beside, Linted

_FIELDS: Final = {
    "gist": msgid("wording"),
    "clause": msgid("clause"),
    "attribute": msgid("attribute"),
    "levels": msgid("levels"),
    "domain": msgid("domain"),
    "part": msgid("part"),
    "parts": msgid("parts of the item"),
    "concerns": msgid("components concerned"),
    "duty": msgid("duty"),
    "from_level": msgid("from which level"),
    "when": msgid("traits"),
    "mandatory": msgid("whether it is mandatory"),
    "asks": msgid("what is asked for"),
    "weight": msgid("weight"),
    "not_applicable": msgid("usual reason why not"),
    "basis": msgid("basis"),
}


def clauses(item: Item) -> str:
    """Give what the item is called, at every level once."""
    return " / ".join(dict.fromkeys(str(at.clause) for at in item.at))


def edition_document(one: Checklist) -> dict[str, object]:
    """Give an edition with its counts per level, part and domain, and in all."""
    counts = counted(one.items)
    return {
        "pack": one.pack,
        "folder": one.folder,
        "edition": one.edition,
        "title": one.title,
        "about": one.about.value,
        "in_force": one.in_force.isoformat(),
        "source": one.source,
        "confidence": one.confidence.value,
        "digest": one.digest,
        "points": None if one.points is None else str(one.points),
        "items": len(one.items),
        "asked": sum(counts.values()),
        "guided": sum(item.check is not None for item in one.items),
        "counts": [
            {
                "level": None if level is None else int(level),
                "part": part,
                "domain": domain,
                "asked": asked,
            }
            for (level, part, domain), asked in counts.items()
        ],
    }


def sum_document(editions: Sequence[Checklist]) -> dict[str, object]:
    """Give the counts of all editions in all."""
    return {
        "editions": len(editions),
        "items": sum(len(one.items) for one in editions),
        "asked": sum(sum(counted(one.items).values()) for one in editions),
    }


def show_editions(words: Words, editions: Sequence[Checklist]) -> None:
    """Show a line per edition and level."""
    heads = [
        msgid("checklist"),
        msgid("edition"),
        msgid("about"),
        msgid("in force"),
        msgid("items"),
        msgid("asked per level"),
        msgid("confidence"),
    ]
    packs = Counter(one.pack for one in editions)
    rows = [
        [
            f"{one.pack}@{one.folder}" if packs[one.pack] > 1 else one.pack,
            f"{one.edition} {one.title}",
            label(one.about, words),
            one.in_force.isoformat(),
            str(len(one.items)),
            _per_level(one),
            label(one.confidence, words),
        ]
        for one in editions
    ]
    show_table([words.gettext(head) for head in heads], rows)


def _per_level(one: Checklist) -> str:
    counts: dict[int, int] = {}
    for (level, _, _), asked in counted(one.items).items():
        if level is not None:
            counts[int(level)] = counts.get(int(level), 0) + asked
    return " ".join(f"{level}:{asked}" for level, asked in sorted(counts.items())) or "-"


def linted_lines(
    linted: Sequence[Linted], beside: Beside | None, remarks: Sequence[Remark], words: Words
) -> Iterator[str]:
    """Say a line per folder, what stands beside them, and the remarks."""
    for one in linted:
        if one.checklist:
            yield _sound_line(one.checklist, words)
        else:
            said = words.gettext(msgid("{folder}: mistakes: {count}"))
            yield said.format(folder=tamed(one.folder.name), count=len(one.problems))
    if beside and not beside.problems:
        said = words.gettext(msgid("rules {rules}, high-risk cases {cases}: of items that exist"))
        yield said.format(rules=beside.rules, cases=beside.cases)
    for remark in remarks:
        yield remark_line(remark, words)


def _sound_line(one: Checklist, words: Words) -> str:
    said = words.gettext(
        msgid("{folder}: sound; items {items}, asked {asked}, with guidance {guided}")
    )
    return said.format(
        folder=tamed(one.folder),
        items=len(one.items),
        asked=sum(counted(one.items).values()),
        guided=sum(item.check is not None for item in one.items),
    )


def linted_document(one: Linted, words: Words) -> dict[str, object]:
    """Give one folder's result."""
    return {
        "folder": str(one.folder),
        "checklist": edition_document(one.checklist) if one.checklist else None,
        "problems": [problem_document(error, words) for error in one.problems],
    }


def beside_document(one: Beside, words: Words) -> dict[str, object]:
    """Give what stands beside the checklists."""
    return {
        "rules": one.rules,
        "cases": one.cases,
        "problems": [problem_document(error, words) for error in one.problems],
    }


def problem_document(error: SecopsError, words: Words) -> dict[str, object]:
    """Give a mistake: its code, its place, and the sentence."""
    return {
        "code": error.code,
        "where": str(error.where) if error.where else None,
        "said": sentence(error, words),
    }


def remark_document(one: Remark) -> dict[str, object]:
    """Give a remark."""
    return {
        "kind": one.kind.value,
        "pack": one.pack,
        "folder": one.folder,
        "item": str(one.item),
        "beside": one.beside,
    }


def remark_line(one: Remark, words: Words) -> str:
    """Say a remark."""
    said = {
        RemarkKind.MEANING_CHANGED: msgid("{folder}: {item} says something else than in {beside}"),
        RemarkKind.NOT_THERE: msgid("{folder}: {item} points to {beside}, which is not there"),
    }[one.kind]
    return words.gettext(said).format(folder=tamed(one.folder), item=one.item, beside=one.beside)


def show_items(words: Words, items: Sequence[Item], level: object = None) -> None:
    """Show a line per item; of a level: as that level has it."""
    heads = [msgid("clause"), msgid("control point"), msgid("gist")]
    rows = []
    for one in items:
        here = [at for at in one.at if at.level == level]
        clause = str(here[0].clause) if here else clauses(one)
        rows.append([clause, one.control_point, (here or one.at)[-1].gist])
    show_table([words.gettext(head) for head in heads], rows)


def _rules_on(item: ItemId, tables: Tables) -> list[str]:
    return [
        rule.id for rule in tables.rules.rules if any(about.item == item for about in rule.about)
    ]


def _cases_on(item: ItemId, tables: Tables) -> list[Case]:
    return [one for one in tables.guide.cases if item in one.about] if tables.guide else []


def item_document(item: Item, tables: Tables) -> dict[str, object]:
    """Give one item whole."""
    return {
        "item": str(item.id),
        "part": item.part.code,
        "domain": item.domain.code,
        "control_point": item.control_point,
        "at": [
            {
                "level": None if at.level is None else int(at.level),
                "clause": str(at.clause),
                "gist": at.gist,
                "attribute": at.attribute.value,
                "unit": at.unit_id,
                "unit_confidence": at.unit_confidence.value,
            }
            for at in item.at
        ],
        "parts": dict(item.parts),
        "concerns": [one.value for one in item.concerns],
        "duty": item.duty.value,
        "asks": asks_document(item.asks),
        "weight": str(item.weight),
        "mandatory": item.mandatory,
        "from_level": None if item.from_level is None else int(item.from_level),
        "when": [one.value for one in item.when],
        "not_applicable": item.not_applicable,
        "basis": item.basis,
        "confidence": item.confidence.value,
        "check": _check_document(item.check) if item.check else None,
        "rules": _rules_on(item.id, tables),
        "cases": [one.code for one in _cases_on(item.id, tables)],
    }


def _check_document(check: HowToCheck) -> dict[str, object]:
    return {
        "methods": [one.value for one in check.methods],
        "objects": check.objects,
        "evidence": list(check.evidence),
        "failures": list(check.failures),
        "measure": check.measure,
        "effort": check.effort.value,
        "deadline_days": check.deadline_days,
        "role": check.role.value,
        "related": [str(one) for one in check.related],
        "confidence": check.confidence.value,
        "words_confidence": check.words_confidence.value,
    }


def item_lines(item: Item, tables: Tables, words: Words) -> Iterator[str]:
    """Say one item in full."""
    said = words.gettext
    mark = _mark(item.confidence, words)
    yield f"{item.id}  {chapter(item.domain, words)}  {item.control_point}".rstrip() + mark
    yield from _wordings(item, words)
    yield from asks_lines(item, words)
    if item.weight:
        yield said(msgid("points: {points}")).format(points=item.weight)
    if item.duty is not Duty.TENANT:
        line = said(msgid("where a platform carries the system: {duty}"))
        yield line.format(duty=label(item.duty, words))
    if item.basis:
        yield said(msgid("basis: {basis}")).format(basis=item.basis)
    yield from _parts_lines(item, words)
    if item.check:
        yield from _check_lines(item.check, words)
    rules = ", ".join(_rules_on(item.id, tables)) or said(msgid("none; a person has to show it"))
    yield said(msgid("rules that see something of it: {rules}")).format(rules=rules)
    for case in _cases_on(item.id, tables):
        line = msgid("high risk {code}: {title}")
        if case.kind is CaseKind.HAZARD:
            line = msgid("major hazard {code}: {title}")
        yield said(line).format(code=case.code, title=case.title)


def _wordings(item: Item, words: Words) -> Iterator[str]:
    before = ""
    for at in item.at:
        unit = f" {at.unit_id}" + _mark(at.unit_confidence, words) if at.unit_id else ""
        known = "" if at.level is None else f"{at.level:d}  "
        attribute = "" if at.level is None else f"  [{at.attribute.value}]"
        same = words.gettext(msgid("as one level below"))
        yield f"  {known}{at.clause}{attribute}{unit}  {same if at.gist == before else at.gist}"
        before = at.gist


def _parts_lines(item: Item, words: Words) -> Iterator[str]:
    if len(item.parts) > 1:
        yield words.gettext(msgid("to be shown one by one:"))
        yield from (f"  - {wording}" for _, wording in item.parts)
    if item.concerns:
        kinds = ", ".join(label(one, words) for one in item.concerns)
        line = words.gettext(msgid("asked of each component of these kinds: {kinds}"))
        yield line.format(kinds=kinds)


def _check_lines(check: HowToCheck, words: Words) -> Iterator[str]:
    said = words.gettext
    methods = ", ".join(label(one, words) for one in check.methods)
    own = said(msgid(" [our own words, to be confirmed]"))
    mark = own if check.words_confidence is Confidence.LOW else ""
    line = said(msgid("methods: {methods}; objects: {objects}"))
    sure = _mark(check.confidence, words)
    yield line.format(methods=methods, objects=check.objects or "-") + sure
    yield said(msgid("who answers: {role}")).format(role=label(check.role, words))
    yield said(msgid("what satisfies:")) + mark
    yield from (f"  - {one}" for one in check.evidence)
    if check.failures:
        yield said(msgid("commonly wrong:")) + mark
        yield from (f"  - {one}" for one in check.failures)
    if check.measure:
        line = said(msgid("usual measure: {measure} ({effort}, within {days} days)"))
        effort = label(check.effort, words)
        yield line.format(measure=check.measure, effort=effort, days=check.deadline_days) + mark
    if check.related:
        named = ", ".join(map(str, check.related))
        yield said(msgid("see also: {items}")).format(items=named)


def _mark(confidence: Confidence, words: Words) -> str:
    return words.gettext(msgid(" [to be confirmed]")) if confidence is Confidence.LOW else ""


def compared_document(compared: Compared) -> dict[str, object]:
    """Give what differs between two editions."""
    return {
        "old": compared.old.folder,
        "new": compared.new.folder,
        "added": [str(one.id) for one in compared.added],
        "dropped": [str(one.id) for one in compared.dropped],
        "changed": [{"item": str(one.id), "fields": list(one.what)} for one in compared.changed],
        "unchanged": compared.unchanged,
    }


def show_compared(words: Words, compared: Compared) -> None:
    """Show a line per item that differs, domain by domain, and both wordings where they do."""
    said = words.gettext
    differing = [
        *((one, said(msgid("new"))) for one in compared.added),
        *((one, said(msgid("dropped"))) for one in compared.dropped),
        *((one.new, _fields_said(one, words)) for one in compared.changed),
    ]
    codes = [one.code for one in (*compared.new.domains, *compared.old.domains)]
    differing.sort(key=lambda one: codes.index(one[0].domain.code))
    rows = [
        [chapter(item.domain, words), f"{clauses(item)} {item.control_point}".rstrip(), what]
        for item, what in differing
    ]
    if rows:
        show_table([said(msgid("domain")), said(msgid("item")), said(msgid("what differs"))], rows)
    for one in compared.changed:
        for (old, new), at in reworded(one).items():
            line = said(msgid("{clause}: was {old!r}, is {new!r}"))
            click.echo(line.format(clause=" / ".join(map(str, at)), old=old, new=new))
    line = said(msgid("new {added}, dropped {dropped}, changed {changed}, unchanged {unchanged}"))
    click.echo(
        line.format(
            added=len(compared.added),
            dropped=len(compared.dropped),
            changed=len(compared.changed),
            unchanged=compared.unchanged,
        )
    )


def _fields_said(one: ChangedItem, words: Words) -> str:
    return ", ".join(words.gettext(_FIELDS[field]) for field in one.what)
