"""The kinds of record that lie as keys and a body."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from ipaddress import ip_network
from typing import Final

from secops.model.assessment import AgencyReport
from secops.model.asset import Component, DataCategory, Endpoint, Supply
from secops.model.history import instant
from secops.model.ids import Digest, ItemId, PermitId, PersonId, SystemId, WaiverId
from secops.model.permit import Permit
from secops.model.record import Cell
from secops.model.system import System
from secops.model.unit import Appointment, Contact, Person, Unit
from secops.model.waiver import Waiver
from secops.store import tables
from secops.store.cells import read_body, read_instant
from secops.store.records import Kind, plain_kind

UNITS: Final = plain_kind(
    "unit", Unit, tables.UNIT, keys=("name", "parents.administrative", "parents.reporting")
)
PERSONS: Final = plain_kind("person", Person, tables.PERSON, keys=("name", "unit"))
CONTACTS: Final = plain_kind("contact", Contact, tables.CONTACT, about="person")
APPOINTMENTS: Final = plain_kind(
    "appointment", Appointment, tables.APPOINTMENT, keys=("unit", "person")
)
SYSTEMS: Final = replace(
    plain_kind("system", System, tables.SYSTEM, keys=("name", "ownership.operating_unit")),
    record=lru_cache(maxsize=1_000)(partial(read_body, System)),
)
"""Records are frozen: a process that lists the same pages again reads each body once."""
COMPONENTS: Final = plain_kind(
    "component",
    Component,
    tables.COMPONENT,
    keys=("name", "unit"),
    links=((tables.COMPONENT_SYSTEM, "systems"),),
)
ENDPOINTS: Final = plain_kind(
    "endpoint",
    Endpoint,
    tables.ENDPOINT,
    keys=("value",),
    links=((tables.ENDPOINT_SYSTEM, "systems"), (tables.ENDPOINT_COMPONENT, "components")),
)
SUPPLIES: Final = plain_kind("supply", Supply, tables.SUPPLY, keys=("system", "supplier"))
DATA_CATEGORIES: Final = plain_kind(
    "data_category", DataCategory, tables.DATA_CATEGORY, keys=("system",)
)
AGENCY_REPORTS: Final = plain_kind(
    "agency_report", AgencyReport, tables.AGENCY_REPORT, keys=("system",)
)


def _permit_cells(permit: Permit) -> dict[str, Cell]:
    return {
        "id": permit.id,
        "no": permit.no,
        "allowed_by": permit.allowed_by,
        "post": permit.post,
        "letter": permit.letter,
        "letter_number": permit.letter_number,
        "effect_weighed": permit.effect_weighed,
        "ranges": tuple(str(one) for one in permit.ranges),
        "names": permit.names,
        "ports": tuple(f"{first}-{last}" for first, last in permit.ports),
        "excluded": tuple(str(one) for one in permit.excluded),
        "opens_at": instant(permit.opens_at),
        "closes_at": instant(permit.closes_at),
        "withdrawn_at": permit.withdrawn_at and instant(permit.withdrawn_at),
    }


def _ports(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    return int(first), int(last)


def _permit(body: str) -> Permit:
    cells = json.loads(body)
    letter, withdrawn = cells.get("letter"), cells.get("withdrawn_at")
    return Permit(
        id=PermitId(cells["id"]),
        no=cells["no"],
        allowed_by=cells["allowed_by"],
        post=cells["post"],
        letter=Digest(letter) if letter else None,
        letter_number=cells.get("letter_number", ""),
        effect_weighed=cells["effect_weighed"],
        ranges=tuple(ip_network(one) for one in cells.get("ranges", ())),
        names=tuple(cells.get("names", ())),
        ports=tuple(_ports(one) for one in cells.get("ports", ())),
        excluded=tuple(ip_network(one) for one in cells.get("excluded", ())),
        opens_at=read_instant(cells["opens_at"]),
        closes_at=read_instant(cells["closes_at"]),
        withdrawn_at=read_instant(withdrawn) if withdrawn else None,
    )


PERMITS: Final = Kind(name="permit", table=tables.PERMIT, cells=_permit_cells, record=_permit)


def _waiver_cells(waiver: Waiver) -> dict[str, Cell]:
    return {
        "id": waiver.id,
        "no": waiver.no,
        "system": waiver.system,
        "item": str(waiver.item),
        "leader": waiver.leader,
        "post": waiver.post,
        "reason": waiver.reason,
        "measure": waiver.measure,
        "until": waiver.until,
        "granted_at": instant(waiver.granted_at),
    }


def _waiver(body: str) -> Waiver:
    cells = json.loads(body)
    return Waiver(
        id=WaiverId(cells["id"]),
        no=cells["no"],
        system=SystemId(cells["system"]),
        item=ItemId(cells["item"]),
        leader=PersonId(cells["leader"]),
        post=cells["post"],
        reason=cells["reason"],
        measure=cells["measure"],
        until=date.fromisoformat(cells["until"]),
        granted_at=read_instant(cells["granted_at"]),
    )


WAIVERS: Final = Kind(
    name="waiver", table=tables.WAIVER, cells=_waiver_cells, record=_waiver, keys=("system",)
)
