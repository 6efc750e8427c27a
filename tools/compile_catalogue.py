"""Compiles the catalogue that translators edit; a build hook of the wheel, and `make catalogue`.

Babel is needed to build only: the installed product reads the .mo with the standard library.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path(__file__).parents[1] / "secops" / "locale"


def compile_catalogue(language: str = "zh_CN", locale: Path = LOCALE) -> None:
    """Write `secops.mo` beside its `secops.po`; a fuzzy or broken entry stops the build."""
    source = locale / language / "LC_MESSAGES" / "secops.po"
    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=language, abort_invalid=True)
    doubtful = [str(entry.id) for entry in catalogue if entry.id and entry.fuzzy]
    if doubtful:
        raise SystemExit("fuzzy: " + "; ".join(doubtful))
    with source.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, catalogue)


class CompileCatalogue(BuildHookInterface):  # type: ignore[type-arg]  # takes any build configuration
    """Hatchling calls this before it packs."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into the source tree, where the wheel takes it from."""
        del version, build_data
        compile_catalogue()


if __name__ == "__main__":
    compile_catalogue()
