"""References in files: labels that lead back to one record, and the ways to name one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from secops.errors.files import AmbiguousEntryError, UnknownEntryError

_NUMBERED: Final = re.compile(r"(?s)(.*?)\s*#([0-9]{1,9})")
_SHOWN: Final = 5
Named = tuple[str, str, int]
"""Id, name and number of a record; number 0: it has none yet."""


def _bare(name: str) -> str:
    return " ".join(name.split())


def labels(named: Iterable[Named]) -> dict[str, str]:
    """Give each record the shortest text that leads back to it: its name, or name and number."""
    records = list(named)
    times = Counter(name for _, name, _ in records)
    found: dict[str, str] = {}
    for id_, name, no in records:
        simple = times[name] == 1 and name == _bare(name) and "#" not in name
        alone = simple and not name.isdigit() and "\\" not in name
        found[id_] = name if alone else f"{_bare(name)} #{no}"
    return found


class Names:
    """The records of one kind that a reference may mean: stored ones and those of the files."""

    def __init__(self, kind: str, stored: Iterable[Named]) -> None:
        self._kind = kind
        self._by_name: dict[str, list[str]] = {}
        self._by_short: dict[str, list[str]] = {}
        self._by_no: dict[int, str] = {}
        self._numbers: dict[str, int] = {}
        self._names: dict[str, str] = {}
        for id_, name, no in stored:
            self.add(id_, name, no)

    def add(self, id: str, name: str, no: int = 0) -> None:
        """Let a name lead to a record; a record may have an old name and a new one."""
        ids = self._by_name.setdefault(name, [])
        if id not in ids:
            ids.append(id)
        if no:
            self._by_no[no] = id
            self._numbers[id] = no
        self._names.setdefault(id, name)

    def also(self, id: str, short: str) -> None:
        """Let a short name lead to a record where no full name does."""
        self._by_short.setdefault(short, []).append(id)

    def carriers(self, name: str) -> Sequence[str]:
        """Give all that a name may mean."""
        return self._by_name.get(name) or self._by_short.get(name) or ()

    def find(self, key: str, text: str) -> str:
        """Give the id. Raises UnknownEntryError and AmbiguousEntryError, without a place."""
        ids = self.carriers(text)
        if len(ids) == 1:
            return ids[0]
        found = self._by_number(text) or (text if text in self._names else "")
        if found:
            return found
        if ids:
            raise self._ambiguous(key, text, ids)
        near = ", ".join(get_close_matches(text, self._by_name, n=3, cutoff=0.5)) or "-"
        raise UnknownEntryError(key=key, kind=self._kind, found=text, near=near)

    def name(self, id: str) -> str:
        """Give what a record is called."""
        return self._names.get(id, id)

    def label(self, id: str) -> str:
        """Give what people tell a record by: its name, with its number where others share it."""
        name = self.name(id)
        shared = id in self._numbers and len(self._by_name.get(name, ())) > 1
        return f"{name} #{self._numbers[id]}" if shared else name

    def _by_number(self, text: str) -> str:
        if text.isascii() and text.isdigit() and len(text) < 10:  # noqa: PLR2004  # as _NUMBERED
            return self._by_no.get(int(text), "")
        numbered = _NUMBERED.fullmatch(text)
        id_ = self._by_no.get(int(numbered[2]), "") if numbered else ""
        if not id_ or not numbered:
            return ""
        return id_ if numbered[1] in ("", _bare(self._names[id_])) else ""

    def _ambiguous(self, key: str, text: str, ids: Sequence[str]) -> AmbiguousEntryError:
        numbers = {id_: no for no, id_ in self._by_no.items()}
        shown = [f"{text} #{numbers[id_]}" for id_ in ids if id_ in numbers]
        candidates = ", ".join(shown[:_SHOWN] + ["…"] * (len(shown) > _SHOWN)) or text
        example = shown[0] if shown else f"{text} #12"
        return AmbiguousEntryError(key=key, found=text, candidates=candidates, example=example)


def named(rows: Mapping[str, Mapping[str, object]]) -> Iterable[Named]:
    """Give what `Names` and `labels` need, from cells by id."""
    for id_, cells in rows.items():
        number = cells.get("no")
        yield id_, str(cells.get("name") or ""), number if isinstance(number, int) else 0
