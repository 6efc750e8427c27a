"""Word by docxtpl: a unit restyles `report.docx` in Word or WPS and keeps its fields."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from lxml import etree

from secops.documents.templates import guarded, sandbox, unpack
from secops.errors.documents import TemplateFailedError, TemplateMissingError

ENTRY = "report.docx"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def render_docx(kind: str, context: Mapping[str, object], template: bytes) -> bytes:
    """Fill the Word template, always escaped."""
    files = unpack(template)
    name = f"{kind}/{ENTRY}"
    if name not in files:
        raise TemplateMissingError(name=name)
    word = DocxTemplate(io.BytesIO(files[name]))
    environment = sandbox(files)

    def fill() -> str:
        word.render(dict(context), jinja_env=environment, autoescape=True)
        return name

    try:
        guarded(name, files, fill)
    except (zipfile.BadZipFile, PackageNotFoundError, etree.XMLSyntaxError) as error:
        raise TemplateFailedError(name=name, problem=str(error)) from error
    made = io.BytesIO()
    word.save(made)
    return _with_fixed_times(made.getvalue())


def _with_fixed_times(packed: bytes) -> bytes:
    """Write the zip again without the time of day: the same content gives the same bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
