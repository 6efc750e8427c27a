"""The one rule for files that we write where a user says: none is overwritten unasked."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from secops.cli.shared import Option
from secops.errors import UsageError, msgid

F = TypeVar("F", bound=Callable[..., Any])


class FileThereError(UsageError):
    """A file of this name is there already; nothing is overwritten."""

    code = "output.file-there"
    what = "{file} is there already"
    mend = "name a new file, or overwrite it with --force"


def force(function: F) -> F:
    """Add `--force` to a command that writes a file."""
    help_ = msgid("overwrite the file if it is there")
    return click.option("--force", is_flag=True, cls=Option, help=help_)(function)


def refuse_there(path: Path, *, force: bool) -> None:
    """Refuse a name that is taken, unless the user said to overwrite it."""
    if not force and os.path.lexists(path):
        raise FileThereError(file=str(path))
