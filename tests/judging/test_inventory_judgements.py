"""Coverage, contradictions and presence, each case from a table."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

from secops.files.name_words import load_name_words
from secops.judging.inventory_contradictions import Around, of_category, of_system, of_units
from secops.judging.inventory_coverage import Reach, Tally, judged, percent, rolled_up
from secops.judging.inventory_presence import silent, unlisted
from secops.judging.masking import masked
from secops.model.answer import Measure
from secops.model.asset import DataCategory, Endpoint, EndpointKind
from secops.model.evidence import Attempt, Failed, FailureKind, Observation, Outcome, Target
from secops.model.ids import (
    AttemptId,
    Digest,
    EndpointId,
    PersonId,
    ScanId,
    SystemId,
    UnitId,
)
from secops.model.inventory_check import Aspect, Clash, Lack
from secops.model.record import Cell, from_cells, to_cells
from secops.model.system import System
from secops.model.unit import Appointment, Person, Post, Unit
from secops.settings.data import data_folder

TODAY: Final = date(2026, 11, 24)
PLAIN: Final[dict[str, Cell]] = {
    "id": "s1",
    "no": 1,
    "name": "教务系统",
    "kind": "information_system",
    "stage": "running",
    "ownership.operating_unit": "u1",
}
OWNED: Final[dict[str, Cell]] = {
    f"ownership.{role}.{part}": value
    for role in ("supervises", "maintains", "uses")
    for part, value in (("unit", "u1"), ("person", "p1"), ("post", "主任"))
}
GRADED: Final[dict[str, Cell]] = {
    "grading.business_information": 3,
    "grading.system_service": 2,
}
CERTIFIED: Final[dict[str, Cell]] = {
    "filing.state": "certified",
    "filing.level": 3,
    "filing.number": "43990000001-25001",
}


def system(**cells: Cell) -> System:
    return from_cells(System, PLAIN | {path.replace("__", "."): x for path, x in cells.items()})


def of(*groups: dict[str, Cell], **more: Cell) -> System:
    cells = dict(PLAIN)
    for group in groups:
        cells |= group
    return from_cells(System, cells | {path.replace("__", "."): x for path, x in more.items()})


UNITS: Final = {
    UnitId(id): Unit(id=UnitId(id), no=no, name=f"单位{no}")
    for no, id in enumerate(("u1", "u2"), 1)
}


def around(*, left_on: date | None = None, unit: str = "u1", **more: Any) -> Around:  # noqa: ANN401  # a table row
    person = Person(id=PersonId("p1"), no=1, name="苏砚", unit=UnitId(unit), left_on=left_on)
    return Around(
        units=UNITS,
        persons={person.id: person},
        bodies={id: id for id in UNITS},
        answering=more.get("answering", {}),
        words=load_name_words(data_folder("checklists") / "recognition" / "names.yaml"),
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("one", "aspect", "lacks"),
    [
        (of(), Aspect.OWNERS, (Lack.SUPERVISES, Lack.MAINTAINS, Lack.USES)),
        (of(OWNED), Aspect.OWNERS, ()),
        (of(OWNED, ownership__uses__post=""), Aspect.OWNERS, (Lack.USES,)),
        (of(), Aspect.GRADES, (Lack.GRADE,)),
        (of(GRADED), Aspect.GRADES, ()),
        (of(grading__not_applicable="不是定级对象"), Aspect.GRADES, ()),
        (of(GRADED), Aspect.FILING, (Lack.FILING,)),
        (of(GRADED, filing__state="draft"), Aspect.FILING, (Lack.FILING,)),
        (of(GRADED, CERTIFIED), Aspect.FILING, ()),
        (of(filing__number="43990000001-25001"), Aspect.FILING, (Lack.FILING_STATE,)),
        (of(kind="website"), Aspect.NAMES, (Lack.NAME,)),
        (of(kind="website", id="s7"), Aspect.NAMES, ()),
        (of(kind="website", business__domain_names=("a.example",)), Aspect.NAMES, ()),
        (of(), Aspect.NAMES, None),
        (of(grading__business_information=1, grading__system_service=1), Aspect.FILING, None),
        (of(), Aspect.FILING, None),
        (of(OWNED), Aspect.CONTACTS, ()),
        (of(OWNED, ownership__uses__person="p2"), Aspect.CONTACTS, (Lack.CONTACT_OF_USES,)),
        (of(), Aspect.IPV6, (Lack.IPV6,)),
        (of(id="s6"), Aspect.IPV6, ()),
        (of(stage="planning"), Aspect.IPV6, None),
        (of(kind="mini_program"), Aspect.IPV6, None),
    ],
)
def test_what_a_system_lacks(one: System, aspect: Aspect, lacks: tuple[Lack, ...] | None) -> None:
    reach = Reach(
        reachable=frozenset({PersonId("p1")}),
        ipv6=frozenset({SystemId("s6")}),
        named=frozenset({SystemId("s7")}),
    )
    assert judged(one, reach).get(aspect) == lacks


@pytest.mark.parametrize(
    ("n", "of_all", "shown"), [(0, 0, None), (999, 1000, 99), (1, 3, 33), (3, 3, 100), (0, 7, 0)]
)
def test_a_hundred_percent_means_all(n: int, of_all: int, shown: int | None) -> None:
    assert percent(Measure(n=n, of=of_all)) == shown


def test_counts_roll_up_the_tree_and_a_circle_ends() -> None:
    def unit(id: str, parent: str | None) -> Unit:
        cells = to_cells(UNITS[UnitId("u1")]) | {"id": id, "parents.administrative": parent}
        return from_cells(Unit, cells)

    tally = Tally()
    tally.systems = 1
    tally.count(Aspect.OWNERS, good=True)
    units = [unit("a", None), unit("b", "a"), unit("c", "b"), unit("x", "y"), unit("y", "x")]
    rows = {one.unit: one for one in rolled_up(units, {UnitId("c"): tally, UnitId("y"): tally})}
    assert [rows[UnitId(id)].systems_below for id in "abc"] == [1, 1, 1]
    assert [rows[UnitId(id)].depth for id in "abc"] == [0, 1, 2]
    assert rows[UnitId("a")].whole[Aspect.OWNERS] == Measure(n=1, of=1)
    assert rows[UnitId("a")].own[Aspect.OWNERS] == Measure(n=0, of=0)
    assert sum(rows[UnitId(id)].systems for id in "xy") == 1


@pytest.mark.parametrize(
    ("one", "setting", "clashes"),
    [
        (of(OWNED, GRADED, CERTIFIED), around(), []),
        (of(GRADED, CERTIFIED, filing__level=2), around(), [Clash.FILED_AT_OTHER_LEVEL]),
        (of(CERTIFIED), around(), [Clash.FILED_BUT_NOT_GRADED]),
        (of(GRADED, CERTIFIED, filing__number=""), around(), [Clash.CERTIFIED_WITHOUT_NUMBER]),
        (of(GRADED, CERTIFIED, filing__number="25-1"), around(), [Clash.FILING_NUMBER_FORM]),
        (
            of(filing__certified_on=date(2025, 9, 1), filing__valid_until=date(2025, 8, 1)),
            around(),
            [Clash.VALID_BEFORE_CERTIFIED],
        ),
        (of(filing__valid_until=date(2026, 11, 23)), around(), [Clash.FILING_EXPIRED]),
        (of(filing__valid_until=TODAY), around(), []),
        (
            of(GRADED, technology__cloud__platform__level=2, filing__state="draft"),
            around(),
            [Clash.PLATFORM_LEVEL_LOWER],
        ),
        (
            of(stage="stopped", retired_on=TODAY),
            around(answering={SystemId("s1"): "127.0.0.1 tcp/80"}),
            [Clash.RETIRED_BUT_ANSWERING],
        ),
        (of(), around(answering={SystemId("s1"): "127.0.0.1 tcp/80"}), []),
        (of(retired_on=TODAY), around(), [Clash.RETIRED_BUT_RUNNING]),
        (
            of(stage="building", business__in_use_since=TODAY),
            around(),
            [Clash.IN_USE_BUT_NOT_RUNNING],
        ),
        (of(OWNED), around(left_on=TODAY), [Clash.OWNER_LEFT] * 3),
        (of(OWNED), around(left_on=date(2026, 11, 25)), []),
        (of(OWNED), around(unit="u2"), [Clash.OWNER_OF_OTHER_BODY] * 3),
        (of(name="涉密文件系统"), around(), [Clash.STATE_SECRET_WORD]),
        (of(data__personal=False, data__minors=True), around(), [Clash.MINORS_BUT_NOT_PERSONAL]),
        (of(data__personal=False, data__people=9), around(), [Clash.PEOPLE_BUT_NOT_PERSONAL]),
        (of(data__personal=True, data__minors=True), around(), []),
        (of(kind="website"), around(), []),
        (of(superior__is_subsystem=True), around(), [Clash.SUBSYSTEM_WITHOUT_SUPERIOR]),
        (of(superior__is_subsystem=True, superior__system_name="上级"), around(), []),
        (of(superior__system="s1"), around(), [Clash.SUPERIOR_OF_ITSELF]),
    ],
)
def test_what_cannot_be(one: System, setting: Around, clashes: list[Clash]) -> None:
    assert [found.clash for found in of_system(one, setting)] == clashes


@pytest.mark.parametrize(
    ("cells", "held", "clashes"),
    [
        ({"personal_data": ("none",)}, False, []),
        ({"personal_data": ("none", "minors")}, True, [Clash.NONE_AND_OTHERS]),
        ({"flow.exchanges": ("none", "joint")}, None, [Clash.NONE_AND_OTHERS]),
        ({"personal_data": ("general",)}, False, [Clash.CATEGORY_AGAINST_SYSTEM]),
        ({"personal_data": ("general",)}, None, []),
    ],
)
def test_a_data_sheet_against_its_system(
    cells: dict[str, Cell],
    held: bool | None,  # noqa: FBT001  # a table row
    clashes: list[Clash],
) -> None:
    base: dict[str, Cell] = {"id": "d1", "no": 1, "system": "s1", "name": "成绩"}
    sheet = from_cells(DataCategory, base | cells)
    found = of_category(sheet, of(data__personal=held))
    assert [one.clash for one in found] == clashes


def test_a_credit_code_of_two_units_and_a_post_of_one_who_left() -> None:
    units = {
        id: from_cells(Unit, to_cells(one) | {"credit_code": "124301000000000018"})
        for id, one in UNITS.items()
    }
    appointment = from_cells(
        Appointment,
        {"id": "a1", "no": 1, "unit": "u1", "person": "p1", "post": Post.CONTACT_PERSON.value},
    )
    found = of_units(units, around(left_on=TODAY).persons, [appointment], TODAY)
    assert [(one.clash, one.id) for one in found] == [
        (Clash.SAME_CREDIT_CODE, "u2"),
        (Clash.POST_HOLDER_LEFT, "u1"),
    ]


def endpoint(id: str, value: str, port: int | None, *systems: str) -> Endpoint:
    return Endpoint(
        id=EndpointId(id),
        no=1,
        kind=EndpointKind.ADDRESS,
        value=value,
        port=port,
        systems=tuple(map(SystemId, systems)),
    )


def opened(id: str, host: str, port: int, digest: str = "sha256:1") -> Observation:
    target = Target(endpoint=EndpointId(id), host=host, port=port)
    return Observation(
        target=target, name="port.open", value=f"tcp/{port}", evidence=Digest(digest)
    )


@pytest.mark.parametrize(
    ("endpoints", "seen", "found"),
    [
        ([endpoint("e1", "127.0.0.1", 443, "s1")], [opened("e1", "127.0.0.1", 443)], []),
        (
            [endpoint("e1", "127.0.0.1", 443, "s1")],
            [opened("e1", "127.0.0.1", 6379)],
            [(6379, False)],
        ),
        ([endpoint("e1", "127.0.0.1", None, "s1")], [opened("e1", "127.0.0.1", 6379)], []),
        ([endpoint("e1", "127.0.0.1", None)], [opened("e1", "127.0.0.1", 22)], [(22, True)]),
        (
            [endpoint("e1", "127.0.0.1", 80, "s1"), endpoint("e2", "127.0.0.1", None)],
            [opened("e1", "127.0.0.1", 80), opened("e2", "127.0.0.1", 80)],
            [],
        ),
    ],
)
def test_who_answers_without_being_listed(
    endpoints: list[Endpoint], seen: list[Observation], found: list[tuple[int, bool]]
) -> None:
    known = {one.id: one for one in endpoints}
    assert [(one.port, one.whole_host) for one in unlisted(known, seen)] == found


def attempt(id: str, outcome: Outcome | None) -> Attempt:
    return Attempt(
        id=AttemptId(id),
        scan=ScanId("scan"),
        scanner="ports",
        target=Target(endpoint=EndpointId("e1"), host="127.0.0.1"),
        n=1,
        started=datetime(2026, 11, 24, tzinfo=UTC),
        ended=None,
        tool="",
        arguments="",
        outcome=outcome,
    )


@pytest.mark.parametrize(
    ("outcomes", "is_silent"),
    [
        ([Failed(FailureKind.SILENT, "")], True),
        ([Failed(FailureKind.REFUSED, ""), Digest("sha256:1")], False),
        ([Digest("sha256:2")], True),  # the ports were looked at, and none was open
        ([Failed(FailureKind.NOT_PERMITTED, "")], False),  # not looked at is not silent
        ([Failed(FailureKind.TOOL_MISSING, ""), None], False),
        ([], False),
    ],
)
def test_who_is_listed_and_silent(outcomes: list[Outcome | None], is_silent: bool) -> None:  # noqa: FBT001  # a table row
    known = {EndpointId("e1"): endpoint("e1", "127.0.0.1", 80, "s1")}
    attempts = [attempt(str(n), one) for n, one in enumerate(outcomes)]
    assert bool(list(silent(known, attempts, [opened("e1", "127.0.0.1", 80)]))) is is_silent


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0000-00000001", "000*-******01"),
        ("00000000011", "000******11"),
        ("liu@a.example", "l***@a.example"),
        ("12345", "*****"),
        ("/", "/"),
        ("", ""),
    ],
)
def test_contact_data_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown
