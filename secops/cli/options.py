"""Options that say the same in every command that has them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click

from secops.cli.shared import Moment, Option
from secops.errors import msgid

F = TypeVar("F", bound=Callable[..., Any])


def by_option(function: F) -> F:
    """Add `--by`: a person states it, whoever types."""
    help_ = msgid("who states it (default: the person who acts)")
    return click.option("--by", default="", cls=Option, help=help_)(function)


def checklist_option(function: F) -> F:
    """Add `--checklist`, as `chosen_series` and `chosen_checklist` read it."""
    help_ = msgid("which checklist (default: the standard for a system, a unit's only one)")
    return click.option("--checklist", default="", cls=Option, help=help_)(function)


def dry_run_option(function: F) -> F:
    """Add `--dry-run` to a command that records."""
    help_ = msgid("say what would be recorded, no more")
    return click.option("--dry-run", is_flag=True, cls=Option, help=help_)(function)


def day_option(*names: str, meaning: str, required: bool = False) -> Callable[[F], F]:
    """Add an option that takes a civil day, such as 2026-05-20; its value is a `date`."""
    return click.option(
        *names,
        type=Moment(["%Y-%m-%d"]),
        callback=_date,
        required=required,
        cls=Option,
        help=meaning,
    )


def _date(_context: click.Context, _option: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None
