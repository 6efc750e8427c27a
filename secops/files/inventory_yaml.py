"""The inventory as YAML: one list per kind, fields nested as in the model; read and written."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

import yaml

from secops.contracts.inventory_files import FileRow, InventoryFile, Sheet
from secops.errors import (
    DuplicateKeyError,
    InputError,
    Place,
    WrongValueError,
    msgid,
)
from secops.errors.files import ExportTooLargeError, UnknownColumnError
from secops.files.cell_text import CellReader, Raw, entered
from secops.files.strict_yaml import MOST_NODES, compose
from secops.files.whole_file import MOST_BYTES
from secops.files.yaml_section import LIST, MAPPING, TEXT, place_of
from secops.model.inventory import LISTS
from secops.model.record import EMPTY, Cell, CellKind, Field

FORMAT: Final = "yaml"
_PLAIN: Final = frozenset({TEXT, "int", "float", "timestamp"})
_TRUE_FALSE: Final = {"true": True, "false": False}
_BY_LIST: Final = {name: kind for kind, name in LISTS.items()}
_DIGEST: Final = re.compile("sha256:[0-9a-f]{64}")
_RENAMED: Final = {("contact", "person"): "id"} | {(kind, "number"): "no" for kind in LISTS}
_KEYS: Final = {("contact", "id"): "person"} | {(kind, "no"): "number" for kind in LISTS}
"""YAML 1.1 reads the key `no` as false, and a contact has no id but its person's."""


def looks_like_yaml(path: Path) -> bool:
    """Whether the name says so; any text may be YAML by its content."""
    return path.suffix.lower() in {".yaml", ".yml"}


@dataclass(slots=True)
class _Reading:
    """One file being read: where things stand, and what was wrong so far."""

    path: Path
    cells: CellReader
    fields: Mapping[str, Mapping[str, Field]]
    problems: list[InputError] = field(default_factory=list)
    rows: list[FileRow] = field(default_factory=list)

    def wrong(self, node: yaml.Node, key: str, wanted: str) -> None:
        found = str(node.value)[:80] if isinstance(node, yaml.ScalarNode) else node.tag
        place = place_of(node, self.path)
        self.problems.append(WrongValueError(where=place, key=key, wanted=wanted, found=found))


def _pairs(
    node: yaml.Node, key: str, reading: _Reading
) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """Give a mapping's keys once each; what is no mapping, or no key, is noted."""
    if node.tag != MAPPING:
        reading.wrong(node, key, msgid("a mapping"))
        return
    lines: dict[str, int] = {}
    for name, value in node.value:
        if name.tag not in _PLAIN or not name.value:
            reading.wrong(name, key, msgid("text"))
            continue
        said = str(name.value)
        if said in lines:
            where, first = place_of(name, reading.path), str(lines[said])
            reading.problems.append(DuplicateKeyError(where=where, key=said, first=first))
            continue
        lines[said] = name.start_mark.line + 1
        yield said, name, value


def _unknown(name: yaml.Node, said: str, known: Iterable[str], reading: _Reading, of: str) -> None:
    near = ", ".join(difflib.get_close_matches(said, list(known), n=2)) or "-"
    where = place_of(name, reading.path)
    reading.problems.append(
        UnknownColumnError(where=where, key=said, kind=of.replace("_", " "), near=near)
    )


def _raw(node: yaml.Node, one: Field) -> tuple[bool, Raw]:
    """Give a scalar as a raw value, and whether its YAML kind fits; text never comes from `no`."""
    if not isinstance(node, yaml.ScalarNode):
        return False, None
    value = str(node.value)
    if node.tag == "null":
        return True, None
    if node.tag == TEXT:
        return True, value
    if one.kind is CellKind.BOOLEAN:
        return value in _TRUE_FALSE, _TRUE_FALSE.get(value)
    fits = {
        CellKind.INTEGER: {"int"},
        CellKind.LEVEL: {"int"},
        CellKind.DECIMAL: {"int", "float"},
        CellKind.DATE: {"timestamp"},
        CellKind.REFERENCE: {"int"},
    }
    return node.tag in fits.get(one.kind, set()), value


def _cell(one: Field, node: yaml.Node, reading: _Reading) -> Cell:
    nodes = node.value if one.many and node.tag == LIST else [node]
    found: list[Cell] = []
    for each in nodes:
        fits, raw = _raw(each, one)
        if not fits:
            reading.wrong(each, one.path, _WANTED[one.kind])
            return None
        try:
            if one.many and one.kind is CellKind.TEXT:
                cell: Cell = entered(one, str(raw)) if raw else None
            else:
                cell = reading.cells.read(one, one.path, raw, exact=True)
        except InputError as error:
            error.at(place_of(each, reading.path))
            reading.problems.append(error)
            return None
        found += cell if isinstance(cell, tuple) else [cell]
    if one.many:
        return tuple(str(each) for each in found if each is not None)
    return found[0] if found else None


_WANTED: Final = {
    CellKind.TEXT: msgid("text"),
    CellKind.INTEGER: msgid("a whole number"),
    CellKind.DECIMAL: msgid("a number"),
    CellKind.BOOLEAN: msgid("true or false"),
    CellKind.DATE: msgid("a date such as 2026-03-01"),
    CellKind.CHOICE: msgid("one of the list"),
    CellKind.LEVEL: msgid("a level from 1 to 5"),
    CellKind.REFERENCE: msgid("the name or number of an entry"),
}


@dataclass(slots=True)
class _Row:
    """One entry being read."""

    kind: str
    cells: dict[str, Cell] = field(default_factory=dict)
    nodes: dict[str, yaml.Node] = field(default_factory=dict)
    id: str = ""
    retire: bool = False


