"""What changed between two bodies, cell by cell, and how to undo it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from secops.model.history import canonical


def changes_between(old: str, new: str) -> str:
    """Give `{path: [before, after]}` as canonical JSON; null: the cell was empty."""
    was, now = json.loads(old), json.loads(new)
    paths = was.keys() | now.keys()
    return canonical(
        {path: [was.get(path), now.get(path)] for path in paths if was.get(path) != now.get(path)}
    )


def undo_all(body: str, later: Sequence[str]) -> str | None:
    """Undo changes, the newest first; an empty one is the birth: before it there was nothing."""
    if not later:
        return body
    cells = json.loads(body)
    for changes in later:
        if not changes:
            return None
        for path, (before, _) in json.loads(changes).items():
            cells[path] = before
    return canonical({path: value for path, value in cells.items() if value is not None})


def masked(old: str | None, new: str) -> str:
    """Say which contact cells were set, changed or erased; never a value."""
    was, now = json.loads(old or "{}"), json.loads(new)
    paths = (was.keys() | now.keys()) - {"id"}
    return canonical(
        {
            path: ["*" if path in was else None, "*" if path in now else None]
            for path in paths
            if was.get(path) != now.get(path)
        }
    )
