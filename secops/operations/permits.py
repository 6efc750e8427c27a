"""扫描授权: records who allowed what to be scanned, and takes it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from ipaddress import IPv6Address, ip_network
from typing import Final

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors import UnknownNumberError, msgid
from secops.errors.scanning import NeverScannedError, RangeRefusedError, RangeTooWideError
from secops.guards.hosts import name_of, port_ranges
from secops.guards.plain_text import plain
from secops.model.ids import Digest, PermitId
from secops.model.permit import NEVER, Network, Permit, forms_of
from secops.operations.supply_evidence import Material, supply_evidence

_WIDEST: Final = 65_536
_MAPPED: Final = 96  # bits before the IPv4 address in ::ffff:10.1.2.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """授权文件: its number, and the scanned paper where there is one."""

    number: str = ""
    content: bytes = b""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitRequest:
    """A permit as a person states it, in words."""

    allowed_by: str
    post: str
    letter: Letter
    ranges: Sequence[str]
    names: Sequence[str]
    ports: str
    excluded: Sequence[str]
    opens_at: datetime
    closes_at: datetime
    effect_weighed: str
    wide: bool = False


def add_permit(
    work: UnitOfWork, blobs: Blobs, acting: Acting, request: PermitRequest, *, dry_run: bool = False
) -> Permit:
    """Record a permit; raises RangeRefused-, RangeTooWide-, NeverScanned- and WrongValueError."""
    permit = Permit(
        id=PermitId(acting.new_id()),
        no=work.permits.next_no(),
        allowed_by=plain(request.allowed_by).strip(),
        post=plain(request.post).strip(),
        letter=None,
        letter_number=plain(request.letter.number.strip() or request.letter.name),
        effect_weighed=plain(request.effect_weighed).strip(),
        ranges=tuple(_range(one, wide=request.wide) for one in _apart(request.ranges)),
        names=tuple(_name(one) for one in _apart(request.names)),
        ports=_ports(request.ports),
        excluded=tuple(_network(one) for one in _apart(request.excluded)),
        opens_at=request.opens_at,
        closes_at=request.closes_at,
    )
    if dry_run:
        return permit
    if request.letter.content:
        permit = replace(permit, letter=_keep(work, blobs, acting, request.letter))
    work.permits.put_many(acting.actor, [permit])
    work.commit()
    return permit


def withdraw_permit(
    work: UnitOfWork, acting: Acting, no: int, reason: str, *, dry_run: bool = False
) -> Permit:
    """Take it back, now; a scan under it stops within seconds."""
    found = next((one for one in work.permits.all() if one.no == no), None)
    if found is None:
        near = ", ".join(str(one.no) for one in work.permits.all()) or "-"
        raise UnknownNumberError(kind=msgid("permit"), name=str(no), near=near)
    withdrawn = replace(found, withdrawn_at=found.withdrawn_at or acting.now())
    if not dry_run:
        work.permits.put_many(acting.actor, [withdrawn])
        work.chain.note(acting.actor, "permit.withdraw", f"permit {found.id}", reason)
        work.commit()
    return withdrawn


def _keep(work: UnitOfWork, blobs: Blobs, acting: Acting, letter: Letter) -> Digest:
    material = Material(content=letter.content, title=letter.name, subject="permit")
    return supply_evidence(work, blobs, acting, material)


def _apart(texts: Iterable[str]) -> list[str]:
    words = (word for text in texts for word in text.replace(",", " ").split())
    return list(dict.fromkeys(words))


def _network(text: str) -> Network:
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        raise RangeRefusedError(text=text, kind=msgid("address range")) from None
    inner = network.network_address
    if isinstance(inner, IPv6Address) and inner.ipv4_mapped and network.prefixlen >= _MAPPED:
        return ip_network((inner.ipv4_mapped, network.prefixlen - _MAPPED))  # as the wire sees it
    return network


def _range(text: str, *, wide: bool) -> Network:
    network = _network(text)
    firsts, lasts = forms_of(network[0]), forms_of(network[-1])
    pairs = zip(firsts, lasts, strict=False)
    if any(first in one and last in one for first, last in pairs for one in NEVER):
        raise NeverScannedError(range=str(network))
    if network.num_addresses > _WIDEST and not wide:
        raise RangeTooWideError(range=str(network))
    return network


def _name(text: str) -> str:
    below = text.startswith("*.")
    name = name_of(text.removeprefix("*."))
    if name is None:
        raise RangeRefusedError(text=text, kind=msgid("host name"))
    return f"*.{name}" if below else name


def _ports(text: str) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for one in port_ranges(_apart([text])):
        if isinstance(one, str):
            raise RangeRefusedError(text=one, kind=msgid("port list"))
        found.append(one)
    return tuple(found)