def _fill(node: yaml.Node, prefix: str, row: _Row, reading: _Reading) -> None:
    fields = reading.fields[row.kind]
    groups = {path.rpartition(".")[0] for path in fields}
    for said, name, value in _pairs(node, prefix or row.kind, reading):
        path = prefix + said
        if not prefix and _own(said, value, row, reading):
            continue
        path = _RENAMED.get((row.kind, path), path)
        if path in fields:
            row.nodes[path] = value
            row.cells[path] = _cell(fields[path], value, reading)
        elif any(one == path or one.startswith(f"{path}.") for one in groups):
            _fill(value, f"{path}.", row, reading)
        else:
            known = [one.removeprefix(prefix) for one in fields if one.startswith(prefix)]
            _unknown(name, said, known, reading, row.kind)


def _own(said: str, value: yaml.Node, row: _Row, reading: _Reading) -> bool:
    """Read what belongs to the row, not to the record."""
    if said == "id":
        row.id = str(value.value) if isinstance(value, yaml.ScalarNode) else ""
        if value.tag != TEXT or not row.id:
            reading.wrong(value, said, msgid("text"))
    elif said == "mark":
        row.retire = value.tag == TEXT and value.value == "retire"
        if not row.retire:
            reading.wrong(value, said, "retire")
    else:
        return False
    return True


def _placer(row: _Row, node: yaml.Node, path: Path) -> Callable[[str], Place]:
    return lambda cell: place_of(row.nodes.get(cell, node), path)


def _entries(kind: str, node: yaml.Node, revision: str, reading: _Reading) -> None:
    if node.tag != LIST:
        reading.wrong(node, LISTS[kind], msgid("a list"))
        return
    for entry in node.value:
        row = _Row(kind)
        _fill(entry, "", row, reading)
        reading.rows.append(
            FileRow(
                kind=kind,
                cells=row.cells,
                place=_placer(row, entry, reading.path),
                id=row.id,
                revision=revision,
                retire=row.retire,
            )
        )


def _revision(top: yaml.Node, reading: _Reading) -> str:
    found = ""
    heads = {"secops": "inventory", "version": "1"}
    for name, value in top.value if top.tag == MAPPING else ():
        if not isinstance(name, yaml.ScalarNode):
            continue  # no key of ours: `_pairs` says so
        if name.value in heads and value.value != heads[name.value]:
            reading.wrong(value, name.value, heads[name.value])
        if name.value == "revision":
            found = str(value.value)
            if value.tag != TEXT or not _DIGEST.fullmatch(found):
                reading.wrong(value, "revision", "sha256:…")
    return found


def read_yaml(
    content: bytes, path: Path, cells: CellReader, fields: Mapping[str, Mapping[str, Field]]
) -> InventoryFile:
    """Read a file; what is wrong inside of it is collected, what is no YAML is raised."""
    top = compose(content, path)
    reading = _Reading(path, cells, fields)
    revision = _revision(top, reading)
    for said, name, value in _pairs(top, msgid("the file"), reading):
        if said in _BY_LIST:
            _entries(_BY_LIST[said], value, revision, reading)
        elif said not in {"secops", "version", "revision"}:
            _unknown(name, said, _BY_LIST, reading, msgid("the file"))
    return InventoryFile(
        path=path, format=FORMAT, rows=tuple(reading.rows), problems=tuple(reading.problems)
    )


if hasattr(yaml, "CSafeDumper"):
    from yaml import CSafeDumper as _FastDumper
else:
    from yaml import SafeDumper as _FastDumper  # type: ignore[assignment]  # the same methods


class _Dumper(_FastDumper):
    """Writes decimals as they are and never an alias."""

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True


def _decimal(dumper: _Dumper, value: Decimal) -> yaml.ScalarNode:
    text = f"{value:f}"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


_Dumper.add_representer(Decimal, _decimal)


def nested(kind: str, id: str, cells: Mapping[str, Cell]) -> dict[str, object]:
    """Nest cells by group, without those that are empty."""
    found: dict[str, object] = {} if kind == "contact" else {"id": id}
    for path, cell in cells.items():
        if cell in EMPTY:
            continue
        *groups, last = path.split(".")
        last = _KEYS.get((kind, path), last)
        into = found
        for group in groups:
            inner = into.setdefault(group, {})
            assert isinstance(inner, dict)  # noqa: S101  # a group is never also a field
            into = inner
        into[last] = list(cell) if isinstance(cell, tuple) else cell
    return found


def document_of(sheets: Iterable[Sheet], revision: str) -> dict[str, object]:
    """Give the whole export as plain values, as YAML and JSON show it."""
    whole: dict[str, object] = {"secops": "inventory", "version": 1, "revision": revision}
    for sheet in sheets:
        rows = [nested(sheet.kind, id, cells) for id, cells in sheet.rows]
        if rows:
            whole[LISTS[sheet.kind]] = rows
    return whole


def write_yaml(sheets: Iterable[Sheet], revision: str, head: str = "") -> bytes:
    """Write an export that `read_yaml` reads back to the same cells; `head` is comment lines."""
    whole = document_of(sheets, revision)
    if _values(whole) > MOST_NODES:
        raise ExportTooLargeError(most=msgid("at most 500,000 values"))
    text = yaml.dump(
        whole, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000, encoding=None
    )
    content = (head + str(text)).encode()
    if len(content) > MOST_BYTES:
        raise ExportTooLargeError(most=msgid("at most 10 MiB"))
    return content


def _values(value: object) -> int:
    """Count what the reader will count: every key, value, list and mapping."""
    if isinstance(value, dict):
        return 1 + sum(1 + _values(one) for one in value.values())
    return 1 + sum(_values(one) for one in value) if isinstance(value, list) else 1
