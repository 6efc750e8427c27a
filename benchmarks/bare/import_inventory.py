"""The bare side: calamine reads the workbook, sqlite3 inserts rows and history rows in batches."""

from __future__ import annotations

import json
import sqlite3
import sys
import time
import uuid
from hashlib import sha256
from pathlib import Path

from python_calamine import CalamineWorkbook

Row = tuple[str, int, str, str, str]


def read(path: Path) -> list[Row]:
    """Give id, number, name, unit and body of each row."""
    head, *lines = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    names = [str(one) for one in head]
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        cells = {name: str(cell) for name, cell in zip(names, line, strict=True) if cell != ""}
        body = json.dumps(cells, ensure_ascii=False, sort_keys=True)
        rows.append((str(uuid.uuid4()), number, str(line[0]), str(line[3]), body))
    return rows


def main() -> None:
    """Read, insert both tables in one transaction, print seconds, rows and a digest."""
    start = time.perf_counter()
    rows = read(Path(sys.argv[1]))
    base = sqlite3.connect(sys.argv[2], isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    columns = "id TEXT PRIMARY KEY, no INT UNIQUE, name TEXT, unit TEXT, body TEXT"
    base.execute(f"CREATE TABLE system ({columns})")
    base.execute("CREATE INDEX by_name ON system (name)")
    base.execute("CREATE INDEX by_unit ON system (unit)")
    base.execute(
        "CREATE TABLE history (seq INTEGER PRIMARY KEY, at TEXT, account TEXT, person TEXT,"
        " means TEXT, action TEXT, object TEXT, before TEXT, after TEXT, changes TEXT,"
        " prev TEXT, hash TEXT)"
    )
    base.execute("CREATE INDEX by_object ON history (object)")
    base.execute("BEGIN")
    base.executemany("INSERT INTO system VALUES (?, ?, ?, ?, ?)", rows)
    history, previous = [], ""
    for id_, number, _, _, body in rows:
        after = sha256(body.encode()).hexdigest()
        entry = (
            number,
            "2026-01-01T00:00:00Z",
            "me",
            "",
            "declared",
            "system.put",
            f"system {id_}",
        )
        link = sha256(f"{previous}{json.dumps([*entry, after])}".encode()).hexdigest()
        history.append((*entry, "", after, "", previous, link))
        previous = link
    base.executemany("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", history)
    base.execute("COMMIT")
    seconds = time.perf_counter() - start
    digest = sha256(str([row[2] for row in rows]).encode()).hexdigest()[:16]
    print(f"{seconds:.3f} {len(rows)} {digest}")


if __name__ == "__main__":
    main()
