"""How to check: each item of level 2 or 3 says what to look at, and what is usually wrong."""

from __future__ import annotations

from collections import Counter

import pytest

from secops.files.checklists import load_checklist
from secops.model.checking import HowToCheck, Method
from secops.model.checklist import Duty
from secops.model.common import Confidence, SecurityLevel
from secops.settings.data import data_folder

CHECKLIST = load_checklist(data_folder("checklists") / "gbt22239-2019")
ITEMS = {item.id: item for item in CHECKLIST.items}
CHECKS = tuple(item.check for item in CHECKLIST.items if item.check)
GUIDED = {SecurityLevel.TWO, SecurityLevel.THREE}


@pytest.mark.parametrize("part", [one.code for one in CHECKLIST.parts])
def test_every_item_of_levels_two_and_three_says_how_it_is_checked(part: str) -> None:
    asked = [
        item
        for item in CHECKLIST.items
        if item.part.code == part and GUIDED & {at.level for at in item.at}
    ]
    assert asked
    assert not [str(item.id) for item in asked if item.check is None]


def test_what_shares_a_cause_is_another_item_named_once() -> None:
    for check in CHECKS:
        assert check.item not in check.related, check.item
        assert len(set(check.related)) == len(check.related), check.item
        assert set(check.related) <= set(ITEMS), check.item


def _words(check: HowToCheck) -> tuple[str, ...]:
    return (*check.evidence, *check.failures, check.measure)


def test_guidance_names_several_proofs_and_failures_and_one_measure() -> None:
    thin = [
        str(one.item)
        for one in CHECKS
        if len(one.evidence) < 2 or len(one.failures) < 2 or not (one.measure and one.objects)
    ]
    assert not thin


def test_no_guidance_is_a_phrase_used_again_and_again() -> None:
    counts = Counter(word for check in CHECKS for word in _words(check))
    assert not [word for word, n in counts.items() if n > 1]


def test_guidance_never_repeats_what_the_item_says() -> None:
    for check in CHECKS:
        gists = {at.gist for at in ITEMS[check.item].at}
        assert not gists & set(_words(check)), check.item


def test_words_of_our_own_are_marked_lower_than_what_was_read() -> None:
    assert {one.words_confidence for one in CHECKS} <= {Confidence.MEDIUM, Confidence.LOW}


def test_what_the_standard_interviews_examines_and_tests_is_kept() -> None:
    by_item = {str(one.item): set(one.methods) for one in CHECKS}
    examine, interview, test = Method.EXAMINE, Method.INTERVIEW, Method.TEST
    assert by_item["gb22239/cloud-pe/location-1"] == {interview, examine}
    assert by_item["gb22239/cloud-ce/backup-1"] == {examine}
    assert by_item["gb22239/mobile-ce/terminal-2"] == {examine, test}
    assert by_item["gb22239/iot-om/node-care-1"] == {interview, examine}
    assert by_item["gb22239/ics-ce/control-device-1"] == {examine}


def test_an_item_that_platform_and_tenant_share_names_the_proof_of_each() -> None:
    shared = [item for item in CHECKLIST.items if item.part.code == "cloud"]
    proofs = {
        item.id: item.check.evidence for item in shared if item.duty is Duty.BOTH and item.check
    }
    assert proofs
    for id_, evidence in proofs.items():
        assert {"平台", "客户"} <= {text.partition("：")[0] for text in evidence}, id_
