"""Puts store, blobs and tables together for the commands that assess and score."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.words import label
from secops.contracts.world import Acting
from secops.errors import SecopsError, SeveralInputsError, msgid
from secops.errors.judging import UnknownEvidenceError
from secops.files.answers import WrittenAnswer, load_answers
from secops.files.whole_file import content_of
from secops.judging.tables import Tables
from secops.model.answer import NOT_APPLICABLE, Verdict
from secops.model.evidence import digest_of
from secops.model.ids import ComponentId, Digest, PersonId
from secops.operations.answer_item import (
    Answered,
    Reply,
    Unless,
    find_asked,
    needed,
    record_answers,
)
from secops.operations.as_it_stood import last_instant
from secops.operations.assessments import Series, opened
from secops.operations.find_record import find_record
from secops.operations.supply_evidence import Material, refuse_erased, supply_evidence
from secops.settings.catalogue import words_for
from secops.wiring.tables import load_tables
from secops.wiring.today import SHANGHAI
from secops.wiring.workspace import Workspace

MOST_EVIDENCE: Final = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessing:
    """What the operations on assessments take."""

    work: UnitOfWork
    blobs: Blobs
    acting: Acting
    tables: Tables


class _Unwritten:
    """Blobs of a dry run: what is put is named and forgotten."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._put: dict[Digest, bytes] = {}

    def put(self, content: bytes) -> Digest:
        digest = digest_of(content)
        self._put[digest] = content
        return digest

    def get(self, digest: Digest) -> bytes:
        return self._put.get(digest) or self._blobs.get(digest)

    def has(self, digest: Digest) -> bool:
        return digest in self._put or self._blobs.has(digest)

    def erase(self, digest: Digest) -> None:
        self._put.pop(digest, None)


@contextmanager
def assessing(workspace: Workspace, *, dry_run: bool = False) -> Iterator[Assessing]:
    """Begin one transaction; it is kept when the block ends well and this is no dry run."""
    blobs = _Unwritten(workspace.blobs) if dry_run else workspace.blobs
    with workspace.begin() as work:
        yield Assessing(
            work=work, blobs=blobs, acting=workspace.acting, tables=load_tables(workspace.path)
        )
        if not dry_run:
            work.commit()


@contextmanager
def looking(workspace: Workspace) -> Iterator[Assessing]:
    """Read only."""
    with workspace.begin(reading=True) as work:
        yield Assessing(
            work=work,
            blobs=_Unwritten(workspace.blobs),
            acting=workspace.acting,
            tables=load_tables(workspace.path),
        )


def evidence_named(one: Assessing, name: str, subject: str) -> Digest:
    """Give the digest of kept evidence, or keep a file; raises Unknown-, EvidenceErasedError."""
    known = one.work.evidence.get(Digest(name))
    if known is not None:
        refuse_erased(known)
        return known.digest
    path = Path(name)
    if not path.is_file():
        raise UnknownEvidenceError(name=name)
    material = Material(content=content_of(path, MOST_EVIDENCE), title=path.name, subject=subject)
    return supply_evidence(one.work, one.blobs, one.acting, material)


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """A file of answers, who states them, and which answers that stand are left alone."""

    path: Path
    by: PersonId | None
    unless: Unless


def import_answers(one: Assessing, series: Series, file: AnswersFile) -> Answered:
    """Take over a file of answers, all or none; raises errors that name the line."""
    opening = opened(one.work, one.blobs, series)
    replies: list[Reply] = []
    problems: list[SecopsError] = []
    for written in load_answers(file.path, _spelled()):
        try:
            find_asked(opening.item_set, series.name, written.item)
            replies.append(_reply(one, written, file.by))
        except SecopsError as error:
            problems.append(error.at(written.where))
    if problems:
        raise problems[0] if len(problems) == 1 else SeveralInputsError(problems)
    new = list(needed(one.work, opening, replies, file.unless))
    return record_answers(one.work, one.acting, opening, new)


def _spelled() -> dict[str, str]:
    """Give what the record forms print for each verdict, in whatever language we speak."""
    words = words_for("zh")
    said = {label(one, words): one.value for one in Verdict}
    return said | {words.gettext(msgid("not applicable")): NOT_APPLICABLE}


def _reply(one: Assessing, written: WrittenAnswer, by: PersonId | None) -> Reply:
    component = None
    if written.component:
        component = ComponentId(find_record(one.work, "component", written.component).id)
    return Reply(
        item=written.item, value=written.value, component=component, by=by, note=written.note
    )


def today_of(one: Assessing) -> date:
    """Give the day that it is for the people of the workspace."""
    return one.acting.now().astimezone(SHANGHAI).date()


def end_of(day: date | None) -> datetime | None:
    """Give the last instant of a civil day in China; None: no limit."""
    return None if day is None else last_instant(day, SHANGHAI)
