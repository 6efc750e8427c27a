"""Keys of a person at a terminal: one sign, or a line; what was typed ahead is not lost."""

from __future__ import annotations

import os
import select
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click

_ESCAPE: Final = "\x1b"
_END: Final = "\x04"
_LINE_ENDS: Final = "\r\n"


class Keyboard:
    """Reads standard input, which is a terminal."""

    def __init__(self) -> None:
        self._ahead = ""  # one sign that was read too early

    def key(self, prompt: str) -> str:
        """Ask for one key and echo it; small and narrow, whatever the input method makes of it.

        Enter and arrow keys are passed over. Raises EOFError at Ctrl-D.
        """
        found = ""
        with _sign_by_sign():
            click.echo(f"{prompt}: ", nl=False)
            while not found:
                found = unicodedata.normalize("NFKC", self._sign()).lower().strip()
        click.echo(found)
        return found

    def line(self, prompt: str, default: str = "") -> str:
        """Ask for a line; raises click.Abort at Ctrl-C and Ctrl-D."""
        ahead, self._ahead = self._ahead, ""
        said = click.prompt(prompt, default=default, show_default=bool(default))
        return f"{ahead}{said}".strip()

    def _sign(self) -> str:
        if self._ahead:
            sign, self._ahead = self._ahead, ""
            return sign
        if sys.platform == "win32":
            sign = click.getchar()
            return sign if len(sign) == 1 else ""
        sign = _read()
        if sign == _ESCAPE:
            _pass_sequence()
            return ""
        if sign.isprintable() and _waits():  # the Enter of those who press it after a key
            after = _read()
            self._ahead = "" if after in _LINE_ENDS else after
        return "" if sign in _LINE_ENDS else sign


@contextmanager
def _sign_by_sign() -> Iterator[None]:
    """Let signs come without Enter and unseen; nothing is flushed, as `click.getchar` does it."""
    if sys.platform == "win32":
        yield
        return
    import termios  # noqa: PLC0415  # there is none on Windows

    terminal = sys.stdin.fileno()
    before, now = termios.tcgetattr(terminal), termios.tcgetattr(terminal)
    now[3] &= ~(termios.ICANON | termios.ECHO)
    termios.tcsetattr(terminal, termios.TCSADRAIN, now)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _read() -> str:
    taken = os.read(sys.stdin.fileno(), 1)
    while taken and not _whole(taken):
        taken += os.read(sys.stdin.fileno(), 1)
    sign = taken.decode("utf-8", "replace")
    if sign in ("", _END):
        raise EOFError
    return sign


def _pass_sequence() -> None:
    """Pass over what an arrow key and its like send: `ESC [`, parameters, a letter."""
    if _waits() and _read() in "[O":
        while _waits() and not (sign := _read()).isalpha() and sign != "~":
            pass


def _whole(taken: bytes) -> bool:
    try:
        taken.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason != "unexpected end of data"
    return True


def _waits() -> bool:
    return bool(select.select([sys.stdin.fileno()], [], [], 0)[0])
