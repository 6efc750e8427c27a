"""Codes, addresses and numbers that have a form of their own: right, or what they should be.

A check takes text and gives `None` or a `Problem`, whose value is the msgid that fills `wanted` of
a `WrongValueError`. `wrong_cells` knows which cell of which record has which form: importers and
edit commands ask it and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, unique
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from secops.errors import WrongValueError, msgid
from secops.model.record import Cell


@unique
class Problem(Enum):
    """What the text should have been."""

    CREDIT_CODE_FORM = msgid("18 digits and capital letters without I, O, S, V, Z")
    CREDIT_CODE_CHECK = msgid("a credit code whose last character fits the others (GB 32100-2015)")
    REGION_CODE = msgid("a region code of six digits such as 430100")
    POSTCODE = msgid("a postcode of six digits")
    PHONE = msgid("a telephone number such as 010-12345678, or /")
    EMAIL = msgid("an e-mail address such as name@school.example")
    ADDRESS = msgid("an IPv4 or IPv6 address without leading zeros, such as 192.0.2.10")
    ADDRESS_RANGE = msgid("an address, a range such as 192.0.2.0/24, or first-last")
    HOST_NAME = msgid("a host name such as www.school.example")
    URL = msgid("an http or https URL without user name, such as https://www.school.example/")
    URL_PORT = msgid("the port that stands in the URL")
    PORT = msgid("a port from 1 to 65535")
    COUNT = msgid("0 or more")
    ICP_NUMBER = msgid("an ICP number with region, digits and ending as printed on the website")
    POLICE_NUMBER = msgid("a public-security network number with its 14 digits")
    NAME = msgid("a name on one line, of 200 characters at most")


_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
_CREDIT_CODE: Final = re.compile(rf"[{_ALPHABET}]{{2}}[0-9]{{6}}[{_ALPHABET}]{{10}}")


def credit_code_check(first_17: str) -> str:
    """Give the check character of a 统一社会信用代码 (GB 32100-2015: weights 3^i, modulus 31)."""
    total = sum(
        _ALPHABET.index(sign) * weight for sign, weight in zip(first_17, _WEIGHTS, strict=True)
    )
    return _ALPHABET[-total % 31]


def credit_code(text: str) -> Problem | None:
    """统一社会信用代码: form and check character."""
    if not _CREDIT_CODE.fullmatch(text):
        return Problem.CREDIT_CODE_FORM
    return None if credit_code_check(text[:17]) == text[17] else Problem.CREDIT_CODE_CHECK


_PROVINCE: Final = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")


def region_code(text: str) -> Problem | None:
    """行政区划代码, GB/T 2260: six digits that begin with a province."""
    fits = re.fullmatch(r"[0-9]{6}", text) and _PROVINCE.match(text)
    return None if fits else Problem.REGION_CODE


def postcode(text: str) -> Problem | None:
    """邮政编码."""
    return None if re.fullmatch(r"[0-9]{6}", text) else Problem.POSTCODE


_PHONE: Final = re.compile(
    r"\+?[0-9(][0-9 ()-]{1,24}[0-9](?:(?: ?ext\.? ?|[^\x00-\x7f])[0-9]{1,6})?"
)


def phone(text: str) -> Problem | None:
    """Any telephone number; one that looks like a mobile of the mainland must have 11 digits."""
    if text == "/":  # the filing form's own sign for "none"
        return None
    if not _PHONE.fullmatch(text):
        return Problem.PHONE
    near_mobile = re.fullmatch(r"1[3-9][0-9]{8,}", text)
    return Problem.PHONE if near_mobile and len(text) != 11 else None  # noqa: PLR2004  # digits


def email(text: str) -> Problem | None:
    """Local part without blanks or quoting, and a host name with a dot."""
    local, _, host = text.rpartition("@")
    fits = re.fullmatch(r"[^\s@<>()\[\]\\,;:\"\x00-\x1f]{1,64}", local) and "." in host
    return None if fits and host_name(host) is None else Problem.EMAIL


def parse_address(text: str) -> IPv4Address | IPv6Address | None:
    """Read an address in its plain form: no octal, hexadecimal, short or scoped spelling."""
    if "%" in text or "/" in text:
        return None
    try:
        return ip_address(text)
    except ValueError:
        return None


def address(text: str) -> Problem | None:
    """One IPv4 or IPv6 address."""
    return None if parse_address(text) else Problem.ADDRESS


def address_range(text: str) -> Problem | None:
    """Judge an address, a network, or first and last address with a hyphen."""
    first, hyphen, last = (part.strip() for part in text.partition("-"))
    if hyphen:
        low, high = parse_address(first), parse_address(last)
        fits = low and high and low.version == high.version and int(low) <= int(high)
        return None if fits else Problem.ADDRESS_RANGE
    try:
        ip_network(text, strict=True)
    except ValueError:
        return Problem.ADDRESS_RANGE
    return Problem.ADDRESS_RANGE if "%" in text else None


_LABEL: Final = re.compile(r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?")
_NUMBER: Final = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")


def host_name(text: str) -> Problem | None:
    """Judge a name: letters, digits, hyphens; never one that a resolver reads as a number."""
    labels = text.split(".")
    fits = len(text) <= 253 and all(map(_LABEL.fullmatch, labels))  # noqa: PLR2004  # RFC 1035
    return None if fits and not _NUMBER.fullmatch(labels[-1]) else Problem.HOST_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlParts:
    """The parts of a URL that tell where it leads."""

    scheme: str
    host: str  # lower case; an IPv6 address without brackets
    port: int
    port_stated: bool
    path: str


_URL: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\\\[\]]+)(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>[/?#][^\s\\\x00-\x20\x7f]*)?",
    re.IGNORECASE,
)


def parse_url(text: str) -> UrlParts | None:
    """Read an http or https URL; one that browsers and people might read differently is refused."""
    found = _URL.fullmatch(text)
    if not found:
        return None
    scheme, host = found["scheme"].lower(), found["host"].lower()
    bare = host.strip("[]")
    literal = parse_address(bare)
    known = literal is not None and (literal.version == 6) == host.startswith("[")  # noqa: PLR2004  # the protocol's number
    number = int(found["port"] or (443 if scheme == "https" else 80))
    if not (known or host_name(bare) is None) or port(number):
        return None
    return UrlParts(
        scheme=scheme,
        host=bare,
        port=number,
        port_stated=found["port"] is not None,
        path=found["path"] or "/",
    )


def url(text: str) -> Problem | None:
    """Judge an http or https URL; one with a user name is refused."""
    return None if parse_url(text) else Problem.URL


def port(number: int) -> Problem | None:
    """Judge a TCP or UDP port."""
    return None if 1 <= number <= 65535 else Problem.PORT  # noqa: PLR2004  # 16 bits


def count(number: int) -> Problem | None:
    """How many of something."""
    return None if number >= 0 else Problem.COUNT


_OTHER: Final = r"[^\x00-\x7f]"  # the Chinese signs of a printed number


def icp_number(text: str) -> Problem | None:
    """ICP备案号: region sign, ICP, kind, digits, ending, and the website's own number."""
    fits = re.fullmatch(rf"{_OTHER}ICP{_OTHER}[0-9]{{6,10}}{_OTHER}(?:-[0-9]{{1,4}}[A-Z]?)?", text)
    return None if fits else Problem.ICP_NUMBER


