"""Commands, options and groups of ours: help in the user's language, failures said in one place.

The root command needs no more than this: `secops --help` imports neither model nor store.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum
from gettext import gettext
from pathlib import Path
from typing import Any, Final

import click

from secops.cli.failing import failures_said
from secops.cli.speaking import speak, words_of
from secops.contracts.words import Words, label
from secops.errors import ExitCode, msgid

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2999
_EXAMPLE: Final = datetime(2026, 5, 20, 8, 30)  # noqa: DTZ001  # how one is written, no instant
EXIT_CODES: Final = {
    ExitCode.DONE: msgid("done"),
    ExitCode.NOT_GOOD: msgid("judged, and not good"),
    ExitCode.USAGE: msgid("asked for wrongly, or not permitted; nothing was touched"),
    ExitCode.INPUT: msgid("an input file is wrong; nothing of it was taken"),
    ExitCode.INCOMPLETE: msgid("incomplete; what was done is kept, --resume goes on"),
    ExitCode.INTERNAL: msgid("a bug in secops"),
    ExitCode.INTERRUPTED: msgid("interrupted; what was done is kept"),
}


def refuse_no_text(context: click.Context) -> None:
    """Raise UsageError for an argument that cannot be kept: bytes that are no UTF-8."""
    for value in context.params.values():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, str) and one != one.encode(errors="replace").decode():
                wrong = msgid("{found} is no UTF-8 text")
                raise click.UsageError(words_of(context).gettext(wrong).format(found=ascii(one)))


METAVARS: Final = frozenset(
    {
        msgid("TEXT"),
        msgid("INTEGER"),
        msgid("DATE"),
        msgid("TIME"),
        msgid("PATH"),
        msgid("FILE"),
        msgid("FILES"),
        msgid("FOLDER"),
        msgid("FIELD"),
        msgid("VALUE"),
        msgid("OPTIONS"),
        msgid("COMMAND"),
        msgid("ARGS"),
        msgid("NUMBER"),
        msgid("NAME"),
        msgid("PLACES"),
        msgid("ADDRESS"),
        msgid("DOMAIN"),
        msgid("SYSTEM"),
        msgid("ITEM"),
        msgid("ITEMS"),
        msgid("VERDICT"),
        msgid("EVIDENCE"),
        msgid("KIND"),
        msgid("BACKUP"),
        msgid("SUBJECT"),
        msgid("STAGE"),
        msgid("CHECKLIST"),
        msgid("FOLDERS"),
        msgid("OLD"),
        msgid("NEW"),
        msgid("UNITS"),
        msgid("STATEMENT"),
        msgid("ROLE"),
    }
)
_CAPITALS: Final = re.compile(r"\b[A-Z]{3,}\b")


def in_words(text: str, words: Words) -> str:
    """Say what stands for a value, such as FILE, in the user's language; keep all else."""
    return _CAPITALS.sub(
        lambda found: words.gettext(found[0]) if found[0] in METAVARS else found[0], text
    )


class _WideSigns(click.HelpFormatter):
    """Sets two columns straight where signs are two cells wide; click counts signs."""

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        listed = list(rows)
        column = min(max((_cells(first) for first, _ in listed), default=0), col_max)
        column += col_spacing
        for first, second in listed:
            wide = _cells(first) + col_spacing > column and bool(second)
            gap = " " * (column - _cells(first)) if not wide else "\n" + " " * column
            indented = gap.replace("\n", "\n" + " " * self.current_indent)
            self.write(f"{'':>{self.current_indent}}{first}{indented}{second}".rstrip() + "\n")


def _cells(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)


class _Said:
    """Says the help text, its short form and the usage in the user's language."""

    help: str | None

    def get_help(self, ctx: click.Context) -> str:
        formatter = _WideSigns(width=ctx.terminal_width, max_width=ctx.max_content_width)
        self.format_help(ctx, formatter)  # type: ignore[attr-defined]  # click.Command's
        return formatter.getvalue().rstrip("\n")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        pieces: list[str] = super().collect_usage_pieces(ctx)  # type: ignore[misc]  # click.Command's
        return [in_words(one, words_of(ctx)) for one in pieces]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            rest: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]  # click.Command's
        except click.BadParameter as error:
            if isinstance(error.param, click.Argument):
                hint = error.param.get_error_hint(error.ctx or ctx)
                error.param_hint = in_words(hint, words_of(ctx))
            raise
        except click.NoSuchOption as error:
            root = ctx.find_root()
            ours = {name for one in root.command.params for name in one.opts}
            if root is not ctx and error.option_name in ours:
                said = msgid("{option} goes before the command: secops {option} {command}")
                command = ctx.command_path.partition(" ")[2]
                text = words_of(ctx).gettext(said)
                raise click.UsageError(
                    text.format(option=error.option_name, command=command), ctx
                ) from None
            raise
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Say it in the language of now; click keeps what it said first."""
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]  # click.Command's
        if option is not None:
            # Asked for while parsing, before --lang is known: it must not choose the language.
            option.help = gettext(msgid("Show this message and exit."))
        return option

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(words_of(ctx).gettext(self.help or ""))

    def get_short_help_str(self, limit: int = 45) -> str:
        del limit  # one whole line: Chinese sentences are short and have no words to cut at
        return words_of(click.get_current_context()).gettext(self.help or "").partition("\n")[0]


class Moment(click.DateTime):
    """A day or an instant; years outside 1900 to 2999 are slips of the pen, and no zone knows them.

    Formats are click's own; without any: all of click's.
    """

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read it; fails with an example, not with the signs that formats are written in."""
        try:
            moment: datetime = super().convert(value, param, ctx)
        except click.BadParameter:
            example = _EXAMPLE.strftime(self.formats[0])
            wrong = msgid("{found!r} is no such moment; write it as {example}")
            said = words_of(click.get_current_context()).gettext(wrong)
            self.fail(said.format(found=value, example=example), param, ctx)
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            wrong = msgid("{found} is no year from 1900 to 2999")
            said = words_of(click.get_current_context()).gettext(wrong)
            self.fail(said.format(found=moment.year), param, ctx)
        return moment


