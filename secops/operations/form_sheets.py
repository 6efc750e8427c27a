"""The sheets of an assessment's form: the items by domain, and the high-risk cases apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Final

from secops.contracts.words import Words, chapter, label
from secops.errors import msgid
from secops.model.answer import Answer, OfComponent, Subject
from secops.model.asking import AsksRatio
from secops.model.case import Case, CaseProposal
from secops.model.checking import HowToCheck
from secops.model.form import EntryKind, FormColumn, FormRow, FormSheet
from secops.model.ids import ItemId
from secops.model.proposal import FromInventory
from secops.operations.assessment_status import ItemStatus
from secops.operations.assessments import Opened, subjects_of
from secops.operations.form_rows import (
    COUNTED,
    NOTE,
    OF,
    REASON,
    VALUE,
    cells_of,
    choices_of,
    guidance_of,
    question_of,
    said_of,
    seen_of,
    usual_reason,
    value_said,
)
from secops.operations.judge_hazards import CaseStatus

CASES: Final = "cases"
_ONE_SHEET: Final = 80
"""So many rows are easier to fill in on one sheet than on a sheet for each domain."""
_MOST_COMPONENTS: Final = 12
"""With more of them an item has rows for those only that were answered apart already."""
_COLUMNS: Final = (
    FormColumn(key="clause", title=msgid("clause"), width=12),
    FormColumn(key="domain", title=msgid("area"), width=14),
    FormColumn(key="area", title=msgid("control point"), width=13),
    FormColumn(key="gist", title=msgid("what is asked"), width=38),
    FormColumn(key="object", title=msgid("about"), width=14),
    FormColumn(key="how", title=msgid("how to check (for guidance)"), width=44, quiet=True),
    FormColumn(key="seen", title=msgid("what tools saw"), width=26, quiet=True),
    FormColumn(key="last", title=msgid("last time"), width=18, quiet=True),
    FormColumn(key=VALUE, title=msgid("judgement"), entry=EntryKind.CHOICE, width=13, needed=True),
    FormColumn(
        key=COUNTED, title=msgid("number of these"), entry=EntryKind.WHOLE, width=8, needed=True
    ),
    FormColumn(key=OF, title=msgid("of all"), entry=EntryKind.WHOLE, width=8, needed=True),
    FormColumn(key=REASON, title=msgid("reason if not applicable"), entry=EntryKind.TEXT, width=22),
    FormColumn(key=NOTE, title=msgid("note"), entry=EntryKind.TEXT, width=28),
)
Said = Mapping[tuple[ItemId, Subject], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """What the rows of one form are made from."""

    opened: Opened
    now: Said
    before: Said  # of the last cycle
    checks: Mapping[ItemId, HowToCheck]
    words: Words
    zone: tzinfo  # in which days are told


def row_id(item: ItemId, subject: Subject) -> str:
    """Name a row: the same in every form of this assessment."""
    component = f" {subject.component}" if isinstance(subject, OfComponent) else ""
    return f"{item}{component}"


def item_sheets(asked: Sequence[ItemStatus], building: Building) -> Iterator[FormSheet]:
    """Give a sheet for each domain; one sheet where that is short enough."""
    words = building.words
    rows = [(one.scored.item.domain, row) for one in asked for row in _rows(one, building)]
    if len(rows) <= _ONE_SHEET:
        titled = (
            replace(row, cells={"domain": chapter(domain, words), **row.cells})
            for domain, row in rows
        )
        yield _sheet("items", words.gettext(msgid("items")), list(titled), words)
        return
    for domain in dict.fromkeys(domain for domain, _ in rows):
        own = [row for of, row in rows if of == domain]
        yield _sheet(domain.code, chapter(domain, words), own, words)


def case_sheet(cases: Iterable[CaseStatus], building: Building) -> FormSheet:
    """Give the high-risk cases and major hazards: judged like items, never counted as one."""
    title = building.words.gettext(msgid("high-risk cases and major hazards"))
    return _sheet(CASES, title, [_case_row(one, building) for one in cases], building.words)


def _sheet(key: str, title: str, rows: Sequence[FormRow], words: Words) -> FormSheet:
    """Leave out what no row says, and numbers where none is asked."""
    shown = {name for row in rows for name, text in row.cells.items() if text} | {VALUE, NOTE}
    shown |= (
        {REASON} | {COUNTED, OF} if any(COUNTED not in row.closed for row in rows) else {REASON}
    )
    columns = (one for one in _COLUMNS if one.key in shown)
    return FormSheet(
        key=key,
        title=title,
        columns=tuple(replace(one, title=words.gettext(one.title)) for one in columns),
        rows=tuple(rows),
        counted=(VALUE, COUNTED),
    )


def _rows(one: ItemStatus, building: Building) -> Iterator[FormRow]:
    """Give the row of an item; where it is about several components also a row for each."""
    item, words = one.scored.item, building.words
    concerned = subjects_of(item, building.opened)
    apart = [subject for subject in concerned if (item.id, subject) in building.now]
    shown = concerned if 1 < len(concerned) <= _MOST_COMPONENTS else tuple(apart)
    whole = {
        "clause": str(one.scored.at.clause),
        "area": item.control_point,
        "gist": question_of(item, one.scored.at.gist, words),
        "object": words.gettext(msgid("the whole")) if shown else "",
        "how": guidance_of(item, building.checks.get(item.id), words),
        "seen": _seen(one, building),
    }
    subject = building.opened.series.subject
    inherited = building.opened.inherited.get(item.id)
    if inherited:
        said = words.gettext(msgid("answered by the platform {platform}"))
        whole["seen"] = said.format(platform=inherited.statement.platform.name)
    if inherited and inherited.whole:
        row = _row(one, subject, building, (whole, True))
        yield replace(row, closed=frozenset(column.key for column in _COLUMNS))
        return
    needless = bool(concerned) and len(apart) == len(concerned)
    yield _row(one, subject, building, (whole, needless))
    names = {component.id: component.name for component in building.opened.components}
    for component in shown:
        cells = {"clause": whole["clause"], "object": names[component.component]}
        yield _row(one, component, building, (cells, True))


def _row(
    one: ItemStatus, subject: Subject, building: Building, told: tuple[Mapping[str, str], bool]
) -> FormRow:
    """Give one row; `told`: what it says, and whether nobody waits for it."""
    item, (cells, optional) = one.scored.item, told
    answer = building.now.get((item.id, subject))
    before = building.before.get((item.id, subject))
    choices = choices_of(item.asks, building.words)
    last = said_of(before, choices, building.zone) if before else ""
    return FormRow(
        id=row_id(item.id, subject),
        revision=str(answer.revision if answer else 0),
        cells={**cells, "last": last, **cells_of(answer)},
        choices={VALUE: choices, **usual_reason(item)},
        closed=frozenset() if isinstance(item.asks, AsksRatio) else frozenset({COUNTED, OF}),
        optional=optional,
    )


def _seen(one: ItemStatus, building: Building) -> str:
    """Say what tools saw, or what the inventory counts."""
    item, words = one.scored.item, building.words
    choices = choices_of(item.asks, words)
    said = words.gettext(msgid("proposal {value} from the inventory of {day}"))
    counted = (
        said.format(value=value_said(it.value, choices), day=it.source.day.isoformat())
        for it in one.proposals
        if isinstance(it.source, FromInventory)
    )
    return "\n".join(part for part in (seen_of(one.suggestion, item, words), *counted) if part)


def _case_row(one: CaseStatus, building: Building) -> FormRow:
    case, words = one.judged.case, building.words
    item, subject = case.item, building.opened.series.subject
    answer, before = (said.get((case.id, subject)) for said in (building.now, building.before))
    choices = choices_of(item.asks, words)
    proposed = one.proposal is not CaseProposal.NOTHING
    cells = {
        "clause": case.code,
        "area": case.title,
        "gist": case.condition,
        "how": "\n".join(_case_guidance(case, words)),
        "seen": label(one.proposal, words) if proposed else "",
        "last": said_of(before, choices, building.zone) if before else "",
    }
    return FormRow(
        id=row_id(case.id, subject),
        revision=str(answer.revision if answer else 0),
        cells={**cells, **cells_of(answer)},
        choices={VALUE: choices},
        closed=frozenset({COUNTED, OF}),
        optional=bool(case.triggers),  # it stands or falls with that case
    )


def _case_guidance(case: Case, words: Words) -> Iterator[str]:
    for said, text in (
        (msgid("whom it is about: {text}"), case.scope),
        (msgid("may be lowered by: {text}"), case.compensating),
        (msgid("on lowering: {text}"), case.downgrade_note),
        (msgid("usually mended by: {texts}"), case.measure),
        (msgid("to be affirmed in the note: {text}"), _principles(case, words)),
    ):
        if text:
            yield words.gettext(said).format(text=text, texts=text)


def _principles(case: Case, words: Words) -> str:
    return words.gettext(msgid("; ")).join(one.title for one in case.principles)
