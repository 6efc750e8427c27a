"""Entries and breaks of the chain in words."""

from __future__ import annotations

from secops.contracts.words import Words
from secops.errors import msgid
from secops.model.history import BadRow, Break, Entry

_BREAKS = {
    Break.GAP: msgid("entry {seq} is missing: entries were removed or moved"),
    Break.PREVIOUS: msgid("entry {seq} does not follow the one before it"),
    Break.CONTENT: msgid("entry {seq} was altered"),
    Break.CUT: msgid("the end is cut off: entry {seq} and later ones are missing"),
    Break.OTHER_HEAD: msgid("entry {seq} is not the exported one: the chain was made anew"),
}


def bad_row(bad: BadRow, words: Words) -> str:
    """Say where the chain breaks, and how."""
    return words.gettext(_BREAKS[bad.kind]).format(seq=bad.seq)


def entry_line(one: Entry) -> str:
    """Say one entry on one line."""
    when = one.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    who = f"{one.account} ({one.means})"
    return f"{one.seq}  {when}  {who}  {one.action}  {one.object}  {one.changes}".rstrip()
