"""HTML and templates: one file, escaped, in a sandbox, the unit's own files first."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from secops.documents.confined import Limits
from secops.documents.filling import fill
from secops.documents.templates import unpack
from secops.errors.documents import (
    NoLimitsError,
    TemplateFailedError,
    TemplateMissingError,
    TemplateTooGreedyError,
)
from secops.model.document import DocumentFormat
from tests.documents.conftest import Printed, printed
from tests.documents.sample_report import sample_facts

HTML = DocumentFormat.HTML


def own(folder: Path, text: str, name: str = "report.html.j2") -> Printed:
    target = folder / "rectification" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return printed(sample_facts(most=5), folder)


def test_the_page_asks_nobody_for_anything(system_report: Printed) -> None:
    html = system_report.render(HTML).decode()
    assert re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?(?!#)[^"'#\s]""", html) == []
    assert "<script" not in html


def test_markup_in_data_stays_text() -> None:
    facts = replace(sample_facts(most=5), subject='<u>&{{ 7*7 }}"')
    html = printed(facts).render(HTML).decode()
    assert "<u>" not in html
    assert "&lt;u&gt;&amp;{{ 7*7 }}" in html


def test_one_file_of_the_unit_replaces_one_of_ours(tmp_path: Path) -> None:
    report = own(tmp_path, "<p>本单位封面</p>", "parts/cover.html.j2")
    html = report.render(HTML).decode()
    assert "本单位封面" in html
    assert "附录三" in html
    assert report.template != printed(sample_facts(most=5)).template


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    folder = tmp_path / "templates" / "rectification"
    folder.mkdir(parents=True)
    (folder / "stolen.txt").symlink_to(secret)
    report = printed(sample_facts(most=5), tmp_path / "templates")
    assert not [name for name in unpack(report.template) if "stolen" in name]


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ subject|attr('__class__') }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 'a' * 10000000000 }}",
        "{{ 'a' * 900 * 900 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ subject.__init__.__globals__ }}",
        "{{ nothing_like_this }}",
        "{% if %}",
        "{{ 1 / 0 }}",
        "{{ '{0.__class__}'.format(subject).__class__.x }}",
        "{% for n in range(10000000) %}{% endfor %}",
    ],
)
def test_a_template_that_breaks_out_or_breaks_is_refused_by_name(tmp_path: Path, text: str) -> None:
    report = own(tmp_path, "<p>\n" + text)
    with pytest.raises(TemplateFailedError) as caught:
        fill("rectification", HTML, report.context, report.template)
    assert "rectification/report.html.j2:2" in str(caught.value)


@pytest.mark.parametrize("name", ["/etc/passwd", "../../secops.toml", "nowhere.j2"])
def test_a_template_cannot_include_what_is_not_a_template(tmp_path: Path, name: str) -> None:
    report = own(tmp_path, "{% include " + repr(name) + " %}")
    with pytest.raises(TemplateMissingError):
        fill("rectification", HTML, report.context, report.template)


def test_what_a_child_failed_at_is_said_as_if_it_were_here(tmp_path: Path) -> None:
    report = own(tmp_path, "<p>\n{{ nothing_like_this }}")
    with pytest.raises(TemplateFailedError) as caught:
        report.render(HTML)
    assert "rectification/report.html.j2:2" in str(caught.value)
    assert "nothing_like_this" in str(caught.value)


SMALL = Limits(filling=2, printing=4, memory=400, output=1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "limit"),
    [
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            "CPU",
        ),
        ("{% for n in range(99999) %}{{ 'a' * 900 * 1 }}{% endfor %}" * 9, "RAM|html 1 MB"),
        ("{% for n in range(2000) %}{{ 'a' * 900 }}{% endfor %}", "html 1 MB"),
        (
            "{% set x = namespace(s='a' * 900) %}" + 60 * "{% set x.s = x.s ~ x.s %}",
            "RAM",
        ),
    ],
)
def test_a_template_that_takes_too_much_is_ended_and_named(
    tmp_path: Path, text: str, limit: str
) -> None:
    report = own(tmp_path, "<p>\n" + text)
    limited = replace(report.printer, means=replace(report.printer.means, limits=SMALL))
    with pytest.raises(TemplateTooGreedyError) as caught:
        limited.render(HTML, report.context, report.template)
    assert re.search(limit, str(caught.value))
    if limit in ("CPU", "RAM"):
        assert "rectification/report.html.j2:2" in str(caught.value)


def test_where_no_limits_can_be_set_an_own_template_is_refused_and_ours_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = own(tmp_path, "<p>ours</p>")
    monkeypatch.setitem(sys.modules, "resource", None)  # as on Windows
    with pytest.raises(NoLimitsError):
        report.printer.render(HTML, report.context, report.template)
    means = report.printer.means
    supplied = replace(report.printer, means=replace(means, folders=means.folders[-1:]))
    assert supplied.render(HTML, report.context, supplied.template())


def test_a_template_that_includes_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateFailedError) as caught:
        own(tmp_path, "{% include 'rectification/report.html.j2' %}").render(HTML)
    assert "rectification/report.html.j2:1" in str(caught.value)


@pytest.mark.parametrize("content", [b"no zip", b"PK\x03\x04", b""])
def test_a_word_template_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    target = tmp_path / "rectification" / "report.docx"
    target.parent.mkdir(parents=True)
    target.write_bytes(content)
    with pytest.raises(TemplateFailedError) as caught:
        printed(sample_facts(most=5), tmp_path).render(DocumentFormat.DOCX)
    assert "rectification/report.docx" in str(caught.value)


def test_a_template_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    target = tmp_path / "rectification" / "report.html.j2"
    target.parent.mkdir(parents=True)
    target.write_bytes("<p>a</p>\n<p>整改</p>".encode("gbk"))
    with pytest.raises(TemplateFailedError) as caught:
        printed(sample_facts(most=5), tmp_path).render(HTML)
    assert "rectification/report.html.j2:2" in str(caught.value)


@pytest.mark.slow
def test_an_own_template_prints_a_pdf_too(tmp_path: Path) -> None:
    report = own(tmp_path, "<p>本单位封面</p>", "parts/cover.html.j2")
    assert report.render(DocumentFormat.PDF).startswith(b"%PDF")
