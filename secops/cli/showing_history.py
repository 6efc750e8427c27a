"""Entries and breaks of the chain in words."""

from __future__ import annotations

from secops.contracts.words import Words, label
from secops.errors import msgid
from secops.model.history import BadRow, Entry


def bad_row(bad: BadRow, words: Words) -> str:
    """Say where the chain breaks, and how."""
    said = words.gettext(msgid("entry {seq} is the first that does not fit: {how}"))
    return said.format(seq=bad.seq, how=label(bad.kind, words))


def entry_line(one: Entry, name: str) -> str:
    """Say one entry on one line."""
    when = one.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    who = f"{one.account} ({one.means})"
    return f"{one.seq}  {when}  {who}  {one.action}  {name}  {one.changes}".rstrip()
