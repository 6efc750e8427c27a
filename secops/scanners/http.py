"""Looks at a website as a visitor may: a handful of GET and HEAD requests, nothing is filled in.

Redirects are followed by hand on the same host only, at most five, each through the permit; where
they lead elsewhere, that they do is the evidence. Files that should not be readable are told by
their content, and passwords found in them do not enter the evidence.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from secops import __version__
from secops.contracts.scanning import Collected, HttpRequest, HttpSeen, Known, Wire
from secops.errors import msgid
from secops.guards.hosts import literal_of
from secops.model.common import NotApplicable
from secops.model.evidence import Evidence, Failed, FailureKind, Observation, Stage, Target
from secops.reading.exchanges import Exchange, pack
from secops.reading.http_evidence import FAMILY, FILE, FOLDER, HOME, RANDOM, REDIRECT, http_facts
from secops.reading.http_page import WebsiteWords, read_page
from secops.reading.http_response import Response, read_response, write_response
from secops.reading.web_address import WebAddress
from secops.reading.web_findings import EXPOSURES, without_secrets
from secops.scanners._wire.together import together

_MOST_REDIRECTS: Final = 5
_PAGE_BYTES: Final = 2 * 1024 * 1024
_ERROR_BYTES: Final = 64 * 1024
_PLAIN_ON_TLS: Final = 400
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_WEB: Final = frozenset(("http", "https", "unknown", "tls"))


@dataclass(slots=True)
class _Visit:
    """What was asked of one website, and how to ask more."""

    target: Target
    wire: Wire
    exchanges: list[Exchange] = field(default_factory=list)

    async def ask(
        self, asked: str, at: WebAddress, most_bytes: int, shown: Callable[[bytes], bytes] = bytes
    ) -> HttpSeen | Failed:
        """Send one request and write the answer down; `shown` is what of the body may be kept."""
        again = asked.startswith(FAMILY)
        request = HttpRequest(
            method="HEAD" if again else "GET",
            scheme=at.scheme,
            path=at.path,
            host=at.host,
            most_bytes=most_bytes,
            family=int(asked.removeprefix(FAMILY)) if again else 0,
        )
        target = Target(endpoint=self.target.endpoint, host=at.host, port=at.port)
        seen = await self.wire.fetch(target, request)
        self.exchanges.append(_kept(asked, at, seen, shown))
        return seen


def _kept(
    asked: str, at: WebAddress, seen: HttpSeen | Failed, shown: Callable[[bytes], bytes]
) -> Exchange:
    if isinstance(seen, Failed):
        return Exchange(asked=asked, where=str(at), note=seen.detail, failed=seen.kind.value)
    got = write_response(seen.status, seen.headers, shown(seen.body))
    note = f"{seen.address} (cut)" if seen.truncated else seen.address
    return Exchange(asked=asked, where=str(at), got=got, note=note)


class HttpProbe:
    """Observes what a web port shows to anybody; `words` say how Chinese websites write it."""

    name = "http"
    stage = Stage.CONTENT
    batch_size = 16

    def __init__(self, words: WebsiteWords) -> None:
        self._words = words

    def accepts(self, target: Target, known: Known) -> NotApplicable | None:
        """Web ports are ours, and ports of which nothing is known."""
        if target.port is None:
            return NotApplicable(msgid("no port is named"))
        services = known.values("service.name", target.port)
        if services and not _WEB.intersection(services):
            return NotApplicable(msgid("no web service was seen there"))
        return None

    async def collect(self, batch: Sequence[Target], wire: Wire) -> AsyncIterator[Collected]:
        """Sites side by side, the requests to one site one after another."""

        async def examine(target: Target) -> Collected:
            result = await _examine(_Visit(target, wire))
            return Collected(target=target, result=result, tool=f"secops {__version__}")

        async for one in together(batch, examine):
            yield one

    def interpret(self, evidence: Evidence) -> tuple[Observation, ...]:
        """Read everything out of the kept answers."""
        return http_facts(evidence, self._words)


async def _examine(visit: _Visit) -> bytes | Failed:
    home = await _home(visit)
    if isinstance(home, Failed):
        return home
    page_at, page = await _follow(visit, home)
    site = WebAddress(scheme=home.scheme, host=home.host, port=home.port)
    await _random_paths(visit, site)
    await _folder(visit, page_at, page)
    await _files(visit, site)
    if literal_of(visit.target.host) is None:
        await _families(visit, site)
    return pack(visit.exchanges)


async def _home(visit: _Visit) -> WebAddress | Failed:
    """Ask for `/` in the clear, and within TLS where that is not understood."""
    host, port = visit.target.host.strip("[]"), visit.target.port or 0
    failed: Failed | None = None
    for scheme in ("https", "http") if str(port).endswith("443") else ("http", "https"):
        at = WebAddress(scheme=scheme, host=host, port=port)
        visit.exchanges.clear()  # only the answer that was understood is kept
        seen = await visit.ask(HOME, at, _PAGE_BYTES)
        if isinstance(seen, Failed):
            failed = failed or seen
            if seen.kind not in (FailureKind.REFUSED, FailureKind.NOT_UNDERSTOOD):
                return seen
        elif scheme == "https" or seen.status != _PLAIN_ON_TLS:
            return at
    return failed or Failed(FailureKind.NOT_UNDERSTOOD, "no web service answers there")


async def _follow(visit: _Visit, at: WebAddress) -> tuple[WebAddress, Response]:
    been = {str(at)}
    while True:
        response = read_response(visit.exchanges[-1].got) or Response(status=0)
        leads_to = at.lead_to(response.header("location")) if _leads_on(response) else None
        if leads_to is None or not _same_site(leads_to.host, visit.target.host):
            return at, response
        if str(leads_to) in been or len(been) > _MOST_REDIRECTS:
            return at, response
        been.add(str(leads_to))
        if isinstance(await visit.ask(REDIRECT, leads_to, _PAGE_BYTES), Failed):
            return at, response
        at = leads_to


def _leads_on(response: Response) -> bool:
    return response.status in _REDIRECTS and bool(response.header("location"))


def _same_site(one: str, other: str) -> bool:
    """Whether two hosts are one site: the same name, `www.` or not."""
    return one.lower().removeprefix("www.") == other.lower().strip("[]").removeprefix("www.")


async def _random_paths(visit: _Visit, site: WebAddress) -> None:
    """Ask for what cannot be there: how errors look, and whether `found` means anything."""
    for ending in ("", ".zip"):
        await visit.ask(RANDOM, site.page(f"/{secrets.token_hex(12)}{ending}"), _ERROR_BYTES)


async def _folder(visit: _Visit, at: WebAddress, response: Response) -> None:
    """Ask for the folder of the first file that the page takes from its own site."""
    links = (at.lead_to(link) for link in read_page(response.text()).links)
    folders = (
        one.page(one.path.partition("?")[0].rpartition("/")[0] + "/")
        for one in links
        if one and (one.scheme, one.host, one.port) == (at.scheme, at.host, at.port)
    )
    folder = next((one for one in folders if one.path != "/"), None)
    if folder:
        await visit.ask(FOLDER, folder, _ERROR_BYTES)


async def _files(visit: _Visit, site: WebAddress) -> None:
    for one in EXPOSURES:
        shown = partial(without_secrets, one)
        await visit.ask(FILE, site.page(one.path), one.most_bytes, shown)


async def _families(visit: _Visit, site: WebAddress) -> None:
    for family in (4, 6):
        await visit.ask(f"{FAMILY}{family}", site, 0)
