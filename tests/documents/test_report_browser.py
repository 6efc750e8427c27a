"""The HTML in a real browser: on a desk, on a telephone, and printed from there."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from secops.model.document import DocumentFormat
from tests.documents.conftest import Printed
from tests.documents.pdf_pages import pages_of

pytestmark = pytest.mark.slow
BROWSER = "/usr/bin/chromium"
MEASURE = """
<script>
addEventListener("load", () => {
  const page = document.getElementById("report").contentDocument;
  const wide = page.documentElement;
  document.title = [wide.clientWidth, wide.scrollWidth, page.compatMode].join(" ");
});
</script>
"""


def browse(folder: Path, *arguments: str) -> str:
    """Run the browser without a window and give what it says."""
    return subprocess.run(  # noqa: S603  # our own files
        [
            BROWSER,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={folder}/profile",
            *arguments,
        ],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    ).stdout


def quoted(html: str) -> str:
    """Write a page as the value of an attribute."""
    return html.replace("&", "&amp;").replace('"', "&quot;")


@pytest.mark.parametrize("report", ["system_report", "unit_report"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_wider_than_the_window(
    request: pytest.FixtureRequest, tmp_path: Path, report: str, width: int
) -> None:
    """The page stands in a frame: a window cannot be as narrow as a telephone."""
    printed: Printed = request.getfixturevalue(report)
    html = printed.render(DocumentFormat.HTML).decode()
    frame = f'<iframe id="report" style="border:0" width="{width}" height="900"'
    page = tmp_path / "page.html"
    page.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><title>-</title>{MEASURE}'
        f'{frame} srcdoc="{quoted(html)}"></iframe>',
        encoding="utf-8",
    )
    seen = re.search(r"<title>(\d+) (\d+) (\w+)</title>", browse(tmp_path, "--dump-dom", str(page)))
    assert seen
    assert seen.groups() == (str(width), str(width), "CSS1Compat")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_first_screen_shows_something(
    system_report: Printed, tmp_path: Path, width: int
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(system_report.render(DocumentFormat.HTML))
    picture = tmp_path / "page.png"
    browse(tmp_path, f"--screenshot={picture}", f"--window-size={width},900", str(page))
    with Image.open(picture) as seen:
        points = seen.convert("RGB").tobytes()
    colours = Counter(zip(points[::3], points[1::3], points[2::3], strict=True))
    red = sum(count for (r, g, b), count in colours.items() if r > 150 and g < 60 and b < 60)
    assert len(colours) > 50
    assert max(colours.values()) < 0.98 * colours.total()
    assert red > 500  # the title


def test_printed_from_the_browser_it_has_the_paper_of_the_pdf(
    system_report: Printed, tmp_path: Path
) -> None:
    page, made = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_bytes(system_report.render(DocumentFormat.HTML))
    browse(tmp_path, f"--print-to-pdf={made}", "--no-pdf-header-footer", str(page))
    pages = pages_of(made)
    assert [round(one.width) for one in pages[:1]] == [595]
    assert any(one.wide for one in pages)
    text = "".join(one.text for one in pages)
    assert "八、单位意见" in text
    assert "附录三" in text
