"""The reference of the scanners names every scanner, observation and place of the lab."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from secops.lab.places import PLACES
from secops.reading.web_findings import EXPOSURES
from secops.wiring.scanners import own_scanners

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "reference" / "scanners.md").read_text("utf-8")
SAMPLES = sorted((ROOT / "tests" / "data" / "evidence").glob("*/expected.json"))


def test_every_scanner_is_described() -> None:
    assert [one.name for one in own_scanners() if f"`{one.name}`" not in TEXT] == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.parent.name)
def test_every_observation_is_described(sample: Path) -> None:
    names = json.loads(sample.read_text("utf-8"))["observations"]
    assert [name for name in names if f"`{name}`" not in TEXT] == []


def test_every_path_that_is_asked_for_is_named() -> None:
    assert [one.path for one in EXPOSURES if f"`{one.path}`" not in TEXT] == []


def test_every_place_of_the_lab_is_named() -> None:
    missing = [one.name for one in PLACES if one.host() not in TEXT or str(one.port) not in TEXT]
    assert missing == []
