"""Bare: WeasyPrint alone on the same HTML, with the same fonts; nothing of secops is imported."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

html, fonts, epoch, target = sys.argv[1:5]
os.environ["FONTCONFIG_FILE"] = fonts
os.environ["SOURCE_DATE_EPOCH"] = epoch

started = time.process_time()
import weasyprint  # noqa: E402  # loading it is part of the work on both sides
from weasyprint.text.fonts import FontConfiguration  # noqa: E402  # as above

document = weasyprint.HTML(string=Path(html).read_text(encoding="utf-8"))
made = document.write_pdf(font_config=FontConfiguration())
Path(target).write_bytes(made)
print(time.process_time() - started, len(made))
