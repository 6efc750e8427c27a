"""Regulation packs: dated facts with source and confidence; a new edition is a new file."""

from __future__ import annotations

from pathlib import Path

from secops.files.strict_yaml import load
from secops.files.yaml_section import Section
from secops.judging.tables import weight_of
from secops.model.assessment import Conclusion
from secops.model.common import Confidence
from secops.model.score import Bands


def load_bands(path: Path) -> Bands:
    """Read the bands of the conclusion and the borders that the text leaves open."""
    return load(path, _bands)


def _bands(top: Section) -> Bands:
    bands, settings = top.section("bands"), top.section("settings")
    return Bands(
        title=top.text("title"),
        source=top.text("source"),
        as_of=top.date("as_of").isoformat(),
        confidence=top.choice("confidence", Confidence),
        upper=bands.integer("upper"),
        lower=bands.integer("lower"),
        at_upper=settings.choice("at_upper_border", Conclusion),
        at_lower=settings.choice("at_lower_border", Conclusion),
        partial_weight=weight_of(settings.text("partial_weight")),
    )
