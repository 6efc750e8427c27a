"""First page of 100,000 systems: at most 3 times the bare query, in one warm process.

Ours is the operation behind `secops system list` with its reading transaction; the bare side asks
sqlite3 for the same columns of the same rows, in a transaction too.

Run: `python -m benchmarks.list_page [--rows N] [--pairs N] [--tiny]`.
"""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.import_inventory import UNIT, workbook
from benchmarks.pairs import arguments, digest, quietly, secops
from benchmarks.warm import compare_warm
from secops.judging.inventory_coverage import Reach
from secops.operations.list_systems import Wanted, list_systems
from secops.wiring.opening import open_workspace

PAGE: Final = 50
CELLS: Final = (
    "kind", "stage", "retired_on", "grading.business_information", "grading.system_service",
    "grading.not_applicable", "filing.state", "filing.level", "filing.number",
    *(f"ownership.{role}.{cell}" for role in ("supervises", "maintains", "uses")
      for cell in ("unit", "person", "post")),
)  # fmt: skip
QUERY: Final = (
    "SELECT s.no, s.name, s.unit, "  # noqa: S608  # our own names
    + ", ".join(f"""json_extract(s.body, '$."{one}"')""" for one in CELLS)
    + " FROM system s WHERE s.no > 0 AND json_extract(s.body, '$.retired_on') IS NULL"
    + f" ORDER BY s.no LIMIT {PAGE + 1}"
)


def no_reach() -> Reach:
    """Nothing lacking is asked for."""
    raise AssertionError


def main() -> int:
    """Fill a workspace, then measure both sides here."""
    asked = arguments(__doc__ or "", rows=100_000)
    rows = 300 if asked.tiny else asked.rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "w"
        quietly(secops("init", folder, "--unit", UNIT))
        file = workbook(Path(name) / "systems.xlsx", rows)
        quietly(secops("-C", folder, "import", file))
        base = sqlite3.connect(folder / "secops.db", isolation_level=None)
        with open_workspace(folder) as workspace:

            def ours() -> list[str]:
                with workspace.begin(reading=True) as work:
                    page = list_systems(work, Wanted(), no_reach, after=0, most=PAGE)
                return [one.name for one in page.systems]

            def bare() -> list[str]:
                base.execute("BEGIN")
                found = base.execute(QUERY).fetchall()
                base.execute("COMMIT")
                return [str(row[1]) for row in found[:PAGE]]

            print(f"first {PAGE} of {rows} systems: at most 3 times the bare query")
            print(f"  ours: {len(ours())} names, {digest(str(ours()))}")
            print(f"  bare: {len(bare())} names, {digest(str(bare()))}")
            code = compare_warm(ours, bare, 3, 1 if asked.tiny else asked.pairs or 15)
        base.close()
    return code


if __name__ == "__main__":
    raise SystemExit(main())
