"""The mapping file of `--map`: what the columns of a unit's own spreadsheet mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from secops.errors import InputError, WrongChoiceError
from secops.errors.files import UnknownColumnError
from secops.files.cell_text import CellReader
from secops.files.recognition import LEVEL, Recognition, heading, simplified
from secops.files.strict_yaml import load
from secops.files.yaml_section import Section
from secops.model.record import Cell, Field

IGNORE: Final = "ignore"
ADDABLE: Final = ("person", "unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMap:
    """What one sheet means. An empty `sheet` fits every sheet and a CSV file."""

    sheet: str = ""
    kind: str = ""
    head: int = 0  # the row of the titles, from 1; 0: to be found
    columns: Mapping[str, str] = field(default_factory=dict)  # folded heading -> path or `ignore`
    values: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # path -> spelling -> ours
    constants: Mapping[str, Cell] = field(default_factory=dict)
    adds: frozenset[str] = frozenset()  # kinds that may be added because a row names them


def contact_field(path: str, kind: str, words: Recognition) -> Field | None:
    """Give the field of contacts that a path such as `ownership.maintains.person.mobile` means."""
    person, _, last = path.rpartition(".")
    known = words.kinds[kind].fields.get(person)
    if known is None or known.refers != "person" or known.many or last == "id":
        return None
    return words.kinds["contact"].fields.get(last)


def load_map(path: Path, words: Recognition) -> tuple[SheetMap, ...]:
    """Read a mapping file; every path in it must be a field of its kind."""
    return load(path, lambda top: tuple(_sheet(one, words) for one in top.sections("sheets")))


def _sheet(top: Section, words: Recognition) -> SheetMap:
    kind = top.text("kind")
    if kind not in words.kinds:
        choices = ", ".join(words.kinds)
        raise WrongChoiceError(where=top.where("kind"), key="kind", choices=choices, found=kind)
    known = words.kinds[kind].fields
    columns = {}
    if top.has("columns"):
        within = top.section("columns")
        for name in within.keys():  # noqa: SIM118  # a section is no mapping
            path = within.text(name)
            known_so = path in known or path == IGNORE or (path, kind) == (LEVEL, "system")
            if not known_so and contact_field(path, kind, words) is None:
                raise _unknown(within, name, path, kind)
            columns[heading(name)] = path
    return SheetMap(
        sheet=top.text("sheet", ""),
        kind=kind,
        head=top.integer("head", 0),
        columns=columns,
        values=dict(_values(top, kind, words)) if top.has("values") else {},
        constants=dict(_constants(top, kind, words)) if top.has("constants") else {},
        adds=frozenset(_adds(top)),
    )


def _adds(top: Section) -> Iterator[str]:
    for kind in top.texts("add_missing", ()):
        if kind not in ADDABLE:
            choices = ", ".join(ADDABLE)
            where = top.where("add_missing")
            raise WrongChoiceError(where=where, key="add_missing", choices=choices, found=kind)
        yield kind


def _unknown(within: Section, key: str, path: str, kind: str) -> InputError:
    return UnknownColumnError(
        where=within.where(key), key=path, kind=kind.replace("_", " "), near="-"
    )


def _values(top: Section, kind: str, words: Recognition) -> Iterator[tuple[str, Mapping[str, str]]]:
    whole = top.section("values")
    for path in whole.keys():  # noqa: SIM118  # a section is no mapping
        if path not in words.kinds[kind].fields and (path, kind) != (LEVEL, "system"):
            raise _unknown(whole, path, path, kind)
        spellings = whole.section(path)
        names = spellings.keys()
        yield path, {simplified(one): spellings.text_or_nothing(one) for one in names}


def _constants(top: Section, kind: str, words: Recognition) -> Iterator[tuple[str, Cell]]:
    whole, reader = top.section("constants"), CellReader(words)
    for path in whole.keys():  # noqa: SIM118  # a section is no mapping
        if path not in words.kinds[kind].fields:
            raise _unknown(whole, path, path, kind)
        try:
            yield (
                path,
                reader.read(words.kinds[kind].fields[path], path, whole.text(path), exact=False),
            )
        except InputError as error:
            error.at(whole.where(path))
            raise
