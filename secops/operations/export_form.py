"""Write an assessment as forms: one workbook for a subject, or one for each role that answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.words import Words, chapter, label
from secops.contracts.world import Acting
from secops.errors import msgid
from secops.errors.forms import NothingAskedError
from secops.judging.scoring import current
from secops.judging.tables import Tables
from secops.model.answer import Answer, OfComponent, Subject
from secops.model.asking import AsksRatio
from secops.model.assessment import Assessment
from secops.model.checking import AnswerRole, HowToCheck
from secops.model.form import EntryKind, Form, FormColumn, FormId, FormPurpose, FormRow, FormSheet
from secops.model.ids import ItemId
from secops.operations.assessment_status import ItemStatus, Status, assessment_status
from secops.operations.assessments import Opened, Series, opened, refuse_frozen, subjects_of
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
)

_ONE_SHEET: Final = 80
"""So many rows are easier to fill in on one sheet than on a sheet for each domain."""
_MOST_COMPONENTS: Final = 12
"""With more of them an item has rows for those only that were answered apart already."""
Said = Mapping[tuple[ItemId, Subject], Answer]

_GUIDE: Final = (
    msgid("write your name above: whoever fills in the form states what it says"),
    msgid("fill in the white cells only; pale yellow ones are still open, grey ones are not asked"),
    msgid("choose the judgement from its list; where it does not apply, write down the reason"),
    msgid("what tools saw and what was said last year only helps: what you choose counts"),
    msgid("leave a row empty if you do not know; save the file as .xlsx and send it back"),
)
_COLUMNS: Final = (
    FormColumn(key="clause", title=msgid("clause"), width=12),
    FormColumn(key="area", title=msgid("control point"), width=13),
    FormColumn(key="gist", title=msgid("what is asked"), width=38),
    FormColumn(key="object", title=msgid("about"), width=14),
    FormColumn(key="how", title=msgid("how to check (for guidance)"), width=44, quiet=True),
    FormColumn(key="seen", title=msgid("what tools saw"), width=26, quiet=True),
    FormColumn(key="last", title=msgid("last time"), width=18, quiet=True),
    FormColumn(key=VALUE, title=msgid("judgement"), entry=EntryKind.CHOICE, width=13, needed=True),
    FormColumn(key=COUNTED, title=msgid("how many"), entry=EntryKind.WHOLE, width=8, needed=True),
    FormColumn(key=OF, title=msgid("of all"), entry=EntryKind.WHOLE, width=8, needed=True),
    FormColumn(key=REASON, title=msgid("reason if not applicable"), entry=EntryKind.TEXT, width=22),
    FormColumn(key=NOTE, title=msgid("note"), entry=EntryKind.TEXT, width=28),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Which part of an assessment is asked, of whom, by when."""

    series: Series
    roles: tuple[AnswerRole | None, ...] = ()  # none: of everybody; None among them: of nobody
    by: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Building:
    """What the rows of one form are made from."""

    opened: Opened
    status: Status
    now: Said
    before: Said
    checks: Mapping[ItemId, HowToCheck]
    names: Mapping[str, str]  # of components
    words: Words


def form_of(
    work: UnitOfWork,
    blobs: Blobs,
    acting: Acting,
    asking: Asking,
    told: tuple[Tables, Words],
) -> Form:
    """Build the form; raises NoAssessmentError and FrozenAssessmentError."""
    tables, words = told
    one = opened(work, blobs, asking.series)
    refuse_frozen(one)
    last = _last(work, one)
    building = _Building(
        opened=one,
        status=assessment_status(work, blobs, asking.series, tables),
        now=current(work.answers.of(one.assessment.id)),
        before=current(work.answers.of(last.id)) if last else {},
        checks=checks_of(tables),
        names={c.id: c.name for c in one.components},
        words=words,
    )
    asked = [
        item
        for item in building.status.items
        if not asking.roles or _role(building.checks.get(item.scored.item.id)) in asking.roles
    ]
    if not asked:
        raise NothingAskedError(
            role=_roles_said(asking, words),
            choices=_listed(building),
        )
    return Form(
        id=FormId(acting.new_id()),
        purpose=FormPurpose.ASSESSMENT,
        subject=f"assessment {one.assessment.id}",
        title=words.gettext(msgid("{name}: self-check")).format(name=asking.series.name),
        facts=tuple(_facts(building, asking)),
        guide=tuple(words.gettext(one) for one in _GUIDE),
        sheets=tuple(_sheets(asked, building)),
        by=asking.by,
        due=asking.due,
    )


def checks_of(tables: Tables) -> dict[ItemId, HowToCheck]:
    """Give how each item is checked, as the newest editions tell it."""
    return {id_: item.check for id_, item in tables.library.items().items() if item.check}


def _role(check: HowToCheck | None) -> AnswerRole | None:
    return check.role if check else None


def roles_of(
    work: UnitOfWork, blobs: Blobs, series: Series, tables: Tables
) -> list[AnswerRole | None]:
    """Give the roles that have something to answer; None: there are items of nobody."""
    checks = checks_of(tables)
    asked = [one.item.id for one in opened(work, blobs, series).item_set.asked]
    return _with_items(checks, asked)


