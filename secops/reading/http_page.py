"""What a page shows: its title, forms that ask for a password, filing numbers, listings, errors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from secops.guards.text import clean_text
from secops.reading.web_address import WebAddress

_MOST_TEXT: Final = 512 * 1024
_MOST_LINKS: Final = 500
_UNSEEN: Final = frozenset({"script", "style", "noscript", "template"})
_TRACE: Final = re.compile(
    r"Traceback \(most recent call last\)|\bat [\w$.]{3,200}\([\w$]{1,80}\.java:\d+\)"
    r"|\bjava\.[a-z]{2,20}\.\w{0,60}Exception\b|\bSQLSTATE\[|You have an error in your SQL syntax"
    r"|\bORA-\d{5}\b|\bSystem\.\w{0,60}Exception\b|(?:Fatal|Parse) error: .{1,300} on line \d+"
    r"|\bStack trace:"
)
_VERSION: Final = re.compile(
    r"\b(?:nginx|openresty|Tengine|Apache|Apache Tomcat|Tomcat|PHP|Microsoft-IIS|Jetty|WebLogic"
    r"|JBoss|Werkzeug|Django Version:|lighttpd)(?:\(|/| |: ?)v?\d{1,3}\.\d"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingMark:
    """How a filing number is written: a province's short name, a mark, digits, an end."""

    mark: str
    end: str
    least_digits: int
    most_digits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WebsiteWords:
    """Words of `checklists/recognition/website.yaml`."""

    provinces: str
    icp: FilingMark
    police: FilingMark
    listings: tuple[str, ...]  # how the title or first heading of a listing begins

    def filing_number(self, text: str, kind: FilingMark) -> str:
        """Find the first number of a kind; full width and blanks do not matter."""
        even = "".join(unicodedata.normalize("NFKC", text[:_MOST_TEXT]).split())
        digits = f"[0-9]{{{kind.least_digits},{kind.most_digits}}}"
        found = re.search(
            f"[{re.escape(self.provinces)}]{re.escape(kind.mark)}{digits}{kind.end}(?:-[0-9]{{1,3}})?",
            even,
        )
        return found[0] if found else ""

    def is_listing(self, page: Page) -> bool:
        """Whether a web server's own listing of a folder is shown, not a page about one."""
        heads = (page.title.lower(), page.heading.lower())
        return any(head.startswith(word.lower()) for head in heads for word in self.listings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the parser found; text is as a stranger wrote it, except title and heading."""

    title: str
    heading: str
    text: str
    password_posts_to: tuple[str, ...] = ()  # form actions, "" is the page itself
    links: tuple[str, ...] = ()
    base: str = ""


def read_page(text: str) -> Page:
    """Read a page however broken it is."""
    # Bytes and a named encoding: what the page says of itself has been decided already.
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, huge_tree=False, remove_comments=True
    )
    whole = text[:_MOST_TEXT].replace("\0", " ").encode("utf-8", "replace")
    try:
        root = etree.fromstring(whole, parser)
    except etree.XMLSyntaxError:
        root = None
    return Page(title="", heading="", text="") if root is None else _page(root)


def _page(root: etree._Element) -> Page:
    shown = (one.text if one.tag not in _UNSEEN else "" for one in root.iter("*"))
    tails = (one.tail for one in root.iter("*"))
    text = " ".join(piece for pair in zip(shown, tails, strict=True) for piece in pair if piece)
    linked = (one.get("href") or one.get("src") for one in root.iter("a", "img", "link", "script"))
    return Page(
        title=_words_of(root, "title"),
        heading=_words_of(root, "h1"),
        text=text,
        password_posts_to=tuple(_form_action(one) for one in root.iter("input") if _is_secret(one)),
        links=tuple(link for link in linked if link)[:_MOST_LINKS],
        base=next((one.get("href") or "" for one in root.iter("base")), ""),
    )


def _words_of(root: etree._Element, tag: str) -> str:
    found = next(root.iter(tag), None)
    return "" if found is None else clean_text("".join(map(str, found.itertext())))


def _is_secret(field: etree._Element) -> bool:
    return (field.get("type") or "").strip().lower() == "password"


def _form_action(field: etree._Element) -> str:
    form = next(field.iterancestors("form"), None)
    return "" if form is None else (form.get("action") or "")


def login_scheme(page: Page, at: WebAddress) -> str:
    """Say how a typed password would travel: none, http or https; the worst form decides."""
    base = (at.lead_to(page.base) if page.base else None) or at
    leads = [base.lead_to(action) if action else at for action in page.password_posts_to]
    schemes = {one.scheme if one else at.scheme for one in leads}
    if at.scheme == "http" and schemes:
        schemes.add("http")  # who may change the page on its way may change the form
    return next((one for one in ("http", "https") if one in schemes), "none")


def error_detail(pages: Sequence[str]) -> str:
    """Say what error pages give away: none, version or trace; the worst page decides."""
    if any(_TRACE.search(page[:_MOST_TEXT]) for page in pages):
        return "trace"
    return "version" if any(_VERSION.search(page[:_MOST_TEXT]) for page in pages) else "none"
