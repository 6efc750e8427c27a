"""What a system is beyond its level, read from the inventory, each with the field that says so.

GB/T 22239-2019 第5.2条 and 附录A: the extension requirements are chosen by the technologies used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from secops.model.checklist import Trait
from secops.model.new_technology import CloudRole
from secops.model.system import HostingKind, System, SystemKind, Technology
from secops.model.unit import Unit

_CLOUDS = frozenset(
    {HostingKind.GOVERNMENT_CLOUD, HostingKind.PRIVATE_CLOUD, HostingKind.PUBLIC_CLOUD}
)
_KINDS = {
    SystemKind.CLOUD: Trait.CLOUD_PROVIDER,
    SystemKind.APP: Trait.MOBILE,
    SystemKind.INTERNET_OF_THINGS: Trait.INTERNET_OF_THINGS,
    SystemKind.INDUSTRIAL_CONTROL: Trait.INDUSTRIAL_CONTROL,
    SystemKind.BIG_DATA: Trait.BIG_DATA,
}
_TECHNOLOGIES = {
    Technology.MOBILE: Trait.MOBILE,
    Technology.INTERNET_OF_THINGS: Trait.INTERNET_OF_THINGS,
    Technology.INDUSTRIAL_CONTROL: Trait.INDUSTRIAL_CONTROL,
    Technology.BIG_DATA: Trait.BIG_DATA,
}


@dataclass(frozen=True, slots=True)
class TraitShown:
    """A trait, and the first field of the inventory that shows it."""

    trait: Trait
    field: str  # a path of the record, such as `technology.mobile.used`


def traits_of(system: System, operator: Unit | None) -> tuple[TraitShown, ...]:
    """Give every trait once, in the order of their list; operator: whose system it is."""
    shown: dict[Trait, str] = {}
    for one in _shown(system, operator):
        shown.setdefault(one.trait, one.field)
    return tuple(TraitShown(trait, shown[trait]) for trait in Trait if trait in shown)


def _shown(system: System, operator: Unit | None) -> Iterator[TraitShown]:
    yield from _cloud(system)
    blocks = system.technology
    used = {
        Trait.MOBILE: ("mobile", blocks.mobile.used),
        Trait.INTERNET_OF_THINGS: ("internet_of_things", blocks.internet_of_things.used),
        Trait.INDUSTRIAL_CONTROL: ("industrial_control", blocks.industrial_control.used),
        Trait.BIG_DATA: ("big_data", blocks.big_data.used),
    }
    for trait, (block, is_used) in used.items():
        if is_used:
            yield TraitShown(trait, f"technology.{block}.used")
    for technology in system.business.technologies:
        if technology in _TECHNOLOGIES:
            yield TraitShown(_TECHNOLOGIES[technology], "business.technologies")
    if system.kind in _KINDS:
        yield TraitShown(_KINDS[system.kind], "kind")
    if operator and operator.standing.cii_operator:
        yield TraitShown(Trait.CII, "standing.cii_operator")


def _cloud(system: System) -> Iterator[TraitShown]:
    """Take a cloud system whose role nobody states as a tenant: it stands on some cloud."""
    roles = system.technology.cloud.roles
    if CloudRole.PROVIDER in roles:
        yield TraitShown(Trait.CLOUD_PROVIDER, "technology.cloud.roles")
    if CloudRole.CUSTOMER in roles:
        yield TraitShown(Trait.CLOUD_TENANT, "technology.cloud.roles")
    if roles or system.kind is SystemKind.CLOUD:
        return
    if system.hosting.kind in _CLOUDS:
        yield TraitShown(Trait.CLOUD_TENANT, "hosting.kind")
    elif system.technology.cloud.used:
        yield TraitShown(Trait.CLOUD_TENANT, "technology.cloud.used")
    elif Technology.CLOUD in system.business.technologies:
        yield TraitShown(Trait.CLOUD_TENANT, "business.technologies")
