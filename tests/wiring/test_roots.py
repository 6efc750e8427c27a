"""`roots` in secops.toml: the unit's own certificate authorities, strictly read."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.serialization import Encoding

from secops.cli.root import secops
from secops.lab.certificates import Wanted, certify, new_key
from secops.scanners.tls import TlsProbe
from secops.wiring.opening import open_workspace
from secops.wiring.scan import scanners_of


def _pem(*, is_authority: bool = True) -> bytes:
    wanted = Wanted(name="a", is_authority=is_authority)
    return certify(wanted, new_key()).public_bytes(Encoding.PEM)


def _name(folder: Path) -> None:
    file = folder / "secops.toml"
    file.write_text('roots = ["ca.pem"]\n' + file.read_text("utf-8"), "utf-8")


def test_the_probe_gets_the_roots_that_the_workspace_names(workspace_folder: Path) -> None:
    _name(workspace_folder)
    pem = _pem() + _pem()
    (workspace_folder / "ca.pem").write_bytes(pem)
    with open_workspace(workspace_folder) as workspace:
        (probe,) = (one for one in scanners_of(workspace).scanners if isinstance(one, TlsProbe))
    assert probe.roots == (pem,)


@pytest.mark.parametrize(
    "content",
    [None, b"", b"\xff\x00", b"-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n"],
)
def test_a_file_without_authorities_is_named(workspace_folder: Path, content: bytes | None) -> None:
    _name(workspace_folder)
    if content is not None:
        (workspace_folder / "ca.pem").write_bytes(content)
    ran = CliRunner().invoke(secops, ["-C", str(workspace_folder), "scan", "--dry-run"])
    assert ran.exit_code in (2, 3)
    assert "ca.pem" in ran.stderr


def test_a_certificate_of_no_authority_is_refused(workspace_folder: Path) -> None:
    _name(workspace_folder)
    (workspace_folder / "ca.pem").write_bytes(_pem() + _pem(is_authority=False))
    ran = CliRunner().invoke(secops, ["-C", str(workspace_folder), "scan", "--dry-run"])
    assert ran.exit_code == 3
    assert "ca.pem" in ran.stderr
