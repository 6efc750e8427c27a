"""All checklists that are at hand: those that come with the program and a workspace's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from secops.errors import SecopsError
from secops.errors.judging import UnknownChecklistError
from secops.model.checklist import Checklist, Item
from secops.model.ids import ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A folder of a workspace that is no sound edition; `pack` is what it seems to be of."""

    folder: str
    pack: str
    error: SecopsError


@dataclass(frozen=True, slots=True)
class Library:
    """Editions side by side; which of them is in force is a question of the day.

    A workspace's own edition that is not sound is no reason to refuse the others: only who asks
    for its pack meets its mistakes, since an older edition must not stand in for it.
    """

    checklists: tuple[Checklist, ...]
    unread: tuple[Unread, ...] = ()

    def editions(self, pack: str) -> tuple[Checklist, ...]:
        """Give the editions of a pack, the oldest first."""
        found = (one for one in self.checklists if one.pack == pack)
        return tuple(sorted(found, key=lambda one: (one.in_force, one.folder)))

    def in_force(self, pack: str, today: date) -> Checklist:
        """Give the newest edition in force; raises UnknownChecklistError, what is unsound."""
        for one in self.unread:
            if pack == one.pack:
                raise one.error
        found = [one for one in self.editions(pack) if one.in_force <= today]
        if not found:
            raise UnknownChecklistError(checklist=pack, choices=self._choices())
        return found[-1]

    def named(self, text: str, today: date) -> Checklist:
        """Find `pack`, the edition in force, or `pack@folder`; raises as `in_force` does."""
        pack, _, folder = text.partition("@")
        if not folder:
            return self.in_force(pack, today)
        for one in self.editions(pack):
            if one.folder == folder:
                return one
        for other in self.unread:
            if other.folder == folder:
                raise other.error
        raise UnknownChecklistError(checklist=text, choices=self._choices())

    def items(self) -> dict[ItemId, Item]:
        """Give every item by its id, as its newest edition words it."""
        ordered = sorted(self.checklists, key=lambda one: (one.in_force, one.folder))
        return {item.id: item for one in ordered for item in one.items}

    def _choices(self) -> str:
        return _listed(f"{one.pack}@{one.folder}" for one in self.checklists)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
