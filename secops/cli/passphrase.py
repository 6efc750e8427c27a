"""The passphrase of a key: typed, or out of a file; never an argument."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from secops.cli.shared import Option, words_of
from secops.errors import msgid
from secops.errors.keys import PassphraseMissingError, WeakPassphraseError
from secops.files.strict_yaml import decoded
from secops.files.whole_file import content_of

F = TypeVar("F", bound=Callable[..., Any])
VARIABLE: Final = "SECOPS_PASSPHRASE_FILE"
_MOST: Final = 4_096
_LEAST: Final = 12


def passphrase_option(function: F) -> F:
    """Add `--passphrase-file`."""
    return click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
        cls=Option,
        help=msgid("a file with the passphrase, - for standard input (or SECOPS_PASSPHRASE_FILE)"),
    )(function)


def passphrase(context: click.Context, file: Path | None, *, new: bool = False) -> str:
    """Read it; a new one is typed twice. Raises PassphraseMissingError, WeakPassphraseError."""
    named = file or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if named is not None:
        said = _from(named)
    elif sys.stdin.isatty():
        words = words_of(context)
        said = click.prompt(
            words.gettext(msgid("passphrase of the key")),
            hide_input=True,
            err=True,
            confirmation_prompt=words.gettext(msgid("once more")) if new else False,
        )
    else:
        raise PassphraseMissingError
    if new and len(said) < _LEAST:
        raise WeakPassphraseError(least=str(_LEAST))
    return said


def _from(path: Path) -> str:
    """Read the first line: an editor puts a line end behind it."""
    raw = sys.stdin.buffer.read(_MOST) if path == Path("-") else content_of(path, _MOST)
    return decoded(raw, path).partition("\n")[0].rstrip("\r")
