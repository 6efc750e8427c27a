"""A whole workspace on PostgreSQL: made, used, saved, and restored on SQLite."""

from __future__ import annotations

from pathlib import Path

import pytest

from secops.operations.init_workspace import INSTANCE, Beginning
from secops.wiring.founding import Ground, found_workspace
from secops.wiring.keeping import restore_workspace, save_workspace
from secops.wiring.opening import open_workspace

pytestmark = pytest.mark.slow


def test_a_workspace_on_postgresql_is_restored_as_a_copy_of_its_own(
    postgresql_url: str, tmp_path: Path
) -> None:
    folder, copy = tmp_path / "w", tmp_path / "copy"
    founded = found_workspace(
        Ground(folder=folder, database=postgresql_url), Beginning(unit="某局", person="甲")
    )
    assert not (folder / "secops.db").exists()
    with open_workspace(folder) as workspace:
        digest = workspace.blobs.put(b"evidence")
        saved = save_workspace(workspace, tmp_path / "b.zip")
    restored = restore_workspace(tmp_path / "b.zip", copy)
    assert restored.former == founded.instance
    assert restored.head == saved.head
    with open_workspace(copy) as workspace, workspace.begin(reading=True) as work:
        assert list(work.units.all()) == [founded.unit]
        assert work.settings.get(INSTANCE) == restored.instance != founded.instance
        assert workspace.blobs.get(digest) == b"evidence"
        assert founded.person is not None
        assert workspace.actor.person == founded.person.id
