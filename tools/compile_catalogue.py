"""Compiles the catalogue that translators edit: `make catalogue`, and every build of the package.

Babel is needed to build only: the installed product reads the .mo with the standard library.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parents[1] / "secops" / "locale"


def compile_catalogue(language: str = "zh_CN", locale: Path = LOCALE) -> None:
    """Write `secops.mo` beside its `secops.po`; a fuzzy or broken entry stops the build."""
    folder = locale / language / "LC_MESSAGES"
    with (folder / "secops.po").open("rb") as stream:
        whole = read_po(stream, locale=language, abort_invalid=True)
    doubtful = [str(entry.id) for entry in whole if entry.id and entry.fuzzy]
    if doubtful:
        raise SystemExit("fuzzy: " + "; ".join(doubtful))
    written = folder / "secops.mo.new"
    with written.open("wb") as stream:
        write_mo(stream, whole)
    written.replace(folder / "secops.mo")  # a reader sees the old one or the new one


if __name__ == "__main__":
    compile_catalogue()
