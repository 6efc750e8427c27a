"""The JSON document of `inventory check`; docs/reference has its schema."""

from __future__ import annotations

from collections.abc import Mapping

from secops.judging.inventory_coverage import Lacking, UnitCoverage, percent
from secops.judging.inventory_duplicates import Pair
from secops.judging.inventory_presence import Unlisted
from secops.model.answer import Measure
from secops.model.ids import EndpointId, SystemId, UnitId
from secops.model.inventory_check import Aspect
from secops.operations.check_inventory import InventoryReport, Names


def document_of(report: InventoryReport) -> dict[str, object]:
    """Give everything, by names and numbers."""
    names, presence = report.names, report.presence
    return {
        "good": report.good,
        "units": [_coverage(one, names) for one in report.coverage],
        "lacking": [_lacking(one, names) for one in report.lacking],
        "duplicates": [_pair(one, names) for one in report.duplicates.pairs],
        "duplicate_groups": [
            {
                "ground": one.ground.name.lower(),
                "same": one.same,
                "systems": [_system(id, names) for id in one.systems],
            }
            for one in report.duplicates.groups
        ],
        "contradictions": [
            {"kind": one.kind, "id": one.id, "clash": one.clash.value, "detail": one.detail}
            | _named(names, one.id)
            for one in report.contradictions
        ],
        "scan": presence.scan or None,
        "answering_but_unlisted": [_unlisted(one) for one in presence.unlisted],
        "listed_but_silent": [_silent(one, names) for one in presence.silent],
    }


def _unit(id: UnitId, names: Names) -> dict[str, object]:
    unit = names.units[id]
    return {"no": unit.no, "name": unit.name}


def _system(id: SystemId, names: Names) -> dict[str, object]:
    number, name = names.systems[id]
    return {"no": number, "name": name}


def _named(names: Names, id: str) -> dict[str, object]:
    if SystemId(id) in names.systems:
        return _system(SystemId(id), names)
    if UnitId(id) in names.units:
        return _unit(UnitId(id), names)
    return {"no": None, "name": names.records.get(id, "")}


def _measures(of: Mapping[Aspect, Measure]) -> dict[str, object]:
    return {
        aspect.value: {"n": one.n, "of": one.of, "percent": percent(one)}
        for aspect, one in of.items()
    }


def _coverage(one: UnitCoverage, names: Names) -> dict[str, object]:
    return {
        "unit": _unit(one.unit, names),
        "depth": one.depth,
        "systems": one.systems,
        "systems_with_those_below": one.systems_below,
        "own": _measures(one.own),
        "with_those_below": _measures(one.whole),
    }


def _lacking(one: Lacking, names: Names) -> dict[str, object]:
    return {
        "aspect": one.aspect.value,
        "unit": _unit(one.unit, names),
        "system": _system(one.system, names) if one.system else None,
        "lacks": [lack.value for lack in one.lacks],
    }


def _pair(one: Pair, names: Names) -> dict[str, object]:
    return {
        "score": one.score,
        "systems": [_system(one.first, names), _system(one.second, names)],
        "grounds": [{"ground": g.name.lower(), "same": what} for g, what in one.grounds],
    }


def _unlisted(one: Unlisted) -> dict[str, object]:
    return {
        "host": one.host,
        "port": one.port,
        "service": one.service,
        "whole_host": one.whole_host,
    }


def _silent(id: EndpointId, names: Names) -> dict[str, object]:
    endpoint = names.endpoints[id]
    systems = [_system(one, names) for one in endpoint.systems if one in names.systems]
    return {"value": endpoint.value, "port": endpoint.port, "systems": systems}
