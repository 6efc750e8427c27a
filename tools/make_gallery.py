"""Writes docs/gallery: a small picture of every page of every document of the sample."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from secops.model.document import DocumentFormat  # noqa: E402  # found through the path above
from secops.settings.catalogue import words_for  # noqa: E402  # as above
from secops.wiring.report import printer_for  # noqa: E402  # as above
from tests.documents.sample_report import sample_facts, unit_facts  # noqa: E402  # as above

GALLERY: Final = ROOT / "docs" / "gallery"
DOTS: Final = "56"
COLOURS: Final = 32


def _pictures(pdf: Path, name: str) -> None:
    target = GALLERY / name
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    subprocess.run(  # noqa: S603  # our own file
        ["/usr/bin/pdftoppm", "-r", DOTS, "-png", str(pdf), str(target / "page")], check=True
    )
    for path in sorted(target.glob("*.png")):
        with Image.open(path) as picture:
            small = picture.convert("RGB").quantize(colors=COLOURS, dither=Image.Dither.NONE)
        small.save(path, optimize=True)


def _office(docx: Path) -> Path:
    subprocess.run(  # noqa: S603  # our own file
        [
            "/usr/bin/soffice",
            "--headless",
            f"-env:UserInstallation=file://{docx.parent}/profile",
            "--convert-to",
            "pdf",
            "--outdir",
            str(docx.parent / "word"),
            str(docx),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return docx.parent / "word" / f"{docx.stem}.pdf"


def make() -> None:
    """Print both reports in both forms and take the pictures."""
    printer = printer_for(ROOT / "nowhere", words_for("zh"))
    for name, facts in (("system", sample_facts()), ("unit", unit_facts())):
        context, template = printer.context(facts), printer.template()
        with tempfile.TemporaryDirectory() as folder:
            for fmt in (DocumentFormat.PDF, DocumentFormat.DOCX):
                file = Path(folder) / f"{name}.{fmt.value}"
                file.write_bytes(printer.render(fmt, context, template))
                pdf = file if fmt is DocumentFormat.PDF else _office(file)
                _pictures(pdf, f"rectification-{name}-{fmt.value}")
                print(name, fmt.value)


if __name__ == "__main__":
    make()
