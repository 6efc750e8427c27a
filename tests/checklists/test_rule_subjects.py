"""Every subject that scanners are to observe is covered; every observation is in the vocabulary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from secops.files.strict_yaml import read
from secops.files.whole_file import content_of
from secops.files.yaml_section import Section
from secops.judging.rules import Rule, Seen, grounds
from secops.model.asset import Side
from secops.model.evidence import Observation, Target, digest_of
from secops.model.ids import EndpointId
from secops.wiring.tables import load_tables

ROOT: Final = Path(__file__).parents[2]
SUBJECTS: Final = ROOT / "tests" / "data" / "rules" / "subjects.yaml"
REFERENCE: Final = ROOT / "docs" / "reference"
TABLES: Final = load_tables()
RULES: Final = {rule.id: rule for rule in TABLES.rules.rules}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A line of the data: what is observed, and what has to become of it."""

    id: str
    rules: tuple[str, ...]
    items: tuple[str, ...]
    never: tuple[str, ...]


def _subjects(top: Section) -> list[Subject]:
    listed = top.section("subjects")
    return [_subject(id_, listed.section(id_)) for id_ in listed.keys()]  # noqa: SIM118  # no dict


def _subject(id_: str, entry: Section) -> Subject:
    return Subject(
        id=id_,
        rules=entry.texts("rules"),
        items=entry.texts("items"),
        never=entry.texts("never", ()),
    )


ALL: Final = read(content_of(SUBJECTS), SUBJECTS, _subjects)
BY_ID: Final = pytest.mark.parametrize("subject", ALL, ids=lambda one: one.id)


def _rules(subject: Subject) -> list[Rule]:
    return [RULES[one] for one in subject.rules]


def test_all_subjects_are_there() -> None:
    groups = {one.id.partition(".")[0] for one in ALL}
    assert len(ALL) == 113
    assert groups >= {"linux", "win", "mysql", "pg", "redis", "nginx", "net", "tls", "web", "dns"}


@BY_ID
def test_a_subject_has_rules_that_reach_its_items(subject: Subject) -> None:
    assert subject.rules
    reached = {str(about.item) for rule in _rules(subject) for about in rule.about}
    assert set(subject.items) <= reached
    assert bool(reached) is bool(subject.items)


@BY_ID
def test_what_may_never_fail_or_show_an_item_does_not(subject: Subject) -> None:
    for rule in _rules(subject):
        if "fails" in subject.never:
            assert rule.cases.fails is None, rule.id
        if "shows" in subject.never:
            assert not any(about.part for about in rule.about), rule.id


def test_every_rule_is_on_some_subject() -> None:
    assert {id_ for subject in ALL for id_ in subject.rules} == set(RULES)


def test_only_what_is_no_clause_of_the_standard_is_about_nothing() -> None:
    about_nothing = {rule.id for rule in RULES.values() if not rule.about}
    assert about_nothing == {"web-icp-number", "web-police-number", "web-ipv6"}


@pytest.mark.parametrize(
    "rule", [one for one in RULES.values() if not one.about], ids=lambda r: r.id
)
def test_a_rule_about_nothing_judges_and_makes_no_ground(rule: Rule) -> None:
    values = (*rule.examples.passing, *rule.examples.failing)
    assert any(rule.judge(one, TABLES.thresholds) for one in values)
    seen = [_seen(rule.reads, one) for one in values]
    assert grounds([rule], seen, TABLES.thresholds) == ()


def _seen(name: str, value: str) -> Seen:
    target = Target(endpoint=EndpointId("e"), host="a.example", port=443)
    observation = Observation(
        name=name, value=value, target=target, evidence=digest_of(b""), component=None
    )
    return Seen(observation=observation, side=Side.OUTSIDE, components=())


def _vocabulary() -> dict[str, str]:
    """Give each name beside what the page says of its value."""
    lines = (REFERENCE / "observations.md").read_text("utf-8").splitlines()
    rows = [line.split("|") for line in lines if re.match(r"\| `[a-z]", line)]
    return {name: row[2] for row in rows for name in re.findall(r"`([a-z][a-z0-9._-]+)`", row[1])}


VOCABULARY: Final = _vocabulary()


def _groups() -> dict[str, set[str]]:
    """Give the names that are observed together or not at all, by the letter of the page."""
    page = (REFERENCE / "observations.md").read_text("utf-8")
    groups: dict[str, set[str]] = {}
    for names, letter in re.findall(r"(?m)^\| (`[^|]+) ¹([a-z]) \|", page):
        groups.setdefault(letter, set()).update(re.findall(r"`([a-z][a-z0-9._-]+)`", names))
    return groups


@pytest.mark.parametrize(("letter", "names"), sorted(_groups().items()))
def test_of_facts_that_show_a_part_together_one_rule_shows_it(letter: str, names: set[str]) -> None:
    rules = [one for one in RULES.values() if one.reads in names]
    shown = [about for rule in rules if rule.cases.holds for about in rule.about if about.part]
    assert len(names) > 1, letter
    assert len(shown) == len(set(shown)), letter


def test_every_word_of_the_vocabulary_is_read_by_a_rule() -> None:
    assert set(VOCABULARY) <= {rule.reads for rule in RULES.values()}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda one: one.id)
def test_every_rule_reads_a_word_of_the_vocabulary(rule: Rule) -> None:
    scanned = (REFERENCE / "scanners.md").read_text("utf-8")
    assert rule.reads in VOCABULARY or f"`{rule.reads}`" in scanned


@pytest.mark.parametrize(
    "rule", [one for one in RULES.values() if one.reads in VOCABULARY], ids=lambda one: one.id
)
def test_what_a_rule_tests_for_is_a_value_of_the_vocabulary(rule: Rule) -> None:
    said = VOCABULARY[rule.reads]
    listed = {part for one in re.findall("`([^`]+)`", said) for part in (one, *one.split(","))}
    listed |= {"yes", "no"} if "yes/no" in said else set()
    listed |= {"none"} if "list" in said else set()
    tests = [test for condition, _ in rule.cases.all() for test in condition.tests]
    wanted = {one for name, several in tests if name in ("is", "lists") for one in several}
    words = {part for one in wanted for part in one.split(",") if re.match("[a-z]", part)}
    assert words <= listed