def police_number(text: str) -> Problem | None:
    """公安联网备案号: region sign, four words, 14 digits, ending."""
    fits = re.fullmatch(rf"{_OTHER}{{5}} ?[0-9]{{14}} ?{_OTHER}", text)
    return None if fits else Problem.POLICE_NUMBER


_LONGEST_NAME: Final = 200


def name(text: str) -> Problem | None:
    """Judge what people call it: it stands in tables, file names and on covers."""
    fits = text.isprintable() and len(text) <= _LONGEST_NAME
    return None if fits else Problem.NAME


_TEXTS: Final[Mapping[tuple[str, str], Callable[[str], Problem | None]]] = {
    ("unit", "name"): name,
    ("person", "name"): name,
    ("system", "name"): name,
    ("component", "name"): name,
    ("unit", "credit_code"): credit_code,
    ("unit", "internet_addresses"): address_range,
    ("unit", "address.region_code"): region_code,
    ("unit", "address.postcode"): postcode,
    ("contact", "office_phone"): phone,
    ("contact", "mobile"): phone,
    ("contact", "email"): email,
    ("system", "business.source_addresses"): address_range,
    ("system", "business.domain_names"): host_name,
    ("system", "registration.icp_number"): icp_number,
    ("system", "registration.police_number"): police_number,
}
_NUMBERS: Final[Mapping[tuple[str, str], Callable[[int], Problem | None]]] = {
    ("endpoint", "port"): port,
    ("system", "data.people"): count,
    ("system", "data.minors_people"): count,
    ("system", "business.service_scope_count"): count,
    ("system", "technology.cloud.customers"): count,
    ("system", "technology.big_data.applications"): count,
}
_TextCheck = tuple[str, Callable[[str], Problem | None]]
_NumberCheck = tuple[str, Callable[[int], Problem | None]]
_PLACES: Final = {"address": address, "name": host_name, "url": url}


@cache
def _checks(kind: str) -> tuple[tuple[_TextCheck, ...], tuple[_NumberCheck, ...]]:
    """Give the checks of one kind of record: imports ask for every row."""
    texts = tuple((path, check) for (whose, path), check in _TEXTS.items() if whose == kind)
    numbers = tuple((path, check) for (whose, path), check in _NUMBERS.items() if whose == kind)
    return texts, numbers


def wrong_cells(kind: str, cells: Mapping[str, Cell]) -> Iterator[WrongValueError]:
    """Give an error for each cell of a record whose text has not the form that it must have.

    `kind` as in `model.inventory.KINDS`; cells as of `to_cells`. Empty cells are never wrong here.
    """
    texts, numbers = _checks(kind)
    for path, text_check in texts:
        for text in _each(cells.get(path)):
            yield from _error(path, text, text_check(text))
    for path, number_check in numbers:
        number = cells.get(path)
        if isinstance(number, int):
            yield from _error(path, number, number_check(number))
    if kind == "endpoint":
        yield from _wrong_endpoint(cells)


def _each(cell: Cell) -> tuple[str, ...]:
    if isinstance(cell, tuple):
        return cell
    return (cell,) if isinstance(cell, str) and cell else ()


def _error(path: str, found: str | int, problem: Problem | None) -> Iterator[WrongValueError]:
    if problem:
        yield WrongValueError(key=path, wanted=problem.value, found=str(found))


def _wrong_endpoint(cells: Mapping[str, Cell]) -> Iterator[WrongValueError]:
    value, stated = str(cells.get("value") or ""), cells.get("port")
    check = _PLACES.get(str(cells.get("kind")))
    if not check or not value:
        return  # the record's own reader says so
    yield from _error("value", value, check(value))
    parts = parse_url(value)
    if parts and isinstance(stated, int) and stated != parts.port:
        yield from _error("port", stated, Problem.URL_PORT)
