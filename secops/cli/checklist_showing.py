"""What `secops checklist` prints: tables for people, documents for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from secops.cli.table import show_table
from secops.contracts.words import Words, chapter, label, sentence
from secops.errors import SecopsError, msgid
from secops.judging.linting import Remark, RemarkKind
from secops.judging.tables import Tables
from secops.model.asking import AsksChoice, AsksRatio, AsksVerdict
from secops.model.case import Case
from secops.model.checking import HowToCheck
from secops.model.checklist import Checklist, Item, counted
from secops.model.common import Confidence
from secops.model.ids import ItemId
from secops.wiring.checklists import Linted

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


def field_said(words: Words, field: str) -> str:
    """Say a field that differs."""
    return words.gettext(_FIELDS[field])


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
    rows = [
        [
            f"{one.pack}@{one.folder}",
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


def sound_line(one: Checklist, words: Words) -> str:
    """Say that an edition is sound, with the counts that were proved."""
    said = words.gettext(
        msgid("{folder}: sound; items {items}, asked {asked}, with guidance {guided}")
    )
    return said.format(
        folder=one.folder,
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
        RemarkKind.TWICE: msgid("{folder}: {item} has the id of an item of {beside}"),
    }[one.kind]
    return words.gettext(said).format(folder=one.folder, item=one.item, beside=one.beside)


def show_items(words: Words, items: Sequence[Item]) -> None:
    """Show a line per item."""
    heads = [msgid("clause"), msgid("control point"), msgid("gist")]
    rows = [[clauses(one), one.control_point, one.at[-1].gist] for one in items]
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
        "asks": _asks_document(item),
        "weight": str(item.weight),
        "mandatory": item.mandatory,
        "basis": item.basis,
        "confidence": item.confidence.value,
        "check": _check_document(item.check) if item.check else None,
        "rules": _rules_on(item.id, tables),
        "cases": [one.code for one in _cases_on(item.id, tables)],
    }


def _asks_document(item: Item) -> dict[str, object]:
    match item.asks:
        case AsksVerdict():
            return {"kind": "verdict"}
        case AsksChoice(options=options):
            listed = [
                {"code": one.code, "title": one.title, "share": str(one.share)} for one in options
            ]
            return {"kind": "choice", "options": listed}
        case AsksRatio(counted=n, of=of):
            return {"kind": "ratio", "counted": n, "of": of}


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
    yield f"{item.id}  {chapter(item.domain, words)}  {item.control_point}"
    before = ""
    for at in item.at:
        level = "" if at.level is None else f"{at.level:d}  "
        wording = said(msgid("as one level below")) if at.gist == before else at.gist
        yield f"  {level}{at.clause}  [{at.attribute.value}] {at.unit_id}  {wording}"
        before = at.gist
    if len(item.parts) > 1:
        yield said(msgid("to be shown one by one:"))
        yield from (f"  - {wording}" for _, wording in item.parts)
    if item.concerns:
        kinds = ", ".join(label(one, words) for one in item.concerns)
        yield said(msgid("asked of each component of these kinds: {kinds}")).format(kinds=kinds)
    if item.check:
        yield from _check_lines(item.check, words)
    rules = _rules_on(item.id, tables)
    yield said(msgid("rules that see something of it: {rules}")).format(
        rules=", ".join(rules) or said(msgid("none; a person has to show it"))
    )
    for case in _cases_on(item.id, tables):
        yield said(msgid("high risk {code}: {title}")).format(code=case.code, title=case.title)


def _check_lines(check: HowToCheck, words: Words) -> Iterator[str]:
    said = words.gettext
    methods = ", ".join(label(one, words) for one in check.methods)
    yield said(msgid("methods: {methods}; objects: {objects}")).format(
        methods=methods, objects=check.objects or "-"
    )
    yield said(msgid("who answers: {role}")).format(role=label(check.role, words))
    own = check.words_confidence is Confidence.LOW
    mark = said(msgid(" [our own words, to be confirmed]")) if own else ""
    yield said(msgid("what satisfies:")) + mark
    yield from (f"  - {one}" for one in check.evidence)
    if check.failures:
        yield said(msgid("commonly wrong:")) + mark
        yield from (f"  - {one}" for one in check.failures)
    if check.measure:
        line = said(msgid("usual measure: {measure} ({effort}, within {days} days)"))
        effort = label(check.effort, words)
        yield line.format(measure=check.measure, effort=effort, days=check.deadline_days) + mark