class Labelled(click.Choice[str]):
    """One of an enum's values, typed as in files or as the user's language says it."""

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__([one.value for one in kind])
        self.kind = kind

    def labels(self, words: Words) -> dict[str, str]:
        """Give what is said for each value."""
        return {label(one, words): one.value for one in self.kind}

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read either; fails like click's own type, with the words of the language."""
        words = words_of(click.get_current_context())
        return super().convert(self.labels(words).get(value, value), param, ctx)

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """List the choices as the language says them."""
        del ctx
        words = words_of(click.get_current_context())
        said = words.gettext(msgid("{found!r} is not one of: {choices}"))
        return said.format(found=value, choices=", ".join(self.labels(words)))


class Command(_Said, click.Command):
    """A command of ours: `@group.command(cls=Command, help=msgid("…"))`."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # click's own signature
        """Run it, unless an argument is no text; paths may be any bytes."""
        for one in (ctx.find_root(), ctx):
            refuse_no_text(one)
        return super().invoke(ctx)


class Option(click.Option):
    """An option of ours: `cls=Option, help=msgid("…")`."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give names and translated help."""
        record = super().get_help_record(ctx)
        said = words_of(ctx).gettext(self.help or "")
        if isinstance(self.type, Labelled) and self.metavar:
            said = f"{said} ({', '.join(self.type.labels(words_of(ctx)))})"
        return record and (record[0], said)

    def make_metavar(self, ctx: click.Context) -> str:
        """Name values in the language of now; click keeps a path's of the module's import."""
        if self.metavar is None and isinstance(self.type, Moment):
            days = list(self.type.formats) == ["%Y-%m-%d"]
            return words_of(ctx).gettext(msgid("DATE") if days else msgid("TIME"))
        if isinstance(self.type, click.Path):
            now = click.Path(file_okay=self.type.file_okay, dir_okay=self.type.dir_okay)
            self.type.name = now.name
        return in_words(super().make_metavar(ctx).removesuffix(" RANGE"), words_of(ctx))


class Group(_Said, click.Group):
    """A group of commands of ours."""


class LazyGroup(Group):
    """Imports a command's module only when that command is asked for: `--help` stays fast."""

    def __init__(self, *args: Any, commands_at: Mapping[str, tuple[str, str]], **kw: Any) -> None:  # noqa: ANN401  # click's own signature
        super().__init__(*args, **kw)
        self._commands_at = commands_at

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands."""
        del ctx
        return list(self._commands_at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        del ctx
        if cmd_name not in self._commands_at:
            return None
        from importlib import import_module  # noqa: PLC0415  # the point of this class

        module, _ = self._commands_at[cmd_name]
        command: click.Command = getattr(import_module(f"secops.cli.{module}"), "command")  # noqa: B009  # each module names its command so
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List names and short helps from the table: no import."""
        words = words_of(ctx)
        rows = [(name, words.gettext(said)) for name, (_, said) in self._commands_at.items()]
        with formatter.section(words.gettext("Commands")):  # click's own word
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # click's own signature
        """Run a command; whatever goes wrong becomes a sentence and an exit code, here only."""
        with failures_said(ctx):
            return super().invoke(ctx)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401  # click's own signature
    ) -> click.Context:
        """Choose the language first: the arguments may be wrong, and that must be said."""
        speak(args)
        return super().make_context(info_name, args, parent, **extra)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name those that are spelt almost so."""
        if args[0] not in self._commands_at and not args[0].startswith("-"):
            raise click.NoSuchCommand(args[0], possibilities=self._commands_at, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Name the exit codes: scripts rely on them."""
        words = words_of(ctx)
        with formatter.section(words.gettext(msgid("Exit codes"))):
            formatter.write_dl([(str(int(c)), words.gettext(t)) for c, t in EXIT_CODES.items()])


def folder_of(context: click.Context) -> Path:
    """Give the folder of `-C`, else of SECOPS_WORKSPACE, else this one."""
    chosen = context.find_root().params.get("workspace")
    return Path(chosen or os.environ.get("SECOPS_WORKSPACE") or ".")
