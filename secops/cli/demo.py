"""`secops demo`: the main job on a small lab on loopback, by commands that a user can type."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final

import click

from secops.cli.shared import Command, emit, words_of
from secops.errors import ExitCode, SecopsError, msgid
from secops.files.demo_steps import DemoSteps, Step

_INDENT: Final = "  "


class DemoStoppedError(SecopsError):
    """A step ended as it never should."""

    code = "demo.stopped"
    what = msgid("the demo stopped at: {command}")
    mend = msgid("see what that command said; `secops doctor` names what is missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What one step did."""

    command: str
    exit_code: int
    seconds: float


@click.command(cls=Command, help=msgid("The whole main job on a small lab on loopback."))
@click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False), default=Path("secops-demo")
)
@click.pass_context
def command(context: click.Context, /, folder: Path) -> None:
    """Run every step in a new workspace, then say what to try next."""
    from secops.wiring.demo import demo_lab, demo_steps  # noqa: PLC0415  # the lab's libraries

    began = time.monotonic()
    demo = demo_steps(folder)
    with demo_lab() as lab, swept_away(folder):
        _say_lab(context, [place.what for place in lab.places], lab.missing)
        done = [_run(context, folder, step) for step in demo.steps]
    document = {
        "workspace": str(folder.resolve()),
        "missing": list(lab.missing),
        "seconds": round(time.monotonic() - began, 1),
        "steps": [
            {"command": one.command, "exit_code": one.exit_code, "seconds": one.seconds}
            for one in done
        ],
        "documents": [str(path) for path in _documents(folder)],
    }
    emit(context, "demo", document, lambda: _say_end(context, folder, demo, document["seconds"]))


@contextmanager
def swept_away(folder: Path) -> Iterator[None]:
    """Remove what this run made when it does not come to its end; what stood there stays."""
    before = {one.name for one in folder.iterdir()} if folder.is_dir() else None
    try:
        yield
    except BaseException:
        for one in folder.iterdir() if folder.is_dir() else ():
            if one.name in (before or ()):
                continue
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one)
            else:
                one.unlink()
        if before is None and folder.is_dir():
            folder.rmdir()
        raise


def _typed(words: Sequence[str]) -> str:
    """Write a command as a person would type it: Chinese needs no quotes."""
    plain = re.compile(r"[\w./:=@%+,-]+")
    return " ".join(one if plain.fullmatch(one) else shlex.quote(one) for one in words)


def _documents(folder: Path) -> Sequence[Path]:
    return sorted((folder / "documents").resolve().glob("*.*"))


def _say(context: click.Context, line: str = "", *, bold: bool = False) -> None:
    """Tell a person; with --json only the one document is printed."""
    if not context.find_root().params.get("json"):
        click.echo(click.style(line, bold=bold) if bold else line)


def _say_lab(context: click.Context, running: Sequence[str], missing: Sequence[str]) -> None:
    words = words_of(context)
    said = words.gettext(msgid("sample services that run on loopback until the demo ends: {count}"))
    _say(context, said.format(count=len(running)))
    if missing:
        said = words.gettext(msgid("left out, since these packages are not installed: {missing}"))
        _say(context, said.format(missing=", ".join(missing)))


class _Printed(StringIO):
    """Holds what a command prints, as wide as what is really printed to."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal
        self.columns = shutil.get_terminal_size().columns - len(_INDENT)

    def isatty(self) -> bool:
        """Say so where a person reads: tables are then drawn in columns."""
        return self._terminal


def _run(context: click.Context, folder: Path, step: Step) -> Done:
    """Run one command in this process, as the command line would."""
    root = context.find_root()
    makes = step.words[0] == "init"
    arguments = [] if makes else ["-C", str(folder)]
    typed = _typed(["secops", *arguments, *step.words])
    if step.say:
        _say(context)
        _say(context, f"■ {step.say}", bold=True)
    _say(context, f"$ {typed}")
    printed, began = _Printed(terminal=sys.stdout.isatty()), time.monotonic()
    language = ["--lang", root.params["lang"]] if root.params.get("lang") else []
    with redirect_stdout(printed):
        code = root.command.main(
            [*arguments, *language, *step.words], prog_name="secops", standalone_mode=False
        )
    ended = ExitCode(code or 0)
    _say_output(context, printed.getvalue(), step)
    if ended not in step.ends:
        raise DemoStoppedError(command=typed)
    return Done(command=typed, exit_code=ended, seconds=round(time.monotonic() - began, 2))


def _say_output(context: click.Context, text: str, step: Step) -> None:
    lines = text.splitlines()
    left = len(lines) - step.lines
    if left > 0:
        said = words_of(context).gettext(msgid("lines left out: {count}"))
        gap = "…… " + said.format(count=left)
        lines = [gap, *lines[-step.lines :]] if step.tail else [*lines[: step.lines], gap]
    for line in lines:
        _say(context, f"{_INDENT}{line}")


def _say_end(context: click.Context, folder: Path, demo: DemoSteps, seconds: object) -> None:
    words = words_of(context)
    _say(context)
    said = words.gettext(msgid("done in {seconds} s; the sample services are stopped. Documents:"))
    _say(context, said.format(seconds=seconds), bold=True)
    for path in _documents(folder):
        _say(context, f"  {path}")
    _say(context)
    _say(context, words.gettext(msgid("What to try next:")), bold=True)
    for step in demo.next:
        _say(context, f"  {_typed(['secops', *step.words])}")
        _say(context, f"      {step.say}")
