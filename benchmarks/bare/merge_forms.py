"""Bare: calamine reads the workbooks, sqlite3 inserts the same answers and history rows."""

from __future__ import annotations

import json
import sqlite3
import sys
import uuid
from hashlib import sha256

from python_calamine import CalamineWorkbook

Row = tuple[str | int, ...]
TABLES = """
PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=1; PRAGMA secure_delete=1;
CREATE TABLE answer (id TEXT PRIMARY KEY NOT NULL, assessment TEXT NOT NULL, item TEXT NOT NULL,
    unit TEXT NOT NULL, system TEXT NOT NULL, component TEXT NOT NULL, revision INTEGER NOT NULL,
    value_kind TEXT NOT NULL, value TEXT NOT NULL, answered_by TEXT NOT NULL, account TEXT NOT NULL,
    person TEXT NOT NULL, means TEXT NOT NULL, recorded_at TEXT NOT NULL, note TEXT NOT NULL,
    evidence TEXT, suggestion TEXT, UNIQUE (assessment, item, component, revision));
CREATE TABLE history (seq INTEGER PRIMARY KEY, at TEXT, account TEXT, person TEXT, means TEXT,
    action TEXT, object TEXT, before TEXT, after TEXT, changes TEXT, previous TEXT, hash TEXT);
CREATE INDEX by_object ON history (object, seq); CREATE INDEX by_action ON history (action, seq);
"""
AT, WHO = "2026-01-01T00:00:00.000000Z", ("me", "p", "spreadsheet")
CODES = {"符合": "compliant", "部分符合": "partially_compliant", "不符合": "non_compliant"}


def read(path: str) -> list[Row]:
    """Give the answers of one workbook."""
    book, rows = CalamineWorkbook.from_path(path), list[Row]()
    for name in book.sheet_names[1:-1]:
        _, keys, _, *lines = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        value, note = keys.index("value"), keys.index("note")
        for line in lines:
            if line[value]:
                said = (CODES[str(line[value])], "p", *WHO, AT, str(line[note]), "[]", "")
                about = (path, str(line[0]), "", path, "", 1, "verdict")
                rows.append((str(uuid.uuid4()), *about, *said))
    return rows


def history(rows: list[Row]) -> list[Row]:
    """Give a chained history row for each answer."""
    made, previous = list[Row](), ""
    for seq, row in enumerate(rows, 1):
        after = sha256(json.dumps(row, ensure_ascii=False).encode()).hexdigest()
        entry = (seq, AT, *WHO, "answer.put", f"answer {row[0]}", "", after, "")
        link = sha256(f"{previous}{json.dumps(entry, ensure_ascii=False)}".encode()).hexdigest()
        made.append((*entry, previous, link))
        previous = link
    return made


rows = [row for path in sys.argv[2:] for row in read(path)]
base = sqlite3.connect(sys.argv[1], isolation_level=None)
base.executescript(f"{TABLES}BEGIN IMMEDIATE;")
base.executemany("INSERT INTO answer VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", rows)
base.executemany("INSERT INTO history VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", history(rows))
base.execute("COMMIT")
