"""The one place where a failure becomes a sentence and an exit code."""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import click

from secops.cli.speaking import words_of
from secops.contracts.words import Words, sentence
from secops.errors import ExitCode, SecopsError, msgid
from secops.errors.machine import DiskFullError, NotAllowedError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def failures_said(context: click.Context) -> Iterator[None]:
    """Let nothing but a sentence reach the user."""
    try:
        yield
    except (click.exceptions.Exit, click.ClickException):
        raise
    except SecopsError as error:
        show_error(context, error)
        context.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second one changes nothing any more
        said = words_of(context).gettext(msgid("interrupted; what was done is kept"))
        click.echo(said, err=True)
        context.exit(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        forget_output()
        context.exit(ExitCode.DONE)
    except OSError as error:
        ours = _of_the_machine(error)
        if ours is None:
            _show_bug(context, error)
            context.exit(ExitCode.INTERNAL)
        show_error(context, ours)
        context.exit(ours.exit_code)
    except Exception as error:  # noqa: BLE001  # a bug must look like one, not like a crash
        _show_bug(context, error)
        context.exit(ExitCode.INTERNAL)


def show_error(context: click.Context, error: SecopsError) -> None:
    """Say one error, or each of several, on standard error."""
    words, kind = words_of(context), context.find_root().invoked_subcommand or ""
    for one in (*getattr(error, "problems", ()), error):
        click.echo(sentence(one, words, lambda path: _titled(path, words, kind)), err=True)


def _titled(path: str, words: Words, kind: str) -> str:
    from secops.wiring.inventory_words import titled  # noqa: PLC0415  # most runs say no error

    return titled(path, words, kind) if path.isascii() else path


def forget_output() -> None:
    """Say nothing more on standard output: its reader went away (`| head -1`)."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, sys.stdout.fileno())
    os.close(sink)


def _of_the_machine(error: OSError) -> SecopsError | None:
    if error.errno in _FULL:
        return DiskFullError()
    if error.errno in _REFUSED:
        return NotAllowedError(path=str(error.filename or "-"))
    return None


def _show_bug(context: click.Context, error: Exception) -> None:
    from secops.cli.journal import note_bug  # noqa: PLC0415  # no run without a bug needs it

    words = words_of(context)
    if context.find_root().params.get("debug"):
        click.echo("".join(traceback.format_exception(error)), err=True)
    kept = note_bug(error)
    if kept is None:
        said = msgid("a bug in secops: {kind}; please report it with the output of --debug")
    else:
        said = msgid("a bug in secops: {kind}; please report it with {log}")
    click.echo(words.gettext(said).format(kind=type(error).__name__, log=kept), err=True)
