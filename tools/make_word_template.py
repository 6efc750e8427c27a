"""Writes templates/*/report.docx: the Word templates that units restyle.

The wording stands in report.words.yaml beside it, so that no Chinese stands in Python.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import yaml
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import (
    WD_ALIGN_PARAGRAPH,
    WD_LINE_SPACING,
    WD_TAB_ALIGNMENT,
    WD_TAB_LEADER,
)
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

ROOT: Final = Path(__file__).parents[1]
TEMPLATES: Final = ROOT / "templates"
FOLDER: Final = TEMPLATES / "rectification"
RED: Final = RGBColor(0xB3, 0x11, 0x1B)
W: Final = nsdecls("w")
SIDES: Final = {"/": WD_ALIGN_PARAGRAPH.RIGHT, "_": WD_ALIGN_PARAGRAPH.CENTER}  # at the foot
COLOURS: Final = (
    "2E7D5B",
    "E3A72F",
    "B3261E",
    "8D949B",
    "D5DADE",
    "4A6FA5",
)  # as in charts.html.j2


def _fonts(style: Any, east: str, size: float, *, bold: bool = False) -> None:  # noqa: ANN401  # python-docx styles
    style.font.name = "Times New Roman"
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), east)


def _paragraph(style: Any, *, pitch: float, indent: float = 0, before: float = 0) -> None:  # noqa: ANN401  # as above
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    form.first_line_indent = Pt(indent)


class Writer:
    """Writes one part after the other."""

    def __init__(self, words: dict[str, Any]) -> None:
        self.words = words
        self.document = Document()
        self._styles()
        self._mark = 0

    def _styles(self) -> None:
        styles, fonts = self.document.styles, self.words["fonts"]
        _fonts(styles["Normal"], fonts["body"], 16)
        _paragraph(styles["Normal"], pitch=28.95, indent=32)
        for n, name in ((1, "level1"), (2, "level2")):
            head = styles[f"Heading {n}"]
            _fonts(head, fonts[name], 16)
            _paragraph(head, pitch=28.95, indent=32)
            head.paragraph_format.keep_with_next = True
        for name, font, size, pitch in (
            ("Cover unit", "title", 22, 36),
            ("Cover title", "title", 34, 54),
            ("Headline", "title", 22, 36),
            ("Draft mark", "level1", 20, 30),
            ("Caption line", "level1", 12, 22),
            ("Note", "level2", 12, 20),
            ("Cell", "body", 10.5, 15),
            ("Cell head", "level1", 10.5, 15),
            ("Small cell", "body", 9, 12),
            ("Small head", "level1", 9, 12),
            ("toc 1", "body", 15, 24),
            ("Page number", "song", 14, 18),
            ("Gap", "body", 6, 8),
        ):
            style = styles.add_style(name, 1)
            style.base_style = styles["Normal"]
            _fonts(style, fonts[font], size, bold=font == "title")
            _paragraph(style, pitch=pitch)
        for name in ("Cover unit", "Cover title", "Draft mark", "Headline", "Caption line"):
            styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for name in ("Cell", "Cell head", "Small cell", "Small head"):
            styles[name].paragraph_format.space_before = Pt(1.5)
            styles[name].paragraph_format.space_after = Pt(1.5)
        tab = styles["toc 1"].paragraph_format.tab_stops
        tab.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.MIDDLE_DOT)
        styles["Cover title"].font.color.rgb = RED
        styles["Draft mark"].font.color.rgb = RED
        styles["Caption line"].paragraph_format.keep_with_next = True
        styles["Caption line"].paragraph_format.space_before = Pt(6)

    def text(self, text: str, style: str = "Normal") -> Any:  # noqa: ANN401  # python-docx paragraphs
        """Write one paragraph."""
        return self.document.add_paragraph(text, style=style)

    def tag(self, tag: str) -> None:
        """Write a paragraph that holds only a tag; it vanishes when filled."""
        self.document.add_paragraph("{%p " + tag + " %}", style="Normal")

    def heading(self, text: str, level: int, bookmark: str = "", *, page: bool = False) -> None:
        """Write a heading, with a bookmark that the contents point to, on a new page if asked."""
        paragraph = self.document.add_paragraph(style=f"Heading {level}")
        if page:
            paragraph.paragraph_format.page_break_before = True
        self._mark += 1
        if bookmark:
            paragraph._p.append(  # noqa: SLF001  # python-docx has no bookmarks
                parse_xml(f'<w:bookmarkStart {W} w:id="{self._mark}" w:name="{bookmark}"/>')
            )
        paragraph.add_run(text)
        if bookmark:
            paragraph._p.append(parse_xml(f'<w:bookmarkEnd {W} w:id="{self._mark}"/>'))  # noqa: SLF001  # as above

    def table(self, part: dict[str, Any]) -> Any:  # noqa: ANN401  # python-docx tables
        """Write a table of fixed widths in mm; a row `["{%tr …"]` is a tag over the whole row.

        Heads, and the rows named by `keep`, stay on the page of what follows them.
        """
        widths: Sequence[float] = part["widths"]
        rows: Sequence[Sequence[str]] = part["table"]
        head, small = part.get("head", 1), part.get("small", False)
        table = self.document.add_table(rows=len(rows), cols=len(widths))
        table.autofit = False
        table.style = self.document.styles["Table Grid"]
        cells = table._cells  # noqa: SLF001  # once: `table.cell` in a loop is quadratic
        for n, row in enumerate(rows):
            for m, width in enumerate(widths):
                cell = cells[n * len(widths) + m]
                cell.width = Mm(width)
                text = row[m] if m < len(row) else ""
                kind = ("Small " if small else "Cell ").strip()
                name = (
                    f"{kind} head"
                    if n < head or text.startswith("!")
                    else ("Small cell" if small else "Cell")
                )
                self._cell(cell, text.removeprefix("!"), name)
            self._merge(cells[n * len(widths) : (n + 1) * len(widths)], row)
            if n < head:
                self._repeat(table.rows[n])
            self._whole(table.rows[n])
        self._heights(table, part)
        together = part.get("together", False)
        kept = range(len(rows) - 1) if together else (*range(head), *part.get("keep", ()))
        for n in kept:
            for cell in cells[n * len(widths) : (n + 1) * len(widths)]:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        return table

    def _heights(self, table: Any, part: dict[str, Any]) -> None:  # noqa: ANN401  # as above
        for row, height in zip(table.rows, part.get("heights", ()), strict=False):
            row.height = Mm(height)

    def _merge(self, cells: Sequence[Any], row: Sequence[str]) -> None:
        """Join the cells of a row that say `>` with the one before them."""
        joined = [n for n, text in enumerate(row) if text == ">"]
        if joined:
            for n in joined:
                cells[n].paragraphs[0].clear()
            first = cells[joined[0] - 1]
            whole = first.merge(cells[joined[-1]])
            for paragraph in whole.paragraphs[1:]:
                paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001  # as above

    def _cell(self, cell: Any, text: str, style: str) -> None:  # noqa: ANN401  # python-docx cells
        paragraph = cell.paragraphs[0]
        paragraph.style = self.document.styles[style]
        if style.endswith("head"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            shade = parse_xml(f'<w:shd {W} w:val="clear" w:color="auto" w:fill="F3F4F5"/>')
            cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001  # python-docx has no shading
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        if text[:1] in SIDES:
            cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
            paragraph.alignment = SIDES[text[0]]
            paragraph.paragraph_format.space_after = Pt(14)
            text = text[1:]
        if text.startswith("bar:"):
            self._bar(paragraph, text.removeprefix("bar:"))
        else:
            paragraph.add_run(text)

    def _bar(self, paragraph: Any, name: str) -> None:  # noqa: ANN401  # python-docx paragraphs
        """Draw a bar as shaded blanks, one run for each value: editable, and no picture."""
        for n, colour in enumerate(COLOURS):
            run = paragraph.add_run("{{ '\u3000' * " + f"{name}.segments[{n}].cells" + " }}")
            run.font.size = Pt(9)
            look = run._r.get_or_add_rPr()  # noqa: SLF001  # python-docx has no shading
            look.append(parse_xml(f'<w:w {W} w:val="36"/>'))
            look.append(parse_xml(f'<w:shd {W} w:val="clear" w:color="auto" w:fill="{colour}"/>'))

    def _repeat(self, row: Any) -> None:  # noqa: ANN401  # python-docx rows
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))  # noqa: SLF001  # as above

    def _whole(self, row: Any) -> None:  # noqa: ANN401  # python-docx rows
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {W}/>"))  # noqa: SLF001  # as above

    def section(
        self, *, wide: bool, first: bool = False, numbered: bool = True, restart: bool = False
    ) -> Any:  # noqa: ANN401  # python-docx sections
        """Begin a section; official margins, or a wide page for the appendices."""
        section = (
            self.document.sections[0] if first else self.document.add_section(WD_SECTION.NEW_PAGE)
        )
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        size = (297, 210) if wide else (210, 297)
        section.page_width, section.page_height = Mm(size[0]), Mm(size[1])
        top, right, bottom, left = (28, 25, 26, 25) if wide else (37, 26, 35, 28)
        section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
        section.left_margin, section.right_margin = Mm(left), Mm(right)
        section.footer_distance, section.header_distance = Mm(22 if not wide else 14), Mm(20)
        self._footers(section, numbered=numbered)
        for copied in section._sectPr.xpath("./w:pgNumType"):  # noqa: SLF001  # from the one before
            section._sectPr.remove(copied)  # noqa: SLF001  # as above
        if restart:
            section._sectPr.append(parse_xml(f'<w:pgNumType {W} w:start="1"/>'))  # noqa: SLF001  # as above
        return section

    def _footers(self, section: Any, *, numbered: bool) -> None:  # noqa: ANN401  # as above
        for footer, side in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            paragraph.style = self.document.styles["Page number"]
            paragraph.alignment = side
            if numbered:
                paragraph.add_run("\u2014 ")
                paragraph._p.append(_field("PAGE", "1"))  # noqa: SLF001  # python-docx has no fields
                paragraph.add_run(" \u2014")
        for header in (section.header, section.even_page_header):
            header.is_linked_to_previous = False
            paragraph = header.paragraphs[0]
            paragraph.style = self.document.styles["Caption line"]
            run = paragraph.add_run(self.words["mark"])
            run.font.color.rgb = RED


def _field(code: str, shown: str) -> Any:  # noqa: ANN401  # an lxml element
    return parse_xml(
        f'<w:fldSimple {W} w:instr="{code}"><w:r><w:t>{shown}</w:t></w:r></w:fldSimple>'
    )


def _contents(writer: Writer) -> None:
    """Write a real field of Word, filled beforehand with our own headings.

    Only a program that lays the pages out can number them: until it has, the entries stand without
    numbers and without leaders that point at a blank. Word asks about the field when it opens.
    """
    words = writer.words["contents"]
    writer.text(words["head"], "Headline")
    begin = (
        f'<w:r {W}><w:fldChar w:fldCharType="begin"/></w:r>',
        (
            f'<w:r {W}><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z \\u '
            "</w:instrText></w:r>"
        ),
        f'<w:r {W}><w:fldChar w:fldCharType="separate"/></w:r>',
    )
    for n, (mark, text) in enumerate(words["entries"]):
        paragraph = writer.text("", "toc 1")
        for part in begin if n == 0 else ():
            paragraph._p.append(parse_xml(part))  # noqa: SLF001  # python-docx has no fields
        link = f'<w:hyperlink {W} w:anchor="{mark}"><w:r><w:t>{text}</w:t></w:r></w:hyperlink>'
        paragraph._p.append(parse_xml(link))  # noqa: SLF001  # as above
    paragraph._p.append(parse_xml(f'<w:r {W}><w:fldChar w:fldCharType="end"/></w:r>'))  # noqa: SLF001  # as above


def _write(writer: Writer) -> None:
    for part in writer.words["parts"]:
        kind = next(one for one in WRITERS if one in part)
        WRITERS[kind](writer, part)


def _write_text(writer: Writer, part: dict[str, Any]) -> None:
    paragraph = writer.text(part["text"], part.get("style", "Normal"))
    paragraph.paragraph_format.space_before = Pt(part.get("before", 0))
    if part.get("leads"):  # what follows is not parted from it
        paragraph.paragraph_format.keep_with_next = True
    if part.get("align") == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if part.get("ruled"):
        rule = 'w:val="thickThinSmallGap" w:sz="18" w:space="8" w:color="B3111B"'
        border = parse_xml(f"<w:pBdr {W}><w:bottom {rule}/></w:pBdr>")
        paragraph._p.get_or_add_pPr().append(border)  # noqa: SLF001  # no borders in python-docx


WRITERS: Final[dict[str, Callable[[Writer, dict[str, Any]], object]]] = {
    "section": lambda writer, part: writer.section(**part["section"]),
    "contents": lambda writer, _: _contents(writer),
    "tag": lambda writer, part: writer.tag(part["tag"]),
    "heading": lambda writer, part: writer.heading(
        part["heading"],
        part["level"],
        part.get("bookmark", ""),
        page=part.get("page", False),
    ),
    "table": lambda writer, part: writer.table(part),
    "text": _write_text,
}


def make(target: Path, folder: Path = FOLDER) -> None:
    """Write the template whose words stand in the folder."""
    words = yaml.safe_load((folder / "report.words.yaml").read_text(encoding="utf-8"))
    writer = Writer(words)
    settings = writer.document.settings.element
    settings.append(parse_xml(f"<w:evenAndOddHeaders {W}/>"))
    settings.append(parse_xml(f'<w:updateFields {W} w:val="true"/>'))
    _write(writer)
    writer.document.core_properties.author = ""
    # Word takes 255 letters here.
    writer.document.core_properties.title = "{{ subject[:200] }}" + words["title"]
    writer.document.save(str(target))


if __name__ == "__main__":
    for kind in sys.argv[1:] or [one.parent.name for one in TEMPLATES.glob("*/report.words.yaml")]:
        make(TEMPLATES / kind / "report.docx", TEMPLATES / kind)
