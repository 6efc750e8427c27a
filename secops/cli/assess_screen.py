"""What a person who fills in sees: one question with all that helps, progress, keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import click

from secops.cli.assess_hazards import say_state
from secops.cli.assess_values import asks_lines, say_answer, say_proposal, say_scored
from secops.cli.assess_words import say_inherited
from secops.cli.clauses import clause_said
from secops.cli.table import show_block, show_table
from secops.cli.times import civil
from secops.contracts.suggestion_words import say_still_to_show, say_suggestion
from secops.contracts.words import Words, chapter, label
from secops.errors import msgid
from secops.model.answer import Answer, OfComponent
from secops.model.asking import AsksVerdict
from secops.model.case import Case, CaseProposal
from secops.model.checking import HowToCheck
from secops.model.checklist import Domain
from secops.model.common import Confidence, NotApplicable
from secops.model.evidence import short_digest
from secops.model.judgement import NothingAgainst, Suggestion
from secops.operations.assessment_status import ItemStatus
from secops.operations.judge_hazards import CaseStatus
from secops.operations.questions import Question, Questions

Row = tuple[str, str]


def show_question(question: Question, questions: Questions, words: Words, *, ids: bool) -> None:
    """Show one question; lines fit into the terminal as it is now."""
    head = clause_said(question.asked.item, question.asked.at)
    click.echo(click.style(head, bold=True) + (f" [{question.id}]" if ids else ""))
    show_block([*_rows(question, questions, words)])


def _rows(question: Question, questions: Questions, words: Words) -> Iterator[Row]:
    item, status = question.asked.item, question.status
    yield words.gettext(msgid("what is asked")), question.asked.at.gist
    if isinstance(status, CaseStatus):
        yield from _case_rows(status, words)
    else:
        parts = [said for name, said in item.parts if name != "whole"]
        yield from _listed(words.gettext(msgid("parts")), parts)
        yield from _listed(words.gettext(msgid("how to answer")), asks_lines(item, words))
        names = "; ".join(one.name for one in question.concerned)
        yield words.gettext(msgid("components")), names
        if question.check:
            yield from _guidance(question.check, words)
        yield from _seen(status, words)
    yield from _stands(question, questions, words)


def _listed(title: str, texts: Iterator[str] | list[str] | tuple[str, ...]) -> Iterator[Row]:
    """Give a row for each text; the title stands before the first."""
    for n, text in enumerate(texts):
        yield "" if n else title, text


def _guidance(check: HowToCheck, words: Words) -> Iterator[Row]:
    """Say how it is checked; for words of our own it is said once that they are."""
    methods = words.gettext(msgid(", ")).join(label(one, words) for one in check.methods)
    said = words.gettext(msgid("{methods}: {objects}"))
    how = said.format(methods=methods, objects=check.objects)
    low = check.confidence is Confidence.LOW
    mark = words.gettext(msgid(" [our own words, to be confirmed]")) if low else ""
    yield words.gettext(msgid("look at")), how + mark
    for title, texts in (
        (msgid("proves it"), check.evidence),
        (msgid("often wrong"), check.failures),
        (msgid("mended by"), (_measure(check, words),)),
    ):
        yield from _listed(words.gettext(title), [text for text in texts if text])
    if check.words_confidence is Confidence.LOW:
        said = msgid("proofs, mistakes and measure: our own words, to be confirmed")
        yield "", words.gettext(said)
    yield words.gettext(msgid("answered by")), label(check.role, words)


def _measure(check: HowToCheck, words: Words) -> str:
    said = words.gettext(msgid("{measure}; effort {effort}, usually within {days} days"))
    effort = label(check.effort, words)
    if not check.measure:
        return ""
    return said.format(measure=check.measure, effort=effort, days=check.deadline_days)


def _seen(status: ItemStatus, words: Words) -> Iterator[Row]:
    """Say what tools saw, what is proposed and what a platform states; none of it is an answer."""
    if status.suggestion or isinstance(status.scored.item.asks, AsksVerdict):
        found = [*_suggested(status.suggestion, status, words)]
        yield from _listed(words.gettext(msgid("tools saw")), found)
    proposed = [say_proposal(one, words) for one in status.proposals]
    yield from _listed(words.gettext(msgid("proposal")), proposed)
    if status.scored.inherited:
        said = say_inherited(status.scored.inherited, words)
        value = say_answer(status.scored.item, status.scored.inherited.stated.value, words)
        yield words.gettext(msgid("platform")), f"{value}; {said}"


def _suggested(one: Suggestion | None, status: ItemStatus, words: Words) -> Iterator[str]:
    yield say_suggestion(one, words)
    if one is None:
        return
    yield from dict.fromkeys(f"{it.statement} ({short_digest(it.evidence)})" for it in one.grounds)
    if isinstance(one, NothingAgainst):
        yield say_still_to_show(one, status.scored.item, words)


def _case_rows(status: CaseStatus, words: Words) -> Iterator[Row]:
    case = status.judged.case
    clauses = [clause_said(one.item, one.at) for one in status.judged.items]
    yield words.gettext(msgid("about")), "; ".join(clauses)
    yield words.gettext(msgid("whom")), case.scope
    yield words.gettext(msgid("lowered by")), case.compensating
    yield words.gettext(msgid("on lowering")), case.downgrade_note
    yield words.gettext(msgid("mended by")), case.measure
    yield words.gettext(msgid("affirm")), _principles(case)
    waits = status.proposal is not CaseProposal.NOTHING
    yield words.gettext(msgid("proposal")), label(status.proposal, words) if waits else ""


def _principles(case: Case) -> str:
    return "; ".join(one.title for one in case.principles)


def _stands(question: Question, questions: Questions, words: Words) -> Iterator[Row]:
    """Say what people answered last time and this time, who and when."""
    status = question.status
    if question.last:
        said = _answered(question.last, question, questions, words)
        yield words.gettext(msgid("last time")), said
    now = [_answered(one, question, questions, words) for one in question.answers]
    if not now and isinstance(status, CaseStatus):
        now = [say_state(status.judged, words)]
    if not now and isinstance(status, ItemStatus):
        now = [say_scored(status.scored, words)]
    yield from _listed(words.gettext(msgid("now")), now)


def _answered(one: Answer, question: Question, questions: Questions, words: Words) -> str:
    value = say_answer(question.asked.item, one.value, words)
    if isinstance(one.value, NotApplicable):
        value = f"{value} ({one.value.reason})"
    named = {component.id: component.name for component in question.concerned}
    about = one.subject.component if isinstance(one.subject, OfComponent) else None
    said = words.gettext(msgid("{value}, {person} on {day}, evidence: {count}"))
    told = said.format(
        value=value,
        person=questions.names.get(one.answered_by, one.answered_by),
        day=civil(one.recorded_at)[:10],
        count=len(one.evidence),
    )
    whole = f"{named.get(about, about)}: {told}" if about else told
    return words.gettext(msgid("; ")).join(text for text in (whole, one.note) if text)


def say_progress(question: Question, questions: Questions, words: Words) -> str:
    """Say in a line how far its chapter and the whole round have come."""
    own = [one for one in questions.mine if one.domain == question.domain]
    said = words.gettext(msgid("{chapter} {done}/{all}, in all {answered}/{asked}, left: {left}"))
    left = len(questions.open)
    return said.format(
        chapter=_chapter(question.domain, words),
        done=sum(not one.open for one in own),
        all=len(own),
        answered=len(questions.mine) - left,
        asked=len(questions.mine),
        left=left,
    )


def _chapter(domain: Domain | None, words: Words) -> str:
    if domain is None:
        return words.gettext(msgid("high-risk cases and major hazards"))
    return chapter(domain, words)


def show_left(questions: Questions, skipped: int, words: Words) -> None:
    """Show by chapter what is left, of these roles or of everybody."""
    if questions.roles:
        said = words.gettext(msgid("asked of: {roles}"))
        roles = words.gettext(msgid(", ")).join(label(one, words) for one in questions.roles)
        click.echo(said.format(roles=roles))
    heads = [msgid("domain"), msgid("asked"), msgid("answered"), msgid("left")]
    rows = []
    for domain in questions.domains:
        own = [one for one in questions.mine if one.domain == domain]
        left = sum(one.open for one in own)
        rows.append([_chapter(domain, words), *map(str, (len(own), len(own) - left, left))])
    show_table([words.gettext(head) for head in heads], rows)
    click.echo(say_left(questions, skipped, words))


def say_left(questions: Questions, skipped: int, words: Words) -> str:
    """Say how many are left."""
    said = words.gettext(msgid("left: {left}"))
    if skipped:
        said = words.gettext(msgid("left: {left}, of these skipped: {skipped}"))
    return said.format(left=len(questions.open), skipped=skipped)


_KEYS: Final = (
    ("y p n x", msgid("compliant, partially, non-compliant, not applicable; yes and no: y n")),
    ("0 1 2", msgid("of a high-risk case: absent, present, present but lowered")),
    ("7/9", msgid("a number of all, or the code of a choice, is typed with Enter")),
    ("a", msgid("accept what tools suggest or what is proposed")),
    ("t", msgid("a note for the answer that follows")),
    ("e", msgid("a file as evidence for the answer that follows")),
    ("c", msgid("answer for one component only")),
    ("u", msgid("take the last answer back; nothing is deleted")),
    ("b", msgid("back to the question before")),
    ("s", msgid("skip it for now")),
    ("g", msgid("go to a clause")),
    ("l", msgid("what is left for me")),
    ("q", msgid("stop; every answer is kept already")),
)


def show_keys(words: Words) -> None:
    """Explain the keys."""
    show_block([(key, words.gettext(said)) for key, said in _KEYS])
