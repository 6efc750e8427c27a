"""Forms of codes and addresses; every line of the table is right or names its problem."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secops.judging import codes
from secops.judging.codes import Problem, wrong_cells

RIGHT: Final = """
credit_code 124301000000000018|91350100M000100Y43
region_code 430100|110105|820000
postcode 410000|000000
phone 0000-00000001|010-12345678|+86 10 1234 5678|13800000000|/|12345|0000-00000001ext.12
email li@school.example|a.b+c@mail.school.example
address 127.0.0.1|0.0.0.0|::1|2001:db8::1|::ffff:127.0.0.1
address_range 192.0.2.0/24|192.0.2.1|192.0.2.1-192.0.2.9|2001:db8::/32
host_name www.school.example|localhost|教育.example|a-b.example|xn--fiq228c.example|3com.example
url http://127.0.10.1:18080/|https://www.school.example|https://[2001:db8::1]:8443/a?b=c#d
icp_number 湘ICP备00000001号|湘ICP备0000000001号-12
police_number 湘公网安备43010000000001号|湘公网安备 43010000000001 号
name 林一帆|A·B（外聘）
"""
WRONG: Final = """
credit_code 12440000455860002Q|1244000045586000|12440000455860002p|1244000O455860002P
region_code 43010|990100|43０100|4301001
postcode 41000|4100000|abcdef
phone 1380000000|138000000000|call me|0|０１０-12345678|1380000000;rm
email li@school|li school@a.example|@a.example|li@127.1|li@a..example|"a b"@a.example
address 127.1|0177.0.0.1|0x7f.0.0.1|2130706433|127.0.0.01|256.0.0.1|fe80::1%eth0|127.0.0.1/32|1:2:3
address_range 192.0.2.1/24|192.0.2.9-192.0.2.1|192.0.2.1-::1|192.0.2.|-192.0.2.1|fe80::1%1
host_name -a.example|a..example|a_b.example|127.1|0x7f.1|a.example.|a b|1.2.3.4|.example
url ftp://a.example|http://a@b.example/|http://0x7f.1/|http://2130706433/|http:/a|http://a.example\\b
url http://a.example:0/|http://a.example:65536/|http://[127.0.0.1]/|http://::1/|javascript:alert(1)
icp_number ICP备00000001号|湘ICP备1号|湘ICP备00000001号-
police_number 湘公网安备430100号|43010000000001
name 甲\u202e乙|甲\t乙
"""


def cases(table: str) -> list[tuple[str, str]]:
    lines = (line.partition(" ") for line in table.strip().splitlines())
    return [(name, text) for name, _, texts in lines for text in texts.split("|")]


def check_of(name: str) -> Callable[[str], Problem | None]:
    check: Callable[[str], Problem | None] = getattr(codes, name)
    return check


@pytest.mark.parametrize(("name", "text"), cases(RIGHT))
def test_right_text_has_no_problem(name: str, text: str) -> None:
    assert check_of(name)(text) is None


@pytest.mark.parametrize(("name", "text"), cases(WRONG))
def test_wrong_text_names_a_problem_of_its_kind(name: str, text: str) -> None:
    problem = check_of(name)(text)
    assert problem is not None
    assert problem.name.startswith(name.upper())


FIRST_17 = st.tuples(
    st.text("159ANY", min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9),
).map("".join)


@given(FIRST_17, st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_changed_sign_always_breaks_a_credit_code(first: str, place: int, other: str) -> None:
    code = first + codes.credit_code_check(first)
    assert codes.credit_code(code) is None
    changed = code[:place] + other + code[place + 1 :]
    assert (codes.credit_code(changed) is None) == (changed == code)


@given(st.text(max_size=40))
def test_any_text_is_judged_without_an_exception(text: str) -> None:
    for name in sorted({name for name, _ in cases(RIGHT)}):
        assert check_of(name)(text) in (None, *Problem)


@given(st.from_regex(re.compile(r"[0-9a-fxA-FX.]{1,20}"), fullmatch=True))
def test_a_host_name_is_never_a_spelling_of_an_address(text: str) -> None:
    if codes.host_name(text) is None:
        assert re.search(r"[a-zA-Z]", text.rpartition(".")[2])


@pytest.mark.parametrize(
    ("kind", "cells", "paths"),
    [
        ("unit", {"credit_code": "", "address.postcode": None}, []),
        (
            "unit",
            {"credit_code": "X", "address.postcode": "1"},
            ["credit_code", "address.postcode"],
        ),
        ("endpoint", {"kind": "address", "value": "127.1", "port": 70000}, ["port", "value"]),
        ("endpoint", {"kind": "url", "value": "http://a.example:81/", "port": 80}, ["port"]),
        ("endpoint", {"kind": "name", "value": "a.example", "port": 80}, []),
        ("system", {"business.domain_names": ("a.example", "b_b")}, ["business.domain_names"]),
        ("system", {"data.people": -1}, ["data.people"]),
        ("person", {"credit_code": "X"}, []),
    ],
)
def test_wrong_cells_names_each_wrong_cell(
    kind: str, cells: dict[str, Any], paths: list[str]
) -> None:
    assert [one.details["key"] for one in wrong_cells(kind, cells)] == paths
