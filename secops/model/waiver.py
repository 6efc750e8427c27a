"""豁免: a leader lets a system pass a gate without an item, for a while, under a measure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from secops.errors import WrongValueError, msgid
from secops.model.ids import ItemId, PersonId, SystemId, WaiverId


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Never edited: a longer one is a new one. Whether it is in force is a question of the day."""

    id: WaiverId
    no: int
    system: SystemId
    item: ItemId
    leader: PersonId
    post: str  # the leader's post on the day it was granted, as the code of `Post`
    reason: str
    measure: str  # what stands in for the item meanwhile
    until: date  # the last day that it holds
    granted_at: datetime

    def __post_init__(self) -> None:
        for key in ("reason", "measure"):
            if not getattr(self, key).strip():
                raise WrongValueError(key=key, wanted=msgid("stated in words"), found="")

    def holds_on(self, day: date) -> bool:
        """Whether it still holds; the day after its last one it does not."""
        return day <= self.until
