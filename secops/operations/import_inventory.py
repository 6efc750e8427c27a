"""Take over inventory files: three-way comparison, a preview, and all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Final

from secops.contracts.inventory_files import InventoryFile
from secops.contracts.store import Begin, Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors import InputError, MissingKeyError, SeveralInputsError, msgid, place_order
from secops.errors.files import CyclicUnitsError, MissingColumnError, RemovalRefusedError
from secops.errors.inventory import SecretSystemError
from secops.judging.codes import wrong_cells
from secops.judging.name_words import NameWords
from secops.judging.three_way import Standing, compare
from secops.model.inventory import KINDS
from secops.model.record import EMPTY, Cell, from_cells, to_cells
from secops.operations.edit_record import ENDS, SECRET_TEXTS
from secops.operations.export_inventory import references_of
from secops.operations.find_record import records_of
from secops.operations.import_plan import (
    CellChange,
    Conflict,
    ConflictError,
    ImportPlan,
    OnConflict,
    PlannedRow,
)
from secops.operations.inventory_base import Flat, fingerprint, flat
from secops.operations.inventory_stock import Stock
from secops.operations.match_rows import Matched, Matching
from secops.operations.still_used import GUARDED, still_used

_ABOVE: Final = (
    ("unit", "parents.administrative"),
    ("unit", "parents.reporting"),
    ("system", "superior.system"),
)
_HIDDEN: Final = "…"
_MOST_PROBLEMS: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSettings:
    """How an import decides what it cannot know by itself."""

    dry_run: bool
    on_conflict: OnConflict
    today: date
    names: NameWords


@dataclass(slots=True)
class _Planning:
    """One import being planned."""

    stock: Stock
    settings: ImportSettings
    problems: list[InputError]
    rows: list[PlannedRow] = field(default_factory=list)
    retired: dict[str, dict[str, Matched]] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    unchanged: int = 0
    above: dict[tuple[str, str], dict[str, tuple[str, Matched]]] = field(default_factory=dict)

    def said(self, kind: str, path: str, cell: Flat) -> Flat:
        """Say a cell that refers to other records by their names."""
        refers = references_of(kind).get(path)
        if refers is None or cell is None:
            return cell
        names = self.stock.names[refers]
        if isinstance(cell, tuple):
            return tuple(names.label(one) for one in cell)
        return names.label(str(cell))


def import_inventory(
    begin: Begin,
    blobs: Blobs,
    acting: Acting,
    files: Sequence[InventoryFile],
    settings: ImportSettings,
) -> ImportPlan:
    """Plan, and unless it is a dry run carry out, in one transaction.

    Raises SeveralInputsError with every mistake of every file, also with every undecided conflict
    of a real run; nothing was written then.
    """
    with begin(reading=settings.dry_run) as work:
        plan = _plan(work, blobs, acting, files, settings)
        if settings.dry_run:
            return plan
        if plan.conflicts and settings.on_conflict is OnConflict.REFUSE:
            raise SeveralInputsError(ConflictError(one) for one in plan.conflicts)
        for kind, rows in groupby(plan.rows, key=lambda one: one.kind):
            records_of(work, kind).put_many(acting.actor, [one.record for one in rows])
        work.commit()
    return plan


def _plan(
    work: UnitOfWork,
    blobs: Blobs,
    acting: Acting,
    files: Sequence[InventoryFile],
    settings: ImportSettings,
) -> ImportPlan:
    stock = Stock(work)
    matching = Matching(stock, blobs, acting.new_id)
    matched = matching.match(row for file in files for row in file.rows)
    problems = [one for file in files for one in file.problems] + matching.problems
    planning = _Planning(stock, settings, problems)
    for one in matched:
        _merge(one, planning)
    planning.problems += _circles(planning)
    planning.problems += _still_used(planning)
    if planning.problems:  # a missing column is said of its sheet once, not of every row
        said = {str(one): one for one in reversed(planning.problems)}
        problems = sorted(said.values(), key=lambda one: place_order(one.where))
        raise SeveralInputsError(problems[:_MOST_PROBLEMS])
    return ImportPlan(
        rows=tuple(planning.rows),
        conflicts=tuple(planning.conflicts),
        unchanged=planning.unchanged,
        notices=(*(one for file in files for one in file.notices), *matching.notices),
    )


def _merge(one: Matched, planning: _Planning) -> None:
    """Compare a row with its base and with what stands now, and plan what follows."""
    kind = one.row.kind
    now: Mapping[str, Cell] = {} if one.is_new else planning.stock.rows[kind][one.id]
    changes: list[CellChange] = []
    after = dict(now)
    if one.is_new:
        after = {p: c for p, c in one.cells.items() if c not in EMPTY}
    for path, cell in () if one.is_new else one.cells.items():
        before, stated = flat(now.get(path)), flat(cell)
        if not _taken(one, path, before, stated, planning):
            continue
        shown = (planning.said(kind, path, one) for one in (before, stated))
        changes.append(CellChange(path=path, before=next(shown), after=next(shown)))
        after[path] = cell
    retired = one.row.retire and _retire(one, after, changes, planning)
    for kind_, path in _ABOVE:
        if kind_ == kind and after.get(path):
            above = planning.above.setdefault((kind, path), {})
            above[one.id] = (str(after[path]), one)
    if not changes and not one.is_new:
        planning.unchanged += 1
        return
    _add(one, after, changes, planning, retired=retired)


def _taken(one: Matched, path: str, now: Flat, stated: Flat, planning: _Planning) -> bool:
    if one.base is None:
        return stated is not None and stated != now
    base = one.base.get(path)
    if one.row.kind == "contact":  # of contacts the base knows fingerprints only
        changed = fingerprint(stated) != (base or "")
        base = now if fingerprint(now) == (base or "") else base
        side = compare(base, stated, now) if changed else Standing.UNCHANGED
    else:
        side = compare(base, stated, now)
    if side is not Standing.CONFLICT:
        return side is Standing.TAKE
    hidden = one.row.kind == "contact"
    planning.conflicts.append(
        Conflict(
            kind=one.row.kind,
            name=_name(one, planning),
            path=path,
            where=one.row.place(path),
            base=_HIDDEN if hidden else planning.said(one.row.kind, path, base),
            file=_HIDDEN if hidden else planning.said(one.row.kind, path, stated),
            now=_HIDDEN if hidden else planning.said(one.row.kind, path, now),
        )
    )
    return planning.settings.on_conflict is OnConflict.TAKE_FILE


def _name(one: Matched, planning: _Planning) -> str:
    kind = one.row.kind
    if kind in ("contact", "appointment"):
        person = one.cells.get("person") or planning.stock.rows[kind].get(one.id, {}).get("person")
        return planning.stock.names["person"].name(str(person or one.id))
    cells = planning.stock.rows[kind].get(one.id, {})
    for path in ("name", "value", "service"):
        said = one.cells.get(path) or cells.get(path)
        if said:
            return str(said)
    return ""


def _retire(
    one: Matched, after: dict[str, Cell], changes: list[CellChange], planning: _Planning
) -> bool:
    """End a marked record today; empty every cell of a contact."""
    kind = one.row.kind
    if kind in ENDS:
        paths: dict[str, Cell] = {ENDS[kind]: planning.settings.today}
        paths = {} if after.get(ENDS[kind]) else paths
    elif kind == "contact":
        paths = {path: None for path in after if path != "id"}
    else:
        problem = msgid("records of this kind have no end; correct the record instead")
        refused = RemovalRefusedError(problem=problem)
        planning.problems.append(refused.at(one.row.place("")))  # type: ignore[arg-type]  # itself
        return False
    for path, cell in paths.items():
        changes.append(CellChange(path=path, before=flat(after.get(path)), after=flat(cell)))
        after[path] = cell
    return bool(paths)


def _add(
    one: Matched,
    after: dict[str, Cell],
    changes: list[CellChange],
    planning: _Planning,
    *,
    retired: bool,
) -> None:
    kind = one.row.kind
    cells = {**after, "id": one.id, "no": one.no}
    changed = after if one.is_new else {one.path: after[one.path] for one in changes}
    endpoint = {"value": after.get("value"), "kind": after.get("kind"), "port": after.get("port")}
    problems: list[InputError] = list(
        wrong_cells(kind, endpoint if kind == "endpoint" and changed else changed)
    )
    problems += _secret(kind, changed, planning.settings.names)
    try:
        record = from_cells(KINDS[kind], cells)
    except MissingKeyError as error:
        problems.append(MissingColumnError(key=error.details["key"]))
    except InputError as error:
        problems.append(error)
    if problems:
        planning.problems += [_placed(problem, one) for problem in problems]
        return
    if retired and kind in GUARDED:
        planning.retired.setdefault(kind, {})[one.id] = one
    planning.rows.append(
        PlannedRow(
            kind=kind,
            no=one.no,
            name=_name(one, planning),
            is_new=one.is_new,
            retired=retired,
            changes=tuple(changes),
            record=record,
            within=_within(one, after, planning),
            named_at=one.named_at,
        )
    )


def _within(one: Matched, cells: Mapping[str, Cell], planning: _Planning) -> str:
    path = {"person": "unit", "unit": "parents.administrative"}.get(one.row.kind, "")
    unit = str(cells.get(path) or "")
    return planning.stock.names["unit"].name(unit) if unit and one.is_new else ""


def _placed(problem: InputError, one: Matched) -> InputError:
    path = str(problem.details.get("key", ""))
    problem.at(one.row.place(path))
    if path:
        problem.details["key"] = one.row.titles.get(path, path)
    return problem


def _secret(kind: str, cells: Mapping[str, Cell], names: NameWords) -> Iterator[InputError]:
    texts = [str(cells[path]) for path in SECRET_TEXTS.get(kind, ()) if cells.get(path)]
    if not names.secret_word("0".join(texts)):  # nearly always; the 0 keeps them apart
        return
    for text in texts:
        word = names.secret_word(text)
        if word:
            yield SecretSystemError(name=text, word=word)


def _still_used(planning: _Planning) -> Iterator[InputError]:
    """Refuse marks on what something else still refers to when all files are taken over."""
    if not planning.retired:
        return
    planned: dict[str, dict[str, Mapping[str, Cell]]] = {kind: {} for kind in KINDS}
    for row in planning.rows:
        planned[row.kind][str(row.record.id)] = to_cells(row.record)
    for kind, marked in planning.retired.items():
        ends = dict.fromkeys(marked, planning.settings.today)
        found = still_used(
            kind, ends, lambda kind: iter({**planning.stock.rows[kind], **planned[kind]}.values())
        )
        for id_, error in found.items():
            yield _placed(error, marked[id_])


def _circles(planning: _Planning) -> Iterator[InputError]:
    """Find every record that the files put above itself."""
    for (kind, path), stated in planning.above.items():
        stored = planning.stock.rows[kind]
        done: set[str] = set()
        for start, (_, row) in stated.items():
            seen: list[str] = []
            at = start
            while at and at not in done and at not in seen:
                seen.append(at)
                at = stated[at][0] if at in stated else str(stored.get(at, {}).get(path) or "")
            done |= set(seen)
            if at in seen:
                chain = [_named(planning, kind, id_) for id_ in [*seen[seen.index(at) :], at]]
                error = CyclicUnitsError(key=path, chain=" > ".join(chain))
                yield _placed(error, row)


def _named(planning: _Planning, kind: str, id_: str) -> str:
    return planning.stock.names[kind].name(id_)
