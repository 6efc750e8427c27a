"""The unit's own certificate authorities: PEM files that `secops.toml` names. Read strictly."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from cryptography import x509

from secops.errors import InFile, InputError, msgid
from secops.files.whole_file import content_of

_MOST: Final = 1024 * 1024
_BEGIN: Final = b"-----BEGIN CERTIFICATE-----"


class BadRootError(InputError):
    """A file of certificate authorities that holds none, or something else."""

    code = "roots.unreadable"
    what = msgid("of {all} certificates in PEM here, {good} can be read as that of an authority")
    mend = msgid("name the authority's own certificate as a PEM file under roots in secops.toml")


def read_roots(folder: Path, names: Iterable[str]) -> tuple[bytes, ...]:
    """Read the files that stand under the folder; the first that is not right is named."""
    return tuple(_read(folder / name) for name in names)


def _read(path: Path) -> bytes:
    content, good = content_of(path, _MOST), 0
    with suppress(ValueError):  # the library's word for all that it cannot read
        good = sum(map(_is_authority, x509.load_pem_x509_certificates(content)))
    if not good or good != content.count(_BEGIN):
        raise BadRootError(where=InFile(path), all=str(content.count(_BEGIN)), good=str(good))
    return content


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False
