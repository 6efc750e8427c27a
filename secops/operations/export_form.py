"""Write an assessment as forms: one workbook for a subject, or one for each role that answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Final

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.words import Words, label
from secops.contracts.world import Acting
from secops.errors import msgid
from secops.errors.forms import NothingAskedError
from secops.judging.scoring import current
from secops.judging.tables import Tables
from secops.model.checking import AnswerRole, HowToCheck
from secops.model.form import Form, FormId, FormPurpose, FormSheet, FormSubject
from secops.model.ids import ItemId
from secops.operations.assessment_status import assessment_status
from secops.operations.assessments import Opened, Series, opened, refuse_frozen
from secops.operations.form_sheets import Building, case_sheet, item_sheets
from secops.operations.judge_hazards import hazards_of
from secops.operations.propose_from_last import has_last, last_before

_GUIDE: Final = (
    msgid("write your name above: whoever fills in the form states what it says"),
    msgid("fill in the white cells only; pale yellow ones are still open, grey ones are not asked"),
    msgid("choose the judgement from its list; where it does not apply, write down the reason"),
    msgid("what tools saw and what was said last year only helps: what you choose counts"),
    msgid("leave a row empty if you do not know; save the file as .xlsx and send it back"),
)
JUDGES: Final = AnswerRole.SECURITY_ADMINISTRATOR
"""Who judges high-risk cases, where each role has a form of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Which part of an assessment is asked, of whom, by when."""

    series: Series
    day: date  # on which the inventory is counted
    zone: tzinfo
    roles: tuple[AnswerRole | None, ...] = ()  # none: of everybody; None among them: of nobody
    by: str = ""
    due: date | None = None

    def asks(self, role: AnswerRole | None) -> bool:
        """Whether what this role answers is asked."""
        return not self.roles or role in self.roles


def form_of(
    work: UnitOfWork,
    blobs: Blobs,
    acting: Acting,
    asking: Asking,
    told: tuple[Tables, Words],
) -> Form:
    """Build the form; raises NoAssessmentError, FrozenAssessmentError and NothingAskedError."""
    tables, words = told
    one = opened(work, blobs, asking.series)
    refuse_frozen(one)
    building = Building(
        opened=one,
        now=current(work.answers.of(one.assessment.id)),
        before=current(work.answers.of(last_before(work, one).id)) if has_last(work, one) else {},
        checks=checks_of(tables),
        words=words,
        zone=asking.zone,
    )
    sheets = tuple(_sheets(work, blobs, asking, (tables, building)))
    if not sheets:
        choices = _with_items(building.checks, (a.item.id for a in one.item_set.asked))
        raise NothingAskedError(
            role=_roles_said(asking, words),
            choices=", ".join(role.value for role in choices if role),
        )
    return Form(
        id=FormId(acting.new_id()),
        purpose=FormPurpose.ASSESSMENT,
        subject=FormSubject(one.assessment.id),
        title=words.gettext(msgid("{name}: self-check")).format(name=asking.series.name),
        facts=tuple(_facts(one, asking, words)),
        guide=tuple(words.gettext(step) for step in _GUIDE),
        sheets=sheets,
        by=asking.by,
        due=asking.due,
    )


def _sheets(
    work: UnitOfWork, blobs: Blobs, asking: Asking, made: tuple[Tables, Building]
) -> Iterator[FormSheet]:
    tables, building = made
    status = assessment_status(work, blobs, asking.series, tables, asking.day)
    roles = {
        one.scored.item.id: _role(building.checks.get(one.scored.item.id)) for one in status.items
    }
    asked = [one for one in status.items if asking.asks(roles[one.scored.item.id])]
    if asked:
        yield from item_sheets(asked, building)
    if building.opened.item_set.cases and asking.asks(JUDGES):
        cases = hazards_of(work, blobs, asking.series, tables).cases
        yield case_sheet(cases, building)


def checks_of(tables: Tables) -> dict[ItemId, HowToCheck]:
    """Give how each item is checked, as the newest editions tell it."""
    return {id_: item.check for id_, item in tables.library.items().items() if item.check}


def _role(check: HowToCheck | None) -> AnswerRole | None:
    return check.role if check else None


def roles_of(
    work: UnitOfWork, blobs: Blobs, series: Series, tables: Tables
) -> list[AnswerRole | None]:
    """Give the roles that have something to answer; None: there are items of nobody."""
    asked = opened(work, blobs, series).item_set.asked
    return _with_items(checks_of(tables), (one.item.id for one in asked))


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


def _facts(one: Opened, asking: Asking, words: Words) -> Iterator[tuple[str, str]]:
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
