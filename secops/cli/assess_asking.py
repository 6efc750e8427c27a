"""`secops assess next`: a person at a terminal answers item by item, one key each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Final

import click

from secops.cli import assess_screen as screen
from secops.cli.assess_hazards import judged_document
from secops.cli.assess_keys import Keyboard
from secops.cli.assess_replying import Draft, keys_of, read_reply
from secops.cli.assess_values import item_document, say_answer
from secops.cli.clauses import clause_said
from secops.cli.selection import chosen_person, chosen_series
from secops.cli.shared import emit, says_more, show_error, words_of, workspace_of
from secops.contracts.words import Words
from secops.errors import SecopsError, msgid
from secops.errors.judging import ComponentNotConcernedError
from secops.judging.suggesting import verdict_of
from secops.model.answer import Answer
from secops.model.asking import AsksVerdict
from secops.model.checking import AnswerRole
from secops.model.checklist import STANDARD
from secops.model.ids import ItemId, PersonId
from secops.operations.accept_suggestions import Acceptance, accept_suggestions
from secops.operations.answer_item import Answered, answer_item
from secops.operations.answering_roles import roles_of_person
from secops.operations.assessment_status import ItemStatus
from secops.operations.assessments import Series, opened, refuse_frozen, who
from secops.operations.judge_hazards import CaseStatus
from secops.operations.propose_answers import record_proposals
from secops.operations.questions import Question, Questions, questions_of
from secops.operations.withdraw_answer import withdraw_answers
from secops.wiring.answer_roles import roles_spelled
from secops.wiring.assess import Assessing, assessing, evidence_named, looking, today_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was typed: whom it is about, by which checklist, who answers for which roles."""

    subject: str
    checklist: str
    by: str
    roles: tuple[AnswerRole, ...]
    mine: bool


def ask_or_print(context: click.Context, wanted: Wanted) -> None:
    """Ask until a person stops; without a terminal print the next open item."""
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    interactive = terminal and not context.find_root().params.get("json")
    with looking(workspace_of(context)) as one:
        series = chosen_series(one.work, wanted.subject, wanted.checklist)
        if interactive:
            refuse_frozen(opened(one.work, one.blobs, series))
        roles = _roles(one, series, wanted)
        person = _person(one, wanted.by) if interactive else None
        day = today_of(one)
        questions = questions_of(one.work, one.blobs, series, (one.tables, day), roles)
    if person:
        _Round(context=context, questions=questions, person=person).ask()
    else:
        _print(context, questions)


def _person(one: Assessing, by: str) -> PersonId:
    return chosen_person(one.work, by).id if by else who(one.acting)


def _roles(one: Assessing, series: Series, wanted: Wanted) -> tuple[AnswerRole, ...]:
    if not wanted.mine:
        return wanted.roles
    person = one.work.persons.get(_person(one, wanted.by))
    assert person  # noqa: S101  # whoever acts or was chosen is recorded
    own = roles_of_person(one.work, person, series, roles_spelled(), today_of(one))
    return tuple(role for role in AnswerRole if role in {*own, *wanted.roles})


def _print(context: click.Context, questions: Questions) -> None:
    words = words_of(context)
    waiting = questions.open
    items = [one.status for one in waiting if isinstance(one.status, ItemStatus)]
    cases = [one.status for one in waiting if isinstance(one.status, CaseStatus)]
    document: dict[str, object] = {
        "roles": [one.value for one in questions.roles],
        "open": len(items),
        "next": item_document(items[0]) if items else None,
        "open_cases": len(cases),
        "next_case": judged_document(cases[0].judged) if cases else None,
    }

    def text() -> None:
        if waiting:
            screen.show_question(waiting[0], questions, words, ids=says_more(context))
        said = words.gettext(msgid("open items: {left}, open high-risk cases: {cases}"))
        click.echo(said.format(left=len(items), cases=len(cases)))

    emit(context, "assess-next", document, text)


_VERDICT: Final = msgid("y compliant, p partially, n not, x not applicable")
_PLAIN: Final = msgid("y yes, n no, x not applicable")
_CASE: Final = msgid("0 absent, 1 present, 2 lowered, x not applicable")
_CHOICE: Final = msgid("a code, x not applicable")
_LINE: Final = msgid("the answer and Enter, x not applicable")


