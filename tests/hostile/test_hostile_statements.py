"""A statement from a stranger: whatever is not just as a known key signed it is refused whole."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secops.errors import SecopsError
from secops.errors.keys import KeyThereError, NoKeyFileError, WrongFingerprintError
from secops.errors.platforms import (
    ExpiredStatementError,
    NoStatementFileError,
    OlderStatementError,
    OtherSignerError,
    StatementThereError,
    UnknownSignerError,
    WrongSignatureError,
)
from secops.judging.statement_keeping import PAYLOAD, statement_bytes
from secops.keys.signing import new_private, prove, public_of, signer
from secops.model.history import canonical
from secops.model.key import Envelope, Key, KeyAlgorithm, PublicKey, signed_bytes
from secops.model.platform_statement import PlatformStatement
from secops.operations.import_statement import Incoming, import_statement
from secops.operations.keys import enrol_key
from secops.operations.make_statement import Signing, make_statement
from secops.operations.statements import kept_statements
from secops.reading.signed_files import (
    envelope_bytes,
    fingerprint,
    key_bytes,
    read_envelope,
    read_key,
)
from secops.wiring.assess import Assessing, assessing, today_of
from secops.wiring.statements import newest_of
from secops.wiring.workspace import Workspace
from tests.operations.carrying import carried, signing, stating

UNIT = "青竹市政务云中心"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as its sender wrote it, and what the sender signs with."""

    content: bytes
    statement: PlatformStatement
    signing: Signing


def _signed(payload: bytes, by: Signing, kind: str = PAYLOAD) -> bytes:
    signature = by.sign(signed_bytes(kind, payload))
    return envelope_bytes(Envelope(payload_type=kind, payload=payload, signatures=(signature,)))


def _stranger(one: Assessing, unit: str = UNIT, *, enrolled: bool = True) -> Signing:
    private = new_private()
    key = PublicKey(
        unit=unit, credit_code="", algorithm=KeyAlgorithm.ED25519, public=public_of(private)
    )
    id_ = fingerprint(key)
    kept = enrol_key(one.work, one.acting, key, id_) if enrolled else None
    made = kept or replace(signing(one)[0], id=id_, key=key)
    return Signing(key=made, sign=signer(id_, private))


def _sent(one: Assessing) -> Sent:
    """Give a statement of another unit, signed by its own key that is enrolled here."""
    stranger = _stranger(one)
    own = make_statement(one.work, one.blobs, one.acting, stating(one, carried(one).platform))
    said = own.kept.statement
    platform = replace(said.platform, unit=UNIT, id="0190-elsewhere")
    statement = replace(said, platform=platform)
    return Sent(_signed(statement_bytes(statement), stranger), statement, stranger)


def _take(one: Assessing, content: bytes, days: int = 0) -> None:
    today = today_of(one) + timedelta(days=days)
    import_statement(
        one.work, one.blobs, one.acting, Incoming(content=content, today=today, prove=prove)
    )


def _refused(one: Assessing, content: bytes, error: type[SecopsError], days: int = 0) -> None:
    before = (list(one.work.statements.all()), one.work.chain.head())
    with pytest.raises(error):
        _take(one, content, days)
    assert (list(one.work.statements.all()), one.work.chain.head()) == before


