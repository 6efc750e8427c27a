"""`secops doctor`: what is there, what is missing, how to get it."""

from __future__ import annotations

import click

from secops.cli.shared import Command, emit, folder_of, words_of
from secops.contracts.words import Words, label
from secops.errors import ExitCode, msgid
from secops.model.machine import Check, Health
from secops.wiring.doctor import examine


def _said(text: str, check: Check, words: Words) -> str:
    return words.gettext(text).format(**check.details) if text else ""


def _show(checks: tuple[Check, ...], words: Words) -> None:
    for check in checks:
        health = label(check.health, words)
        click.echo(f"[{health}] {words.gettext(check.name)}: {_said(check.what, check, words)}")
        if check.mend:
            click.echo(f"    {_said(check.mend, check, words)}")


@click.command(cls=Command, help=msgid("What is installed, missing or too old; how to get it."))
@click.pass_context
def command(context: click.Context) -> None:
    """Look at the machine; exit 1 where something is wrong rather than merely lacking."""
    words, checks = words_of(context), examine(folder_of(context))
    document = {
        "checks": [
            {
                "name": check.name,
                "health": check.health.value,
                "what": _said(check.what, check, words),
                "mend": _said(check.mend, check, words),
            }
            for check in checks
        ]
    }
    emit(context, "doctor", document, lambda: _show(checks, words))
    if any(check.health is Health.WRONG for check in checks):
        context.exit(ExitCode.NOT_GOOD)
