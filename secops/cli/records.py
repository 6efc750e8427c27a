"""`list`, `show`, `add`, `edit`, `retire` for every kind of record: one implementation for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import click

from secops.cli.selection import chosen_person
from secops.cli.shared import Command, Group, Moment, Option, emit, words_of, workspace_of
from secops.cli.table import show_table
from secops.contracts.store import UnitOfWork
from secops.contracts.words import Words
from secops.errors import msgid
from secops.judging.masking import masked
from secops.model.inventory import KINDS
from secops.model.record import EMPTY, Cell, fields_of, to_cells
from secops.operations.edit_record import (
    ENDS,
    Edit,
    carry_out,
    field_called,
    plan_add,
    plan_contact,
    plan_edit,
    plan_retire,
    shown_cell,
)
from secops.operations.find_record import find_record, name_of, records_of
from secops.operations.still_used import GUARDED, still_used_by
from secops.wiring.inventory_words import language, titles, written
from secops.wiring.today import today
from secops.wiring.workspace import Workspace

_DAYS: Final = ["%Y-%m-%d"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What commands offer and show of one kind of record."""

    kind: str
    said: str  # msgid of the group's help
    options: Mapping[str, tuple[str, str]]  # name -> field path and help
    columns: tuple[str, ...]  # paths shown in the list
    roles: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # PERSON:POST -> prefix
    contact: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    guess: Callable[[dict[str, str]], None] = lambda _: None  # fills what can be told

    @property
    def typed(self) -> dict[str, tuple[str, str]]:
        """All options that carry a value of the record."""
        return {**self.options, **self.roles, **self.contact}


def record_group(shape: Shape, *, listing: click.Command | None = None) -> click.Group:
    """Make the group of commands of one kind."""
    group = Group(name=shape.kind, help=shape.said)
    for one in (listing or _list(shape), _show(shape), _add(shape), _edit(shape)):
        group.add_command(one)
    if shape.kind in ENDS:
        group.add_command(_retire(shape))
    return group


def _option(name: str, said: str) -> Option:
    return Option([f"--{name}", name.replace("-", "_")], help=said)


def _settings_options(shape: Shape) -> list[click.Parameter]:
    typed: list[click.Parameter] = [_option(name, said) for name, (_, said) in shape.typed.items()]
    every = msgid("any other field: FIELD=VALUE, nothing behind = empties it; may be repeated")
    return [*typed, Option(["--set", "settings"], multiple=True, metavar="FIELD=VALUE", help=every)]


def _dry_run() -> Option:
    return Option(["--dry-run"], is_flag=True, help=msgid("show the plan, change nothing"))


