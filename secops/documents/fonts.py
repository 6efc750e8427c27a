"""Which fonts print: named folders only, so that every machine with the same fonts prints alike."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from secops.documents.font_coverage import covered_by

_SUFFIXES = frozenset({".otf", ".ttf", ".ttc", ".otc"})
LOOKS = {
    "FangSong": ("FandolFang-Regular.otf", "ZhuqueFangsong-Regular.ttf", "simfang.ttf"),
    "Kai": ("FandolKai-Regular.otf", "LXGWWenKai-Regular.ttf", "simkai.ttf"),
    "Hei": ("FandolHei-Regular.otf", "NotoSansCJK-Regular.ttc", "simhei.ttf"),
    "Song": ("FandolSong-Bold.otf", "NotoSerifCJK-Bold.ttc", "simsun.ttc"),
}
"""A look is there when one of its files is."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """The folders that printing may take fonts from, in order."""

    folders: tuple[Path, ...]
    cache: Path

    @property
    def files(self) -> tuple[Path, ...]:
        """All font files there."""
        return tuple(
            path
            for folder in self.folders
            for path in sorted(folder.rglob("*"))
            if path.suffix.lower() in _SUFFIXES
        )

    @property
    def missing_looks(self) -> tuple[str, ...]:
        """The looks that will be replaced by another: FangSong, Kai, Hei or Song."""
        names = {path.name for path in self.files}
        return tuple(look for look, wanted in LOOKS.items() if not names & set(wanted))

    def use(self) -> None:
        """Write the configuration and point fontconfig to it; before Pango is loaded."""
        self.cache.mkdir(parents=True, exist_ok=True)
        path = self.cache / "fonts.conf"
        text = _configuration(self)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(path)

    def covers(self) -> frozenset[int]:
        """Give every code point that some font here can draw."""
        return covered_by(self.files, self.cache)


_BOLD = "".join(  # these files call themselves bold, and regular by weight
    f'<match target="scan"><test name="fullname"><string>{name}</string></test>'
    '<edit name="weight" mode="assign"><const>bold</const></edit></match>\n'
    for name in ("FandolSong Bold", "FandolHei Bold", "FandolHei-Bold", "FandolSong-Bold")
)


def _configuration(fonts: Fonts) -> str:
    folders = "".join(f"<dir>{escape(str(folder))}</dir>\n" for folder in fonts.folders)
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"{folders}{_BOLD}<cachedir>{escape(str(fonts.cache / 'fontconfig'))}</cachedir>\n"
        "</fontconfig>\n"
    )
