"""Entries and breaks of the chain in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from secops.cli.clauses import Clauses
from secops.cli.times import civil
from secops.contracts.store import UnitOfWork
from secops.contracts.words import Words, label
from secops.errors import SecopsError, msgid
from secops.judging.tables import Tables
from secops.model.actor import Means
from secops.model.answer import Answer, OfUnit
from secops.model.history import BadRow, Entry
from secops.model.inventory import KINDS
from secops.model.record import fields_of
from secops.operations.find_record import kind_said, name_of, records_of
from secops.wiring.inventory_words import language, titles, written

HEADS: Final = (
    msgid("no."),
    msgid("time"),
    msgid("who"),
    msgid("did what"),
    msgid("to what"),
    msgid("changes"),
)
_ACTIONS: Final = {
    "workspace.init": msgid("made the workspace"),
    "workspace.backup": msgid("backed up"),
    "workspace.restore": msgid("restored"),
    "inventory.export": msgid("exported the inventory"),
    "audit.export": msgid("exported the history"),
    "contact.put": msgid("recorded contact data"),
    "contact.show": msgid("looked at contact data"),
    "setting.put": msgid("set"),
    "permit.withdraw": msgid("withdrew"),
    "waiver.put": msgid("waived an item"),
    "scan.start": msgid("began to scan"),
    "scan.end": msgid("ended the scan"),
    "scan.plugin": msgid("noted a foreign scanner"),
    "attempt.put": msgid("noted attempts"),
    "evidence.put": msgid("kept evidence"),
    "evidence.erase": msgid("erased evidence"),
    "finding.put": msgid("found something wrong"),
    "finding.seen": msgid("saw it again"),
    "assessment.put": msgid("began to assess"),
    "assessment.freeze": msgid("froze it"),
    "answer.put": msgid("answered an item"),
    "answer.withdraw": msgid("took an answer back"),
    "document.put": msgid("printed"),
    "form.put": msgid("sent a form out"),
    "kit.merge": msgid("took a kit back"),
}
_OBJECTS: Final = {
    "permit": msgid("permit"),
    "waiver": msgid("waiver"),
    "scan": msgid("scan"),
    "evidence": msgid("evidence"),
    "finding": msgid("finding"),
    "assessment": msgid("assessment"),
    "document": msgid("document"),
    "form": msgid("form"),
    "kit": msgid("kit"),
    "setting": msgid("setting"),
    "workspace": msgid("workspace"),
    "chain": msgid("history"),
}
_ID_LENGTH: Final = 36


def bad_row(bad: BadRow, words: Words) -> str:
    """Say where the chain breaks, and how."""
    said = words.gettext(msgid("entry {seq} is the first that does not fit: {how}"))
    return said.format(seq=bad.seq, how=label(bad.kind, words))


class History:
    """Says entries; what they name by id it looks up, once for all of them."""

    def __init__(self, work: UnitOfWork, tables: Tables, words: Words) -> None:
        self._work, self._tables, self._words = work, tables, words

    def row(self, one: Entry) -> list[str]:
        """Say one entry: number, time, who, what, to what, which fields."""
        return [
            str(one.seq),
            civil(one.at),
            self._who(one),
            self._did(one),
            self._object(one.object),
            self._changes(one),
        ]

    def _who(self, one: Entry) -> str:
        person = self._work.persons.get(one.person) if one.person else None
        name = person.name if person else one.account
        return f"{name} ({label(Means(one.means), self._words)})"

    def _did(self, one: Entry) -> str:
        usual = msgid("changed") if one.before else msgid("added")
        return self._words.gettext(_ACTIONS.get(one.action, usual))

    def _object(self, about: str) -> str:
        kind, _, id_ = about.partition(" ")
        if kind in KINDS:
            said = self._words.gettext(kind_said(kind))
            record = records_of(self._work, kind).get(id_)
            return f"{said} {name_of(record)} ({record.no})" if record else f"{said} {id_}"
        if kind == "answer":
            return self._answers.get(id_, about)
        if kind not in _OBJECTS:
            return about
        said = self._words.gettext(_OBJECTS[kind])
        if kind in ("workspace", "chain"):
            return said
        return f"{said} {self._numbers(kind).get(id_, id_)}".rstrip()

    def _numbers(self, kind: str) -> Mapping[str, str]:
        lists: dict[str, Callable[[], Iterator[Any]]] = {
            "permit": self._work.permits.all,
            "waiver": self._work.waivers.all,
            "scan": self._work.scans.all,
            "evidence": self._work.evidence.all,
            "finding": self._work.findings.all,
            "assessment": self._work.assessments.all,
            "document": self._work.documents.all,
            "form": self._work.forms.all,
        }
        if kind not in self._known:
            rows = lists[kind]() if kind in lists else iter(())
            self._known[kind] = {one.id: str(one.no) for one in rows}
        return self._known[kind]

    @cached_property
    def _known(self) -> dict[str, Mapping[str, str]]:
        return {}

    @cached_property
    def _answers(self) -> Mapping[str, str]:
        clauses = Clauses(self._work, self._tables)
        return {
            one.id: f"{self._subject(one)} {clauses.said(one.item, one.subject)}"
            for assessment in self._work.assessments.all()
            for one in self._work.answers.of(assessment.id)
        }

    def _subject(self, one: Answer) -> str:
        if isinstance(one.subject, OfUnit):
            return self._name(one.subject.unit)
        return self._name(one.subject.system)

    def _name(self, id_: str) -> str:
        for records in (self._work.persons, self._work.units, self._work.systems):
            found: Any = records.get(id_)
            if found:
                return str(found.name)
        return id_

    def _changes(self, one: Entry) -> str:
        kind = "contact" if one.action.startswith("contact.") else one.object.partition(" ")[0]
        try:
            changes = json.loads(one.changes or "{}")
        except ValueError:
            return one.changes  # a reason, in words
        if kind not in KINDS or not isinstance(changes, dict):
            return "; ".join(self._plainly(changes))
        known = titles(kind, self._words)
        return "; ".join(
            f"{known.get(path, path)}: {self._cell(kind, path, before)} → "
            f"{self._cell(kind, path, after)}"
            for path, (before, after) in changes.items()
        )

    def _plainly(self, changes: object) -> Iterator[str]:
        for value in changes.values() if isinstance(changes, dict) else [changes]:
            before, after = value if isinstance(value, list) else (None, value)
            yield f"{before} → {after}" if before else str(after)

    def _cell(self, kind: str, path: str, value: object) -> str:
        if value in (None, "", []):
            return "-"
        if isinstance(value, list):
            return ", ".join(self._cell(kind, path, one) for one in value)
        text = str(value)
        if len(text) == _ID_LENGTH:
            return self._name(text)
        record: Any = KINDS[kind]
        field = next((x for x in fields_of(record) if x.path == path), None)
        try:
            return written(field, language().read(field, text), self._words) if field else text
        except SecopsError:  # several values, or `*` for what contacts hide
            return text
