"""`secops.toml`: where the database is and who acts here by default. Read strictly."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from secops.errors import InFile, InputError, UnknownKeyError, WrongValueError, msgid
from secops.files.atomic import write_atomically
from secops.guards.hosts import port_ranges

NAME: Final = "secops.toml"
DATABASE: Final = "sqlite:///secops.db"


class BadTomlError(InputError):
    """The file is no TOML."""

    code = "toml.unreadable"
    what = msgid("this is no TOML: {problem}")
    mend = msgid("correct the line; text stands in quotes")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceFile:
    """What `secops.toml` says."""

    database: str = DATABASE  # a relative SQLite path starts at the workspace
    person: str = ""  # who acts where --as names nobody: a number, id or name
    plugins: tuple[str, ...] = ()  # scanners of others that may be loaded, by entry point
    ports: tuple[int, ...] = ()  # tried on hosts whose ports nobody listed; empty: the common ones
    roots: tuple[str, ...] = ()  # PEM files of the unit's own certificate authorities


def read_workspace_file(path: Path) -> WorkspaceFile:
    """Read it; an unknown key, a wrong kind or a password in the address is refused."""
    place = InFile(path)
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadTomlError(where=place, problem=str(error)) from error
    actor = document.pop("actor", {})
    if not isinstance(actor, dict):
        raise WrongValueError(where=place, key="actor", wanted=msgid("a table"), found=str(actor))
    database = _text(document, "database", DATABASE, place)
    person = _text(actor, "person", "", place)
    plugins = _texts(document, "plugins", place)
    roots = _texts(document, "roots", place)
    ports = _ports(document, place)
    for key in (*document, *(f"actor.{one}" for one in actor)):
        raise UnknownKeyError(where=place, key=key)
    refuse_password(database, place)
    return WorkspaceFile(
        database=database, person=person, plugins=plugins, ports=ports, roots=roots
    )


def _text(table: dict[str, object], key: str, default: str, place: InFile) -> str:
    found = table.pop(key, default)
    if not isinstance(found, str):
        raise WrongValueError(where=place, key=key, wanted=msgid("text"), found=str(found))
    return found


def _texts(table: dict[str, object], key: str, place: InFile) -> tuple[str, ...]:
    found = table.pop(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise WrongValueError(
            where=place, key=key, wanted=msgid("a list of names"), found=str(found)
        )
    return tuple(found)


def _ports(table: dict[str, object], place: InFile) -> tuple[int, ...]:
    text, found = _text(table, "ports", "", place), set[int]()
    for one in port_ranges(text.replace(",", " ").split()):
        if isinstance(one, str):
            wanted = msgid("ports such as 22,80,8000-8100")
            raise WrongValueError(where=place, key="ports", wanted=wanted, found=one)
        found.update(range(one[0], one[1] + 1))
    return tuple(sorted(found))


def refuse_password(database: str, place: InFile) -> None:
    """Raise WrongValueError for an address with a password: it would stand in a plain file."""
    account = database.partition("://")[2].rpartition("@")[0]
    if ":" in account or "password=" in database:
        raise WrongValueError(
            where=place,
            key="database",
            wanted=msgid("an address without a password (keep that in ~/.pgpass)"),
            found="***",
        )


def write_workspace_file(path: Path, said: WorkspaceFile) -> None:
    """Write it, whole or not at all."""
    lines = [
        "# The workspace of secops.",
        f"database = {_quoted(said.database)}",
        *([f"plugins = [{', '.join(map(_quoted, said.plugins))}]"] if said.plugins else []),
        *([f"ports = {_quoted(_ranges(said.ports))}"] if said.ports else []),
        *([f"roots = [{', '.join(map(_quoted, said.roots))}]"] if said.roots else []),
        "",
        "[actor]",
        "# Who acts where --as names nobody: a number, a name or an id.",
        f"person = {_quoted(said.person)}",
        "",
    ]
    write_atomically(path, "\n".join(lines).encode())


def _ranges(ports: tuple[int, ...]) -> str:
    there = set(ports)
    firsts = sorted(one for one in there if one - 1 not in there)
    lasts = sorted(one for one in there if one + 1 not in there)
    pairs = zip(firsts, lasts, strict=True)
    return ",".join(str(one) if one == last else f"{one}-{last}" for one, last in pairs)


def _quoted(text: str) -> str:
    escaped = "".join(
        f"\\u{ord(c):04x}" if ord(c) < 0x20 or ord(c) == 0x7F else "\\" + c if c in '"\\' else c  # noqa: PLR2004  # the control characters
        for c in text
    )
    return f'"{escaped}"'
