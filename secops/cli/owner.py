"""`secops owner`: whose is this, and whom do I call."""

from __future__ import annotations

import click

from secops.cli.records import show_contacts_option
from secops.cli.shared import Command, emit, words_of, workspace_of
from secops.contracts.words import Words, label
from secops.errors import ExitCode, msgid
from secops.guards.text import tamed
from secops.judging.masking import masked
from secops.operations.find_owner import Caller, Nearest, Owned, Ownership, asked, find_owner

_ROLES = (
    ("supervises", msgid("supervises")),
    ("maintains", msgid("maintains")),
    ("uses", msgid("uses")),
)
MATCHES = {
    "SAME_URL": msgid("same URL"),
    "SAME_PLACE": msgid("same host and port"),
    "SAME_HOST": msgid("same host"),
    "DOMAIN_NAME": msgid("domain name of the system"),
    "SOURCE_RANGE": msgid("within its source addresses"),
    "PARENT_DOMAIN": msgid("only the domain above it: a guess"),
    "UNIT_RANGE": msgid("within the unit's addresses: a guess"),
    "NEIGHBOUR": msgid("a neighbour in the same network or domain: a guess"),
}


@click.pass_context
def _owner(context: click.Context, /, place: str, *, show_contacts: bool) -> None:
    question = asked(place)
    if question is None:
        said = words_of(context).gettext(msgid("no address, host name or URL: {place}"))
        raise click.BadParameter(said.format(place=tamed(place)))
    workspace = workspace_of(context)
    with workspace.begin() as work:
        found = find_owner(work, question)
        if show_contacts and found.owned:
            called = {x.person.id for one in found.owned for x in one.callers if x.person}
            for person in sorted(called):
                work.chain.note(workspace.actor, "contact.show", f"person {person}")
            work.commit()
    document = {
        "asked": place,
        "systems": [_document(one, show_contacts=show_contacts) for one in found.owned],
        "nearest": [_near(one) for one in found.nearest],
    }
    emit(context, "owner", document, lambda: _say(context, place, found, show=show_contacts))
    context.exit(ExitCode.DONE if found.owned else ExitCode.NOT_GOOD)


def _phones(caller: Caller, *, show: bool) -> list[str]:
    contact = caller.contact
    texts = (contact.office_phone, contact.mobile, contact.email) if contact else ()
    return [text if show else masked(text) for text in texts if text and text != "/"]


def _document(one: Owned, *, show_contacts: bool) -> dict[str, object]:
    return {
        "match": one.match.name.lower(),
        "ground": one.ground,
        "no": one.system.no,
        "name": one.system.name,
        "stage": one.system.stage.value,
        "operating_unit": one.operating_unit.name if one.operating_unit else "",
        "responsibilities": [
            {
                "role": role,
                "unit": caller.unit.name if caller.unit else "",
                "person": caller.person.name if caller.person else "",
                "post": caller.responsibility.post,
                "left_on": str((caller.person and caller.person.left_on) or "") or None,
                "contacts": _phones(caller, show=show_contacts),
            }
            for (role, _), caller in zip(_ROLES, one.callers, strict=True)
        ],
    }


def _near(one: Nearest) -> dict[str, object]:
    return {"match": one.match.name.lower(), "ground": one.ground, "unit": one.unit.name}


def _say(context: click.Context, place: str, found: Ownership, *, show: bool) -> None:
    words = words_of(context)
    for one in found.owned:
        _say_owned(one, words, show=show)
    if not found.owned:
        nobody = msgid("{place}: no system of the list answers there")
        click.echo(words.gettext(nobody).format(place=tamed(place)))
        for near in found.nearest:
            fits = words.gettext(MATCHES[near.match.name])
            ask = words.gettext(msgid("perhaps ask {unit} ({ground}: {fits})"))
            click.echo("  " + ask.format(unit=near.unit.name, ground=tamed(near.ground), fits=fits))


def _say_owned(one: Owned, words: Words, *, show: bool) -> None:
    unit = one.operating_unit.name if one.operating_unit else "-"
    stage = label(one.system.stage, words)
    click.echo(f"{one.system.name} ({one.system.no})  {stage}  {unit}")
    fits = words.gettext(MATCHES[one.match.name])
    click.echo(
        "  "
        + words.gettext(msgid("found by {ground}: {fits}")).format(
            ground=tamed(one.ground), fits=fits
        )
    )
    for (_, role), caller in zip(_ROLES, one.callers, strict=True):
        click.echo(f"  {words.gettext(role)}: {_said(caller, words, show=show)}")


def _said(caller: Caller, words: Words, *, show: bool) -> str:
    if caller.person is None:
        return words.gettext(msgid("nobody stated"))
    parts = [
        caller.unit.name if caller.unit else "",
        caller.responsibility.post,
        caller.person.name,
    ]
    parts += _phones(caller, show=show) or [words.gettext(msgid("no contact stated"))]
    if caller.person.left_on:
        parts.append(words.gettext(msgid("left on {day}")).format(day=caller.person.left_on))
    return "  ".join(tamed(part) for part in parts if part)


command = Command(
    "owner",
    callback=_owner,
    params=[click.Argument(["place"], metavar="ADDRESS|DOMAIN|URL"), show_contacts_option()],
    help=msgid("Whose is this, and whom do I call."),
)
