"""What a system inherits from a platform, in the report: who states it, until when, who took it."""

from __future__ import annotations

from secops.documents.clean import clean
from secops.documents.printing import Printing, short
from secops.errors import msgid
from secops.model.answer import Answer, Subject
from secops.model.common import NotApplicable
from secops.model.ids import AnswerId
from secops.model.judgement import answered_risk
from secops.model.platform_statement import Inherited
from secops.model.score import ScoredItem


def inherited_said(one: Inherited, printing: Printing) -> str:
    """Say where a value comes from; it is no answer of the tenant's persons."""
    row, statement = one.inheritance, one.statement
    said = msgid(
        "inherited from {platform} of {unit} ({duty}): {value}; statement {digest} by {by}, "
        "valid until {until}; taken over by {person} on {day}"
    )
    _, value = printing.value(one.stated.value)
    if isinstance(one.stated.value, NotApplicable):
        value = f"{value} ({one.stated.value.reason})"
    return clean(
        printing.say(said).format(
            platform=statement.platform.name,
            unit=statement.platform.unit,
            duty=printing.label(row.duty),
            value=value,
            digest=short(row.statement),
            by=statement.made_by,
            until=statement.valid_until.isoformat(),
            person=printing.name(row.taken_by),
            day=printing.day(row.recorded_at),
        )
    )


def fails_at_platform(item: ScoredItem) -> bool:
    """Whether what is inherited is not compliant."""
    return item.inherited is not None and answered_risk(item.inherited.stated.value) is not None


def stood_behind(one: Inherited, subject: Subject) -> Answer:
    """Give who stands behind an inherited problem in the report: whoever took it over.

    Only printed, as inherited; it is never kept or counted.
    """
    row = one.inheritance
    return Answer(
        id=AnswerId(row.id),
        assessment=row.assessment,
        subject=subject,
        item=row.item,
        revision=row.revision,
        value=one.stated.value,
        answered_by=row.taken_by,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
    )
