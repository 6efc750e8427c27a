"""Each sentence of the rules of suggesting has a test that bears its name."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secops.judging.keeping import suggestion_bytes
from secops.judging.suggesting import acceptable_in_bulk, suggest, verdict_of
from secops.model.answer import Verdict
from secops.model.asset import ComponentKind
from secops.model.checklist import GENERAL, AtLevel, ChecklistPart, Clause, Domain, Item
from secops.model.common import Confidence, SecurityLevel
from secops.model.grades import Attribute
from secops.model.ids import ComponentId, Digest, ItemId
from secops.model.judgement import Against, Ground, NothingAgainst, Risk, Supported

ITEM = Item(
    id=ItemId("gb22239/ce/identity-1"),
    part=ChecklistPart(GENERAL, ""),
    domain=Domain("ce", "安全计算环境"),
    control_point="身份鉴别",
    at=(
        AtLevel(
            level=SecurityLevel.THREE,
            clause=Clause("8.1.4.1.a"),
            gist="身份标识唯一",
            attribute=Attribute.BUSINESS_INFORMATION,
        ),
    ),
    parts=(("unique", "唯一"), ("complexity", "复杂度")),
    concerns=(ComponentKind.APPLICATION, ComponentKind.DATABASE),
    confidence=Confidence.HIGH,
)
WEB, DATABASE = ComponentId("web"), ComponentId("database")
PARTS = st.sampled_from(["unique", "complexity", ""])
COMPONENTS = st.sampled_from([WEB, DATABASE, None])
VERDICTS = st.sampled_from(list(Verdict))


def _ground(
    part: str, component: ComponentId | None, verdict: Verdict = Verdict.COMPLIANT
) -> Ground:
    return Ground(
        rule="r",
        part=part,
        component=component,
        verdict=verdict,
        risk=Risk.HIGH,
        statement="seen",
        evidence=Digest("sha256:aa"),
    )


GROUNDS = st.lists(st.builds(_ground, PARTS, COMPONENTS, VERDICTS), min_size=1, max_size=8)


def test_no_observation_no_suggestion() -> None:
    assert suggest(ITEM, [WEB], []) is None


@given(st.sets(st.tuples(PARTS, COMPONENTS), min_size=1))
def test_passing_observations_support_only_when_all_was_seen(
    seen: set[tuple[str, ComponentId | None]],
) -> None:
    suggestion = suggest(ITEM, [WEB, DATABASE], [_ground(*one) for one in seen])
    needed = {(part, one) for part in ("unique", "complexity") for one in (WEB, DATABASE)}
    assert isinstance(suggestion, Supported if needed <= seen else NothingAgainst)


@given(st.sets(st.tuples(PARTS, COMPONENTS), min_size=1))
def test_where_no_component_is_known_nothing_is_fully_covered(
    seen: set[tuple[str, ComponentId | None]],
) -> None:
    suggestion = suggest(ITEM, [], [_ground(*one) for one in seen])
    assert isinstance(suggestion, NothingAgainst)
    assert suggestion.still_to_show == ("unique", "complexity")


def test_what_is_still_to_show_is_named() -> None:
    suggestion = suggest(ITEM, [WEB], [_ground("unique", WEB)])
    assert isinstance(suggestion, NothingAgainst)
    assert suggestion.still_to_show == ("complexity",)


@given(GROUNDS)
def test_the_worst_ground_decides(grounds: list[Ground]) -> None:
    suggestion = suggest(ITEM, [WEB, DATABASE], grounds)
    worst = min(one.verdict for one in grounds)
    if worst < Verdict.COMPLIANT:
        assert suggestion == Against(worst, tuple(grounds))
    else:
        assert not isinstance(suggestion, Against)


@given(GROUNDS, st.randoms(use_true_random=False))
def test_the_order_of_grounds_changes_nothing(grounds: list[Ground], random: object) -> None:
    shuffled = list(grounds)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random
    one, other = suggest(ITEM, [WEB], grounds), suggest(ITEM, [WEB], shuffled)
    assert one is not None
    assert other is not None
    assert (type(one), verdict_of(one)) == (type(other), verdict_of(other))


@given(GROUNDS, PARTS, COMPONENTS)
def test_one_more_failing_observation_never_improves(
    grounds: list[Ground], part: str, component: ComponentId | None
) -> None:
    def goodness(several: list[Ground]) -> int:
        suggestion = suggest(ITEM, [WEB, DATABASE], several)
        assert suggestion is not None
        verdict = verdict_of(suggestion)
        return len(Verdict) if verdict is None else list(Verdict).index(verdict)

    more = [*grounds, _ground(part, component, Verdict.NON_COMPLIANT)]
    assert goodness(more) <= goodness(grounds)


@pytest.mark.parametrize(
    ("grounds", "in_bulk", "verdict"),
    [
        ([_ground("unique", WEB, Verdict.NON_COMPLIANT)], True, Verdict.NON_COMPLIANT),
        ([_ground("unique", WEB)], False, None),
        ([_ground("unique", WEB), _ground("complexity", WEB)], True, Verdict.COMPLIANT),
    ],
)
def test_only_failing_and_fully_covered_suggestions_are_accepted_in_bulk(
    grounds: list[Ground],
    in_bulk: bool,  # noqa: FBT001  # an expected value of the table above
    verdict: Verdict | None,
) -> None:
    suggestion = suggest(ITEM, [WEB], grounds)
    assert suggestion is not None
    assert acceptable_in_bulk(suggestion) is in_bulk
    assert verdict_of(suggestion) is verdict


def test_a_kept_suggestion_names_rule_statement_and_evidence() -> None:
    suggestion = suggest(ITEM, [WEB], [_ground("unique", WEB)])
    assert suggestion is not None
    kept = json.loads(suggestion_bytes(ITEM.id, suggestion))
    assert kept["kind"] == "NothingAgainst"
    assert kept["still_to_show"] == ["complexity"]
    assert kept["grounds"][0]["evidence"] == "sha256:aa"
