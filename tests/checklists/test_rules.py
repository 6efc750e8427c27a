"""The rule table: every example is run, every rule fits the checklist, wrong tables are refused."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secops.errors import (
    DuplicateIdError,
    MissingKeyError,
    SecopsError,
    WrongChoiceError,
    WrongValueError,
)
from secops.errors.checklists import UnknownItemError
from secops.errors.judging import UnknownSettingError
from secops.files.rules import load_rules
from secops.judging.rules import Rule
from secops.judging.tables import Tables, tables, with_settings
from secops.model.answer import Verdict
from secops.model.common import Confidence
from secops.wiring.tables import load_tables

TABLES = load_tables()
ITEMS = TABLES.library.items()
TODAY = date(2026, 11, 24)
RULES = TABLES.rules.rules
RULE = """
source: s
as_of: "2026-11-24"
confidence: M
rules:
  - id: one
    title: 标题
    reads: tls.tlcp
    about: [{item: gb22239/ce/identity-1}]
    fails: {is: ["no"]}
    risk: low
    says: "{value}"
    measure: 改
    confidence: H
    passing: ["yes"]
    failing: ["no"]
"""


def _judged(rule: Rule, observed: str) -> Verdict | None:
    return rule.judge(observed, TABLES.thresholds)


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.id)
def test_every_example_of_a_rule_holds(rule: Rule) -> None:
    supports_only = not (rule.cases.fails or rule.cases.partly)
    for observed in rule.examples.passing:
        expected = Verdict.COMPLIANT if rule.cases.holds else None
        assert _judged(rule, observed) is expected, observed
    for observed in rule.examples.partial:
        assert _judged(rule, observed) is Verdict.PARTIALLY_COMPLIANT, observed
    for observed in rule.examples.failing:
        verdict = _judged(rule, observed)
        assert verdict is None if supports_only else verdict and verdict < Verdict.COMPLIANT


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.id)
def test_every_case_of_a_rule_has_an_example(rule: Rule) -> None:
    examples = rule.examples
    met = {_judged(rule, one) for one in (*examples.passing, *examples.partial, *examples.failing)}
    assert {verdict for _, verdict in rule.cases.all()} <= met


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.id)
def test_a_threshold_that_is_practice_is_printed_as_practice(rule: Rule) -> None:
    practice = {one.name for one in TABLES.rules.settings if one.confidence is Confidence.LOW}
    decides = bool(practice & set(rule.settings))
    assert ("实践口径" in rule.says) is decides


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.id)
def test_a_rule_without_both_examples_is_refused(rule: Rule) -> None:
    for missing in ("passing", "failing"):
        examples = replace(rule.examples, **{missing: ()})
        with pytest.raises(WrongValueError):
            replace(rule, examples=examples)


def _load(folder: Path, **files: str) -> Tables:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return tables(TABLES.library, load_rules(folder, ITEMS), TABLES.bands, TODAY)


def test_a_sound_table_is_loaded(tmp_path: Path) -> None:
    loaded = _load(tmp_path, a=RULE).rules
    assert [one.id for one in loaded.rules] == re.findall(r"(?m)^ *- id: (\S+)$", RULE)
    assert loaded.settings == ()


def test_two_rules_with_one_id_are_refused_in_one_file_and_in_two(tmp_path: Path) -> None:
    entry = RULE.partition("rules:\n")[2]
    with pytest.raises(DuplicateIdError):
        _load(tmp_path, a=RULE + entry)
    with pytest.raises(DuplicateIdError):
        _load(tmp_path, a=RULE, b=RULE)


@pytest.mark.parametrize(
    ("good", "bad", "error"),
    [
        ('    passing: ["yes"]\n', "", WrongValueError),
        ('    failing: ["no"]\n', "", WrongValueError),
        ('    fails: {is: ["no"]}\n', "", WrongValueError),
        ("{is:", "{resembles:", WrongChoiceError),
        ('{is: ["no"]}', "{is: []}", WrongValueError),
        ("identity-1}", "identity-99}", UnknownItemError),
        ("identity-1}", "identity-1, part: nonsense}", WrongChoiceError),
        ("risk: low", "risk: none", WrongChoiceError),
        ("confidence: M\n", "", MissingKeyError),
        ('is: ["no"]', "below: [$threshold.tls.days-left]", WrongValueError),
    ],
)
def test_a_wrong_table_is_refused(
    tmp_path: Path, good: str, bad: str, error: type[SecopsError]
) -> None:
    assert good in RULE
    with pytest.raises(error):
        _load(tmp_path, a=RULE.replace(good, bad))


def test_a_threshold_is_a_setting() -> None:
    rule = next(one for one in RULES if one.id == "tls-certificate-expired")
    relaxed = with_settings(TABLES, {"threshold.tls.days-left": "7"})
    assert rule.judge("20", TABLES.thresholds) is Verdict.PARTIALLY_COMPLIANT
    assert rule.judge("20", relaxed.thresholds) is None
    assert "7" in rule.statement("a.example:443", "3", relaxed.thresholds)


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("threshold.tls.days-lef", "7", UnknownSettingError),
        ("conclusion.at-upper-border", "non_compliant", WrongChoiceError),
        ("conclusion.partial-weight", "2", WrongValueError),
        ("conclusion.partial-weight", "１/２", WrongValueError),
        ("conclusion.partial-weight", "1/0", WrongValueError),
        ("conclusion.partial-weight", "1e-999999999", WrongValueError),
        ("threshold.ports.high-risk", "x", WrongValueError),
        ("threshold.ports.high-risk", "tcp/23,", WrongValueError),
        ("threshold.ports.high-risk", "tcp/70000", WrongValueError),
        ("threshold.ports.high-risk-inside", "tcp/２３", WrongValueError),
        ("threshold.tls.smallest-keys", "nan", WrongValueError),
        ("threshold.tls.smallest-keys", "rsa-２０４８", WrongValueError),
        ("threshold.tls.days-left", "３０", WrongValueError),
        ("threshold.password.length", "8,9", WrongValueError),
        ("threshold.password.length", "-8", WrongValueError),
        ("threshold.linux.shadow-mode", "640", WrongValueError),
        ("threshold.linux.shadow-mode", "0680", WrongValueError),
        ("threshold.tls.days-left", "-1", WrongValueError),
        ("threshold.tls.accepted-versions", "TLSv1.4", WrongValueError),
        ("threshold.tls.weak-signatures", "", WrongValueError),
    ],
)
def test_a_wrong_setting_is_refused(name: str, value: str, error: type[SecopsError]) -> None:
    with pytest.raises(error):
        with_settings(TABLES, {name: value})


def test_settings_of_other_subjects_are_left_alone() -> None:
    assert with_settings(TABLES, {"workspace.unit": "u"}) == TABLES


def test_what_cannot_be_read_says_nothing() -> None:
    rule = next(one for one in RULES if one.id == "tls-certificate-expired")
    assert rule.judge("soon", TABLES.thresholds) is None


@given(st.text(max_size=60))
def test_whatever_is_observed_no_rule_breaks(observed: str) -> None:
    for rule in RULES:
        verdict = rule.judge(observed, TABLES.thresholds)
        assert verdict is None or verdict in Verdict
        said = rule.statement("a.example:443", observed, TABLES.thresholds)
        assert "a.example:443" in said
        assert observed in said or rule.words


@pytest.mark.parametrize("number", ["9" * 5000, "²", "٣", "--3", "-", ""])
def test_what_is_no_number_is_below_nothing(number: str) -> None:
    rule = next(one for one in RULES if one.id == "tls-certificate-expired")
    assert rule.judge(number, TABLES.thresholds) is None


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.id)
def test_the_codes_that_a_rule_tests_for_are_said_in_words(rule: Rule) -> None:
    codes = {"yes", "no", "none", "open", "asks", "trace", "self-signed", "broken", "backup"}
    examples = (*rule.examples.passing, *rule.examples.partial, *rule.examples.failing)
    for observed in examples:
        said = rule.statement("a.example", observed, TABLES.thresholds)
        assert not codes & set(re.split("[ ：:,，]", said)), said
