"""扫描授权: who allowed what to be scanned, when. No authorisation, no scan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from secops.errors import WrongValueError, msgid
from secops.model.ids import Digest, PermitId

Network = IPv4Network | IPv6Network
IpAddress = IPv4Address | IPv6Address


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
    names: tuple[str, ...]  # host names; each address they resolve to must lie in `ranges` as well
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

    def covers(self, address: IpAddress, port: int, moment: datetime) -> bool:
        """Whether this address and port may be touched at this instant; exclusions win."""
        return (
            self.open_at(moment)
            and any(address in one for one in self.ranges)
            and not any(address in one for one in self.excluded)
            and any(first <= port <= last for first, last in self.ports)
        )
