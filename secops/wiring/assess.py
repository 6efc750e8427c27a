"""Puts store, blobs and tables together for the commands that assess and score."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors import SecopsError, Where
from secops.errors.judging import UnknownEvidenceError
from secops.files.answers import load_answers
from secops.files.strict_yaml import content_of
from secops.judging.tables import Tables
from secops.model.evidence import digest_of
from secops.model.ids import ComponentId, Digest, PersonId
from secops.model.system import System
from secops.operations.answer_item import Answered, Reply, find_asked, record_answers, unsaid
from secops.operations.assessments import opened
from secops.operations.find_record import find_record
from secops.operations.supply_evidence import Material, supply_evidence
from secops.wiring.tables import load_tables
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


def acting_in(workspace: Workspace) -> Acting:
    """Give who acts, with the workspace's clock and ids."""
    return Acting(actor=workspace.actor, now=workspace.now, new_id=workspace.new_id)


@contextmanager
def assessing(workspace: Workspace, *, dry_run: bool = False) -> Iterator[Assessing]:
    """Begin one transaction; it is kept when the block ends well and this is no dry run."""
    blobs = _Unwritten(workspace.blobs) if dry_run else workspace.blobs
    with workspace.begin() as work:
        yield Assessing(work=work, blobs=blobs, acting=acting_in(workspace), tables=load_tables())
        if not dry_run:
            work.commit()


@contextmanager
def looking(workspace: Workspace) -> Iterator[Assessing]:
    """Read only."""
    with workspace.begin(reading=True) as work:
        yield Assessing(
            work=work,
            blobs=_Unwritten(workspace.blobs),
            acting=acting_in(workspace),
            tables=load_tables(),
        )


def evidence_named(one: Assessing, name: str, subject: str) -> Digest:
    """Give the digest of kept evidence, or keep a file; raises UnknownEvidenceError."""
    known = one.work.evidence.get(Digest(name))
    if known is not None:
        return known.digest
    path = Path(name)
    if not path.is_file():
        raise UnknownEvidenceError(name=name)
    material = Material(content=content_of(path, MOST_EVIDENCE), title=path.name, subject=subject)
    return supply_evidence(one.work, one.blobs, one.acting, material)


def replies_from(one: Assessing, path: Path, by: PersonId | None) -> Iterator[tuple[Where, Reply]]:
    """Read a file of answers: each with its place, so that a refusal can name it."""
    for written in load_answers(path):
        component = None
        if written.component:
            try:
                found = find_record(one.work, "component", written.component)
            except SecopsError as error:
                raise error.at(written.where) from error
            component = ComponentId(found.id)
        reply = Reply(
            item=written.item, value=written.value, component=component, by=by, note=written.note
        )
        yield written.where, reply


def import_answers(one: Assessing, system: System, path: Path, by: PersonId | None) -> Answered:
    """Take over a file of answers, all or none; what stands already is not said again."""
    replies = tuple(replies_from(one, path, by))
    opening = opened(one.work, one.blobs, system)
    for where, reply in replies:
        try:
            find_asked(opening.item_set, system, reply.item)
        except SecopsError as error:
            raise error.at(where) from error
    new = unsaid(one.work, opening, (reply for _, reply in replies))
    return record_answers(one.work, one.acting, opening, new)


def end_of(day: date | None) -> datetime | None:
    """Give the last instant of a civil day in China; None: no limit."""
    if day is None:
        return None
    next_day = datetime.combine(day + timedelta(days=1), time(), ZoneInfo("Asia/Shanghai"))
    return next_day.astimezone(UTC) - timedelta(microseconds=1)
