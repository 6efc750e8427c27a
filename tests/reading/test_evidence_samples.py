"""Stored evidence of real servers still says what it said; adding a sample needs no Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secops.files.website_words import load_website_words
from secops.model.evidence import Evidence, Observation, Target
from secops.model.ids import EndpointId
from secops.reading.exchanges import Exchange, pack, unpack
from secops.reading.http_evidence import http_facts
from secops.reading.service_evidence import service_facts
from secops.reading.tls_evidence import tls_facts
from secops.settings.data import data_folder

SAMPLES = Path(__file__).parents[1] / "data" / "evidence"
TAKEN = datetime(2026, 11, 24, 12, tzinfo=UTC)
WORDS = load_website_words(data_folder("checklists") / "recognition" / "website.yaml")
Reader = Callable[[Evidence], tuple[Observation, ...]]
READERS: dict[str, Reader] = {
    "http": lambda evidence: http_facts(evidence, WORDS),
    "tls": tls_facts,
    "services": service_facts,
}
ASKED = (
    *("version", "weak-suites", "certificate", "chain", "home", "redirect", "random", "file"),
    *("folder", "ipv6", "ssh", "redis", "memcached", "postgresql", "postgresql-tls", "tls"),
    *("greeting", "http", "https"),
)


def evidence_of(content: bytes, host: str = "127.0.0.1") -> Evidence:
    target = Target(endpoint=EndpointId("endpoint"), host=host, port=1)
    return Evidence(target=target, content=content, taken_at=TAKEN, scanner="", tool="")


@pytest.mark.parametrize("case", sorted(SAMPLES.iterdir()), ids=lambda case: case.name)
def test_a_sample_says_what_it_said(case: Path) -> None:
    wanted = json.loads((case / "expected.json").read_text("utf-8"))
    evidence = evidence_of((case / "evidence.json").read_bytes(), wanted["host"])
    seen = READERS[wanted["scanner"]](evidence)
    assert {one.name: one.value for one in seen} == wanted["observations"]
    assert {one.evidence for one in seen} == {evidence.digest}


@pytest.mark.parametrize("reader", READERS)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_without_a_word(reader: str, content: bytes) -> None:
    assert READERS[reader](evidence_of(content)) == ()


@pytest.mark.parametrize("reader", READERS)
@given(data=st.data())
def test_any_answers_are_read_and_what_is_shown_is_printable(
    reader: str, data: st.DataObject
) -> None:
    starts = (b"", b"HTTP/1.1 200 OK\r\n", b"\x16\x03\x03", b"SSH-2.0-", b"R\x00\x00\x00\x08")
    answers = st.builds(bytes.__add__, st.sampled_from(starts), st.binary(max_size=200))
    exchanges = st.builds(
        Exchange,
        asked=st.sampled_from(ASKED),
        where=st.sampled_from(("", "http://127.0.0.1:80/", "https://a.test:443/x")),
        got=answers,
    )
    content = pack(data.draw(st.lists(exchanges, max_size=6)))
    for one in READERS[reader](evidence_of(content)):
        assert one.value.isprintable()


@pytest.mark.parametrize("case", sorted(SAMPLES.iterdir()), ids=lambda case: case.name)
@given(data=st.data())
def test_a_spoiled_sample_is_read_without_failing(case: Path, data: st.DataObject) -> None:
    wanted = json.loads((case / "expected.json").read_text("utf-8"))
    exchanges = list(unpack((case / "evidence.json").read_bytes()))
    at = data.draw(st.integers(0, len(exchanges) - 1))
    got = bytearray(exchanges[at].got or b"\x00")
    place = data.draw(st.integers(0, len(got) - 1))
    got[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    exchanges[at] = Exchange(asked=exchanges[at].asked, where=exchanges[at].where, got=bytes(got))
    for one in READERS[wanted["scanner"]](evidence_of(pack(exchanges))):
        assert one.value.isprintable()


@given(
    st.lists(
        st.builds(
            Exchange,
            asked=st.text(max_size=9),
            where=st.text(max_size=9),
            sent=st.binary(max_size=9),
            got=st.binary(max_size=9),
            note=st.text(max_size=9),
            failed=st.text(max_size=9),
        ),
        max_size=9,
    )
)
def test_a_transcript_comes_back_as_it_was(exchanges: list[Exchange]) -> None:
    assert unpack(pack(exchanges)) == tuple(exchanges)
