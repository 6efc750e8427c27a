"""The steps of `secops demo`: commands that a user could type, and what to say before each."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from secops.errors import ExitCode
from secops.files.strict_yaml import load
from secops.files.yaml_section import Section

_ALL_LINES: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command, without `secops` and the workspace."""

    say: str
    words: tuple[str, ...]
    ends: tuple[ExitCode, ...]  # exit codes that let the demo go on
    lines: int  # the most that is shown of what it prints
    tail: bool  # whether these are its last lines


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSteps:
    """What is run, and what a person may try afterwards."""

    steps: tuple[Step, ...]
    next: tuple[Step, ...]


def load_demo(path: Path, places: dict[str, str]) -> DemoSteps:
    """Read the steps; `{workspace}` and the like stand for `places`."""
    return load(path, lambda top: _demo(top, places))


def _demo(top: Section, places: dict[str, str]) -> DemoSteps:
    top.text("secops")
    top.integer("version")
    return DemoSteps(
        steps=tuple(_step(one, places) for one in top.sections("steps")),
        next=tuple(_step(one, places) for one in top.sections("next")),
    )


def _step(entry: Section, places: dict[str, str]) -> Step:
    return Step(
        say=entry.text("say", ""),
        words=tuple(word.format(**places) for word in shlex.split(entry.text("run"))),
        ends=tuple(ExitCode(one) for one in entry.integers("ends", (ExitCode.DONE.value,))),
        lines=entry.integer("tail", 0) or entry.integer("lines", _ALL_LINES),
        tail=bool(entry.integer("tail", 0)),
    )
