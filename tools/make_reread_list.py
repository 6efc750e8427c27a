"""Writes docs/reference/gbt22239-reread.md: clauses drawn by a fixed seed, and what was found.

What was found is written into the page by hand, in the last two cells of a line. It belongs to
the wording that was read: a line whose other cells have changed is to be read again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from secops.model.checklist import AtLevel, Checklist, Item

ROOT: Final = Path(__file__).parents[1]
TARGET: Final = ROOT / "docs" / "reference" / "gbt22239-reread.md"
FOLDER: Final = ROOT / "checklists" / "gbt22239-2019"
SEED: Final = "GB/T 22239-2019"
EACH: Final = 3
UNREAD: Final = "| to be read | |"
HEAD: Final = """# GB/T 22239-2019: clauses read again

Drawn by `tools/make_reread_list.py` with a fixed seed: of each domain and level, the general
requirements and the four extensions together, three clauses, or all where there are fewer.
Each was read by eye against the notes that the checklist was written from: a clause list made
from a transcript of the whole standard and two other lists, the S/A/G marks of its Annex A, and
the units of GB/T 28448-2019. The printed standard itself was not at hand.

*agrees*: clause, level, part, domain, wording, attribute and unit are those of the notes, the
wording changes where they say that the level changes it, and the unit's number follows those
before it. Confidence is that of the clause, then that of the unit's number: H from two sources
that agree, M from one, L inferred.

On 2026-11-25 all 942 clauses were also compared with the notes by program. One name differed:
the control point of 7.1.3.4 is called by its name of levels 3 and 4, which is a longer one.

The last two cells are written by hand. A line that changes in any other cell loses them, and
a test fails until it is read again.
"""
COLUMNS: Final = "| clause | domain | item | wording | S/A/G | unit | confidence | found | on |\n"


def drawn(checklist: Checklist, level: int) -> Iterator[tuple[Item, AtLevel]]:
    """Draw the clauses of a level: as the digests of seed and clause fall, domain by domain."""
    found = [(item, at) for item in checklist.items for at in item.at if at.level == level]
    for domain in checklist.domains:
        own = [one for one in found if one[0].domain == domain]
        chosen = sorted(own, key=lambda one: _lot(str(one[1].clause)))[:EACH]
        yield from (one for one in own if one in chosen)


def _lot(clause: str) -> str:
    return sha256(f"{SEED} {clause}".encode()).hexdigest()


def reference(checklist: Checklist, page: str) -> str:
    """Write the page, keeping what the one before it says of lines that are still the same."""
    known = dict(_read_before(page))
    parts = [HEAD]
    for level in checklist.levels:
        parts += [f"\n## Level {level:d}\n\n", COLUMNS, "|" + "---|" * 9 + "\n"]
        for item, at in drawn(checklist, level):
            line = _line(item, at)
            parts.append(f"{line} {known.get(line, UNREAD)}\n")
    return "".join(parts)


def _line(item: Item, at: AtLevel) -> str:
    confidence = f"{item.confidence.value}, {at.unit_confidence.value}"
    cells = (at.clause, item.domain.title, item.id, at.gist, at.attribute.value, at.unit_id)
    return f"| {' | '.join(map(str, cells))} | {confidence}"


def _read_before(page: str) -> Iterator[tuple[str, str]]:
    for line in page.splitlines():
        if line.startswith("| ") and line.endswith("|"):
            *cells, found, on, _ = line.split("|")
            yield "|".join(cells).rstrip(), f"|{found}|{on}|"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from secops.files.checklists import load_checklist

    before = TARGET.read_text(encoding="utf-8") if TARGET.exists() else ""
    TARGET.write_text(reference(load_checklist(FOLDER), before), encoding="utf-8")
