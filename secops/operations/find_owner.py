"""`secops owner`: from an address, name or URL to the systems, their owners and whom to call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, unique
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Final

from secops.contracts.store import UnitOfWork
from secops.judging.codes import parse_address, parse_url
from secops.judging.inventory_coverage import responsibilities
from secops.model.asset import Endpoint
from secops.model.ids import SystemId
from secops.model.system import Responsibility, System
from secops.model.unit import Contact, Person, Unit
from secops.operations.endpoints_in_use import systems_at

_NEIGHBOURS: Final = 3
_BESIDE: Final = 30  # places beside it that are looked at
_NAME: Final = re.compile(r"(?:https?://)?([^/?#:\s]+)", re.IGNORECASE)


@unique
class Match(IntEnum):
    """How well it fits, best first."""

    SAME_URL = 1
    SAME_PLACE = 2  # host and port
    SAME_HOST = 3
    DOMAIN_NAME = 4  # stated as a domain of the system
    SOURCE_RANGE = 5  # within its stated source addresses
    PARENT_DOMAIN = 6  # only the domain above is known
    UNIT_RANGE = 7  # only the unit's own addresses are known
    NEIGHBOUR = 8  # only something beside it is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked, taken apart."""

    host: str
    port: int | None
    path: str  # empty: no URL was asked

    @property
    def is_address(self) -> bool:
        """Whether the host is an address."""
        return parse_address(self.host) is not None


