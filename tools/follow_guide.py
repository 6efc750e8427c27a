"""Follows a guide as its reader does: saves its files, types its commands, reads what is printed.

A guide is Markdown. "console" blocks hold commands behind `$ ` and, below each, what it prints;
`……` on a line of its own leaves lines out. A file stands in the block after a line that ends in
"保存为 `name`：" or "save as `name`:"; what is typed into a workbook, in the block after
"在 `form` 里填写，另存为 `copy`：" (see `fill_form`). A comment before a block says what a reader
does beside typing commands: `<!-- second window -->` (it keeps running), `<!-- typed: y | q -->`
(answers).

`tools/follow_guide.py FILE…` writes into the guides what their commands print now.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # run as a script it would not see the module beside it

from tools.fill_form import fill  # noqa: E402  # found through the path above

HOME: Final = "/home/me"
COLUMNS: Final = 92
SECONDS: Final = 60
_BUG: Final = 70
LEFT_OUT: Final = "……"
_FENCE: Final = re.compile(r"^```(?P<kind>\w*)$")
_FILE: Final = re.compile(r"(?:保存为|[Ss]ave as) `(?P<name>[^`]+)`[：:]$")
_FILLED: Final = re.compile(r"在 `(?P<form>[^`]+)` 里填写，另存为 `(?P<copy>[^`]+)`：$")
_TYPED: Final = re.compile(r"^<!-- typed: (?P<keys>.+) -->$")
_SECOND_WINDOW: Final = "<!-- second window -->"
_ESCAPES: Final = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_UNTIL: Final = re.compile(r"(?<=--until )\d{4}-\d\d-\d\d")
_VOLATILE: Final = (
    (re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d(:\d\d(:\d\d(\.\d+)?(Z|\+\d\d:\d\d)?)?)?)?"), "(date)"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]+"), "(id)"),
    # The size of evidence: a server names its version in it.
    (re.compile(r"\d+[ \t]+(?=\(date\))"), "(size) "),
    (re.compile(r"sha256:[0-9a-f]+"), "(digest)"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "(digest)"),
    (re.compile(r"[\d.]+ (字节|bytes|秒)"), "(size)"),
    (re.compile(r"Python/\d+\.\d+\.\d+"), "(python)"),
    (re.compile(r"[ \t]+"), " "),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command of a guide, its printed lines, and where these stand in the guide."""

    line: int
    typed: str
    shown: tuple[str, ...]
    keys: tuple[str, ...] = ()
    second_window: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFile:
    """A file that the reader is told to save."""

    line: int
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """A workbook that the reader is told to fill in."""

    line: int
    form: str
    copy: str
    text: str


@dataclass(slots=True)
class Reader:
    """A person with a folder, who remembers the last exit code and what runs beside."""

    folder: Path
    status: int = 0
    here: Path = field(init=False)
    named: dict[str, str] = field(default_factory=dict)
    beside: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.here = self.folder

    def do(self, step: Command | SavedFile | FilledForm) -> list[str]:
        """Do one step of the guide and give the lines that it prints."""
        if isinstance(step, FilledForm):
            fill(self.here / step.form, self.here / step.copy, step.text)
            return []
        if isinstance(step, SavedFile):
            (self.here / step.name).write_text(step.text, encoding="utf-8")
            return []
        word, _, rest = step.typed.partition(" ")
        if word == "cd":
            self.here = (self.here / rest).resolve(strict=True)
            return []
        if word == "export":
            self.named |= dict([rest.split("=", 1)])
            return []
        return self._run(step)

    def leave(self) -> None:
        """Close the second windows."""
        for process in self.beside:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()

    def _run(self, step: Command) -> list[str]:
        mine, its = pty.openpty()
        fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
        tomorrow = (dt.datetime.now(dt.UTC) + dt.timedelta(days=2)).date()
        typed = _UNTIL.sub(lambda day: max(day[0], tomorrow.isoformat()), step.typed)
        process = subprocess.Popen(  # noqa: S603  # the guide's own commands, which the reader types too
            ["/bin/bash", "-c", f"(exit {self.status}); {typed}"],
            cwd=self.here,
            env=_environment() | self.named,
            stdin=its,
            stdout=its,
            stderr=its,
            start_new_session=True,
        )
        os.close(its)
        try:
            if step.second_window:
                self.beside.append(process)
                return self._lines(_until(mine, len(step.shown) or 1))
            printed = _all(mine, list(step.keys))
        finally:
            if not step.second_window:
                os.close(mine)
        self.status = process.wait(timeout=SECONDS)
        return self._lines(printed)

    def _lines(self, printed: bytes) -> list[str]:
        text = printed.decode("utf-8").replace("\r\n", "\n").replace(str(self.folder), HOME)
        whole = [_ESCAPES.sub("", one.rpartition("\r")[2]).rstrip() for one in text.split("\n")]
        while whole and not whole[-1]:
            whole.pop()
        return whole


