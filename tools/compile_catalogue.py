"""Compiles the catalogue that translators edit: `make catalogue`, and every build of the package.

Babel is needed to build only: the installed product reads the .mo with the standard library.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

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
    written = folder / "secops.mo.new"
    with written.open("wb") as stream:
        write_mo(stream, whole)
    written.replace(folder / "secops.mo")  # a reader sees the old one or the new one


if __name__ == "__main__":
    compile_catalogue()
