"""What all commands share: translated help, the one place for errors, the one for results.

Help is translated when it is shown: nothing is read at import.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from secops.contracts.words import Words, sentence
from secops.errors import ExitCode, SecopsError, msgid
from secops.settings.catalogue import use_for_click, words_for
from secops.wiring.workspace import Workspace


def words_of(context: click.Context) -> Words:
    """Give the words of the language chosen by --lang or SECOPS_LANG; Chinese if nobody chose."""
    chosen = context.find_root().params.get("lang") or os.environ.get("SECOPS_LANG") or "zh"
    lang = "en" if str(chosen) == "en" else "zh"
    use_for_click(lang)
    return words_for(lang)


class _Said:
    """Says the help text and its short form in the user's language."""

    help: str | None

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(words_of(ctx).gettext(self.help or ""))

    def get_short_help_str(self, limit: int = 45) -> str:
        del limit  # one whole line: Chinese sentences are short and have no words to cut at
        return words_of(click.get_current_context()).gettext(self.help or "").partition("\n")[0]


class Command(_Said, click.Command):
    """A command of ours: `@group.command(cls=Command, help=msgid("…"))`."""


class Option(click.Option):
    """An option of ours: `cls=Option, help=msgid("…")`."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give names and translated help."""
        record = super().get_help_record(ctx)
        return record and (record[0], words_of(ctx).gettext(self.help or ""))


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
        with formatter.section(words.gettext(msgid("Commands"))):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # click's own signature
        """Run a command; whatever goes wrong becomes a sentence and an exit code, here only."""
        try:
            return super().invoke(ctx)
        except SecopsError as error:
            show_error(ctx, error)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            # The reader went away (`| head -1`): not an error, and nothing more can be said.
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # until exit
            ctx.exit(ExitCode.DONE)
        except KeyboardInterrupt:
            click.echo(words_of(ctx).gettext(msgid("interrupted; what was done is kept")), err=True)
            ctx.exit(ExitCode.INTERRUPTED)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001  # a bug must look like one, not like a crash
            _show_bug(ctx, error)
            ctx.exit(ExitCode.INTERNAL)


def show_error(context: click.Context, error: SecopsError) -> None:
    """Say one error, or each of several, on standard error."""
    words = words_of(context)
    for one in getattr(error, "problems", ()):
        click.echo(sentence(one, words), err=True)
    click.echo(sentence(error, words), err=True)


def _show_bug(context: click.Context, error: Exception) -> None:
    words = words_of(context)
    if context.find_root().params.get("debug"):
        click.echo(traceback.format_exc(), err=True)
    said = msgid("a bug in secops: {kind}; please report it with the output of --debug")
    click.echo(words.gettext(said).format(kind=type(error).__name__), err=True)


def workspace_of(context: click.Context) -> Workspace:
    """Open the workspace of `-C`, acting as the person of `--as`; once per run."""
    root = context.find_root()
    if not isinstance(root.obj, Workspace):
        from secops.wiring.opening import open_workspace  # noqa: PLC0415  # SQLAlchemy is slow

        folder = Path(root.params.get("workspace") or os.environ.get("SECOPS_WORKSPACE") or ".")
        root.obj = root.with_resource(
            open_workspace(folder, act_as=str(root.params.get("act_as") or ""))
        )
    return root.obj


def emit(
    context: click.Context, schema: str, document: Mapping[str, object], text: Callable[[], None]
) -> None:
    """Show a result: with --json one document and nothing else, else what `text` prints.

    `schema` names the document's schema in docs/reference/, such as `inventory-check`.
    """
    if context.find_root().params.get("json"):
        whole = {"schema": f"secops/{schema}", "version": 1, **document}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2, default=str))
    else:
        text()


def hint_next(context: click.Context, command: str) -> None:
    """Name the likely next command, to a person at a terminal only."""
    params = context.find_root().params
    if sys.stdout.isatty() and not params.get("json") and not params.get("quiet"):
        said = words_of(context).gettext(msgid("next: {command}"))
        click.echo(click.style(said.format(command=command), dim=True))
