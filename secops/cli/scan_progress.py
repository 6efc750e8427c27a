"""How far a scan is: a bar that stays on one line of a terminal, else a line every ten seconds."""

from __future__ import annotations

import sys
import time
from typing import Final

import click

from secops.contracts.words import Words
from secops.errors import msgid
from secops.operations.run_scan import Progress

_LINE_SECONDS: Final = 10.0
_BAR_SECONDS: Final = 0.1


class Teller:
    """Tells on standard error, and nothing when nobody wants to know."""

    def __init__(self, words: Words, *, quiet: bool) -> None:
        self._words, self._quiet = words, quiet
        self._terminal = sys.stderr.isatty()
        self._told = time.monotonic() if not self._terminal else float("-inf")
        self._open = False

    def __call__(self, progress: Progress) -> None:
        """Say it, if it is time to."""
        every = _BAR_SECONDS if self._terminal else _LINE_SECONDS
        if self._quiet or (time.monotonic() - self._told < every and progress.left):
            return
        if not self._terminal and time.monotonic() - self._told < every:
            return
        self._told = time.monotonic()
        said = msgid("{scanner}: done {done}, left {left}, now {target}")
        line = self._words.gettext(said).format(
            scanner=progress.scanner,
            done=progress.done,
            left=progress.left,
            target=progress.target,
        )
        if self._terminal:
            click.echo(f"\r\x1b[K{line}", nl=False, err=True)
            self._open = True
        else:
            click.echo(line, err=True)

    def end(self) -> None:
        """Leave the terminal's line empty for what follows."""
        if self._open:
            click.echo("\r\x1b[K", nl=False, err=True)
