"""Numbered records: one class for every kind whose row is keys and a body of cells."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select

from secops.model.actor import Actor
from secops.model.evidence import digest_of
from secops.model.record import Cell, filled_cells
from secops.store import bulk
from secops.store.cells import body_of, read_body, required_of
from secops.store.chain import Change, SqlChain
from secops.store.changes import changes_between, masked, undo_all
from secops.store.tables import PERSON

T = TypeVar("T")
_CHUNK = 500
"""Ids asked for at once; SQLite takes some thousands of parameters, PostgreSQL more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[T]):
    """How one kind of record lies in its table: id, number, keys, body."""

    name: str
    table: Table
    cells: Callable[[T], Mapping[str, Cell]]
    record: Callable[[str], T]  # from the body
    keys: tuple[str, ...] = ()  # the cell of each key column between number and body
    links: tuple[tuple[Table, str], ...] = ()  # link table and the cell with the ids
    required: tuple[str, ...] = ()
    about: str = ""  # whose history it is, where that is not its own: a contact is its person's


@dataclass(slots=True)
class _Batch:
    """What one `put_many` will write."""

    new: list[bulk.Row] = field(default_factory=list)
    changed: list[bulk.Row] = field(default_factory=list)
    entries: list[Change] = field(default_factory=list)
    links: dict[str, list[bulk.Row]] = field(default_factory=dict)
    relinked: list[str] = field(default_factory=list)


class SqlRecords(Generic[T]):
    """One kind of numbered record; every write leaves its entry in the chain."""

    def __init__(self, connection: Connection, chain: SqlChain, kind: Kind[T]) -> None:
        self._connection = connection
        self._chain = chain
        self._kind = kind
        self._table = kind.table

    def get(self, id: str) -> T | None:
        """Give the record with this id."""
        query = select(self._table.c.body).where(self._table.c.id == id)
        body = self._connection.execute(query).scalar()
        return None if body is None else self._kind.record(body)

    def all(self) -> Iterator[T]:
        """Give every record, by number, streamed."""
        return self._stream(select(self._table.c.body))

    def find(self, **equal: str) -> Iterator[T]:
        """Give those whose indexed columns equal these values, by number."""
        query = select(self._table.c.body)
        linked = {list(table.c)[-1].name: table for table, _ in self._kind.links}
        for name, value in equal.items():
            if name in linked:
                link = linked[name]
                query = query.join(link, link.c.id == self._table.c.id).where(link.c[name] == value)
            else:
                query = query.where(self._table.c[name] == value)
        return self._stream(query)

    def cell(self, path: str) -> Iterator[tuple[str, Cell]]:
        """Give the id and one cell of each record that fills it, read from its column or body."""
        id_, body = self._table.c.id, self._table.c.body
        if path in self._table.c:
            column: Select[Any] = select(id_, self._table.c[path]).order_by(self._number)
            yield from bulk.stream(self._connection, column, tuple)
            return
        filled = body.contains(f'"{path}":', autoescape=True)
        bodies: Select[Any] = select(id_, body).where(filled).order_by(self._number)
        for key, text in bulk.stream(self._connection, bodies, tuple):
            found = json.loads(text).get(path)  # the name may stand in a text as well
            if found is not None:
                yield key, tuple(found) if isinstance(found, list) else found

    def page(self, *, after: int, most: int) -> Sequence[T]:
        """Give the next records behind a number."""
        query = select(self._table.c.body).where(self._number > after).limit(most)
        return tuple(self._stream(query))

    def as_of(self, moment: datetime) -> Iterator[T]:
        """Give every record as it stood then: later changes are undone, later births left out."""
        later = self._chain.since(f"{self._kind.name}.put", moment)
        query = select(self._table.c.id, self._table.c.body).order_by(self._number)
        for id_, body in bulk.stream(self._connection, query, tuple):
            then = undo_all(body, later.get(f"{self._kind.name} {id_}", ()))
            if then is not None:
                yield self._kind.record(then)

    def count(self) -> int:
        """How many there are."""
        return self._connection.execute(select(func.count()).select_from(self._table)).scalar_one()

    def next_no(self) -> int:
        """Give the next free number."""
        highest = self._connection.execute(select(func.max(self._number))).scalar()
        return (highest or 0) + 1

    @property
    def _number(self) -> ColumnElement[Any]:
        if "no" in self._table.c:
            return self._table.c.no
        same = PERSON.c.id == self._table.c.id  # contacts are numbered by their persons
        return select(PERSON.c.no).where(same).scalar_subquery()

    def _stream(self, query: Select[Any]) -> Iterator[T]:
        ordered = query.order_by(self._number)
        return bulk.stream(self._connection, ordered, lambda row: self._kind.record(row[0]))

    def put_many(self, actor: Actor, batch: Sequence[T]) -> None:
        """Add or replace; a record that is as it was leaves neither row nor entry."""
        for start in range(0, len(batch), _CHUNK):
            self._put(actor, batch[start : start + _CHUNK])

    def _put(self, actor: Actor, batch: Sequence[T]) -> None:
        todo = _Batch(links={cell: [] for _, cell in self._kind.links})
        cells_of = {str(getattr(one, "id")): self._kind.cells(one) for one in batch}  # noqa: B009  # every kind has an id
        before = self._bodies(list(cells_of))
        for id_, cells in cells_of.items():
            body = body_of(cells, self._kind.required)
            old = before.get(id_)
            if old != body:
                self._plan(todo, cells, old, body)
        bulk.add(self._connection, self._table, todo.new)
        bulk.replace(self._connection, self._table, todo.changed)
        for table, cell in self._kind.links:
            bulk.remove(self._connection, table, todo.relinked)
            bulk.add(self._connection, table, todo.links[cell])
        self._chain.write(actor, f"{self._kind.name}.put", todo.entries)

    def _plan(self, todo: _Batch, cells: Mapping[str, Cell], old: str | None, body: str) -> None:
        id_ = str(cells["id"])
        number = (cells["no"],) if "no" in self._table.c else ()
        row = (id_, *number, *(cells.get(path) for path in self._kind.keys), body)
        if old is None:
            todo.new.append(row)
        else:
            todo.changed.append(row)
            todo.relinked.append(id_)
        for _, cell in self._kind.links:
            linked = cells.get(cell)
            if isinstance(linked, tuple):
                todo.links[cell] += [(id_, other) for other in dict.fromkeys(linked)]
        todo.entries.append(self._entry(id_, old, body))

    def _entry(self, id_: str, old: str | None, body: str) -> Change:
        if self._kind.about:
            return Change(f"{self._kind.about} {id_}", "", "", masked(old, body))
        return Change(
            f"{self._kind.name} {id_}",
            "" if old is None else digest_of(old.encode()),
            digest_of(body.encode()),
            "" if old is None else changes_between(old, body),
        )

    def _bodies(self, ids: Sequence[str]) -> dict[str, str]:
        query = select(self._table.c.id, self._table.c.body).where(self._table.c.id.in_(ids))
        return {row[0]: row[1] for row in self._connection.execute(query)}


def plain_kind(name: str, type_: type[T], table: Table, **more: Any) -> Kind[T]:  # noqa: ANN401  # keys and links
    """Make the kind of a record whose cells come from its own types."""
    chosen: Any = type_  # mypy holds `type[T]` for not hashable
    return Kind(
        name=name,
        table=table,
        cells=filled_cells,
        record=lambda body: read_body(type_, body),
        required=required_of(chosen),
        **more,
    )
