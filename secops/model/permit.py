"""扫描授权: who allowed what to be scanned, when. No authorisation, no scan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import Final

from secops.errors import WrongValueError, msgid
from secops.model.ids import Digest, PermitId

Network = IPv4Network | IPv6Network
IpAddress = IPv4Address | IPv6Address

NEVER: Final[tuple[Network, ...]] = tuple(
    ip_network(one)
    for one in (
        "0.0.0.0/8",
        "100.100.100.200/32",  # metadata of a cloud, as are 169.254/16 and fd00:ec2::254
        "169.254.0.0/16",
        "224.0.0.0/3",  # multicast, reserved, broadcast
        "::/128",
        "fd00:ec2::254/128",
        "64:ff9b:1::/48",  # translators with a prefix of their own: who knows what is behind
        "2001::/32",  # Teredo, the same
        "fe80::/10",
        "ff00::/8",
    )
)
"""What no permit covers: metadata services, link-local, multicast, broadcast, unspecified."""

_TRANSLATED: Final = tuple(
    (IPv6Network(prefix), shift)
    for prefix, shift in (
        ("::/96", 0),  # IPv4-compatible
        ("::ffff:0:0/96", 0),  # mapped
        ("::ffff:0:0:0/96", 0),  # translated
        ("64:ff9b::/96", 0),  # NAT64
        ("2002::/16", 80),  # 6to4
    )
)
_OWN: Final = 2  # `::` and `::1` are no IPv4 addresses


def forms_of(address: IpAddress) -> tuple[IpAddress, ...]:
    """Give an address, and the IPv4 address that a translator reaches through it, if any."""
    if isinstance(address, IPv4Address) or int(address) < _OWN:
        return (address,)
    low = (1 << 32) - 1
    inner = (IPv4Address(int(address) >> bits & low) for net, bits in _TRANSLATED if address in net)
    return (address, *inner)


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """Asked when planning, after resolving, at every connection and redirect.

    Built only when the effect on the running system was weighed first (网络数据安全管理条例
    第十八条: automated tools are assessed before use and must not disturb the service).
    """

    id: PermitId
    no: int
    allowed_by: str
    post: str
    letter: Digest | None  # the letter as evidence; None: only its number is known
    letter_number: str
    effect_weighed: str  # in words: what was weighed, by whom
    ranges: tuple[Network, ...]
    names: tuple[str, ...]  # see `allows_name`; their addresses must lie in `ranges` as well
    ports: tuple[tuple[int, int], ...]  # first and last, both included
    excluded: tuple[Network, ...]
    opens_at: datetime
    closes_at: datetime
    withdrawn_at: datetime | None = None

    def __post_init__(self) -> None:
        for key, text in (
            ("allowed_by", self.allowed_by),
            ("post", self.post),
            ("effect_weighed", self.effect_weighed),
            ("letter", self.letter_number or self.letter or ""),
        ):
            if not text.strip():
                raise WrongValueError(key=key, wanted=msgid("stated in words"), found=text)
        if self.opens_at >= self.closes_at:
            raise WrongValueError(
                key="until", wanted=msgid("after the start"), found=self.closes_at.isoformat()
            )

    def open_at(self, moment: datetime) -> bool:
        """Whether the permit stands at this instant."""
        withdrawn = self.withdrawn_at is not None and moment >= self.withdrawn_at
        return self.opens_at <= moment < self.closes_at and not withdrawn

    def covers(self, address: IpAddress, port: int | None, moment: datetime) -> bool:
        """Whether it may be touched at this instant; exclusions win. No port: on any port."""
        return (
            self.open_at(moment)
            and any(address in one for one in self.ranges)
            and not any(
                form in one for form in forms_of(address) for one in (*self.excluded, *NEVER)
            )
            and (port is None or any(first <= port <= last for first, last in self.ports))
        )

    def allows_name(self, host: str) -> bool:
        """Whether a host may be asked for by this name; its address must be covered as well.

        Where the letter lists names, only those (`*.school.example`: all below it); where it lists
        none, every name of the inventory. An address literal is no name.
        """
        if not self.names or _is_literal(host):
            return True
        name = host.lower().rstrip(".")
        return any(
            name.endswith(one[1:]) if one.startswith("*.") else name == one for one in self.names
        )


def _is_literal(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()
