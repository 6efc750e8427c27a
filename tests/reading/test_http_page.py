"""Pages as browsers meet them: charsets, forms, filing numbers, errors, broken markup."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secops.files.website_words import load_website_words
from secops.reading.http_headers import has_hsts, missing_headers, weak_cookies
from secops.reading.http_page import error_detail, login_scheme, read_page
from secops.reading.http_response import Response, read_response, write_response
from secops.reading.web_address import WebAddress, read_address
from secops.reading.web_findings import EXPOSURES, is_exposed, without_secrets
from secops.settings.data import data_folder

WORDS = load_website_words(data_folder("checklists") / "recognition" / "website.yaml")
META = '<meta charset="{}"><title>{}</title>'
BY_KIND = {one.kind: one for one in EXPOSURES if one.path != "/backup.sql"}


def page_at(url: str) -> WebAddress:
    read = read_address(url)
    assert read is not None
    return read


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("text/html; charset=gb2312", META.format("", "龢堃镕").encode("gb18030")),
        ("text/html", META.format("gbk", "龢堃镕").encode("gb18030")),
        ("text/html", META.format("utf-8", "龢堃镕").encode()),
        ("text/html; charset=gbk", META.format("gbk", "龢堃镕").encode()),
        ("text/html", b"\xef\xbb\xbf" + META.format("gbk", "龢堃镕").encode()),
        ("text/html", b"\xff\xfe" + META.format("gbk", "龢堃镕").encode("utf-16-le")),
        ("text/html", "<title>龢堃镕</title>".encode("gb18030")),
        ("text/html; charset=unicode_escape", "<title>龢堃镕</title>".encode("gb18030")),
        ("text/html; charset=big5", "<title>龢</title>".encode("big5")),
    ],
)
def test_a_title_is_read_whatever_the_charset_says(header: str, body: bytes) -> None:
    text = Response(status=200, headers=(("content-type", header),), body=body).text()
    assert read_page(text).title in ("龢堃镕", "龢")


@pytest.mark.parametrize(
    ("url", "html", "scheme"),
    [
        ("https://a.test/", "<form action='/in'><input type=password></form>", "https"),
        ("https://a.test/", "<form action='http://a.test/in'><input type=PASSWORD></form>", "http"),
        (
            "https://a.test/",
            "<base href='http://b.test/'><form action=x><input type=password>",
            "http",
        ),
        ("http://a.test/", "<form action='https://a.test/'><input type=password></form>", "http"),
        ("http://a.test/", "<input type=password>", "http"),
        ("https://a.test/", "<form action='javascript:go()'><input type=password></form>", "https"),
        ("http://a.test/", "<form action='/s'><input type=text></form>", "none"),
        ("http://a.test/", "<!-- <input type=password> -->", "none"),
    ],
)
def test_a_login_form_is_judged_by_where_it_posts(url: str, html: str, scheme: str) -> None:
    assert login_scheme(read_page(html), page_at(url)) == scheme


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("b", "https://a.test:443/x/b"),
        ("/b?c=/d", "https://a.test:443/b?c=/d"),
        ("../../b/./c", "https://a.test:443/b/c"),
        ("?q", "https://a.test:443/x/y?q"),
        ("#top", "https://a.test:443/x/y"),
        ("//B.test:81", "https://b.test:81/"),
        ("http://user@b.test/", "http://b.test:80/"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("HTTPS://b.test?x", "https://b.test:443/?x"),
    ],
)
def test_a_link_leads_where_a_browser_goes(link: str, leads_to: str) -> None:
    assert str(page_at("https://a.test/x/y").lead_to(link)) == leads_to


@pytest.mark.parametrize(
    "link",
    [
        "javascript:x",
        "file:///etc/passwd",
        "http://a.test:99999/",
        "http://a\r\nb/",
        "http:///x",
        "a" * 3000,
    ],
)
def test_some_links_lead_nowhere(link: str) -> None:
    assert page_at("https://a.test/").lead_to(link) is None


@given(st.text())
def test_any_link_is_followed_or_left(link: str) -> None:
    led = page_at("https://a.test/x/y").lead_to(link)
    assert led is None or (led.scheme in ("http", "https") and led.path.startswith("/"))


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("<h1>页面不存在</h1>", "none"),
        ("<hr>nginx/1.22.1", "version"),
        ("<hr>nginx", "none"),
        ("Traceback (most recent call last):", "trace"),
        ("at a.b.C.run(C.java:12)", "trace"),
        ("You have an error in your SQL syntax", "trace"),
        ("<h3>Apache Tomcat/9.0.1</h3>", "version"),
    ],
)
def test_error_pages_give_away_what_they_give_away(text: str, detail: str) -> None:
    assert error_detail([text]) == detail


@pytest.mark.parametrize(
    ("kind", "body", "exposed"),
    [
        ("git", b"ref: refs/heads/main\n", True),
        ("git", b"<html>not found", False),
        ("env", b"# x\nDB_PASSWORD=secret\n", True),
        ("env", b"<div>\nA=1\n", False),
        ("backup", b"PK\x03\x04\x00", True),
        ("backup", b"PKU", False),
        ("phpinfo", b"<html><title>PHP 8.2.1 - phpinfo()</title>", True),
        ("actuator", b'{"activeProfiles":[],"propertySources":[]}', True),
        ("swagger", b'{"swagger":"2.0"}', True),
        ("svn", b"12\n", True),
    ],
)
def test_a_file_is_told_by_its_content(kind: str, body: bytes, *, exposed: bool) -> None:
    assert is_exposed(BY_KIND[kind], Response(status=200, body=body)) is exposed
    assert not is_exposed(BY_KIND[kind], Response(status=404, body=body))


@pytest.mark.parametrize(
    ("path", "body", "kept"),
    [
        ("/.env", b"A=1\nexport DB_PASSWORD = hunter2\nX=1", b"export DB_PASSWORD ="),
        ("/backup.sql", b"-- hunter2\nINSERT INTO people VALUES ('x');", b"INSERT INTO "),
        ("/actuator/env", b'{"propertySources":[{"password":"hunter2"}]}', b'{"propertySources"'),
        ("/backup.zip", b"PK\x03\x04hunter2", b"PK\x03\x04"),
    ],
)
def test_what_is_secret_in_a_find_does_not_enter_the_evidence(
    path: str, body: bytes, kept: bytes
) -> None:
    exposure = next(one for one in EXPOSURES if one.path == path)
    assert without_secrets(exposure, body) == kept
    assert is_exposed(exposure, Response(status=200, body=kept))


@pytest.mark.parametrize(
    ("cookies", "weak"),
    [
        (("JSESSIONID=1; Path=/",), "JSESSIONID:secure+httponly"),
        (("sid=1; Secure; HttpOnly",), "none"),
        (("sid=1; Secure", "theme=dark"), "sid:httponly"),
        (("theme=dark", "_ga=1"), None),
        ((), None),
    ],
)
def test_only_session_cookies_count(cookies: tuple[str, ...], weak: str | None) -> None:
    headers = tuple(("set-cookie", one) for one in cookies)
    assert weak_cookies([Response(status=200, headers=headers)]) == weak


@pytest.mark.parametrize(
    ("value", "is_on"),
    [
        ("max-age=31536000; includeSubDomains", True),
        ("max-age=0", False),
        ("", False),
        ("x", False),
    ],
)
def test_hsts_needs_a_time(value: str, *, is_on: bool) -> None:
    response = Response(status=200, headers=(("strict-transport-security", value),))
    assert has_hsts(response) is is_on


def test_a_policy_on_frames_stands_for_the_older_header() -> None:
    policy = (("content-security-policy", "frame-ancestors 'none'"),)
    assert missing_headers(Response(status=200, headers=policy)) == ("nosniff", "referrer-policy")


@pytest.mark.parametrize("title", ["Index of /uploads/", "Directory listing for /a"])
def test_a_listing_is_told_by_its_title(title: str) -> None:
    assert WORDS.is_listing(read_page(f"<title>{title}</title>"))
    assert not WORDS.is_listing(read_page(f"<title>About: {title}</title>"))


@pytest.mark.parametrize(
    "piece", ["<!--", "<![", "<a ", "</", "<a b='", "&#", "<script></", "<div>"]
)
def test_hostile_markup_costs_no_time(piece: str) -> None:
    begun = time.process_time()
    read_page(piece * (512 * 1024 // len(piece)))
    assert time.process_time() - begun < 1


@given(st.text())
def test_any_page_is_read(text: str) -> None:
    page = read_page(text)
    assert page.title == "" or page.title.isprintable()


@given(
    st.integers(100, 599),
    st.lists(st.tuples(st.from_regex("[a-z-]{1,9}", fullmatch=True), st.text(max_size=20))),
    st.binary(max_size=40),
)
def test_a_response_is_kept_with_status_and_body(
    status: int, headers: list[tuple[str, str]], body: bytes
) -> None:
    kept = [(name, value) for name, value in headers if value.isprintable()]
    read = read_response(write_response(status, kept, body))
    assert read is not None
    assert (read.status, read.body) == (status, body)
    assert read.headers == tuple((name, value.strip()) for name, value in kept)
