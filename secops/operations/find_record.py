"""From what a person typed to the one record that is meant; never a guess between two."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from typing import Any, Final

from secops.contracts.store import Records, UnitOfWork
from secops.errors import AmbiguousNameError, UnknownNameError, msgid
from secops.model.inventory import LISTS, InventoryRecord

_SAID: Final = {
    "unit": msgid("unit"),
    "person": msgid("person"),
    "contact": msgid("contact"),
    "appointment": msgid("appointment"),
    "system": msgid("system"),
    "component": msgid("component"),
    "endpoint": msgid("endpoint"),
    "supply": msgid("supply"),
    "data_category": msgid("data category"),
}
_SHOWN: Final = 5
_LONG: Final = 10  # digits: what is longer is a name or an id, no number of ours
_LOOKED_AT: Final = 20_000  # names compared before near ones are offered: a second at most


def records_of(work: UnitOfWork, kind: str) -> Records[Any]:
    """Give the records of a kind of `model.inventory.KINDS`."""
    records: Records[Any] = getattr(work, LISTS[kind])
    return records


def kind_said(kind: str) -> str:
    """Give the msgid for a kind of record."""
    return _SAID[kind]


def name_of(record: InventoryRecord) -> str:
    """Give what people call it: its name, or its place for an endpoint."""
    for attribute in ("name", "value", "service"):
        found = getattr(record, attribute, "")
        if found:
            return str(found)
    return str(getattr(record, "no", ""))


def by_number(work: UnitOfWork, kind: str, no: int) -> Any | None:  # noqa: ANN401  # any record
    """Give the record that carries this number."""
    found = records_of(work, kind).page(after=no - 1, most=1)
    return found[0] if found and found[0].no == no else None


def find_record(work: UnitOfWork, kind: str, text: str) -> Any:  # noqa: ANN401  # any record
    """Find by number, id, exact name, a unit's short name, or unique beginning of a name.

    Raises UnknownNameError with near names, AmbiguousNameError with the candidates.
    """
    wanted = text.strip()
    exact = _exact(work, kind, wanted)
    if exact is not None:
        return exact
    records = records_of(work, kind)
    begins = list(islice(_beginning(records.all(), wanted), _SHOWN + 1)) if wanted else []
    if len(begins) == 1:
        return begins[0]
    if begins:
        raise AmbiguousNameError(name=text, candidates=_listed(begins))
    names = [name_of(one) for one in islice(records.all(), _LOOKED_AT)]
    near = get_close_matches(wanted, names, n=3, cutoff=0.5)
    raise UnknownNameError(kind=_SAID[kind], name=text, near=", ".join(near) or "-")


def _exact(work: UnitOfWork, kind: str, wanted: str) -> Any | None:  # noqa: ANN401  # any record
    records = records_of(work, kind)
    number = wanted.lstrip("#")
    if number.isascii() and number.isdigit() and len(number) < _LONG:
        found = by_number(work, kind, int(number))
        if found is not None:
            return found
    found = records.get(wanted)
    if found is not None:
        return found
    column = {"endpoint": "value"}.get(kind, "name")
    if kind not in ("unit", "person", "system", "component", "endpoint"):
        return None
    same = list(records.find(**{column: wanted}))
    if not same and kind == "unit":
        same = [one for one in records.all() if wanted and one.short_name == wanted]
    if len(same) > 1:
        raise AmbiguousNameError(name=wanted, candidates=_listed(same))
    return same[0] if same else None


def _beginning(records: Iterator[InventoryRecord], wanted: str) -> Iterator[InventoryRecord]:
    for one in records:
        if name_of(one).startswith(wanted):
            yield one


def _listed(records: list[Any]) -> str:
    shown = [f"{name_of(one)} ({one.no})" for one in records[:_SHOWN]]
    return ", ".join([*shown, "…"] if len(records) > _SHOWN else shown)
