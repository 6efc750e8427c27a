"""Writes docs/gallery: a small picture of every page of the reports that `secops demo` prints.

With a workspace of the demo it takes the contents of the reports from there; without, it draws
those kept beside the pictures again, as the templates are now.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from secops.documents.printer import rectification_printer  # noqa: E402  # as above
from secops.model.document import DocumentFormat  # noqa: E402  # found through the path above
from secops.model.system import System  # noqa: E402  # as above
from secops.model.unit import Unit  # noqa: E402  # as above
from secops.operations.find_record import find_record  # noqa: E402  # as above
from secops.settings.catalogue import words_for  # noqa: E402  # as above
from secops.wiring import report  # noqa: E402  # as above
from secops.wiring.opening import open_workspace  # noqa: E402  # as above
from secops.wiring.today import SHANGHAI  # noqa: E402  # as above

GALLERY: Final = ROOT / "docs" / "gallery"
SUBJECTS: Final = {"system": "校园一卡通系统", "unit": "云溪学院"}  # names of the sample
DOTS: Final = "52"
COLOURS: Final = 32
WIDTHS: Final = {"desk": 1280, "telephone": 500}


def take(workspace_folder: Path) -> None:
    """Keep the contents of both reports of a workspace."""
    with open_workspace(workspace_folder) as workspace:
        means = report.means_for(ROOT / "nowhere", words_for("zh"))
        day = workspace.now().astimezone(SHANGHAI).date()
        for name, subject in SUBJECTS.items():
            with workspace.begin(reading=True) as work:
                about = find_record(work, name, subject)
            assert isinstance(about, (System, Unit))  # noqa: S101  # narrows the generic finder
            wanted = report.Wanted(about=about, as_of=day)
            context = report.prepare(workspace, wanted, means).prepared.context
            text = json.dumps(json.loads(context), ensure_ascii=False, sort_keys=True)
            (GALLERY / f"rectification-{name}.json").write_text(text + "\n", encoding="utf-8")


def _small(folder: Path) -> None:
    for path in sorted(folder.glob("*.png")):
        with Image.open(path) as picture:
            small = picture.convert("RGB").quantize(colors=COLOURS, dither=Image.Dither.NONE)
        small.save(path, optimize=True)


def _empty(name: str) -> Path:
    target = GALLERY / name
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    return target


def _pages(pdf: Path, name: str) -> None:
    target = _empty(name)
    subprocess.run(  # noqa: S603  # our own file
        ["/usr/bin/pdftoppm", "-r", DOTS, "-png", str(pdf), str(target / "page")], check=True
    )
    _small(target)


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


def _screens(html: Path, name: str) -> None:
    target = _empty(name)
    for kind, width in WIDTHS.items():
        subprocess.run(  # noqa: S603  # our own file
            [
                "/usr/bin/chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                f"--user-data-dir={html.parent}/browser",
                f"--screenshot={target / kind}.png",
                f"--window-size={width},2400",
                str(html),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        with Image.open(target / f"{kind}.png") as picture:
            half = picture.convert("RGB").resize((picture.width // 2, picture.height // 2))
        half.save(target / f"{kind}.png")
    _small(target)


def draw() -> None:
    """Print what is kept in all formats and take the pictures."""
    printer = rectification_printer(report.means_for(ROOT / "nowhere", words_for("zh")))
    for name in SUBJECTS:
        context = (GALLERY / f"rectification-{name}.json").read_bytes()
        with tempfile.TemporaryDirectory() as folder:
            for fmt in (DocumentFormat.PDF, DocumentFormat.DOCX, DocumentFormat.HTML):
                file = Path(folder) / f"{name}.{fmt.value}"
                file.write_bytes(printer.render(fmt, context, printer.template()))
                gallery = f"rectification-{name}-{fmt.value}"
                if fmt is DocumentFormat.HTML:
                    _screens(file, gallery)
                else:
                    _pages(file if fmt is DocumentFormat.PDF else _office(file), gallery)
                print(gallery)


if __name__ == "__main__":
    for given in sys.argv[1:]:
        take(Path(given))
    draw()
