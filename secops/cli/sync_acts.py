"""The acts at a gate, each with the options that go with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from secops.cli.selection import chosen_person
from secops.errors.judging import NoReasonError
from secops.errors.sync import WaiverIncompleteError
from secops.model.answer import Verdict
from secops.model.common import NotApplicable
from secops.model.ids import Digest, ItemId, PersonId
from secops.operations.answer_item import Reply
from secops.operations.gate_looking import Place
from secops.operations.gate_writing import (
    Passing,
    answer_gate,
    pass_gate,
    reopen_gate,
    take_back,
)
from secops.operations.waive_item import Grant, waive_item
from secops.wiring.assess import Assessing, evidence_named
from secops.wiring.sync import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was typed beside the act."""

    by: PersonId | None
    options: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Give an option in words; empty where nobody typed it."""
        return self.options[name] or ""


@dataclass(frozen=True, slots=True)
class Act:
    """What it does, giving the items that it was about, and which options it takes."""

    do: Callable[[Assessing, Place, Said], Collection[ItemId]]
    takes: tuple[str, ...]


def _evidence(one: Assessing, place: Place, said: Said) -> tuple[Digest, ...]:
    about = f"system {place.system.id} {place.stage.code}"
    return tuple(evidence_named(one, name, about) for name in said.options["evidence"])


def _done(one: Assessing, place: Place, said: Said) -> Collection[ItemId]:
    evidence = _evidence(one, place, said)
    replies = [
        Reply(
            item=item,
            value=Verdict.COMPLIANT,
            by=said.by,
            note=said.text("note"),
            evidence=evidence,
        )
        for item in dict.fromkeys(_listed(said.options["done"]))
    ]
    answers = answer_gate(one.work, one.blobs, one.acting, place, replies)
    return [answer.item for answer in answers]


def _listed(typed: Collection[str]) -> list[str]:
    """Take the option several times, or several items with commas of either width."""
    return [one.strip() for one in ",".join(typed).replace("\N{FULLWIDTH COMMA}", ",").split(",")]


def _not_done(one: Assessing, place: Place, said: Said) -> Collection[ItemId]:
    reply = Reply(
        item=said.text("not_done"),
        value=Verdict.NON_COMPLIANT,
        by=said.by,
        note=said.text("note"),
    )
    return [take_back(one.work, one.blobs, one.acting, place, reply).item]


def _not_applicable(one: Assessing, place: Place, said: Said) -> Collection[ItemId]:
    reason = said.text("reason")
    if not reason.strip():
        raise NoReasonError
    reply = Reply(
        item=said.text("not_applicable"),
        value=NotApplicable(reason),
        by=said.by,
        note=said.text("note"),
        evidence=_evidence(one, place, said),
    )
    answers = answer_gate(one.work, one.blobs, one.acting, place, [reply])
    return [answer.item for answer in answers]


def _waive(one: Assessing, place: Place, said: Said) -> Collection[ItemId]:
    parts = ("leader", "reason", "measure", "until")
    missing = [f"--{name}" for name in parts if not str(said.options[name] or "").strip()]
    if missing:
        raise WaiverIncompleteError(missing=", ".join(missing))
    grant = Grant(
        item=said.text("waive"),
        leader=chosen_person(one.work, said.text("leader")),
        reason=said.text("reason"),
        measure=said.text("measure"),
        until=said.options["until"],
        today=day_of(one, None).day,
    )
    return [waive_item(one.work, one.blobs, one.acting, place, grant).item]


def _pass(one: Assessing, place: Place, said: Said) -> Collection[ItemId]:
    passing = Passing(by=said.by, when=day_of(one, None), tables=one.tables)
    pass_gate(one.work, one.blobs, one.acting, place, passing)
    return ()


def _reopen(one: Assessing, place: Place, said: Said) -> Collection[ItemId]:
    del said
    reopen_gate(one.work, one.blobs, one.acting, place)
    return ()


ACTS: Final[Mapping[str, Act]] = {
    "done": Act(_done, ("evidence", "note", "by")),
    "not_done": Act(_not_done, ("note", "by")),
    "not_applicable": Act(_not_applicable, ("evidence", "note", "reason", "by")),
    "waive": Act(_waive, ("leader", "reason", "measure", "until")),
    "pass": Act(_pass, ("by",)),
    "reopen": Act(_reopen, ()),
}
