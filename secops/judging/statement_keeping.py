"""A platform's statement as canonical JSON: the same values give the same bytes to sign.

Reading is strict, although only what an enrolled key signed is ever read: that key may be stolen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from secops.errors import ReasonMissingError, WrongValueError
from secops.model.answer import Verdict
from secops.model.checklist import Clause, Duty
from secops.model.common import NotApplicable, SecurityLevel
from secops.model.grades import Grades
from secops.model.history import Head, canonical, instant
from secops.model.ids import Digest, ItemId
from secops.model.platform_statement import (
    Platform,
    PlatformStatement,
    StatedAssessment,
    StatedItem,
    StatedValue,
)

PAYLOAD: Final = "application/vnd.secops.platform-statement.1+json"
"""What kind of bytes are signed; a newer major version has another number."""
_LONGEST: Final = 2_000
_MOST_ITEMS: Final = 2_000
_NOT_APPLICABLE: Final = "not_applicable"
_ITEMS: Final = "items"


class UnreadableStatementError(ValueError):
    """The bytes are no statement: which key is wrong stands in the message."""


def statement_bytes(one: PlatformStatement) -> bytes:
    """Write a statement."""
    platform, made_of = one.platform, one.assessment
    grades = platform.grades
    return canonical(
        {
            "number": one.number,
            "platform": {
                "id": platform.id,
                "name": platform.name,
                "unit": platform.unit,
                "credit_code": platform.credit_code,
                "s": int(grades.business_information),
                "a": int(grades.system_service),
                "filing_number": platform.filing_number,
            },
            "assessment": {
                "no": made_of.no,
                "revision": made_of.revision,
                "pack": made_of.pack,
                "edition": made_of.edition,
                "item_set": made_of.item_set,
                "state": made_of.state,
                "frozen_at": instant(made_of.frozen_at),
            },
            "items": [
                [str(it.item), str(it.clause), it.duty.value, *_value_cells(it.value)]
                for it in one.items
            ],
            "made_at": instant(one.made_at),
            "made_by": one.made_by,
            "means": one.means,
            "valid_until": one.valid_until,
            "head": [one.head.seq, one.head.hash],
        }
    ).encode()


def _value_cells(value: StatedValue) -> tuple[str, str]:
    if isinstance(value, NotApplicable):
        return _NOT_APPLICABLE, value.reason
    return value.value, ""


def read_statement(value: object) -> PlatformStatement:
    """Read what `statement_bytes` wrote, as JSON read it; raises UnreadableStatementError."""
    try:
        return _statement(_keys(value, _WHOLE))
    except (ReasonMissingError, WrongValueError) as error:
        raise UnreadableStatementError(str(error.details.get("key", error.code))) from error


_WHOLE: Final = "number platform assessment items made_at made_by means valid_until head"
_PLATFORM: Final = "id name unit credit_code s a filing_number"
_ASSESSMENT: Final = "no revision pack edition item_set state frozen_at"


def _statement(said: Mapping[str, object]) -> PlatformStatement:
    platform = _keys(said["platform"], _PLATFORM)
    made_of = _keys(said["assessment"], _ASSESSMENT)
    head = _list(said["head"], 2)
    items = tuple(_item(_list(one, 5)) for one in _list(said["items"]))
    if len({one.item for one in items}) < len(items):
        raise _unfit(_ITEMS)
    return PlatformStatement(
        number=_whole(said["number"]),
        platform=Platform(
            id=_text(platform["id"]),
            name=_text(platform["name"]),
            unit=_text(platform["unit"]),
            credit_code=_text(platform["credit_code"], empty=True),
            grades=Grades(
                business_information=_level(platform["s"]), system_service=_level(platform["a"])
            ),
            filing_number=_text(platform["filing_number"], empty=True),
        ),
        assessment=StatedAssessment(
            no=_whole(made_of["no"]),
            revision=_whole(made_of["revision"]),
            pack=_text(made_of["pack"]),
            edition=_text(made_of["edition"]),
            item_set=Digest(_text(made_of["item_set"])),
            state=Digest(_text(made_of["state"])),
            frozen_at=_moment(made_of["frozen_at"]),
        ),
        items=items,
        made_at=_moment(said["made_at"]),
        made_by=_text(said["made_by"]),
        means=_text(said["means"]),
        valid_until=_day(said["valid_until"]),
        head=Head(seq=_whole(head[0]), hash=_text(head[1]), at=None),
    )


def _item(cells: Sequence[object]) -> StatedItem:
    item, clause, duty, value, reason = (_text(one, empty=True) for one in cells)
    return StatedItem(
        item=ItemId(item), clause=Clause(clause), value=_value(value, reason), duty=_duty(duty)
    )


def _value(text: str, reason: str) -> StatedValue:
    if text == _NOT_APPLICABLE:
        return NotApplicable(reason)
    found = next((one for one in Verdict if one.value == text), None)
    if found is None or reason:
        raise _unfit(_ITEMS)
    return found


def _duty(text: str) -> Duty:
    found = next((one for one in (Duty.PLATFORM, Duty.BOTH) if one.value == text), None)
    if found is None:
        raise _unfit(_ITEMS)
    return found


def _unfit(what: object) -> UnreadableStatementError:
    return UnreadableStatementError(str(what)[:40])


def _keys(value: object, names: str) -> Mapping[str, object]:
    if not isinstance(value, dict) or value.keys() != set(names.split()):
        raise _unfit(names)
    return value


def _list(value: object, length: int | None = None) -> Sequence[Any]:
    fits = isinstance(value, list) and length in (None, len(value))
    if not isinstance(value, list) or not fits or len(value) > _MOST_ITEMS:
        raise _unfit(_ITEMS)
    return value


def _text(value: object, *, empty: bool = False) -> str:
    fits = isinstance(value, str) and (empty or value.strip()) and len(value) <= _LONGEST
    if not isinstance(value, str) or not fits or not value.isprintable():
        raise _unfit(value)
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise _unfit(value)
    return value


def _level(value: object) -> SecurityLevel:
    try:
        return SecurityLevel(_whole(value))
    except ValueError as error:
        raise _unfit(value) from error


def _day(value: object) -> date:
    try:
        return date.fromisoformat(_text(value))
    except ValueError as error:
        raise _unfit(value) from error


def _moment(value: object) -> datetime:
    try:
        return datetime.fromisoformat(_text(value)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _unfit(value) from error
