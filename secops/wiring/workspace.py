"""What `-C DIR` opens: the store, the blobs, the clock, and who acts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from secops.contracts.store import Begin, Blobs
from secops.contracts.world import Acting, NewId, Now
from secops.model.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """An open workspace; operations get its parts as arguments."""

    path: Path
    begin: Begin
    blobs: Blobs
    now: Now
    new_id: NewId
    actor: Actor

    @property
    def acting(self) -> Acting:
        """Who acts, with the workspace's clock and ids."""
        return Acting(actor=self.actor, now=self.now, new_id=self.new_id)