@dataclass(slots=True, kw_only=True)
class _Round:
    """One person going through the questions; every answer is kept as soon as it is given."""

    context: click.Context
    questions: Questions
    person: PersonId
    keyboard: Keyboard = field(default_factory=Keyboard)
    now: ItemId | None = None
    been: list[ItemId] = field(default_factory=list)
    skipped: set[ItemId] = field(default_factory=set)
    done: list[tuple[Answer, ...]] = field(default_factory=list)
    draft: Draft = field(default_factory=Draft)

    @property
    def words(self) -> Words:
        """The language that is spoken."""
        return words_of(self.context)

    def ask(self) -> None:
        """Ask until nothing is left, or the person stops."""
        self._go_on()
        goes_on = True
        while goes_on and self.now:
            question = self.questions.of(self.now)
            click.echo()
            progress = screen.say_progress(question, self.questions, self.words)
            click.echo(click.style(progress, dim=True))
            more = says_more(self.context)
            screen.show_question(question, self.questions, self.words, ids=more)
            goes_on = self._until_elsewhere(question)
        click.echo(screen.say_left(self.questions, len(self.skipped), self.words))

    def _until_elsewhere(self, question: Question) -> bool:
        """Take keys until the question has to be shown anew; False: the person stops."""
        while True:
            try:
                typed = self._typed(question)
            except EOFError:
                return False
            if typed == "q":
                return False
            try:
                if self._take(question, typed):
                    return True
            except SecopsError as error:
                show_error(self.context, error)
            except click.Abort:  # only the question beside is left
                click.echo()

    def _typed(self, question: Question) -> str:
        if self.draft.said:
            said = self.words.gettext(msgid("goes with the answer: {texts}"))
            click.echo(said.format(texts="; ".join(self.draft.said)))
        keys = [self.words.gettext(_keys_said(question))]
        if _acceptable(question):
            keys.insert(0, self.words.gettext(msgid("a as suggested")))
        keys.append(self.words.gettext(msgid("s skip, ? more")))
        prompt = self.words.gettext(msgid("; ")).join(keys)
        if keys_of(question):
            return self.keyboard.key(prompt)
        return self.keyboard.line(prompt)

    def _take(self, question: Question, typed: str) -> bool:
        """Do what was asked for; True: another question is next, or this one anew."""
        act = self._acts.get(typed)
        if act and typed not in (keys_of(question) or ()):
            return act(question)
        if not typed:
            return False
        asks = (self.keyboard, self.words)
        reply = read_reply(question, typed, self.draft, asks, self.person)
        with self._writing() as one:
            answered = answer_item(one.work, one.blobs, one.acting, self.questions.series, reply)
        self._answered(question, answered)
        return True

    @property
    def _acts(self) -> Mapping[str, Callable[[Question], bool]]:
        return {
            "a": self._accept,
            "b": self._back,
            "c": self._component,
            "e": self._evidence,
            "g": self._go,
            "l": self._left,
            "s": self._skip,
            "t": self._note,
            "u": self._undo,
            "?": self._explain,
        }

    def _writing(self) -> AbstractContextManager[Assessing]:
        return assessing(workspace_of(self.context))

    def _again(self) -> None:
        """Look anew: an answer may open cases and hazards, and others answer meanwhile."""
        before = self.questions
        with looking(workspace_of(self.context)) as one:
            told = (one.tables, today_of(one))
            self.questions = questions_of(one.work, one.blobs, before.series, told, before.roles)

    def _answered(self, question: Question, answered: Answered) -> None:
        self.done.append(answered.answers)
        self.skipped.discard(question.id)
        apart = self.draft.component is not None
        self._again()
        now = self.questions.of(question.id)
        said = self.words.gettext(msgid("recorded: {item} {value} (u takes it back)"))
        value = say_answer(now.asked.item, answered.answers[-1].value, self.words)
        click.echo(said.format(item=clause_said(now.asked.item, now.asked.at), value=value))
        if apart and now.open:
            self.draft = Draft()
        else:
            self._go_on()

    def _go_on(self) -> None:
        if self.now:
            self.been.append(self.now)
        following = self.questions.after(self.now, self.skipped)
        self._turn_to(following.id if following else None)

    def _turn_to(self, id: ItemId | None) -> None:
        self.now, self.draft = id, Draft()

    def _accept(self, question: Question) -> bool:
        """Accept what a scan suggests, else what is proposed first."""
        status, series = question.status, self.questions.series
        if not isinstance(status, ItemStatus) or not _acceptable(question):
            return False
        with self._writing() as one:
            if _suggested(status, series) and series.system:
                named = (str(question.id),)
                taken = Acceptance(
                    system=series.system, tables=one.tables, items=named, by=self.person
                )
                answered = accept_suggestions(one.work, one.blobs, one.acting, taken)
            else:
                opening = opened(one.work, one.blobs, series)
                confirmed = (opening, status.proposals[:1], self.person)
                answered = record_proposals(one.work, one.blobs, one.acting, confirmed)
        self._answered(question, answered)
        return True

    def _undo(self, _: Question) -> bool:
        if not self.done:
            click.echo(self.words.gettext(msgid("nothing was answered in this round yet")))
            return False
        last = self.done.pop()
        with self._writing() as one:
            taken = (last, self.person)
            withdraw_answers(one.work, one.blobs, one.acting, self.questions.series, taken)
        self._again()
        self._turn_to(last[0].item)
        said = self.words.gettext(msgid("taken back: {item}"))
        asked = self.questions.of(last[0].item).asked
        click.echo(said.format(item=clause_said(asked.item, asked.at)))
        return True

    def _back(self, _: Question) -> bool:
        if self.been:
            self._turn_to(self.been.pop())
        return True

    def _skip(self, question: Question) -> bool:
        self.skipped.add(question.id)
        self._go_on()
        return True

    def _go(self, question: Question) -> bool:
        wanted = self.keyboard.line(self.words.gettext(msgid("which clause")))
        found = self.questions.named(wanted)
        self.been.append(question.id)
        self._turn_to(found.id)
        return True

    def _note(self, _: Question) -> bool:
        self.draft.note = self.keyboard.line(self.words.gettext(msgid("note")))
        self.draft.said.append(self.draft.note)
        return False

    def _evidence(self, question: Question) -> bool:
        name = self.keyboard.line(self.words.gettext(msgid("file of evidence, or its digest")))
        about = f"{self.questions.series.name} {question.asked.at.clause}"
        with self._writing() as one:
            self.draft.evidence += (evidence_named(one, name, about),)
        self.draft.said.append(name)
        return False

    def _component(self, question: Question) -> bool:
        names = {one.name: one.id for one in question.concerned}
        said = self.words.gettext(msgid("which component ({names})"))
        name = self.keyboard.line(said.format(names=", ".join(names)))
        if name not in names:
            item, choices = str(question.asked.at.clause), ", ".join(names) or "-"
            raise ComponentNotConcernedError(item=item, component=name, choices=choices)
        self.draft.component = names[name]
        self.draft.said.append(name)
        return False

    def _left(self, _: Question) -> bool:
        screen.show_left(self.questions, len(self.skipped), self.words)
        return False

    def _explain(self, _: Question) -> bool:
        screen.show_keys(self.words)
        return False


def _keys_said(question: Question) -> str:
    keys = keys_of(question)
    if isinstance(question.status, CaseStatus):
        return _CASE
    if isinstance(question.asked.item.asks, AsksVerdict):
        return _VERDICT
    if keys is None:
        return _LINE
    return _PLAIN if "y" in keys else _CHOICE


def _suggested(status: ItemStatus, series: Series) -> bool:
    """Whether a scan suggests a verdict; only about systems, by the standard."""
    standard = series.pack == STANDARD and not series.scope
    return bool(standard and status.suggestion and verdict_of(status.suggestion))


def _acceptable(question: Question) -> bool:
    status = question.status
    if isinstance(status, CaseStatus):
        return False
    return bool(status.proposals or (status.suggestion and verdict_of(status.suggestion)))
