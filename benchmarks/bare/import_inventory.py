"""Bare: calamine reads the workbook, sqlite3 inserts the same rows and history rows."""

from __future__ import annotations

import json
import sqlite3
import sys
import uuid
from hashlib import sha256

from python_calamine import CalamineWorkbook

Row = tuple[str, int, str, str, str]
TABLES = """
PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=1; PRAGMA secure_delete=1;
CREATE TABLE unit (id TEXT PRIMARY KEY); INSERT INTO unit VALUES ('u');
CREATE TABLE system (id TEXT PRIMARY KEY NOT NULL, no INTEGER NOT NULL UNIQUE, name TEXT NOT NULL,
    unit TEXT NOT NULL REFERENCES unit DEFERRABLE INITIALLY DEFERRED, body TEXT NOT NULL);
CREATE INDEX by_name ON system (name); CREATE INDEX by_unit ON system (unit);
CREATE TABLE history (seq INTEGER PRIMARY KEY, at TEXT, account TEXT, person TEXT, means TEXT,
    action TEXT, object TEXT, before TEXT, after TEXT, changes TEXT, previous TEXT, hash TEXT);
CREATE INDEX by_object ON history (object, seq); CREATE INDEX by_action ON history (action, seq);
"""
WHO = ("2026-01-01T00:00:00.000000Z", "me", "", "declared", "system.put")


def read(path: str) -> list[Row]:
    """Give id, number, name, unit and body of each row."""
    head, *lines = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    names = [str(one) for one in head]
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        cells = {name: str(cell) for name, cell in zip(names, line, strict=True) if cell != ""}
        body = json.dumps(cells, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        rows.append((str(uuid.uuid4()), number, str(line[0]), "u", body))
    return rows


def history(rows: list[Row]) -> list[tuple[str | int, ...]]:
    """Give a chained history row for each row."""
    made: list[tuple[str | int, ...]] = []
    previous = ""
    for id_, number, _, _, body in rows:
        after = sha256(body.encode()).hexdigest()
        entry = (number, *WHO, f"system {id_}", "", after, "")
        link = sha256(f"{previous}{json.dumps(entry, ensure_ascii=False)}".encode()).hexdigest()
        made.append((*entry, previous, link))
        previous = link
    return made


rows = read(sys.argv[1])
base = sqlite3.connect(sys.argv[2], isolation_level=None)
base.executescript(TABLES)
base.execute("BEGIN IMMEDIATE")
base.executemany("INSERT INTO system VALUES (?, ?, ?, ?, ?)", rows)
base.executemany("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", history(rows))
base.execute("COMMIT")