def _with_items(
    checks: Mapping[ItemId, HowToCheck], items: Iterable[ItemId]
) -> list[AnswerRole | None]:
    found = {_role(checks.get(one)) for one in items}
    return [one for one in (*AnswerRole, None) if one in found]


def role_said(role: AnswerRole | None, words: Words) -> str:
    """Name a role; None: whoever it is."""
    return label(role, words) if role else words.gettext(msgid("others"))


def _roles_said(asking: Asking, words: Words) -> str:
    return ", ".join(role_said(one, words) for one in asking.roles)


def _listed(building: _Building) -> str:
    items = (one.scored.item.id for one in building.status.items)
    found = _with_items(building.checks, items)
    return ", ".join(one.value for one in found if one)


def row_id(item: ItemId, subject: Subject) -> str:
    """Name a row: the same in every form of this assessment."""
    component = f" {subject.component}" if isinstance(subject, OfComponent) else ""
    return f"{item}{component}"


def _last(work: UnitOfWork, one: Opened) -> Assessment | None:
    """Give the newest assessment of an earlier cycle."""
    series, now = one.series, one.assessment
    earlier = (
        other
        for other in work.assessments.of(series.subject)
        if (other.pack, other.scope) == (series.pack, series.scope)
        and other.cycle != now.cycle
        and other.revision < now.revision
    )
    return max(earlier, key=lambda other: other.revision, default=None)


def _facts(building: _Building, asking: Asking) -> Iterator[tuple[str, str]]:
    one, words = building.opened, building.words
    assessment = one.assessment
    pairs = (
        (msgid("about"), one.series.name),
        (msgid("checklist"), one.item_set.edition),
        (msgid("grades"), str(one.item_set.grades or "")),
        (msgid("cycle"), assessment.cycle),
        (msgid("revision"), str(assessment.revision)),
        (msgid("asked of"), _roles_said(asking, words)),
        (msgid("send back by"), asking.due.isoformat() if asking.due else ""),
    )
    for title, value in pairs:
        if value:
            yield words.gettext(title), value


def _sheets(asked: Sequence[ItemStatus], building: _Building) -> Iterator[FormSheet]:
    """Give a sheet for each domain; one sheet where that is short enough."""
    words = building.words
    rows = [(one, tuple(_rows(one, building))) for one in asked]
    if sum(len(several) for _, several in rows) <= _ONE_SHEET:
        title = words.gettext(msgid("items"))
        yield _sheet("items", title, [row for _, several in rows for row in several], words)
        return
    domains = dict.fromkeys(one.scored.item.domain for one in asked)
    for domain in domains:
        own = [row for one, several in rows if one.scored.item.domain == domain for row in several]
        yield _sheet(domain.code, chapter(domain, words), own, words)


def _sheet(key: str, title: str, rows: Iterable[FormRow], words: Words) -> FormSheet:
    kept = tuple(rows)
    filled = {name for row in kept for name, text in row.cells.items() if text}
    ratios = any(COUNTED not in row.closed for row in kept)
    columns = tuple(
        replace(one, title=words.gettext(one.title))
        for one in _COLUMNS
        if one.key in filled
        or one.key in (VALUE, REASON, NOTE)
        or (ratios and one.key in (COUNTED, OF))
    )
    return FormSheet(key=key, title=title, columns=columns, rows=kept, counted=(VALUE, COUNTED))


def _rows(one: ItemStatus, building: _Building) -> Iterator[FormRow]:
    """Give the row of an item; where it is about several components also a row for each."""
    item = one.scored.item
    whole = building.opened.series.subject
    concerned = subjects_of(item, building.opened)
    apart = [subject for subject in concerned if (item.id, subject) in building.now]
    shown = concerned if 1 < len(concerned) <= _MOST_COMPONENTS else tuple(apart)
    needless = bool(concerned) and len(apart) == len(concerned)
    yield _row(one, whole, building, (needless, bool(shown)))
    for subject in shown:
        yield _row(one, subject, building, (True, True))


def _row(one: ItemStatus, subject: Subject, building: _Building, row: tuple[bool, bool]) -> FormRow:
    """Give one row; `row`: whether nobody waits for it, and whether it is one of several."""
    optional, several = row
    item, at, words = one.scored.item, one.scored.at, building.words
    key = (item.id, subject)
    answer, before = building.now.get(key), building.before.get(key)
    choices = choices_of(item.asks, words)
    cells = {
        "clause": str(at.clause),
        "area": item.control_point,
        "gist": question_of(item, at.gist, words),
        "object": words.gettext(msgid("the whole")) if several else "",
        "how": guidance_of(item, building.checks.get(item.id), words),
        "seen": seen_of(one.suggestion, item, words),
        "last": said_of(before, choices) if before else "",
    }
    if isinstance(subject, OfComponent):
        cells = {name: cells[name] for name in ("clause", "last")}
        cells["object"] = building.names[subject.component]
    ratio = isinstance(item.asks, AsksRatio)
    return FormRow(
        id=row_id(item.id, subject),
        revision=str(answer.revision if answer else 0),
        cells={**cells, **cells_of(answer)},
        choices={VALUE: choices},
        closed=frozenset() if ratio else frozenset({COUNTED, OF}),
        optional=optional,
    )
