"""Bare: docxtpl alone fills the same template with the same values."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from docxtpl import DocxTemplate

context, template, target = sys.argv[1:4]
word = DocxTemplate(template)
word.render(json.loads(Path(context).read_bytes()), autoescape=True)
word.save(target)