def test_what_was_signed_is_taken_once(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        sent = _sent(one)
        _take(one, sent.content)
        _refused(one, sent.content, StatementThereError)
        (_, kept) = one.work.statements.all()
        assert one.blobs.get(kept.digest) == statement_bytes(sent.statement)
        assert kept.envelope
        assert one.blobs.get(kept.envelope) == sent.content


def test_no_byte_of_the_file_can_be_altered(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        content = _sent(one).content
        before = list(one.work.statements.all())
        for at in [*range(0, len(content), 37), *range(len(content) - 130, len(content))]:
            altered = bytearray(content)
            altered[at] ^= 1
            with pytest.raises((NoStatementFileError, UnknownSignerError, WrongSignatureError)):
                _take(one, bytes(altered))
        assert list(one.work.statements.all()) == before


@pytest.mark.parametrize(
    "alter",
    [
        lambda content: content + b"\n",
        lambda content: b"\xef\xbb\xbf" + content,
        lambda content: content[:-1],
        lambda content: content.replace(b"\n", b"\r\n"),
        lambda content: json.dumps(json.loads(content), indent=1).encode(),
        lambda _: b"",
        lambda _: b"[" * 100_000,
        lambda _: b"PK\x03\x04 a workbook",
        lambda content: content.replace(b'"type"', b'"type":"x","type"', 1),
    ],
)
def test_a_file_in_another_form_is_refused(
    workspace: Workspace, alter: Callable[[bytes], bytes]
) -> None:
    with assessing(workspace) as one:
        _refused(one, alter(_sent(one).content), NoStatementFileError)


def _with(content: bytes, **other: object) -> bytes:
    said: dict[str, Any] = {**json.loads(content), **other}
    return (canonical(said) + "\n").encode()


def _signature(**other: str) -> Mapping[str, object]:
    made = {"algorithm": "ed25519", "key": "sha256:" + "0" * 64, "value": "AAAA"}
    return {**made, **other}


@pytest.mark.parametrize(
    "signatures",
    [
        [],
        [_signature()] * 17,
        [_signature(algorithm="none")],
        [_signature(key="../../keys")],
        [{**_signature(), "more": "x"}],
        "none",
    ],
)
def test_a_list_of_signatures_that_is_none_is_refused(
    workspace: Workspace, signatures: object
) -> None:
    with assessing(workspace) as one:
        _refused(one, _with(_sent(one).content, signatures=signatures), NoStatementFileError)


def test_a_key_that_nobody_confirmed_is_refused_before_a_word_is_read(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        unknown = _stranger(one, enrolled=False)
        _refused(one, _signed(b"no statement at all", unknown), UnknownSignerError)


def test_a_signature_of_something_else_does_not_fit(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        sent = _sent(one)
        better = b64encode(b64decode(json.loads(sent.content)["body"]).replace(b"partially_", b""))
        _refused(one, _with(sent.content, body=better.decode()), WrongSignatureError)
        payload = statement_bytes(sent.statement)
        other_kind = json.loads(_signed(payload, sent.signing, "application/other"))["signatures"]
        _refused(one, _with(sent.content, signatures=other_kind), WrongSignatureError)


def test_another_kind_or_version_is_not_guessed_at(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        sent = _sent(one)
        payload = statement_bytes(sent.statement)
        newer = PAYLOAD.replace(".1+", ".2+")
        _refused(one, _signed(payload, sent.signing, newer), NoStatementFileError)


@pytest.mark.parametrize("payload", [b"", b"{}", b"[1]", b"\xff", b'{"number": NaN}'])
def test_a_known_key_that_signs_nonsense_is_refused(workspace: Workspace, payload: bytes) -> None:
    with assessing(workspace) as one:
        _refused(one, _signed(payload, _sent(one).signing), NoStatementFileError)


def test_a_signed_statement_in_another_spelling_is_refused(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        sent = _sent(one)
        loose = json.dumps(json.loads(statement_bytes(sent.statement))).encode()
        _refused(one, _signed(loose, sent.signing), NoStatementFileError)


def test_a_unit_speaks_for_its_own_platforms_only(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        sent = _sent(one)
        other = _stranger(one, "另一个单位")
        _refused(one, _signed(statement_bytes(sent.statement), other), OtherSignerError)


def test_another_unit_that_uses_the_id_of_our_platform_does_not_stand_for_it(
    workspace: Workspace,
) -> None:
    with assessing(workspace) as one:
        sent = _sent(one)
        (own,) = kept_statements(one.work, one.blobs)
        ours = own.statement.platform.id
        platform = replace(sent.statement.platform, id=ours)
        newer = replace(sent.statement, platform=platform, number=1_000)
        _take(one, _signed(statement_bytes(newer), sent.signing))
        system = one.work.systems.get(ours)
        assert system
        assert newest_of(one, system) == own


def test_what_is_over_or_older_than_what_is_kept_is_refused(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        sent = _sent(one)
        newer = replace(sent.statement, number=sent.statement.number + 1)
        _refused(one, sent.content, ExpiredStatementError, days=1_000)
        _take(one, _signed(statement_bytes(newer), sent.signing))
        _refused(one, sent.content, OlderStatementError)


def _key(one: Assessing) -> Key:
    return _stranger(one).key


def test_a_key_file_is_read_back_and_only_as_it_was_written(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        key = _key(one).key
    content = key_bytes(key)
    assert read_key(content) == key
    for at in range(len(content)):
        altered = bytearray(content)
        altered[at] ^= 1
        try:
            read = read_key(bytes(altered))
        except NoKeyFileError:
            continue
        assert fingerprint(read) != fingerprint(key)  # so that whoever compares it sees it


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b"[]", b'{"unit": 1}'])
def test_what_is_no_key_file_is_refused(content: bytes) -> None:
    with pytest.raises(NoKeyFileError):
        read_key(content)


def test_a_key_is_enrolled_once_and_only_by_its_fingerprint(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        key = _stranger(one, enrolled=False).key.key
        said = fingerprint(key)
        for wrong in ("", "sha256:", said[:-1], said[:-1] + "g"):
            with pytest.raises(WrongFingerprintError):
                enrol_key(one.work, one.acting, key, wrong)
        spoken = " ".join(said.removeprefix("sha256:").upper())
        assert enrol_key(one.work, one.acting, key, spoken).id == said
        with pytest.raises(KeyThereError):
            enrol_key(one.work, one.acting, key, said)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_by_an_error_of_ours(content: bytes) -> None:
    with pytest.raises(NoStatementFileError):
        read_envelope(content)
    with pytest.raises(NoKeyFileError):
        read_key(content)
