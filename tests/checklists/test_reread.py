"""The clauses that were read again: drawn by the seed, quoted as they are now, none left unread."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from secops.files.checklists import load_checklist
from secops.model.common import SecurityLevel
from tools.make_reread_list import EACH, FOLDER, TARGET, UNREAD, drawn, reference

CHECKLIST = load_checklist(FOLDER)
PAGE = TARGET.read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and " gb22239/" in line]


def test_the_page_is_what_the_seed_draws_in_the_present_wording() -> None:
    assert reference(CHECKLIST, PAGE) == PAGE, "run tools/make_reread_list.py, read, write it down"


def test_every_line_says_what_was_found_and_when() -> None:
    assert not [row for row in ROWS if not re.search(r"\| \S[^|]* \| \d{4}-\d\d-\d\d \|$", row)]


@pytest.mark.parametrize("level", CHECKLIST.levels)
def test_three_clauses_are_drawn_of_every_domain_that_has_them(level: SecurityLevel) -> None:
    there = Counter(
        item.domain.code for item in CHECKLIST.items for at in item.at if at.level is level
    )
    found = Counter(item.domain.code for item, _ in drawn(CHECKLIST, level))
    assert found == {domain: min(EACH, n) for domain, n in there.items()}


def test_all_parts_are_among_what_is_drawn() -> None:
    parts = {item.part for level in CHECKLIST.levels for item, _ in drawn(CHECKLIST, level)}
    assert parts == set(CHECKLIST.parts)


def test_a_line_that_changed_is_to_be_read_again() -> None:
    assert UNREAD not in PAGE
    old = ROWS[0]
    gist = old.split(" | ")[3]
    changed = reference(CHECKLIST, PAGE.replace(gist, gist[:-1]))
    (line,) = [row for row in changed.splitlines() if row.startswith(old.split(" | ")[0] + " |")]
    assert line.endswith(UNREAD)
