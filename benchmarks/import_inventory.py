"""Import of 100,000 systems with preview and history: at most 3 times bare reader and inserts.

Ours is `secops import FILE` whole; the bare side reads the same workbook by calamine and inserts
the same rows and history rows in batches.

Run: `python -m benchmarks.import_inventory [--rows N] [--pairs N] [--tiny]`.
"""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path
from typing import Final

import xlsxwriter

from benchmarks.pairs import Bound, Side, arguments, bare, compare, digest, quietly, secops

HEAD: Final = (
    "系统名称", "系统类别", "运行状态", "运营单位", "业务信息安全保护等级", "系统服务安全保护等级",
    "定级时间", "备案状态", "备案证明编号", "业务描述", "服务范围", "服务对象", "网络性质", "域名",
    "源站IP地址范围", "部署方式", "部署地点", "持有个人信息", "个人信息人数", "备注",
)  # fmt: skip
UNIT: Final = "云川市教育局"
NAMES: Final = "SELECT name, length(body) > 0 FROM system ORDER BY no"


def row(number: int) -> tuple[str, ...]:
    """Give one system of twenty cells."""
    level = str(number % 3 + 1)
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    return (
        f"教务管理系统{number:06}", "信息系统", "运行中", UNIT, level, level, "2026年3月1日",
        "已备案", f"43010000001-{number % 100_000:05}", f"第{number}号系统的业务描述", "全省",
        "社会公众人员", "互联网", f"s{number}.school.example", address, "政务云", "省政务云机房",
        "是", str(number % 50_000), "无",
    )  # fmt: skip


def workbook(path: Path, rows: int) -> Path:
    """Write the input once."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet("系统台账")
    for at, cells in enumerate([HEAD, *map(row, range(1, rows + 1))]):
        for column, cell in enumerate(cells):
            page.write_string(at, column, cell)
    book.close()
    return path


def founded(folder: Path) -> None:
    """Make an empty workspace."""
    quietly(secops("init", folder / "w", "--unit", UNIT))


def imported(database: Path) -> str:
    """Say what stands in a database: names in order, and whether each row has its history row."""
    with sqlite3.connect(database) as base:
        names = base.execute(NAMES).fetchall()
        objects = "SELECT count(DISTINCT object) FROM {} WHERE object LIKE 'system %'"
        tables = [one for (one,) in base.execute("SELECT name FROM sqlite_master")]
        chain = "chain" if "chain" in tables else "history"
        (entries,) = base.execute(objects.format(chain)).fetchone()
    return f"{len(names)} rows, {entries} history rows, names {digest(str(names))}"


def ours(source: Path) -> Side:
    """Import by the command that a user types."""
    return Side(
        name="secops import",
        command=lambda folder: secops("-C", folder / "w", "import", source),
        prepare=founded,
        result=lambda folder, _: imported(folder / "w" / "secops.db"),
    )


def main() -> int:
    """Measure and say the figure."""
    asked = arguments(__doc__ or "", rows=100_000)
    rows = 300 if asked.tiny else asked.rows
    with tempfile.TemporaryDirectory() as name:
        source = workbook(Path(name) / "systems.xlsx", rows)
        print(f"{rows} systems of {len(HEAD)} cells, {source.stat().st_size} bytes")
        other = Side(
            name="bare reader and inserts",
            command=lambda folder: bare("import_inventory.py", source, folder / "bare.db"),
            result=lambda folder, _: imported(folder / "bare.db"),
        )
        bound = Bound(title="import with preview and history", most=3, pairs=asked.pairs or 5)
        return compare(ours(source), other, bound, tiny=asked.tiny)


if __name__ == "__main__":
    raise SystemExit(main())