def _environment() -> dict[str, str]:
    kept = {
        name: os.environ[name] for name in ("LANG", "LC_ALL", "SECOPS_FONTS") if name in os.environ
    }
    path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
    return {**kept, "PATH": path, "HOME": HOME, "USER": "me", "LOGNAME": "me", "TERM": "xterm"}


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so when the other side of a terminal is closed
        return b""


def _all(descriptor: int, keys: list[str]) -> bytes:
    """Read to the end, typing the next key whenever a question waits for it."""
    printed = b""
    while more := _read(descriptor):
        printed += more
        if keys and printed.endswith(b": "):
            os.write(descriptor, keys.pop(0).encode() + b"\n")
    return printed


def _until(descriptor: int, lines: int) -> bytes:
    printed, last = b"", time.monotonic() + SECONDS
    while printed.count(b"\n") < lines and time.monotonic() < last:
        printed += _read(descriptor)
    return printed


def steps_of(guide: str) -> Iterator[Command | SavedFile | FilledForm]:
    """Give what a reader does, in order."""
    lines, n = guide.split("\n"), 0
    said, comments = "", list[str]()
    while n < len(lines):
        fence = _FENCE.match(lines[n])
        if fence is None:
            if lines[n].startswith("<!--"):
                comments.append(lines[n])
            elif lines[n]:
                said, comments = lines[n], []
            n += 1
            continue
        end = lines.index("```", n + 1)
        if found := _FILE.search(said):
            text = "\n".join([*lines[n + 1 : end], ""])
            yield SavedFile(line=n + 1, name=found["name"], text=text)
        elif found := _FILLED.search(said):
            text = "\n".join(lines[n + 1 : end])
            yield FilledForm(line=n + 1, form=found["form"], copy=found["copy"], text=text)
        elif fence["kind"] == "console":
            yield from _commands(lines, n + 1, end, comments)
        said, comments, n = "", [], end + 1


def _commands(lines: list[str], start: int, end: int, comments: list[str]) -> Iterator[Command]:
    keys = tuple(
        key for one in comments if (it := _TYPED.match(one)) for key in it["keys"].split(" | ")
    )
    n = start
    while n < end:
        first, typed = n, lines[n].removeprefix("$ ")
        while typed.endswith("\\"):
            n += 1
            typed = f"{typed[:-1].rstrip()} {lines[n].strip()}"
        shown = n = n + 1
        while n < end and not lines[n].startswith("$ "):
            n += 1
        yield Command(
            line=first,
            typed=typed,
            shown=tuple(lines[shown:n]),
            keys=keys,
            second_window=_SECOND_WINDOW in comments,
        )


def steady(lines: list[str] | tuple[str, ...]) -> str:
    """Take out what differs from day to day: dates, digests, ids, sizes."""
    text = "\n".join(lines)
    for pattern, instead in _VOLATILE:
        text = pattern.sub(instead, text)
    return "\n".join(one.rstrip() for one in text.split("\n"))


def as_shown(shown: tuple[str, ...], printed: list[str]) -> list[str]:
    """Leave out of the printed lines what the guide leaves out."""
    if LEFT_OUT not in shown:
        return printed
    before = shown.index(LEFT_OUT)
    after = len(shown) - before - 1
    return [*printed[:before], LEFT_OUT, *(printed[-after:] if after else [])]


def record(guide: Path) -> None:
    """Write what the commands print now into the guide, if that is more than new dates."""
    lines = guide.read_text("utf-8").split("\n")
    written: list[str] = []
    at, same = 0, True
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(Path(folder))
        try:
            for step in steps_of("\n".join(lines)):
                printed = reader.do(step)
                if isinstance(step, Command):
                    now = as_shown(step.shown, printed)
                    if reader.status == _BUG:
                        sys.exit(f"{guide}:{step.line + 1}: {step.typed}\n" + "\n".join(printed))
                    same = same and steady(now) == steady(step.shown)
                    shown_at = step.line + 1
                    while lines[shown_at - 1].endswith("\\"):
                        shown_at += 1
                    written += [*lines[at:shown_at], *now]
                    at = shown_at + len(step.shown)
        finally:
            reader.leave()
    if not same:
        guide.write_text("\n".join([*written, *lines[at:]]), encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        record(Path(name))
