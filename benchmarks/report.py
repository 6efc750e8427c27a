"""A report of 211 items: at most 1.25 times the bare renderer on the same HTML.

Ours is `secops report rectification` whole: it reads the store, scores, checks the glyphs, prints
and keeps. The bare side is WeasyPrint on the HTML that ours wrote; for Word, docxtpl with the same
template and the same values: a figure without a bound.

Run: `python -m benchmarks.report [pdf|docx …] [--pairs N] [--tiny]`.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from math import inf
from pathlib import Path
from typing import Final

import pypdf
from docx import Document

from benchmarks.pairs import Bound, Side, arguments, bare, compare, digest, quietly, secops
from secops.model.common import SecurityLevel
from secops.model.ids import Digest
from secops.settings.data import data_folder
from secops.wiring.opening import open_workspace
from secops.wiring.report import fonts_at_hand
from secops.wiring.tables import load_tables

UNIT: Final = "云川市教育局"
PERSON: Final = "沈知微"
SYSTEM: Final = "云川市招生录取系统"
EPOCH: Final = "1772323200"
VERDICTS: Final = ("compliant", "compliant", "partially_compliant", "compliant", "non_compliant")
NOTES: Final = ("已抽查制度文件与近三个月记录。", "访谈管理员并查看配置截图，配置与制度一致。")
LIST: Final = f"""
secops: inventory
version: 1
persons: [{{name: {PERSON}, unit: {UNIT}}}]
systems:
  - name: {SYSTEM}
    kind: information_system
    stage: running
    ownership: {{operating_unit: {UNIT}}}
    grading: {{business_information: 3, system_service: 3}}
"""


def answers(items: int) -> str:
    """Answer so many items in every way there is."""
    asked = [
        one.id
        for one in load_tables().checklist.items
        if any(at.level is SecurityLevel.THREE for at in one.at)
    ]
    lines = ["secops: answers", "version: 1", "answers:"]
    for number, item in enumerate(asked[:items]):
        verdict, note = VERDICTS[number % len(VERDICTS)], NOTES[number % len(NOTES)]
        lines.append(f"  - {{item: {item}, verdict: {verdict}, note: {note}}}")
    return "\n".join(lines) + "\n"


def workspace(folder: Path, items: int) -> Path:
    """Make a workspace with one assessed system."""
    made, listed, answered = folder / "w", folder / "list.yaml", folder / "answers.yaml"
    listed.write_text(LIST, encoding="utf-8")
    answered.write_text(answers(items), encoding="utf-8")
    quietly(secops("init", made, "--unit", UNIT))
    quietly(secops("-C", made, "import", listed))
    quietly(secops("-C", made, "--as", PERSON, "assess", "start", SYSTEM))
    quietly(secops("-C", made, "--as", PERSON, "assess", "import", SYSTEM, answered))
    return made


def sources(folder: Path, made: Path) -> tuple[Path, Path, Path]:
    """Print once; give the HTML, the values that fill the templates, and the Word template."""
    words = ("--system", SYSTEM, "--format", "html", "-o", folder / "html")
    quietly(secops("-C", made, "--as", PERSON, "report", "rectification", *words))
    context = folder / "context.json"
    with sqlite3.connect(made / "secops.db") as base:
        (kept,) = base.execute("SELECT context FROM document").fetchone()
    with open_workspace(made) as opened:
        context.write_bytes(opened.blobs.get(Digest(kept)))
    html = next((folder / "html").glob("*.html"))
    return html, context, data_folder("templates") / "rectification" / "report.docx"


def ours(made: Path, form: str) -> Side:
    """Print by the command that a user types, in a copy of the workspace."""
    words = ("--as", PERSON, "report", "rectification", "--system", SYSTEM, "--format", form)
    return Side(
        name=f"secops report --format {form}",
        command=lambda folder: secops("-C", folder / "w", *words, "-o", folder / "out"),
        prepare=lambda folder: copied(made, folder / "w"),
        result=lambda folder, _: seen(next((folder / "out").glob(f"*.{form}"))),
    )


def copied(made: Path, to: Path) -> None:
    """Give each run a workspace in which nothing was printed."""
    shutil.copytree(made, to)
    for one in (to / "documents").glob("*"):
        one.unlink()


def renderer(form: str, given: tuple[str, ...]) -> Side:
    """Let the library alone print the same."""
    return Side(
        name={"pdf": "WeasyPrint", "docx": "docxtpl"}[form],
        command=lambda folder: bare(f"report_{form}.py", *given, folder / f"bare.{form}"),
        result=lambda folder, _: seen(folder / f"bare.{form}"),
    )


def seen(file: Path) -> str:
    """Say how much is in a document."""
    if file.suffix == ".pdf":
        pages = pypdf.PdfReader(file).pages
        return f"{len(pages)} pages, text {digest(''.join(one.extract_text() for one in pages))}"
    tables = Document(str(file)).tables
    text = [[cell.text for cell in row.cells] for one in tables for row in one.rows]
    return f"{sum(len(one.rows) for one in tables)} table rows, text {digest(str(text))}"


def main() -> int:
    """Prepare once, then compare."""
    asked = arguments(__doc__ or "", parts=("pdf", "docx"))
    codes = []
    with tempfile.TemporaryDirectory() as name:
        made = workspace(Path(name), 20 if asked.tiny else 211)
        html, context, template = sources(Path(name), made)
        fonts = fonts_at_hand()
        fonts.use()
        print(f"{html.stat().st_size} bytes of HTML")
        given = {"pdf": (html, fonts.cache / "fonts.conf", EPOCH), "docx": (context, template)}
        for form in asked.parts or given:
            most = 1.25 if form == "pdf" else inf
            bound = Bound(title=f"211 items as {form}", most=most, pairs=asked.pairs or 5)
            other = renderer(form, tuple(map(str, given[form])))
            codes.append(compare(ours(made, form), other, bound, tiny=asked.tiny))
    return max(codes)


if __name__ == "__main__":
    raise SystemExit(main())
