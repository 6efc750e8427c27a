"""Facts of a web port, read out of the transcript of requests that the probe kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final

from secops.guards.text import clean_text
from secops.model.evidence import Evidence, Observation
from secops.reading.exchanges import Exchange, observed, unpack
from secops.reading.http_headers import has_hsts, missing_headers, weak_cookies
from secops.reading.http_page import Page, WebsiteWords, error_detail, login_scheme, read_page
from secops.reading.http_response import Response, read_response
from secops.reading.web_address import WebAddress, read_address
from secops.reading.web_findings import EXPOSURES, is_exposed

HOME: Final = "home"  # `/`, the first answer
REDIRECT: Final = "redirect"  # where it led
RANDOM: Final = "random"  # a path that cannot exist
FOLDER: Final = "folder"  # the folder of a linked file
FILE: Final = "file"  # a file that should not be there
FAMILY: Final = "ipv"  # `ipv4` and `ipv6`: the same once more over one of them
"""What an exchange of the transcript was made for."""

_REDIRECTS: Final = range(300, 400)
_ERRORS: Final = range(400, 600)
_NO: Final = ("refused", "unresolved")  # answers; silence is none

Fact = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class _Step:
    asked: str
    at: WebAddress
    failed: str
    response: Response | None


def http_facts(evidence: Evidence, words: WebsiteWords) -> tuple[Observation, ...]:
    """Read what the site sent; nothing where no HTTP was spoken."""
    steps = [step for one in unpack(evidence.content) if (step := _step(one))]
    home = next((one for one in steps if one.asked == HOME and one.response), None)
    if home is None or home.response is None:
        return ()
    facts = [
        *_of_home(home.at, home.response),
        *_of_answers(home.at, steps),
        *_of_pages(steps, words),
        *_of_files(steps),
        *_of_families(evidence.target.host, steps),
    ]
    return observed(evidence, facts)


def _step(one: Exchange) -> _Step | None:
    at = read_address(one.where)
    return _Step(one.asked, at, one.failed, read_response(one.got)) if at else None


def _of_home(at: WebAddress, response: Response) -> Iterator[Fact]:
    yield "http.status", str(response.status)
    yield "http.server-banner", clean_text(response.header("server"))
    if at.scheme == "https":
        yield "http.hsts", "yes" if has_hsts(response) else "no"
    elif response.status in _REDIRECTS:
        leads_to = at.lead_to(response.header("location"))
        yield "http.redirect-scheme", leads_to.scheme if leads_to else "none"
    else:
        yield "http.redirect-scheme", "none"


def _of_answers(home: WebAddress, steps: Sequence[_Step]) -> Iterator[Fact]:
    """Headers of this very port: the port redirected to has its own evidence."""
    own = [
        one.response
        for one in steps
        if one.asked in (HOME, REDIRECT)
        and one.response
        and (one.at.scheme, one.at.host, one.at.port) == (home.scheme, home.host, home.port)
    ]
    pages = [one for one in own if one.status not in _REDIRECTS]
    if pages:
        yield "http.headers-missing", ",".join(missing_headers(pages[-1])) or "none"
    yield "http.cookies-weak", weak_cookies(own)


def _of_pages(steps: Sequence[_Step], words: WebsiteWords) -> Iterator[Fact]:
    shown = [one for one in steps if one.asked in (HOME, REDIRECT)][-1]
    if shown.response is not None and shown.response.status not in _REDIRECTS:
        page = read_page(shown.response.text())
        yield "http.title", page.title
        yield "http.login-form", login_scheme(page, shown.at)
        yield "http.icp-number", words.filing_number(page.text, words.icp)
        yield "http.police-number", words.filing_number(page.text, words.police)
        yield "http.listing", _listing([page, *_folders(steps)], words)
    errors = [
        one.response.text()
        for one in steps
        if one.asked == RANDOM and one.response and one.response.status in _ERRORS
    ]
    if errors:
        yield "http.error-detail", error_detail(errors)


def _folders(steps: Sequence[_Step]) -> list[Page]:
    return [read_page(one.response.text()) for one in steps if one.asked == FOLDER and one.response]


def _listing(pages: Sequence[Page], words: WebsiteWords) -> str:
    return "yes" if any(words.is_listing(page) for page in pages) else "no"


def _of_files(steps: Sequence[_Step]) -> Iterator[Fact]:
    random = [one.response for one in steps if one.asked == RANDOM and one.response]
    tried = {one.at.path: one.response for one in steps if one.asked == FILE}
    found = [
        exposure.kind
        for exposure in EXPOSURES
        if (response := tried.get(exposure.path))
        and is_exposed(exposure, response)
        and not any(is_exposed(exposure, one) for one in random)
    ]
    if found:
        yield "http.exposed", ",".join(dict.fromkeys(found))
    elif all(tried.get(exposure.path) for exposure in EXPOSURES):
        yield "http.exposed", "none"


def _of_families(host: str, steps: Sequence[_Step]) -> Iterator[Fact]:
    try:
        yield f"http.ipv{ip_address(host.strip('[]')).version}", "yes"
    except ValueError:
        for one in steps:
            if one.asked.startswith(FAMILY):
                yield f"http.{one.asked}", _reached(one)


def _reached(step: _Step) -> str | None:
    if step.response:
        return "yes"
    return "no" if step.failed in _NO else None
