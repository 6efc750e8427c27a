"""What `secops platform` prints: tables for people, documents for programs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final

import click

from secops.cli.assess_showing import assessment_document
from secops.cli.assess_words import say_value, value_document
from secops.cli.clauses import clause_said
from secops.cli.shared import emit, words_of
from secops.cli.table import show_block, show_table
from secops.cli.times import civil
from secops.contracts.words import Words, label
from secops.errors import msgid
from secops.model.answer import reason_of
from secops.model.judgement import Finding
from secops.model.platform_statement import Kept, StatedItem
from secops.operations.check_platforms import Checked, Trouble
from secops.operations.inherit_items import Taken
from secops.operations.make_statement import Made
from secops.operations.statements import newest_statements

_COLUMNS: Final = (
    msgid("no."),
    msgid("platform"),
    msgid("unit"),
    msgid("grades"),
    msgid("items"),
    msgid("valid until"),
    msgid("state"),
    msgid("origin"),
)
_NOTHING_WRITTEN: Final = msgid("dry run: nothing was written")


def statement_document(kept: Kept) -> dict[str, object]:
    """Name a statement, and what it rests on."""
    record, said = kept.record, kept.statement
    platform, made_of = said.platform, said.assessment
    return {
        "no": record.no,
        "origin": record.origin.value,
        "digest": record.digest,
        "key": record.key,
        "platform": {"id": platform.id, "name": platform.name},
        "unit": platform.unit,
        "credit_code": platform.credit_code,
        "grades": str(platform.grades),
        "level": int(platform.grades.level),
        "filing_number": platform.filing_number,
        "assessment": {
            "no": made_of.no,
            "revision": made_of.revision,
            "checklist": made_of.pack,
            "edition": made_of.edition,
            "item_set": made_of.item_set,
            "state": made_of.state,
            "frozen_at": made_of.frozen_at.isoformat(),
        },
        "made_by": said.made_by,
        "means": said.means,
        "made_at": said.made_at.isoformat(),
        "valid_until": said.valid_until.isoformat(),
        "head": {"seq": said.head.seq, "hash": said.head.hash},
        "items": len(said.items),
    }


def _findings_said(words: Words, findings: Sequence[Finding]) -> None:
    if findings:
        said = words.gettext(msgid("findings added or seen again: {count}"))
        click.echo(said.format(count=len(findings)))


def _ending(words: Words, findings: Sequence[Finding], *, dry_run: bool) -> None:
    _findings_said(words, findings)
    if dry_run:
        click.echo(words.gettext(_NOTHING_WRITTEN))


def show_made(
    context: click.Context, made: Made, findings: Sequence[Finding], *, dry_run: bool
) -> None:
    """Say what was stated, and of how many items nothing could be."""
    words = words_of(context)
    document = _listed([made.kept], dry_run=dry_run)
    document |= {"unanswered": made.unanswered, "findings": [one.no for one in findings]}

    def text() -> None:
        _table(words, [made.kept], made.kept.statement.made_at.date())
        if made.unanswered:
            said = msgid("items of the platform that nobody answered, left out: {count}")
            click.echo(words.gettext(said).format(count=made.unanswered))
        _ending(words, findings, dry_run=dry_run)

    emit(context, "platform-statements", document, text)


def show_imported(
    context: click.Context, kept: Kept, findings: Sequence[Finding], *, dry_run: bool
) -> None:
    """Say what came."""
    words = words_of(context)
    document = _listed([kept], dry_run=dry_run)
    document |= {"unanswered": None, "findings": [one.no for one in findings]}

    def text() -> None:
        _facts(words, kept)
        _ending(words, findings, dry_run=dry_run)

    emit(context, "platform-statements", document, text)


def show_list(context: click.Context, kept: Sequence[Kept], day: date) -> None:
    """Show a line for each statement."""
    document = _listed(kept, dry_run=False) | {"unanswered": None, "findings": []}
    words = words_of(context)
    emit(context, "platform-statements", document, lambda: _table(words, kept, day))


def _listed(kept: Iterable[Kept], *, dry_run: bool) -> dict[str, object]:
    return {"statements": [statement_document(one) for one in kept], "dry_run": dry_run}


def _table(words: Words, kept: Sequence[Kept], day: date) -> None:
    newest = {one.record.no for one in newest_statements(kept).values()}
    rows = [
        [
            str(one.record.no),
            one.statement.platform.name,
            one.statement.platform.unit,
            str(one.statement.platform.grades),
            str(len(one.statement.items)),
            one.statement.valid_until.isoformat(),
            words.gettext(_state(one, newest, day)),
            label(one.record.origin, words),
        ]
        for one in kept
    ]
    show_table([words.gettext(one) for one in _COLUMNS], rows)


def _state(one: Kept, newest: Collection[int], day: date) -> str:
    if one.record.no not in newest:
        return msgid("superseded")
    return msgid("expired") if one.statement.expired(day) else msgid("in force")


def show_whole(context: click.Context, kept: Kept, day: date) -> None:
    """Show a statement with every item."""
    words = words_of(context)
    document = {
        **statement_document(kept),
        "expired": kept.statement.expired(day),
        "stated": [
            {
                "item": str(one.item),
                "clause": str(one.clause),
                "value": value_document(one.value),
                "reason": reason_of(one.value),
                "duty": one.duty.value,
            }
            for one in kept.statement.items
        ],
    }

    def text() -> None:
        _facts(words, kept)
        heads = [msgid("clause"), msgid("verdict"), msgid("duty"), msgid("reason")]
        rows = [_stated_row(words, one) for one in kept.statement.items]
        show_table([words.gettext(one) for one in heads], rows)

    emit(context, "platform-statement", document, text)


def _stated_row(words: Words, one: StatedItem) -> list[str]:
    return [
        str(one.clause),
        say_value(one.value, words),
        label(one.duty, words),
        reason_of(one.value),
    ]


def _facts(words: Words, kept: Kept) -> None:
    said = kept.statement
    platform, made_of = said.platform, said.assessment
    pairs = (
        (msgid("no."), str(kept.record.no)),
        (msgid("platform"), platform.name),
        (msgid("unit"), platform.unit),
        (msgid("grades"), str(platform.grades)),
        (msgid("filing number"), platform.filing_number),
        (msgid("checklist"), made_of.edition),
        (msgid("revision"), str(made_of.revision)),
        (msgid("frozen at"), civil(made_of.frozen_at)),
        (msgid("stated by"), said.made_by),
        (msgid("made at"), civil(said.made_at)),
        (msgid("valid until"), said.valid_until.isoformat()),
        (msgid("items"), str(len(said.items))),
        (msgid("signed by key"), kept.record.key or words.gettext(msgid("not signed"))),
        (msgid("digest"), kept.record.digest),
    )
    show_block([(words.gettext(name), value) for name, value in pairs])


def show_taken(
    context: click.Context, taken: Taken, findings: Sequence[Finding], *, dry_run: bool
) -> None:
    """Say who answers which item from now on."""
    words, one = words_of(context), taken.one
    document = {
        **assessment_document(one.series, one.assessment),
        "items": [
            {
                "item": str(it.asked.item.id),
                "clause": str(it.asked.at.clause),
                "duty": it.duty.value,
                "value": value_document(it.stated.value),
                "reason": reason_of(it.stated.value),
                "set_aside": it.set_aside,
            }
            for it in taken.items
        ],
        "left": [str(it.item.id) for it in taken.left],
        "findings": [it.no for it in findings],
        "dry_run": dry_run,
    }

    def text() -> None:
        heads = [msgid("clause"), msgid("duty"), msgid("the platform states"), msgid("gist")]
        rows = [
            [
                clause_said(it.asked.item, it.asked.at),
                label(it.duty, words),
                say_value(it.stated.value, words),
                it.asked.at.gist,
            ]
            for it in taken.items
        ]
        if rows:
            show_table([words.gettext(head) for head in heads], rows)
        click.echo(words.gettext(msgid("items decided: {count}")).format(count=len(rows)))
        if aside := sum(it.set_aside for it in taken.items):
            said = msgid("own answers that no longer count: {count}")
            click.echo(words.gettext(said).format(count=aside))
        if taken.left:
            said = msgid("items left to another platform; name them with --item: {count}")
            click.echo(words.gettext(said).format(count=len(taken.left)))
        _ending(words, findings, dry_run=dry_run)

    emit(context, "platform-inherit", document, text)


def show_checked(context: click.Context, checked: Checked, day: date, *, dry_run: bool) -> None:
    """Say what is wrong, a line each."""
    words = words_of(context)
    document = {
        "day": day.isoformat(),
        "tenants": checked.tenants,
        "troubles": [
            {
                "system": {"no": one.tenant.no, "id": one.tenant.id, "name": one.tenant.name},
                "kind": one.kind.value,
                "platform": one.platform,
                "unit": one.unit,
                "clauses": list(one.clauses),
                "valid_until": one.until.isoformat() if one.until else None,
            }
            for one in checked.troubles
        ],
        "findings": [one.no for one in checked.findings],
        "dry_run": dry_run,
    }

    def text() -> None:
        heads = [msgid("system"), msgid("problem"), msgid("platform"), msgid("unit")]
        heads += [msgid("valid until"), msgid("clauses")]
        if checked.troubles:
            rows = [_trouble_row(words, one) for one in checked.troubles]
            show_table([words.gettext(head) for head in heads], rows)
        said = words.gettext(msgid("systems that inherit: {tenants}; problems: {count}"))
        click.echo(said.format(tenants=checked.tenants, count=len(checked.troubles)))
        _ending(words, checked.findings, dry_run=dry_run)

    emit(context, "platform-check", document, text)


def _trouble_row(words: Words, one: Trouble) -> list[str]:
    return [
        one.tenant.name,
        label(one.kind, words),
        one.platform,
        one.unit,
        one.until.isoformat() if one.until else "",
        " ".join(one.clauses),
    ]
