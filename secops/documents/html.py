"""HTML: one file that carries its own style, for the screen and for the PDF alike."""

from __future__ import annotations

from collections.abc import Mapping

from secops.documents.templates import guarded, sandbox, unpack

ENTRY = "report.html.j2"


def render_html(kind: str, context: Mapping[str, object], template: bytes) -> str:
    """Fill the template; the style sheets are its own parts, included by name."""
    name = f"{kind}/{ENTRY}"
    files = unpack(template)
    environment = sandbox(files)
    return guarded(name, files, lambda: environment.get_template(name).render(context))
