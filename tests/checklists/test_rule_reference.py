"""The page of rules is generated: it is never behind the rules."""

from __future__ import annotations

from tools.make_rule_reference import TARGET, reference


def test_the_page_of_rules_is_up_to_date() -> None:
    assert TARGET.read_text("utf-8") == reference(), "run tools/make_rule_reference.py"
