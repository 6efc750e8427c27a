"""PDF: nothing is fetched, and without Pango the other formats still print."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from secops.documents.pdf import render_pdf
from secops.wiring.report import fonts_at_hand

ROOT = Path(__file__).parents[2]
WITHOUT_PANGO = """
from tests.documents.conftest import printed
from tests.documents.sample_report import sample_facts
from secops.errors.documents import PangoMissingError
from secops.model.document import DocumentFormat
report = printed(sample_facts(most=5))
assert report.render(DocumentFormat.HTML) and report.render(DocumentFormat.DOCX)
try:
    report.render(DocumentFormat.PDF)
except PangoMissingError as error:
    print(error.code, "libpango-1.0-0" in error.mend)
"""


def test_word_and_html_print_where_pango_cannot_be_loaded(tmp_path: Path) -> None:
    """An empty file in the loader's way hides the real library, as if it were not installed."""
    for name in ("libgobject-2.0.so.0", "libpango-1.0.so.0"):
        (tmp_path / name).touch()
    ran = subprocess.run(  # noqa: S603  # our own text
        [sys.executable, "-c", WITHOUT_PANGO],
        cwd=ROOT,
        env={**os.environ, "LD_LIBRARY_PATH": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.split() == ["pdf.libraries-missing", "True"], ran.stderr


@pytest.mark.slow
def test_neither_files_nor_servers_are_asked_for_anything(tmp_path: Path) -> None:
    asked: list[str] = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library's name
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name
            del format, args

    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    with http.server.HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        at = f"http://127.0.0.1:{server.server_port}"
        html = (
            f'<meta charset="utf-8"><link rel="stylesheet" href="{at}/a.css">'
            f'<link rel="attachment" href="file://{secret}"><img src="{at}/b.png">'
            f'<img src="file://{secret}"><object data="{at}/c.svg"></object>'
            f"<style>@import url({at}/d.css); p {{ background: url({at}/e.png) }}</style><p>一</p>"
        )
        made = render_pdf(html, fonts_at_hand(), date(2026, 1, 1))
        server.shutdown()
    assert asked == []
    assert b"EmbeddedFile" not in made
