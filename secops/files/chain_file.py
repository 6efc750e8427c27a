"""The exported chain: first line the head, then one entry a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from secops.errors import InputError, Where, msgid
from secops.files.atomic import written_atomically
from secops.files.whole_file import beginning_of
from secops.model.history import Head

_LONGEST_HEAD: Final = 4096


class BadHeadError(InputError):
    """The file does not begin with an exported head."""

    code = "audit.bad-head"
    what = msgid("this is no exported head of a chain")
    mend = msgid("take a file that was written by: secops audit export")


def write_chain(path: Path, lines: Iterable[str]) -> int:
    """Write the lines, whole or not at all; give the number of entries."""
    written = 0
    with written_atomically(path) as stream:
        for line in lines:
            stream.write(line.encode() + b"\n")
            written += 1
    return written - 1


def read_head(path: Path) -> Head:
    """Read the head from the first line."""
    line = beginning_of(path, _LONGEST_HEAD).partition(b"\n")[0]
    try:
        found = json.loads(line)
        seq, hash_, at = found["seq"], found["hash"], found["at"]
        return Head(seq=int(seq), hash=str(hash_), at=datetime.fromisoformat(at) if at else None)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise BadHeadError(where=Where(path, 1, 1)) from error


def read_entries(path: Path) -> Iterator[str]:
    """Read the lines behind the head, one after another, as they stand."""
    with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        next(file, None)
        yield from (line.rstrip("\n") for line in file)
