"""nmap's files: whole, cut off, and made to hurt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secops.errors import SecopsError
from secops.errors.scanning import NmapXmlError
from secops.reading.nmap_xml import NmapHost, hosts_of, split

HEAD = (
    b'<?xml version="1.0"?>\n<!DOCTYPE nmaprun>\n'
    b'<nmaprun scanner="nmap" args="nmap 10.0.0.1 10.0.0.2" start="1" version="7.93">\n'
    b'<scaninfo type="connect" protocol="tcp" numservices="1" services="80"/>\n'
)


def host(address: str, inner: str = "", timed_out: str = "") -> bytes:
    return (
        f'<host starttime="1"{timed_out}><status state="up"/>'
        f'<address addr="{address}" addrtype="ipv4"/><ports>{inner}</ports></host>\n'
    ).encode()


OPEN = '<port protocol="tcp" portid="80"><state state="open" reason="syn-ack"/>{}</port>'
CLOSED = '<port protocol="tcp" portid="81"><state state="closed" reason="conn-refused"/></port>'
SERVICE = '<service name="http" product="{}" version="1" tunnel="ssl" method="probed"/>'


def test_a_whole_file_is_read() -> None:
    whole = HEAD + host("10.0.0.1", OPEN.format(SERVICE.format("nginx")) + CLOSED) + b"</nmaprun>"
    (one,) = hosts_of(whole)
    assert one.addresses == ("10.0.0.1",)
    assert one.refused
    (port,) = one.open_ports
    assert (port.number, port.service, port.product, port.tunnel) == (80, "http", "nginx", "ssl")


def test_a_file_that_was_cut_off_keeps_its_finished_hosts() -> None:
    cut = HEAD + host("10.0.0.1", OPEN.format("")) + b'<host starttime="2"><address addr="10.'
    assert [one.addresses for one in hosts_of(cut)] == [("10.0.0.1",)]


def test_a_host_that_nmap_gave_up_on_is_marked() -> None:
    whole = HEAD + host("10.0.0.1", timed_out=' timedout="true"') + b"</nmaprun>"
    (one,) = hosts_of(whole)
    assert one.timed_out
    assert not one.answered


def test_text_of_strangers_is_cleaned_and_clipped() -> None:
    product = "&#x9b;31m" + "\u202e" + "x" * 5000
    whole = HEAD + host("10.0.0.1", OPEN.format(SERVICE.format(product))) + b"</nmaprun>"
    (one,) = hosts_of(whole)
    assert len(one.ports[0].product) <= 200
    assert "\u202e" not in one.ports[0].product
    assert "\x9b" not in one.ports[0].product


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Starting Nmap 7.93\n",
        b"<html></html>",
        b'<!DOCTYPE nmaprun [<!ENTITY a "x">]><nmaprun>&a;</nmaprun>',
        b"<!DOCTYPE nmaprun [<!ELEMENT nmaprun ANY>]><nmaprun></nmaprun>",
        b'<!DOCTYPE other SYSTEM "file:///etc/passwd"><nmaprun></nmaprun>',
        b"<nmaprun>" + b"<a>" * 200,
        b"<nmaprun><host></nmaprun>",
    ],
    ids=["empty", "text", "html", "entity", "inner dtd", "other dtd", "deep", "unbalanced"],
)
def test_what_is_no_result_of_nmap_is_refused(content: bytes) -> None:
    with pytest.raises(NmapXmlError):
        list(hosts_of(content))


def test_a_batch_is_split_and_no_part_shows_another_host() -> None:
    whole = HEAD + host("10.0.0.1", OPEN.format("")) + host("10.0.0.2") + b"</nmaprun>"
    parts = list(split(whole))
    assert [one.addresses for one, _ in parts] == [("10.0.0.1",), ("10.0.0.2",)]
    assert b"10.0.0.2" not in parts[0][1]
    assert list(hosts_of(parts[0][1])) == [parts[0][0]]
    assert b'version="7.93"' in parts[0][1]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_by_our_error(content: bytes) -> None:
    for whole in (content, HEAD + content):
        try:
            found = list(hosts_of(whole))
        except SecopsError as error:
            assert isinstance(error, NmapXmlError)  # noqa: PT017  # either way is right
        else:
            assert all(isinstance(one, NmapHost) for one in found)
