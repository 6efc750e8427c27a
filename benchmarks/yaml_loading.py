"""Strict loading of YAML: at most 1.5 times PyYAML's C loader on the same bytes.

`inventory`: a list of systems near the bound of 500,000 values, read into checked cells.
`checklists`: every checklist, case, rule and band, cold, read into checked values; loading alone,
without loading the programs, each time in a new process. `kept`: the same, as it was kept before.

Run: `python -m benchmarks.yaml_loading [inventory|checklists|kept …] [--pairs N] [--tiny]`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.pairs import ROOT, Bound, Side, arguments, bare, compare, python, quietly

UNIT: Final = "云川市教育局"
READ: Final = """
import sys, pathlib
from secops.wiring.inventory_files import read_files
(file,) = read_files([pathlib.Path(sys.argv[1])])
names = [row.cells["name"] for row in file.rows if row.kind == "system"]
assert not file.problems
print(len(names), "of 1 file, the last", names[-1])
"""
LOAD: Final = """
import gc, os, sys, time
os.environ["SECOPS_CACHE"], os.environ["XDG_CACHE_HOME"] = sys.argv[1:]
from secops.wiring.tables import load_tables
if sys.argv[1] == "off":  # loading a program is not what is measured
    import secops.files.cases, secops.files.checklists, secops.files.regulation, secops.files.rules
gc.collect()
start = time.process_time()
tables = load_tables()
seconds = time.process_time() - start
items = [item for one in tables.library.checklists for item in one.items]
checks = sum(item.check is not None for item in items)
print(len(items), "items,", checks, "checks,", len(tables.rules.rules), "rules,", end=" ")
print(len(tables.guide.cases), "cases")
print("own seconds", seconds)
"""


def entry(number: int) -> str:
    """Give one system of some twenty values."""
    return f"""
  - name: 教务管理系统{number:06}
    kind: information_system
    stage: running
    ownership: {{operating_unit: {UNIT}}}
    grading: {{business_information: 3, system_service: 2, graded_on: 2026-03-01}}
    filing: {{state: certified, number: "43010000001-{number % 100_000:05}"}}
    business:
      description: 第{number}号系统的业务描述
      domain_names: [s{number}.school.example]
      network_nature: internet
    data: {{personal: true, people: {number % 50_000}}}"""


def inventory(folder: Path, rows: int) -> Path:
    """Write the list."""
    file = folder / "list.yaml"
    file.write_text(
        "secops: inventory\nversion: 1\nsystems:" + "".join(map(entry, range(rows))) + "\n",
        encoding="utf-8",
    )
    return file


def systems(pairs: int, *, tiny: bool) -> int:
    """Compare on one large file."""
    rows = 100 if tiny else 10_000
    with tempfile.TemporaryDirectory() as name:
        file = inventory(Path(name), rows)
        print(f"{rows} systems, {file.stat().st_size} bytes")
        ours = Side(name="strict", command=lambda _: python("-c", READ, file))
        other = Side(name="C loader", command=lambda _: bare("yaml_loading.py", "systems", file))
        return compare(ours, other, Bound(title="inventory", most=1.5, pairs=pairs), tiny=tiny)


def _tables() -> list[Path]:
    """Give all files that law and standards are in."""
    folder = ROOT / "checklists"
    editions = (path.parent for path in folder.glob("*/edition.yaml"))
    folders = [*sorted(editions), folder / "high-risk-2025", folder / "rules"]
    files = [
        *(path for one in folders for path in sorted(one.glob("**/*.yaml"))),
        folder / "regulation" / "conclusion-2025.yaml",
    ]
    print(f"{len(files)} files, {sum(one.stat().st_size for one in files)} bytes")
    return files


def checklists(pairs: int, *, tiny: bool) -> int:
    """Compare on these, cold."""
    files = _tables()
    ours = Side(name="strict", command=lambda folder: python("-c", LOAD, "off", folder))
    other = Side(name="C loader", command=lambda _: bare("yaml_loading.py", "all", *files))
    bound = Bound(title="checklists, cold", most=1.5, clock="own", pairs=pairs)
    return compare(ours, other, bound, tiny=tiny)


def kept(pairs: int, *, tiny: bool) -> int:
    """Compare on these, as an earlier run has kept them."""
    files = _tables()

    def command(folder: Path) -> Sequence[str]:
        return python("-c", LOAD, "", folder)

    def once(folder: Path) -> None:
        quietly(command(folder))

    ours = Side(name="kept", command=command, prepare=once)
    other = Side(name="C loader", command=lambda _: bare("yaml_loading.py", "all", *files))
    bound = Bound(title="checklists, kept", most=0.5, clock="own", pairs=pairs)
    return compare(ours, other, bound, tiny=tiny)


PARTS: Final = {"inventory": systems, "checklists": checklists, "kept": kept}


def main() -> int:
    """Run what is asked for, or all."""
    asked = arguments(__doc__ or "", parts=tuple(PARTS))
    pairs = asked.pairs or 7
    return max(PARTS[name](pairs, tiny=asked.tiny) for name in asked.parts or PARTS)


if __name__ == "__main__":
    raise SystemExit(main())
