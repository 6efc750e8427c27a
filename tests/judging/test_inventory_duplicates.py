"""Pairs that may be one system, why, and that the work grows with the list and not its square."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any, Final

import pytest

from secops.files.name_words import load_name_words
from secops.judging.inventory_duplicates import Profile, core_of, find_duplicates
from secops.judging.name_words import NameWords
from secops.model.ids import SystemId
from secops.model.inventory_check import Likeness
from secops.model.system import SystemKind
from secops.settings.data import data_folder

WORDS: Final = load_name_words(data_folder("checklists") / "recognition" / "names.yaml")
BODY: Final = "云溪学院"


def profile(no: int, name: str, body: str = BODY, **more: Any) -> Profile:  # noqa: ANN401  # sets
    fields = ("domains", "endpoints", "addresses", "registrations")
    return Profile(
        id=SystemId(str(no)),
        no=no,
        name=name,
        core=core_of(name, [body], more.pop("kind", SystemKind.WEBSITE), WORDS),
        body=body,
        **{one: frozenset(more.get(one, ())) for one in fields},
    )


@pytest.mark.parametrize(
    ("one", "other", "grounds"),
    [
        (("云溪学院门户网站",), ("云溪学院官网（新版）",), [Likeness.SAME_CORE]),
        (("教务管理系统",), ("教务平台",), [Likeness.SAME_CORE]),
        (("ＯＡ 系统",), ("oa系统",), [Likeness.SAME_NAME]),
        (("校园一卡通系统",), ("一卡通平台",), [Likeness.NEAR_NAME]),
        (("图书馆管理系统",), ("财务查询平台",), []),
        (("第1实训室系统",), ("第11实训室系统",), []),
        (("云溪学院门户网站",), ("云溪学院服务平台", {"kind": SystemKind.PLATFORM}), []),
        (("门户网站",), ("门户网站", {"body": "云溪七中"}), []),
        (
            ("甲", {"domains": ["a.example"]}),
            ("乙", {"domains": ["a.example"], "body": "云溪七中"}),
            [Likeness.SAME_DOMAIN],
        ),
        (
            ("甲", {"endpoints": ["127.0.0.1:80"], "addresses": ["127.0.0.1"]}),
            ("乙", {"endpoints": ["127.0.0.1:80"], "addresses": ["127.0.0.1"]}),
            [Likeness.SAME_ENDPOINT, Likeness.SAME_ADDRESS],
        ),
        (("甲", {"addresses": ["127.0.0.1"]}), ("乙", {"addresses": ["127.0.0.1"]}), []),
    ],
)
def test_a_pair_is_found_on_its_grounds(
    one: tuple[Any, ...], other: tuple[Any, ...], grounds: list[Likeness]
) -> None:
    profiles = [
        profile(no, spec[0], **(spec[1] if len(spec) > 1 else {}))
        for no, spec in enumerate((one, other), 1)
    ]
    pairs = find_duplicates(profiles).pairs
    assert [ground for pair in pairs for ground, _ in pair.grounds] == grounds


def test_more_grounds_never_lower_the_score() -> None:
    alone = find_duplicates([profile(1, "教务系统"), profile(2, "教务平台")])
    both = find_duplicates(
        [
            profile(no, name, domains=["jw.example"])
            for no, name in ((1, "教务系统"), (2, "教务平台"))
        ]
    )
    assert alone.pairs[0].score < both.pairs[0].score < 100


@pytest.mark.parametrize("many", [2, 8, 9, 40])
@pytest.mark.parametrize("by", ["domain", "name"])
def test_no_pair_that_shares_a_key_is_missed(many: int, by: str) -> None:
    profiles = [
        profile(no, f"{chr(0x4E00 + 7 * no)}{chr(0x5E00 + no)}", domains=["jw.example"])
        if by == "domain"
        else profile(no, "教务系统")
        for no in range(1, many + 1)
    ]
    found = find_duplicates(profiles)
    said = {frozenset((one.first, one.second)) for one in found.pairs}
    said |= {frozenset(two) for one in found.groups for two in combinations(one.systems, 2)}
    assert said == {frozenset(two) for two in combinations([one.id for one in profiles], 2)}
    assert bool(found.groups) == (many > 8)
    for group in found.groups:
        assert group.same == {"domain": "jw.example", "name": "教务"}[by]


@pytest.mark.parametrize("shape", ["apart", "same name", "same domain", "near names", "one body"])
def test_comparisons_grow_with_the_list_not_its_square(shape: str) -> None:
    def some(count: int) -> list[Profile]:
        bodies = {"one body": 1}.get(shape, max(1, count // 20))
        return [
            profile(
                no,
                {
                    "same name": "教务系统",
                    "near names": f"实验{chr(0x4E00 + no % 5000)}{chr(0x4E00 + no % 37)}中心",
                    "one body": f"{chr(0x4E00 + no % 3001)}{chr(0x5E00 + no % 2003)}系统",
                }.get(shape, f"系统{no}"),
                body=f"单位{no % bodies}",
                domains=["one.example"] if shape == "same domain" else [],
            )
            for no in range(1, count + 1)
        ]

    # Five keys at most here, and 3.5 comparisons a key and system; all pairs would be 2000 each.
    for count in (500, 4000):
        assert find_duplicates(some(count)).comparisons <= 18 * count


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("涉密文件管理系统", "涉密"),
        ("非涉密办公系统", ""),
        ("机 密-公文", "机密"),
        ("教务系统", ""),
    ],
)
def test_secret_words_are_seen_through_blanks_and_dashes(name: str, word: str) -> None:
    assert WORDS.secret_word(name) == word


def test_an_example_that_does_not_hold_refuses_the_words(tmp_path: Path) -> None:
    from secops.errors import WrongValueError  # noqa: PLC0415  # only here

    path = tmp_path / "names.yaml"
    path.write_text(
        "light: [系统]\nsecret: [涉密]\nnot_secret: [非涉密]\n"
        "examples:\n  - {name: 教务系统, core: 教}\n",
        encoding="utf-8",
    )
    with pytest.raises(WrongValueError, match="教务"):
        load_name_words(path)


def test_words_without_light_ones_leave_the_name() -> None:
    bare = NameWords(light=(), secret=(), not_secret=())
    assert bare.core("教务 系统！") == "教务系统"
