"""A pseudo-terminal: a person types when asked, reads what is shown, and may make it narrower."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, NoReturn, Self

ROOT: Final = Path(__file__).parents[2]
_SECONDS: Final = 30
_STYLES: Final = re.compile(r"\x1b\[[0-9;]*m")


def _size(terminal: int, columns: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))


class Terminal:
    """Runs one secops command on a terminal of its own."""

    def __init__(self, folder: Path, *arguments: str, columns: int = 100) -> None:
        command = [sys.executable, "-m", "secops", "-C", str(folder), *arguments]
        self._child, self._mine = pty.fork()  # a controlling terminal: Ctrl-C is a signal
        if not self._child:
            self._become(command, columns)
        self.shown = ""
        self._code: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        os.close(self._mine)
        if self._code is None:
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)

    @staticmethod
    def _become(command: list[str], columns: int) -> NoReturn:
        try:
            os.chdir(ROOT)
            _size(1, columns)  # standard output itself: pytest's own is elsewhere
            # Not what readline set behind Python's back: the window itself says how wide it is.
            os.execve(command[0], command, dict(os.environ))  # noqa: S606  # our own interpreter
        finally:
            os._exit(127)

    def resize(self, columns: int) -> None:
        """Make the window narrower or wider."""
        _size(self._mine, columns)

    def asked(self) -> str:
        """Wait until it asks; give what was shown since the last question."""
        before = len(self.shown)
        end = time.monotonic() + _SECONDS
        while not self.shown.endswith(": ") or len(self.shown) == before:
            if time.monotonic() > end or not self._more():
                raise AssertionError(self.shown)
        return self.shown[before:]

    def type(self, keys: str) -> str:
        """Type, and wait until it asks again."""
        os.write(self._mine, keys.encode())
        return self.asked()

    def press_ctrl_c(self) -> None:
        """Interrupt: not in the very instant of the question, when no person presses a key.

        An interpreter that is just about to read looks for signals only after it has read.
        """
        time.sleep(0.3)
        os.write(self._mine, b"\x03")

    def type_all(self, several: Sequence[str]) -> str:
        """Type each when it is asked for."""
        return "".join(self.type(keys) for keys in several)

    def leave(self, keys: str) -> int:
        """Type the last and wait for the end; give the exit code."""
        os.write(self._mine, keys.encode())
        while self._more():
            pass
        self._code = os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])
        return self._code

    def _more(self) -> bool:
        if not select.select([self._mine], [], [], _SECONDS)[0]:
            raise AssertionError(self.shown)
        try:
            found = os.read(self._mine, 65_536)
        except OSError:  # the child has ended
            return False
        self.shown += _STYLES.sub("", found.decode("utf-8", "replace"))
        return bool(found)
