"""What is wrong keeps its mark while its value changes, where the place says what it is about."""

from __future__ import annotations

from typing import Final

from secops.judging.rules import Seen, grounds
from secops.model.asset import ComponentKind, Side
from secops.model.evidence import Observation, Target, digest_of
from secops.model.ids import ComponentId, EndpointId
from secops.wiring.tables import load_tables

TABLES: Final = load_tables()
SYSTEM: Final = ComponentId("operating-system")


def _marks(name: str, value: str, *, port: int | None, component: ComponentId | None) -> set[str]:
    seen = Seen(
        observation=Observation(
            target=Target(endpoint=EndpointId("e"), host="127.0.0.1", port=port),
            name=name,
            value=value,
            evidence=digest_of(value.encode()),
            component=component,
        ),
        side=Side.INSIDE,
        components=((SYSTEM, ComponentKind.OPERATING_SYSTEM),),
    )
    return {one.mark for one in grounds(TABLES.rules.rules, [seen], TABLES.thresholds)}


def test_a_day_more_is_the_same_problem_of_the_component() -> None:
    name = "linux.malware.signature-days"
    today = _marks(name, "31", port=None, component=SYSTEM)
    assert today == _marks(name, "32", port=None, component=SYSTEM)
    assert today


def test_a_day_more_is_the_same_problem_of_the_port() -> None:
    name = "tls.certificate.days-left"
    assert _marks(name, "-1", port=443, component=None) == _marks(
        name, "-2", port=443, component=None
    )


def test_two_open_ports_of_a_host_are_two_problems() -> None:
    first = _marks("port.open", "tcp/445", port=None, component=None)
    second = _marks("port.open", "tcp/6379", port=None, component=None)
    assert first
    assert not first & second
