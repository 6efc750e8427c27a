"""Import of 100,000 systems with preview and history, against the bare reader and bare inserts.

Run: `.venv/bin/python benchmarks/import_inventory.py [ROWS] [PAIRS]`. The target is a ratio of 3.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import Final

import xlsxwriter

from secops.operations.import_plan import OnConflict
from secops.wiring.inventory_files import import_files, read_files
from secops.wiring.opening import open_workspace

BARE: Final = Path(__file__).parent / "bare" / "import_inventory.py"
HEAD: Final = (
    "系统名称", "系统类别", "运行状态", "运营单位", "业务信息安全保护等级", "系统服务安全保护等级",
    "定级时间", "备案状态", "备案证明编号", "业务描述", "服务范围", "服务对象", "网络性质", "域名",
    "源站IP地址范围", "部署方式", "部署地点", "持有个人信息", "个人信息人数", "备注",
)  # fmt: skip
UNIT: Final = "云川市教育局"


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


def workbook(path: Path, rows: int) -> None:
    """Write the input once."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet("系统台账")
    for at, cells in enumerate([HEAD, *map(row, range(1, rows + 1))]):
        for column, cell in enumerate(cells):
            page.write_string(at, column, cell)
    book.close()


def ours(source: Path, folder: Path) -> tuple[float, int, str]:
    """Import in a process of its own; give seconds, rows and a digest of the names."""
    made = [sys.executable, "-m", "secops", "init", str(folder), "--unit", UNIT]
    subprocess.run(made, check=True, capture_output=True)  # noqa: S603  # our own command
    with open_workspace(folder) as workspace:
        start = time.perf_counter()
        files = read_files([source])
        plan = import_files(workspace, files, OnConflict.REFUSE, dry_run=False)
        seconds = time.perf_counter() - start
    names = [one.name for one in plan.added]
    return seconds, len(names), sha256(str(names).encode()).hexdigest()[:16]


def bare(source: Path, folder: Path) -> tuple[float, int, str]:
    """Run the bare side."""
    command = [sys.executable, str(BARE), str(source), str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # as above
    seconds, rows, digest = done.stdout.split()
    return float(seconds), int(rows), digest


def main() -> None:
    """Alternate the sides; print each pair and the median ratio."""
    rows, pairs = ([int(one) for one in sys.argv[1:3]] + [100_000, 5])[:2]
    if len(sys.argv) == 2:  # noqa: PLR2004  # rows only
        pairs = 5
    ratios = []
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "systems.xlsx"
        workbook(source, rows)
        for number in range(pairs):
            b = bare(source, Path(name) / f"bare{number}.db")
            o = ours(source, Path(name) / f"workspace{number}")
            ratios.append(o[0] / b[0])
            print(f"bare {b}  ours {o}  ratio {ratios[-1]:.2f}")
    print(f"median ratio {statistics.median(ratios):.2f} of {pairs} pairs, {rows} rows")


if __name__ == "__main__":
    main()
