"""PDF by WeasyPrint; it and Pango are loaded only when a PDF is asked for."""

from __future__ import annotations

import gc
import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import date
from functools import cache
from typing import Any

from secops.documents.fonts import Fonts
from secops.documents.glyphs import stand_in
from secops.errors.documents import FontsMissingError, PangoMissingError

_ONE = ord("\u4e00")


def render_pdf(html: str, fonts: Fonts, as_of: date) -> bytes:
    """Print one HTML text; the same text, fonts and date give the same bytes."""
    covered = fonts.covers()
    if _ONE not in covered:
        raise FontsMissingError
    fonts.use()
    os.environ["SOURCE_DATE_EPOCH"] = str((as_of - date(1970, 1, 1)).days * 86400)
    weasyprint, fetcher = _loaded()

    class OnlyData(fetcher):  # type: ignore[misc,valid-type]  # WeasyPrint carries no types
        """Answers for `data:` only: no file, no network, no redirect."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=("data",), allow_redirects=False)

    text = stand_in(html, covered)
    with _collecting_seldom():
        document = weasyprint.HTML(string=text, url_fetcher=OnlyData(), base_url=None)
        made: bytes = document.write_pdf(
            font_config=_configuration(str(fonts.cache)),
            pdf_identifier=hashlib.sha256(text.encode()).hexdigest()[:32].encode(),
            presentational_hints=False,
        )
    return made


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Let the cycle collector walk a growing tree of boxes seldom: it is a sixth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(20_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@cache
def _loaded() -> tuple[Any, Any]:
    """Load WeasyPrint and with it Pango; what it says on standard output is ours to say."""
    try:
        with redirect_stdout(io.StringIO()):
            import weasyprint  # noqa: PLC0415  # loads Pango
            from weasyprint.urls import URLFetcher  # noqa: PLC0415  # loads Pango
    except OSError as error:
        raise PangoMissingError(problem=str(error).splitlines()[0][:120]) from error
    return weasyprint, URLFetcher


@cache
def _configuration(fonts: str) -> Any:  # noqa: ANN401  # WeasyPrint carries no types
    """One for the life of the process: without it every document costs memory for good."""
    del fonts
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  # loads Pango

    return FontConfiguration()
