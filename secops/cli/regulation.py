"""`secops regulation`: what is in force here, from which source, and the settings left open."""

from __future__ import annotations

from typing import Final

import click

from secops.cli.options import dry_run_option
from secops.cli.shared import Command, Group, emit, words_of, workspace_of
from secops.cli.table import show_table
from secops.contracts.words import Words, label
from secops.errors import msgid
from secops.judging.gates import DEFAULT_LONGEST, LONGEST_WAIVER
from secops.judging.mending_days import RISKS, default_days
from secops.judging.tables import Tables, setting_values, with_settings
from secops.model.case import CaseBook
from secops.model.checklist import Checklist
from secops.model.common import Confidence
from secops.operations.set_setting import set_setting
from secops.wiring.assess import assessing, looking


@click.group(cls=Group, help=msgid("The standards in force, their sources, and open settings."))
def command() -> None:
    """Only holds its commands together."""


@command.command("list", cls=Command, help=msgid("Editions in force, with source and date."))
@click.pass_context
def list_(context: click.Context, /) -> None:
    """List checklists, the guide to high-risk cases, rules and bands."""
    with looking(workspace_of(context)) as one:
        rules, bands, guide = one.tables.rules, one.tables.bands, one.tables.guide
        library = one.tables.library
    packs = [
        *(_pack("checklist", checklist) for checklist in library.checklists),
        *([_pack("cases", guide)] if guide else []),
        {"kind": "rules", "title": str(len(rules.rules)), "source": "", "digest": rules.digest},
        {"kind": "conclusion", "title": bands.title, "source": bands.source, "digest": ""},
    ]
    words = words_of(context)
    kinds = {
        "checklist": msgid("checklist"),
        "cases": msgid("high-risk cases"),
        "rules": msgid("rules"),
        "conclusion": msgid("conclusion"),
    }
    heads = [words.gettext(head) for head in (msgid("kind"), msgid("title"), msgid("source"))]
    rows = [[words.gettext(kinds[p["kind"]]), p["title"], p["source"]] for p in packs]
    emit(context, "regulation-list", {"packs": packs}, lambda: show_table(heads, rows))


def _pack(kind: str, one: Checklist | CaseBook) -> dict[str, str]:
    title = f"{one.edition} {one.title}"
    return {"kind": kind, "title": title, "source": one.source, "digest": one.digest}


_TOOL: Final = "tool"
"""Beside the grades of confidence: a default that no text gives."""


def _settings(tables: Tables, chosen: dict[str, str], words: Words) -> list[dict[str, str]]:
    """Give every setting: what it means, its default and value, how sure the default is."""
    defaults = setting_values(tables)
    values = setting_values(with_settings(tables, chosen))
    known = {one.name: one for one in tables.rules.settings}
    return (
        [
            {
                "name": name,
                "value": values[name],
                "default": default,
                "meaning": known[name].meaning if name in known else tables.bands.title,
                # The text says nothing exactly on a border, and no formula: one author's reading.
                "confidence": (
                    known[name].confidence if name in known else Confidence.MEDIUM
                ).value,
            }
            for name, default in defaults.items()
        ]
        + [
            {
                "name": name,
                "value": chosen.get(name) or default,
                "default": default,
                "meaning": words.gettext(
                    msgid("days to mend a finding, by its risk: {risk}")
                ).format(risk=label(RISKS[name], words)),
                "confidence": _TOOL,
            }
            for name, default in default_days().items()
        ]
        + [_longest_waiver(chosen, words)]
    )


def _longest_waiver(chosen: dict[str, str], words: Words) -> dict[str, str]:
    default = str(DEFAULT_LONGEST)
    return {
        "name": LONGEST_WAIVER,
        "value": chosen.get(LONGEST_WAIVER) or default,
        "default": default,
        "meaning": words.gettext(msgid("days that a waiver at a gate may last at most")),
        "confidence": _TOOL,
    }


@command.command("show", cls=Command, help=msgid("Named settings: practice, not the standard."))
@click.pass_context
def show(context: click.Context, /) -> None:
    """Show thresholds and borders with their defaults."""
    with looking(workspace_of(context)) as one:
        settings = _settings(one.tables, one.work.settings.all(), words_of(context))
    words = words_of(context)
    titles = [
        msgid("setting"),
        msgid("value"),
        msgid("default"),
        msgid("confidence"),
        msgid("meaning"),
    ]
    heads = [words.gettext(head) for head in titles]
    rows = [
        [
            s["name"],
            s["value"],
            s["default"],
            words.gettext(msgid("the tool's own"))
            if s["confidence"] == _TOOL
            else label(Confidence(s["confidence"]), words),
            s["meaning"],
        ]
        for s in settings
    ]
    emit(
        context,
        "regulation-show",
        {"settings": settings},
        lambda: show_table(heads, rows, spare=heads[2:3]),
    )


@command.command("set", cls=Command, help=msgid("Set a named setting, or back to its default."))
@click.argument("name")
@click.argument("value", required=False)
@dry_run_option
@click.pass_context
def set_(context: click.Context, /, name: str, value: str | None, *, dry_run: bool) -> None:
    """Set it; the change stands in the history."""
    with assessing(workspace_of(context), dry_run=dry_run) as one:
        before, after = set_setting(one.work, one.acting, one.tables, name, value)
    document: dict[str, object] = {
        "name": name,
        "before": before,
        "after": after,
        "dry_run": dry_run,
    }
    line = (
        msgid("{name} would be {after}, not {before}")
        if dry_run
        else msgid("{name} is {after}, was {before}")
    )
    said = words_of(context).gettext(line).format(name=name, after=after, before=before)
    emit(context, "regulation-set", document, lambda: click.echo(said))
