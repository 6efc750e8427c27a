"""Bare: WeasyPrint alone on the same HTML, with the same fonts; nothing of secops is imported."""

from __future__ import annotations

import os
import sys
from pathlib import Path

html, fonts, epoch, target = sys.argv[1:5]
os.environ["FONTCONFIG_FILE"] = fonts
os.environ["SOURCE_DATE_EPOCH"] = epoch

import weasyprint  # noqa: E402  # it reads the environment when it is loaded
from weasyprint.text.fonts import FontConfiguration  # noqa: E402  # as above

document = weasyprint.HTML(string=Path(html).read_text(encoding="utf-8"))
Path(target).write_bytes(document.write_pdf(font_config=FontConfiguration()))