def asked(text: str) -> Question | None:
    """Read an address, host[:port] or URL; None: it is none of them."""
    typed = text.strip()
    address = parse_address(typed.strip("[]"))
    if address:
        return Question(host=str(address), port=None, path="")
    parts = parse_url(typed) or parse_url(f"http://{typed}")
    if parts is None:
        return None
    literal = parse_address(parts.host)
    is_url = "://" in typed
    if literal and not is_url and "/" in typed:
        return None  # a range, not a place
    stated = parts.port if parts.port_stated or is_url else None
    return Question(
        host=str(literal) if literal else parts.host, port=stated, path=parts.path if is_url else ""
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """One responsibility of a system: whom to call for it."""

    responsibility: Responsibility
    unit: Unit | None
    person: Person | None
    contact: Contact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """One system that may be meant, and who answers for it."""

    match: Match
    ground: str  # what of the inventory fits
    system: System
    operating_unit: Unit | None
    callers: tuple[Caller, ...]  # supervises, maintains, uses


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """Nothing is listed; the unit that may know, and why it may."""

    match: Match
    ground: str
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """What is known: systems best first; else the nearest units."""

    owned: tuple[Owned, ...]
    nearest: tuple[Nearest, ...]


def find_owner(work: UnitOfWork, question: Question) -> Ownership:
    """Look through endpoints, then stated domains and ranges; weaker matches only if alone.

    Only the places, domains and ranges of all records are read; a record only where they fit.
    """
    found: dict[SystemId, tuple[Match, str]] = {}

    def keep(system: SystemId, match: Match, ground: str) -> None:
        if system not in found or match < found[system][0]:
            found[system] = match, ground

    places = [(str(value), id) for id, value in work.endpoints.cell("value")]
    for value, id in places:
        endpoint = work.endpoints.get(id) if _fits(value, question) else None
        match = _matched(endpoint, question) if endpoint and not endpoint.retired_on else None
        for system in systems_at(work, endpoint) if endpoint and match else ():
            keep(system, match or Match.SAME_HOST, _written(endpoint) if endpoint else value)
    path = "business.source_addresses" if question.is_address else "business.domain_names"
    for id, texts in work.systems.cell(path):
        for match, ground in _stated(texts if isinstance(texts, tuple) else (), question):
            system_stated = work.systems.get(id)
            if system_stated and not system_stated.retired_on:
                keep(system_stated.id, match, ground)
    listed = _kept(found)
    owned = [_owned(work, system, *how) for system, how in listed.items()]
    ordered = sorted((one for one in owned if one), key=lambda one: (one.match, one.system.no))
    nearest = () if ordered else tuple(_nearest(work, question, places))
    return Ownership(owned=tuple(ordered), nearest=nearest)


def _kept(found: dict[SystemId, tuple[Match, str]]) -> dict[SystemId, tuple[Match, str]]:
    """Leave out what is only near where something fits better."""
    best = min((match for match, _ in found.values()), default=Match.SAME_URL)
    out = {Match.PARENT_DOMAIN} if best < Match.PARENT_DOMAIN else set()
    out |= {Match.SAME_HOST} if best < Match.SAME_HOST else set()
    return {system: how for system, how in found.items() if how[0] not in out}


def _written(endpoint: Endpoint) -> str:
    return f"{endpoint.value}:{endpoint.port}" if endpoint.port else endpoint.value


def _matched(endpoint: Endpoint, question: Question) -> Match | None:
    parts = parse_url(endpoint.value)
    address = parse_address(parts.host if parts else endpoint.value)
    host = str(address) if address else (parts.host if parts else endpoint.value.casefold())
    if host != question.host:
        above = not question.is_address and question.host.endswith("." + host)
        return Match.PARENT_DOMAIN if above else None
    port = parts.port if parts else endpoint.port
    if question.port is not None and port is not None and question.port != port:
        return Match.SAME_HOST
    if parts and question.path:
        return Match.SAME_URL if _within(question.path, parts.path) else Match.SAME_HOST
    return Match.SAME_PLACE if question.port is not None and port else Match.SAME_HOST


def _within(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(prefix.rstrip("/") + "/")


def _stated(texts: Sequence[str], question: Question) -> Iterator[tuple[Match, str]]:
    if question.is_address:
        for text in texts:
            if in_range(question.host, text):
                yield Match.SOURCE_RANGE, text
        return
    host = question.host.removeprefix("www.")
    for name in texts:
        stated = name.casefold().removeprefix("www.")
        if stated == host:
            yield Match.DOMAIN_NAME, name
        elif question.host.endswith("." + stated):
            yield Match.PARENT_DOMAIN, name


@lru_cache(maxsize=10_000)
def in_range(host: str, text: str) -> bool:
    """Whether an address lies in an address, a network, or first-last."""
    first, hyphen, last = (part.strip() for part in text.partition("-"))
    try:
        address = ip_address(host)
        if not hyphen:
            return address in ip_network(text, strict=False)
        low, high = ip_address(first), ip_address(last)
    except ValueError:
        return False
    same = low.version == high.version == address.version
    return same and int(low) <= int(address) <= int(high)


def _owned(work: UnitOfWork, id: SystemId, match: Match, ground: str) -> Owned | None:
    system = work.systems.get(id)
    if system is None:
        return None
    return Owned(
        match=match,
        ground=ground,
        system=system,
        operating_unit=work.units.get(system.ownership.operating_unit),
        callers=tuple(_caller(work, one) for _, _, one in responsibilities(system)),
    )


def _caller(work: UnitOfWork, one: Responsibility) -> Caller:
    return Caller(
        responsibility=one,
        unit=work.units.get(one.unit) if one.unit else None,
        person=work.persons.get(one.person) if one.person else None,
        contact=work.contacts.get(one.person) if one.person else None,
    )


def _nearest(
    work: UnitOfWork, question: Question, places: Sequence[tuple[str, str]]
) -> Iterator[Nearest]:
    if question.is_address:
        for unit in work.units.all():
            for text in unit.internet_addresses:
                if in_range(question.host, text):
                    yield Nearest(match=Match.UNIT_RANGE, ground=text, unit=unit)
    yield from _neighbours(work, question, places)


def _neighbours(
    work: UnitOfWork, question: Question, places: Sequence[tuple[str, str]]
) -> Iterator[Nearest]:
    """Give the units of systems beside it: in the same /24 or /64, or under the same domain."""
    beside = [
        (distance, value, id)
        for value, id in places
        if (distance := _distance(value, question)) is not None
    ]
    met: set[str] = set()
    for _, _, id in sorted(beside)[:_BESIDE]:
        endpoint = work.endpoints.get(id)
        systems = systems_at(work, endpoint) if endpoint else ()
        system = work.systems.get(systems[0]) if systems else None
        unit = work.units.get(system.ownership.operating_unit) if system else None
        if endpoint and unit and unit.id not in met:
            met.add(unit.id)
            yield Nearest(match=Match.NEIGHBOUR, ground=_written(endpoint), unit=unit)
        if len(met) == _NEIGHBOURS:
            return


def _name_in(value: str) -> str:
    """Give the host name of a place; quick, since every place is looked at."""
    found = _NAME.match(value)
    return found[1].casefold() if found else ""


def _fits(value: str, question: Question) -> bool:
    """Whether a place may match: the cheap half of `_matched`, never too strict."""
    if not question.is_address:
        name = _name_in(value)
        return question.host == name or question.host.endswith("." + name)
    return value.count(":") > 1 if ":" in question.host else question.host in value


def _distance(value: str, question: Question) -> int | None:
    if not question.is_address:
        above, mine = _name_in(value).split(".")[-2:], question.host.split(".")[-2:]
        return 0 if len(mine) > 1 and above == mine else None
    around = question.host.rpartition(".")[0] + "."
    if value.count(":") < 2 if ":" in question.host else around not in value:  # noqa: PLR2004  # no IPv6 address has fewer
        return None
    parts = parse_url(value)
    address, wanted = parse_address(parts.host if parts else value), parse_address(question.host)
    if address is None or wanted is None:
        return None
    length = 24 if wanted.version == 4 else 64  # noqa: PLR2004  # the protocol's number
    near = address in ip_network(f"{wanted}/{length}", strict=False)
    return abs(int(address) - int(wanted)) if near else None
