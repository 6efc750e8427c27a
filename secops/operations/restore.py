"""A restored copy becomes a workspace of its own: proved, then given a new instance id."""

from __future__ import annotations

from dataclasses import dataclass

from secops.contracts.store import UnitOfWork
from secops.contracts.world import Acting
from secops.errors.store import BadBackupError
from secops.model.history import Head
from secops.operations.audit_chain import verify_chain
from secops.operations.init_workspace import INSTANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """Which copy it is now, and where its history stood when it was saved."""

    instance: str
    former: str
    head: Head


def adopt_copy(work: UnitOfWork, acting: Acting) -> Restored:
    """Prove the history, then name the copy anew: two copies never count as one.

    Raises BadBackupError when the history or a record does not fit.
    """
    proved = verify_chain(work)
    if not proved.good:
        first = str(proved.bad.seq) if proved.bad else proved.strays[0]
        raise BadBackupError(problem=first)
    former = work.settings.get(INSTANCE) or ""
    instance = acting.new_id()
    work.chain.note(acting.actor, "workspace.restore", f"workspace {former}")
    work.settings.put(acting.actor, INSTANCE, instance)
    work.commit()
    return Restored(instance=instance, former=former, head=proved.head)
