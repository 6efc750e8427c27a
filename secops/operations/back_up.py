"""Save a workspace while it is in use; its own entry is written first, so that the copy has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from secops.contracts.store import Begin
from secops.contracts.world import Acting
from secops.model.history import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a backup holds."""

    files: int
    size: int
    head: Head  # of the history in the copy or a little before: to keep elsewhere


def back_up(begin: Begin, acting: Acting, save: Callable[[], tuple[int, int]]) -> Saved:
    """Note it, then save: `save` gives the number of files and bytes."""
    with begin() as work:
        work.chain.note(acting.actor, "workspace.backup", "workspace")
        head = work.chain.head()
        work.commit()
    files, size = save()
    return Saved(files=files, size=size, head=head)