def _split(shape: Shape, said: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Give the settings of the record by path, and those of the contact."""
    record: dict[str, str] = {}
    contact: dict[str, str] = {}
    for name, (path, _) in shape.typed.items():
        value = said.get(name.replace("-", "_"))
        if value is not None:
            (contact if name in shape.contact else record)[path] = value
    for one in said.get("settings", ()):
        path, equals, value = one.partition("=")
        if not equals:
            raise click.BadParameter(one, param_hint="--set")
        record[field_called(shape.kind, path).path] = value
    return record, contact


def _roles(work: UnitOfWork, shape: Shape, settings: dict[str, str]) -> dict[str, str]:
    """Turn `--maintains PERSON:POST` into the three cells of a responsibility."""
    for prefix, _ in shape.roles.values():
        if prefix in settings:
            name, _, post = settings.pop(prefix).partition(":")
            person = chosen_person(work, name)
            settings[f"{prefix}.unit"] = person.unit
            settings[f"{prefix}.person"] = person.id
            settings[f"{prefix}.post"] = post or person.title
    return settings


def _add(shape: Shape) -> click.Command:
    @click.pass_context
    def add(context: click.Context, /, **said: Any) -> None:  # noqa: ANN401  # one per option
        workspace = workspace_of(context)
        record, contact = _split(shape, said)
        with workspace.begin() as work:
            settings = {**shape.defaults, **_roles(work, shape, record)}
            shape.guess(settings)
            edits = [plan_add(work, shape.kind, settings, language(), workspace.new_id)]
            if contact:
                person = str(to_cells(edits[0].record)["id"])
                edits.append(plan_contact(work, person, contact, language()))
            _finish(context, workspace, work, edits, dry_run=bool(said["dry_run"]))

    params = [*_settings_options(shape), _dry_run()]
    return Command("add", callback=add, params=params, help=msgid("Add one."))


def _edit(shape: Shape) -> click.Command:
    @click.pass_context
    def edit(context: click.Context, /, **said: Any) -> None:  # noqa: ANN401  # one per option
        workspace = workspace_of(context)
        record, contact = _split(shape, said)
        with workspace.begin() as work:
            found = find_record(work, shape.kind, said["which"])
            edits: list[Edit] = []
            if record or not contact:
                edits.append(plan_edit(work, found, _roles(work, shape, record), language()))
            if contact:
                edits.append(plan_contact(work, found.id, contact, language()))
            _finish(context, workspace, work, edits, dry_run=bool(said["dry_run"]))

    params = [_which(), *_settings_options(shape), _dry_run()]
    return Command("edit", callback=edit, params=params, help=msgid("Change one."))


def _retire(shape: Shape) -> click.Command:
    @click.pass_context
    def retire(
        context: click.Context, /, which: str, on: datetime | None, *, dry_run: bool
    ) -> None:
        workspace = workspace_of(context)
        with workspace.begin() as work:
            found = find_record(work, shape.kind, which)
            day = on.date() if on else today(workspace)
            if shape.kind in GUARDED and (used := still_used_by(work, shape.kind, found.id, day)):
                raise used
            _finish(context, workspace, work, [plan_retire(found, day)], dry_run=dry_run)

    day = Option(["--on"], type=Moment(_DAYS), metavar="DATE", help=msgid("since when (today)"))
    said = msgid("Say that one is over since a day; it stays in the list and in the history.")
    return Command("retire", callback=retire, params=[_which(), day, _dry_run()], help=said)


def _which() -> click.Argument:
    return click.Argument(["which"], metavar="NUMBER|NAME")


def _finish(
    context: click.Context,
    workspace: Workspace,
    work: UnitOfWork,
    edits: list[Edit],
    *,
    dry_run: bool,
) -> None:
    words = words_of(context)
    rows = [
        (
            titles(edit.kind, words)[path],
            path,
            *(_text(work, edit.kind, path, words)(cell) for cell in change),
        )
        for edit in edits
        for path, change in edit.changes.items()
    ]
    if not dry_run:
        for edit in edits:
            carry_out(work, workspace.actor, edit)
        work.commit()
    first = edits[0].record
    number, name = getattr(first, "no", ""), name_of(first)
    document = {
        "kind": edits[0].kind,
        "id": first.id,
        "no": number,
        "dry_run": dry_run,
        "changes": [
            {"field": path, "before": before, "after": after} for _, path, before, after in rows
        ],
    }
    emit(
        context, "record-edit", document, lambda: _say(context, rows, f"{name} ({number})", dry_run)
    )


def _say(context: click.Context, rows: list[Any], name: str, dry_run: bool) -> None:
    words = words_of(context)
    if rows:
        heads = [msgid("field"), msgid("path"), msgid("before"), msgid("after")]
        show_table([words.gettext(one) for one in heads], rows)
    planned = msgid("{name}: fields that would change: {count}; nothing was written (--dry-run)")
    done = msgid("{name}: fields written: {count}")
    click.echo(words.gettext(planned if dry_run else done).format(name=name, count=len(rows)))


def _text(work: UnitOfWork, kind: str, path: str, words: Words) -> Callable[[Any], str]:
    """Give what says a cell of this field; how a person is reached is masked."""
    if kind == "contact":
        return lambda cell: masked(str(cell or ""))
    record: Any = KINDS[kind]  # mypy holds a union of classes for not hashable
    one = next(one for one in fields_of(record) if one.path == path)
    if one.refers:
        return lambda cell: shown_cell(work, one, cell)
    return lambda cell: written(one, cell, words)


def _list(shape: Shape) -> click.Command:
    @click.pass_context
    def show(context: click.Context, /, after: int, limit: int, *, retired: bool) -> None:
        workspace, words = workspace_of(context), words_of(context)
        with workspace.begin(reading=True) as work:
            page = records_of(work, shape.kind).page(after=after, most=limit)
            cells = [to_cells(one) for one in page]
            end = ENDS.get(shape.kind, "")
            shown = [one for one in cells if retired or not _is_over(one.get(end), workspace)]
            rows = [
                [
                    str(one["no"]),
                    *(_text(work, shape.kind, path, words)(one[path]) for path in shape.columns),
                ]
                for one in shown
            ]
        heads = [titles(shape.kind, words)[path] for path in ("no", *shape.columns)]
        more = page[-1].no if len(page) == limit else 0
        document = {"kind": shape.kind, "records": shown, "next_after": more}
        emit(context, "record-list", document, lambda: show_table(heads, rows))
        say_more(context, more)

    params = [
        *page_options(),
        Option(["--retired"], is_flag=True, help=msgid("those too that are over")),
    ]
    return Command("list", callback=show, params=params, help=msgid("List them, a page at a time."))


def _is_over(end: Cell, workspace: Workspace) -> bool:
    return isinstance(end, date) and end <= today(workspace)


def page_options() -> list[click.Parameter]:
    """Give the two options that turn pages."""
    return [
        Option(
            ["--after"],
            type=click.IntRange(0, 10**9),
            default=0,
            help=msgid("only numbers above it"),
        ),
        Option(["--limit"], type=click.IntRange(1, 100_000), default=50, help=msgid("how many")),
    ]


def say_more(context: click.Context, after: int) -> None:
    """Say that there is another page, where a person reads."""
    params = context.find_root().params
    if after and not params.get("json") and not params.get("quiet"):
        said = words_of(context).gettext(msgid("there are more: --after {number}"))
        click.echo(said.format(number=after), err=True)


def _show(shape: Shape) -> click.Command:
    @click.pass_context
    def show(context: click.Context, /, which: str, *, show_contacts: bool = False) -> None:
        workspace, words = workspace_of(context), words_of(context)
        with workspace.begin(reading=not show_contacts) as work:  # that one looked is noted
            found = find_record(work, shape.kind, which)
            cells = to_cells(found)
            rows = [
                (titles(shape.kind, words)[path], path, _text(work, shape.kind, path, words)(cell))
                for path, cell in cells.items()
                if path != "id" and cell not in EMPTY
            ]
            if shape.contact:
                contact = work.contacts.get(found.id)
                own = to_cells(contact) if contact else {}
                for path, _ in shape.contact.values():
                    text = str(own.get(path) or "")
                    cells[path] = text if show_contacts else masked(text)
                    rows.append((titles("contact", words)[path], path, str(cells[path])))
                if show_contacts:
                    work.chain.note(workspace.actor, "contact.show", f"person {found.id}")
                    work.commit()
        heads = [words.gettext(one) for one in (msgid("field"), msgid("path"), msgid("value"))]
        document = {"kind": shape.kind, "record": cells}
        emit(context, "record", document, lambda: show_table(heads, rows))

    params: list[click.Parameter] = [_which()]
    if shape.contact:
        params.append(show_contacts_option())
    return Command(
        "show", callback=show, params=params, help=msgid("Show one with all its fields.")
    )


def show_contacts_option() -> Option:
    """Give the option that shows telephone numbers in full."""
    said = msgid("show numbers in full; that you looked is written into the history")
    return Option(["--show-contacts"], is_flag=True, help=said)
