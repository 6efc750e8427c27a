"""Options of commands that merge copies: what is taken, and who wins where two differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from secops.cli.shared import Option
from secops.contracts.words import Words
from secops.errors import msgid
from secops.judging.form_merge import Preference

F = TypeVar("F", bound=Callable[..., Any])
ALL, UNCONFLICTED = "all", "unconflicted"
_STORE, _FILES = "store", "file"
_WINNER: Final = "store|file|FILE"


def take_option(meaning: str) -> Callable[[F], F]:
    """Add `--take`: everything or nothing, or what is neither wrong nor in conflict."""
    choices = click.Choice([ALL, UNCONFLICTED])
    return click.option("--take", type=choices, default=ALL, cls=Option, help=meaning)


def prefer_option(function: F) -> F:
    """Add `--prefer`, which `preference` reads."""
    help_ = msgid("at conflicts what is here, the files, or this file")
    add = click.option("--prefer", multiple=True, cls=Option, metavar=_WINNER, help=help_)
    return add(function)


def preference(said: Sequence[str], paths: Sequence[Path], words: Words) -> Preference:
    """Read who wins; refuses a file that is not among those that are read."""
    named = [Path(one) for one in said if one not in (_STORE, _FILES)]
    for one in named:
        if one not in paths:
            wrong = words.gettext(msgid("--prefer {file}: no such file among those that are read"))
            raise click.UsageError(wrong.format(file=one))
    return Preference(store=_STORE in said, files=_FILES in said, paths=tuple(named))
