"""The rules that hold everywhere, each with the tests that fail when it is broken.

A test that is renamed or removed must be replaced here: a rule is never without one.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]

RULES: dict[str, dict[str, tuple[str, ...]]] = {
    "1. No observation, no suggestion": {
        "judging/test_suggesting.py": ("test_no_observation_no_suggestion",),
        "operations/test_judging_systems.py": (
            "test_nothing_seen_nothing_suggested",
            "test_a_retired_endpoint_says_nothing",
        ),
        "operations/test_running_scans.py": (
            "test_every_target_ends_with_its_own_outcome_and_evidence_is_kept",
        ),
    },
    "2. A failing observation may decide, a passing one only supports; the worst decides": {
        "judging/test_suggesting.py": (
            "test_passing_observations_support_only_when_all_was_seen",
            "test_where_no_component_is_known_nothing_is_fully_covered",
            "test_the_worst_ground_decides",
            "test_one_more_failing_observation_never_improves",
        ),
    },
    "3. No person, no answer; never a suggestion as a verdict": {
        "operations/test_assessing.py": (
            "test_no_person_no_answer",
            "test_accepting_in_bulk_takes_failing_suggestions_and_leaves_supporting_ones",
        ),
        "documents/test_rectification_context.py": (
            "test_a_finding_that_nobody_answered_is_counted_and_not_printed",
        ),
        "design/test_suggestions_stay_suggestions.py": (
            "test_nothing_that_counts_or_prints_knows_suggestions",
        ),
    },
    "4. Not applicable carries a reason; unanswered is below the line, never above": {
        "design/test_suggestions_stay_suggestions.py": ("test_not_applicable_needs_a_reason",),
        "judging/test_scoring.py": (
            "test_unanswered_is_below_the_line_and_never_above_it",
            "test_leaving_one_unanswered_never_helps",
        ),
        "documents/test_rectification_context.py": (
            "test_every_item_of_level_three_stands_in_the_appendix_with_its_reason",
        ),
    },
    "6. What is frozen is never edited; copies are kept": {
        "operations/test_assessing.py": (
            "test_a_frozen_assessment_is_never_edited",
            "test_a_revision_names_what_it_replaces_and_carries_the_answers",
            "test_a_frozen_assessment_is_concluded_by_the_bands_of_its_day",
            "test_what_is_added_later_changes_nothing_in_a_frozen_assessment",
        ),
        "store/test_store_contract.py": ("test_a_frozen_assessment_takes_no_answer_and_no_change",),
        "operations/test_make_report.py": (
            "test_an_old_document_prints_again_after_everything_changed",
            "test_what_a_document_rests_on_is_kept_beside_it",
        ),
        "judging/test_scoring.py": ("test_the_highest_revision_stands_in_whatever_order_it_comes",),
    },
    "7. What is uncertain says so": {
        "checklists/test_rules.py": ("test_a_threshold_that_is_practice_is_printed_as_practice",),
        "design/test_origin_of_tables.py": (
            "test_a_table_of_law_or_practice_names_source_day_and_confidence",
        ),
    },
    "8. No authorisation, no scan": {
        "operations/test_running_scans.py": (
            "test_without_a_permit_for_any_target_nothing_is_planned",
            "test_targets_without_a_permit_are_named_and_left_alone",
            "test_a_permit_withdrawn_meanwhile_stops_the_run_and_the_rest_is_left",
        ),
        "scanners/test_wire.py": (
            "test_no_word_goes_out_without_a_permit",
            "test_a_redirect_is_evidence_and_is_not_followed",
            "test_some_addresses_no_permit_covers",
            "test_a_withdrawn_permit_stops_an_open_wire",
        ),
        "operations/test_recording_permits.py": ("test_a_permit_is_complete_or_refused",),
    },
    "9. Everyone acts as somebody": {
        "design/test_who_acts.py": (
            "test_what_writes_to_the_store_is_told_who_acts",
            "test_every_entry_of_the_history_names_who_acted_and_how",
        ),
    },
    "10. Time: instants are UTC, --as-of hides what was recorded later, same bytes": {
        "judging/test_scoring.py": ("test_as_of_hides_what_was_recorded_later",),
        "operations/test_assessing.py": ("test_as_of_shows_the_score_of_that_instant",),
        "store/test_store_contract.py": ("test_the_inventory_stands_as_it_stood",),
        "documents/test_rectification_context.py": ("test_the_same_facts_give_the_same_bytes",),
        "operations/test_make_report.py": (
            "test_printing_twice_gives_the_same_bytes_and_one_document",
        ),
        "design/test_clocks.py": ("test_only_wiring_and_the_lab_read_the_clock",),
    },
}
"""Rule 5, that the province recomputes, waits for the province."""


@cache
def _tests_of(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, functions))


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_has_the_tests_that_are_named_for_it(rule: str) -> None:
    for file, named in RULES[rule].items():
        assert not set(named) - _tests_of(TESTS / file), file
