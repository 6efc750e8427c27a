"""What all forms share: kept when they are made, known again, and who filled them in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import islice
from typing import Final

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors import InFile
from secops.errors.forms import NameMissingError, UnknownFillerError, UnknownFormError
from secops.guards.plain_text import plain
from secops.judging.form_check import Checked, Spelled, checked
from secops.judging.form_keeping import form_bytes, read_form
from secops.model.actor import Means
from secops.model.filled_form import FilledForm
from secops.model.form import Form, FormRecord
from secops.model.unit import Person

_NEAR_AMONG: Final = 20_000  # names compared before near ones are offered


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A copy that came back, the form as it was made, and how the two fit."""

    copy: FilledForm
    record: FormRecord
    form: Form
    checked: Checked


def typed(text: str) -> str:
    """Give text as it comes back from a cell."""
    return plain(text).strip()


def keep_form(work: UnitOfWork, blobs: Blobs, acting: Acting, form: Form) -> FormRecord:
    """Keep what stands in a form that goes out."""
    record = FormRecord(
        id=form.id,
        no=work.forms.next_no(),
        purpose=form.purpose,
        subject=form.subject,
        title=form.title,
        made_at=acting.now(),
        made_by=acting.actor,
        base=blobs.put(form_bytes(form)),
        due=form.due,
    )
    work.forms.put(acting.actor, record)
    return record


def returned(
    work: UnitOfWork, blobs: Blobs, copies: Iterable[FilledForm], spelled: Spelled
) -> Iterator[Returned]:
    """Find the form of each copy and check it; raises UnknownFormError."""
    forms: dict[str, tuple[FormRecord, Form]] = {}
    for copy in copies:
        if copy.form not in forms:
            record = work.forms.get(copy.form)
            if record is None:
                raise UnknownFormError(where=InFile(copy.path))
            forms[copy.form] = record, read_form(blobs.get(record.base))
        record, form = forms[copy.form]
        found = checked(form, copy, spelled)
        yield Returned(copy=copy, record=record, form=form, checked=found)


def by_spreadsheet(acting: Acting) -> Acting:
    """Say that what is recorded was declared in a form that came back."""
    return replace(acting, actor=replace(acting.actor, means=Means.SPREADSHEET))


def filler(work: UnitOfWork, copy: FilledForm) -> Person:
    """Give the person whom the first sheet names: by the whole name, or by name and number.

    Raises NameMissingError, UnknownFillerError.
    """
    said = copy.by
    if not said:
        raise NameMissingError(where=copy.by_place)
    name, _, number = said.removesuffix(")").rpartition(" (")
    found = list(work.persons.find(name=said))
    if not found and name:
        found = [one for one in work.persons.find(name=name.strip()) if str(one.no) == number]
    if len(found) == 1:
        return found[0]
    names = [f"{one.name} ({one.no})" for one in found]
    if not names:
        every = [one.name for one in islice(work.persons.all(), _NEAR_AMONG)]
        names = get_close_matches(said, every, n=3, cutoff=0.5)
    raise UnknownFillerError(where=copy.by_place, found=said[:80], near=", ".join(names) or "-")
