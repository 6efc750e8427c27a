"""First words of services, each told by what it says and by nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secops.reading.greeting import greeting_is_complete, read_greeting
from secops.reading.memcached_reply import memcached_access
from secops.reading.postgresql_reply import (
    postgresql_access,
    postgresql_is_complete,
    postgresql_tls,
)
from secops.reading.redis_reply import redis_access
from secops.reading.ssh_banner import read_ssh, ssh_is_complete
from secops.reading.tls_record import (
    SSL3,
    TLCP,
    TLS12,
    TLS13,
    client_hello,
    flight_is_complete,
    server_flight,
)
from secops.reading.tls_suites import has_forward_secrecy, of_the_kinds, weakness


@pytest.mark.parametrize(
    ("said", "service", "version"),
    [
        (b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", "ssh", "9.2p1"),
        (b"SSH-2.0-Cisco-1.25\n", "ssh", ""),
        (b"HTTP/1.1 400 Bad Request\r\n", "http", ""),
        (b"\x4a\x00\x00\x00\x0a8.0.36\x00abc", "mysql", "8.0.36"),
        (b"\x45\x00\x00\x00\xffj\x04Host 'x' is not allowed", "mysql", ""),
        (b"220 (vsFTPd 3.0.3)\r\n", "ftp", "3.0.3"),
        (b"220 Welcome to the FTP service\r\n", "ftp", ""),
        (b"220 mail.test ESMTP Postfix\r\n", "smtp", ""),
        (b"\xff\xfb\x01\xff\xfd\x18", "telnet", ""),
        (b"-NOAUTH Authentication required.\r\n", "redis", ""),
        (b"VERSION 1.6.18\r\n", "memcached", "1.6.18"),
        (b"+OK POP3 ready\r\n", "pop3", ""),
        (b"* OK [CAPABILITY IMAP4rev1] ready\r\n", "imap", ""),
        (b"RFB 003.008\n", "vnc", ""),
    ],
)
def test_a_service_is_told_by_its_greeting(said: bytes, service: str, version: str) -> None:
    read = read_greeting(said)
    assert read is not None
    assert (read.service, read.version) == (service, version)
    assert greeting_is_complete(said)


@pytest.mark.parametrize("said", [b"", b"hello\r\n", b"220 welcome\r\n", b"\x00\x01\x02", b"HTTP"])
def test_a_stranger_is_not_guessed(said: bytes) -> None:
    assert read_greeting(said) is None


@pytest.mark.parametrize(
    ("said", "access"),
    [
        (b"+PONG\r\n+OK\r\n", "open"),
        (b"-NOAUTH Authentication required.\r\n", "asks"),
        (b"-DENIED Redis is running in protected mode\r\n", ""),
        (b"-ERR unknown command\r\n", None),
    ],
)
def test_redis_is_open_only_when_it_says_so(said: bytes, access: str | None) -> None:
    assert redis_access(said) == access


@pytest.mark.parametrize(
    ("said", "access"),
    [
        (b"R\x00\x00\x00\x08\x00\x00\x00\x00", "open"),
        (b"R\x00\x00\x00\x17\x00\x00\x00\x0aSCRAM-SHA-256\x00\x00", "asks"),
        (b"R\x00\x00\x00\x0c\x00\x00\x00\x05salt", "asks"),
        (b"E\x00\x00\x00\x60SFATAL\x00C28000\x00", ""),
        (b"HTTP/1.1 400 Bad", None),
        (b"R\xff\xff\xff\xff\x00\x00\x00\x00", None),
    ],
)
def test_postgresql_is_open_only_when_it_says_so(said: bytes, access: str | None) -> None:
    assert postgresql_access(said) == access
    assert postgresql_is_complete(b"R\x00\x00\x00\x08\x00\x00\x00\x00")


def test_postgresql_answers_with_one_letter() -> None:
    answers = [postgresql_tls(one) for one in (b"S", b"N", b"SSH-2.0-", b"")]
    assert answers == ["offered", "refused", None, None]


def test_memcached_is_open_only_when_it_says_so() -> None:
    said = (b"VERSION 1.6\r\n", b"CLIENT_ERROR unauthenticated\r\n", b"ERROR\r\n")
    assert [memcached_access(one) for one in said] == ["open", "asks", None]


def test_an_old_ssh_protocol_is_named() -> None:
    told = [read_ssh(b"SSH-%s-x\r\n" % one) for one in (b"1.5", b"1.99", b"2.0")]
    assert [one.protocol for one in told if one] == ["1.x", "1.99", "2.0"]


def test_ssh_without_a_list_says_nothing_about_algorithms() -> None:
    greeting = read_ssh(b"SSH-2.0-x\r\n\x00\x00")
    assert greeting is not None
    assert greeting.weak is None


@pytest.mark.parametrize("version", [SSL3, TLS12, TLS13, TLCP])
def test_a_hello_is_one_record_of_true_length(version: int) -> None:
    hello = client_hello(version, (0x002F, 0xC02F), name="a.test")
    assert hello[0] == 22
    assert int.from_bytes(hello[3:5], "big") == len(hello) - 5
    assert int.from_bytes(hello[6:9], "big") == len(hello) - 9
    assert (hello[1:3] == b"\x01\x01") is (version == TLCP)


def test_an_alert_in_the_version_of_tlcp_is_kept_as_such() -> None:
    flight = server_flight(bytes.fromhex("15010100020246"))
    assert (flight.alert, flight.record_version) == (70, TLCP)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_as_whatever_they_are(raw: bytes) -> None:
    flight = server_flight(raw)
    assert flight.version == 0 or flight.record_version != 0
    for complete in (flight_is_complete, ssh_is_complete, greeting_is_complete):
        assert complete(raw) in (True, False)


def test_every_weak_suite_is_in_an_offer_of_its_own_kind() -> None:
    for kind in ("null", "anonymous", "export", "rc4", "des"):
        assert of_the_kinds(frozenset((kind,)))
    assert not any(map(has_forward_secrecy, of_the_kinds(frozenset(("null", "anonymous")))))
    assert weakness(0x0017) == ("anonymous", "export", "rc4")
