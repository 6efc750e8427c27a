"""Certificates as they are found, good and odd."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import example, given
from hypothesis import strategies as st

from secops.lab.certificates import Wanted, certify, like_sm2, new_key
from secops.reading.certificate import Certificate, read_certificate

KEY = new_key()


def made(*hosts: str) -> Certificate:
    der = certify(Wanted(name="x.test", hosts=hosts), KEY).public_bytes(Encoding.DER)
    read = read_certificate(der)
    assert read is not None
    return read


@pytest.mark.parametrize(
    ("names", "host", "fits"),
    [
        (("a.edu.test",), "a.edu.test", True),
        (("A.edu.test",), "a.EDU.test.", True),
        (("a.edu.test",), "b.edu.test", False),
        (("*.edu.test",), "a.edu.test", True),
        (("*.edu.test",), "edu.test", False),
        (("*.edu.test",), "a.b.edu.test", False),
        (("*.test",), "a.test", False),
        (("w*.edu.test",), "www.edu.test", False),
        (("xn--fiq228c.test",), "中文.test", True),
        (("127.0.0.9",), "127.0.0.9", True),
        (("::1",), "[::1]", True),
        (("a.edu.test",), "127.0.0.9", None),
        ((), "a.edu.test", False),
    ],
)
def test_a_name_fits_by_the_strict_rules(
    names: tuple[str, ...], host: str, *, fits: bool | None
) -> None:
    assert made(*names).fits(host) is fits


def test_fifteen_hundred_names_are_read_in_no_time() -> None:
    read = made(*(f"n{number}.edu.test" for number in range(1500)))
    assert read.fits("n1499.edu.test")


def test_sm2_is_told_by_its_curve() -> None:
    read = read_certificate(like_sm2(certify(Wanted(name="tlcp.test"), KEY)))
    assert read is not None
    assert (read.key, read.signature) == ("sm2-256", "sm3")


def test_a_small_rsa_key_is_a_fact_and_no_error() -> None:
    der = certify(Wanted(name="x.test"), new_key(rsa_bits=1024)).public_bytes(Encoding.DER)
    read = read_certificate(der)
    assert read is not None
    assert read.key == "rsa-1024"


@given(at=st.integers(0, 10_000), value=st.integers(0, 255))
@example(at=11, value=1)  # no version that there is
@example(at=12, value=1)
def test_a_spoiled_certificate_is_read_or_is_none(at: int, value: int) -> None:
    der = bytearray(
        certify(Wanted(name="x.test", hosts=("a.test",)), KEY).public_bytes(Encoding.DER)
    )
    der[at % len(der)] = value
    read = read_certificate(bytes(der))
    assert read is None or read.key.isprintable()
