"""Which roles a person answers for: by appointment, by title, by what a system's owners are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from secops.contracts.store import UnitOfWork
from secops.errors.answering import NoRoleError
from secops.model.checking import AnswerRole
from secops.model.system import System
from secops.model.unit import Appointment, Person, Post
from secops.operations.assessments import Series

_OF_POST: Final[Mapping[Post, tuple[AnswerRole, ...]]] = {
    Post.FIRST_RESPONSIBLE: (AnswerRole.LEADER,),
    Post.DEPUTY_IN_CHARGE: (AnswerRole.LEADER,),
    Post.CHIEF_INFORMATION_OFFICER: (AnswerRole.LEADER,),
    Post.SECURITY_DEPARTMENT: (AnswerRole.SECURITY_ADMINISTRATOR,),
    Post.DATA_DEPARTMENT: (AnswerRole.DATA_OWNER,),
    Post.TECHNICAL_SUPPORT: (AnswerRole.SYSTEM_ADMINISTRATOR,),
}
"""Our own reading, to be confirmed; a contact person answers for no role by that alone."""


def roles_of_person(
    work: UnitOfWork,
    person: Person,
    series: Series,
    spelled: Mapping[str, AnswerRole],
    day: date,
) -> tuple[AnswerRole, ...]:
    """Give the roles on that day; `spelled`: how titles call them. Raises NoRoleError."""
    posts = [it for it in work.appointments.find(person=person.id) if not _ended(it, day)]
    found = {*_appointed(posts, spelled), *_titled(person.title, spelled)}
    if series.system:
        found |= {*_responsible(series.system, person, spelled)}
    if not found:
        choices = ", ".join(one.value for one in AnswerRole)
        raise NoRoleError(name=person.name, choices=choices)
    return tuple(one for one in AnswerRole if one in found)


def _titled(title: str, spelled: Mapping[str, AnswerRole]) -> Iterator[AnswerRole]:
    for name, role in spelled.items():
        if name in title:
            yield role


def _ended(post: Appointment, day: date) -> bool:
    return post.until is not None and post.until < day


def _appointed(
    posts: Iterable[Appointment], spelled: Mapping[str, AnswerRole]
) -> Iterator[AnswerRole]:
    for one in posts:
        yield from _OF_POST.get(one.post, ())
        yield from _titled(one.title, spelled)


def _responsible(
    system: System, person: Person, spelled: Mapping[str, AnswerRole]
) -> Iterator[AnswerRole]:
    ownership = system.ownership
    for one, role in (
        (ownership.supervises, AnswerRole.LEADER),
        (ownership.maintains, AnswerRole.OPERATION_LEAD),
        (ownership.uses, AnswerRole.BUSINESS_OWNER),
    ):
        if one.person == person.id:
            yield role
            yield from _titled(one.post, spelled)
