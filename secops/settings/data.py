"""Where the data folders lie: at the top of a checkout, inside the package of a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def data_folder(name: str) -> Path:
    """Give `checklists`, `templates` or `inventory`."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def locale_folder() -> Path:
    """Give the folder of compiled catalogues."""
    return _PACKAGE / "locale"
