"""Compiles the catalogue that translators edit; a build hook of the wheel, and `make catalogue`.

Babel is needed to build only: the installed product reads the .mo with the standard library.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path(__file__).parents[1] / "secops" / "locale"


def compile_catalogue(language: str = "zh_CN", locale: Path = LOCALE) -> None:
    """Write one `secops.mo` from all .po files there; a fuzzy or broken entry stops the build."""
    folder = locale / language / "LC_MESSAGES"
    whole: Catalog = Catalog(locale=language)
    for source in sorted(folder.glob("*.po")):
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=language, abort_invalid=True)
        doubtful = [str(entry.id) for entry in catalogue if entry.id and entry.fuzzy]
        if doubtful:
            raise SystemExit(f"fuzzy: {source.name}: " + "; ".join(doubtful))
        for entry in catalogue:
            if entry.id:
                whole.add(entry.id, entry.string, context=entry.context)
    with (folder / "secops.mo").open("wb") as stream:
        write_mo(stream, whole)


class CompileCatalogue(BuildHookInterface):  # type: ignore[type-arg]  # takes any build configuration
    """Hatchling calls this before it packs."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into the source tree, where the wheel takes it from."""
        del version, build_data
        compile_catalogue()


if __name__ == "__main__":
    compile_catalogue()
