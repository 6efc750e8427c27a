"""What a folder of tables holds, and the digest that names it; knows nothing of what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from secops.files.whole_file import content_of

EDITION: Final = "edition"
CHECKING: Final = "checking"


def digest_of_files(files: Iterable[tuple[str, bytes]]) -> str:
    """Name several files as one: the digest of their names and digests."""
    whole = hashlib.sha256()
    for name, content in files:
        whole.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    return "sha256:" + whole.hexdigest()


def content_of_folder(folder: Path) -> dict[str, bytes]:
    """Give the files of an edition by name, such as `ce` and `checking/ce`."""
    paths = [*sorted(folder.glob("*.yaml")), *sorted((folder / CHECKING).glob("*.yaml"))]
    return {str(path.relative_to(folder).with_suffix("")): content_of(path) for path in paths}


def digest_of_folder(folder: Path) -> str:
    """Name everything that lies in a folder and below it."""
    paths = sorted(folder.glob("**/*.yaml"))
    return digest_of_files((str(path.relative_to(folder)), content_of(path)) for path in paths)
