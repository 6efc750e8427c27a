"""Bare: calamine reads every sheet of the kits, sqlite3 inserts what was filled in."""

from __future__ import annotations

import json
import sqlite3
import sys
import uuid
from hashlib import sha256
from pathlib import Path

from python_calamine import CalamineWorkbook

Row = tuple[str | int, ...]
TABLES = """
PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=1; PRAGMA secure_delete=1;
CREATE TABLE answer (id TEXT PRIMARY KEY NOT NULL, unit TEXT NOT NULL, item TEXT NOT NULL,
    revision INTEGER NOT NULL, value TEXT NOT NULL, answered_by TEXT NOT NULL, at TEXT NOT NULL,
    account TEXT NOT NULL, means TEXT NOT NULL, note TEXT NOT NULL, UNIQUE (unit, item, revision));
CREATE TABLE appointment (id TEXT PRIMARY KEY NOT NULL, unit TEXT, person TEXT, body TEXT);
CREATE TABLE history (seq INTEGER PRIMARY KEY, at TEXT, account TEXT, person TEXT, means TEXT,
    action TEXT, object TEXT, before TEXT, after TEXT, changes TEXT, previous TEXT, hash TEXT);
CREATE INDEX by_object ON history (object, seq); CREATE INDEX by_action ON history (action, seq);
"""
WHO = ("2026-01-01T00:00:00.000000Z", "me", "spreadsheet", "")


def read(path: Path) -> tuple[list[Row], Row]:
    """Read every sheet; give the answers and the post as rows."""
    book, unit = CalamineWorkbook.from_path(path), path.stem
    names = book.sheet_names
    sheets = {one: book.get_sheet_by_name(one).to_python(skip_empty_area=False) for one in names}
    _, keys, _, *lines = sheets["自查"]
    value, n = keys.index("value"), keys.index("n")
    said = [(line[0], line[value] or f"{line[n]:.0f}/{line[n + 1]:.0f}") for line in lines]
    answers = [(str(uuid.uuid4()), unit, str(i), 1, str(v), "p", *WHO) for i, v in said]
    held = sheets["岗位"][5]
    return answers, (str(uuid.uuid4()), unit, str(held[4]), str(held[5]))


def history(kind: str, rows: list[Row], made: list[Row]) -> None:
    """Add a chained history row for each row."""
    for row in rows:
        after = sha256(json.dumps(row, ensure_ascii=False).encode()).hexdigest()
        entry = (len(made) + 1, *WHO, f"{kind}.put", f"{kind} {row[0]}", "", after, "")
        previous = made[-1][-1] if made else ""
        link = sha256(f"{previous}{json.dumps(entry, ensure_ascii=False)}".encode()).hexdigest()
        made.append((*entry, previous, link))


kits, made = [read(one) for one in sorted(Path(sys.argv[1]).glob("*.xlsx"))], list[Row]()
rows, posts = [row for answers, _ in kits for row in answers], [post for _, post in kits]
history("answer", rows, made), history("appointment", posts, made)
base = sqlite3.connect(sys.argv[2], isolation_level=None)
base.executescript(TABLES + "BEGIN IMMEDIATE")
base.executemany("INSERT INTO answer VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
base.executemany("INSERT INTO appointment VALUES (?,?,?,?)", posts)
base.executemany("INSERT INTO history VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", made)
base.execute("COMMIT")
