"""Builds readers and writers of inventory files from the recognition table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from secops.contracts.inventory_files import InventoryFile, WriteInventory
from secops.contracts.world import Acting
from secops.errors import SecopsError
from secops.files.inventory_files import FORMATS, read_inventory
from secops.files.inventory_json import write_json
from secops.files.inventory_map import load_map
from secops.files.inventory_xlsx_out import XlsxWriter
from secops.files.inventory_yaml import write_yaml
from secops.model.ids import Digest
from secops.operations.export_inventory import Exported, export_inventory
from secops.operations.import_inventory import ImportSettings, import_inventory
from secops.operations.import_plan import ImportPlan, OnConflict
from secops.settings.data import data_folder
from secops.wiring.collector import collector_at_rest
from secops.wiring.inventory_words import name_words, recognition
from secops.wiring.today import today
from secops.wiring.workspace import Workspace

IN_FORMATS: Final = FORMATS
OUT_FORMATS: Final = ("yaml", "xlsx", "json")


def read_files(
    paths: Sequence[Path], map_file: Path | None = None, stated: str = ""
) -> tuple[InventoryFile, ...]:
    """Read files by their content, or all as the stated format."""
    words = recognition()
    maps = load_map(map_file, words) if map_file else ()
    with collector_at_rest():
        return tuple(read_inventory(path, words, maps, stated) for path in paths)


def import_files(
    workspace: Workspace, files: Sequence[InventoryFile], on_conflict: OnConflict, *, dry_run: bool
) -> ImportPlan:
    """Take files over into the workspace, all or nothing."""
    acting = Acting(actor=workspace.actor, now=workspace.now, new_id=workspace.new_id)
    settings = ImportSettings(
        dry_run=dry_run, on_conflict=on_conflict, today=today(workspace), names=name_words()
    )
    with collector_at_rest():
        return import_inventory(workspace.begin, workspace.blobs, acting, files, settings)


def was_exported(workspace: Workspace, path: Path) -> bool:
    """Whether a file is an export of this workspace, which a newer one may replace."""
    if not path.is_file():
        return False
    try:
        if path.suffix == ".json":
            found = {str(json.loads(path.read_bytes()).get("revision", ""))}
        else:
            found = {row.revision for file in read_files([path]) for row in file.rows}
    except (SecopsError, ValueError, AttributeError, RecursionError, OSError):
        return False
    return bool(found) and all(one and workspace.blobs.has(Digest(one)) for one in found)


def _export_head() -> str:
    """Give the rules of editing, which stand at the head of an exported YAML file."""
    return (data_folder("inventory") / "export-head.yaml").read_text(encoding="utf-8")


def export_as(workspace: Workspace, form: str, path: Path) -> Exported:
    """Write the whole inventory as one of `OUT_FORMATS`; `path` is named where it cannot be."""
    writers: dict[str, WriteInventory] = {
        "yaml": partial(write_yaml, head=_export_head()),
        "xlsx": XlsxWriter(recognition()),
        "json": write_json,
    }
    begin, blobs, actor = workspace.begin, workspace.blobs, workspace.actor
    return export_inventory(begin, blobs, actor, writers[form], path)
