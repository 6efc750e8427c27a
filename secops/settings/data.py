"""Where the data folders lie: at the top of a checkout, inside the package of a wheel."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_PACKAGE = Path(__file__).parents[1]


def data_folder(name: str) -> Path:
    """Give `checklists`, `templates` or `inventory`."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def cache_folder() -> Path | None:
    """Give the folder where this user's values may be kept; None: SECOPS_CACHE=off, or no home."""
    if os.environ.get("SECOPS_CACHE") == "off":
        return None
    chosen = Path(os.environ.get("XDG_CACHE_HOME") or "")
    if chosen.is_absolute():
        return chosen / "secops" / "tables"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ".cache" / "secops" / "tables" if home.is_dir() else None


_EXAMPLE: Final = "example:"


def example_or(path: Path) -> Path:
    """Give the inventory that `example:NAME` names among those that come with us, else the path.

    A name that is none of ours becomes a path that is not there.
    """
    name = str(path)
    if not name.startswith(_EXAMPLE):
        return path
    return data_folder("inventory") / f"example-{Path(name.removeprefix(_EXAMPLE)).name}.yaml"


def locale_folder() -> Path:
    """Give the folder of compiled catalogues."""
    return _PACKAGE / "locale"
