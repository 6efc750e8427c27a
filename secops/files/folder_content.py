"""What a folder of tables holds, and the digest that names it; knows nothing of what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from secops.files.whole_file import content_of

EDITION: Final = "edition"
CHECKING: Final = "checking"
_LIKE_YAML: Final = (".yaml", ".yml", ".yaml.txt", ".yml.txt")


def digest_of_files(files: Iterable[tuple[str, bytes]]) -> str:
    """Name several files as one: the digest of their names and digests."""
    whole = hashlib.sha256()
    for name, content in files:
        whole.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    return "sha256:" + whole.hexdigest()


def content_of_folder(folder: Path) -> dict[str, bytes]:
    """Give the files of an edition by name, such as `ce` and `checking/ce`."""
    return {name: content_of(folder / f"{name}.yaml") for name in _names(folder)}


def _names(folder: Path) -> list[str]:
    paths = [*sorted(folder.glob("[!.]*.yaml")), *sorted((folder / CHECKING).glob("[!.]*.yaml"))]
    return [str(path.relative_to(folder).with_suffix("")) for path in paths]


def strays(folder: Path) -> tuple[Path, ...]:
    """Give what looks like a file of an edition and is none, such as `people.yaml.txt`."""
    read = {folder / f"{name}.yaml" for name in _names(folder)}
    return tuple(path for path in _like_yaml(folder) if path not in read)


def digest_of_folder(folder: Path) -> str:
    """Name everything like YAML that lies in a folder and below it."""
    paths = _like_yaml(folder)
    return digest_of_files((str(path.relative_to(folder)), content_of(path)) for path in paths)


def _like_yaml(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.name.lower().endswith(_LIKE_YAML))
    return sorted(path for path in found if not path.name.startswith(".") and path.is_file())
