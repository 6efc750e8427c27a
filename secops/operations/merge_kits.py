"""Merge the kits of many units: each unit by itself, and one table of who has answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from secops.contracts.store import Begin, Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors import InFile, SecopsError, SeveralInputsError
from secops.errors.kits import NoKitError, OtherUnitKitError
from secops.judging.keeping import read_item_set
from secops.judging.scoring import current
from secops.model.assessment import Assessment
from secops.model.filled_form import FilledForm
from secops.model.form import FormPurpose, FormRecord, FormSubject
from secops.model.ids import AssessmentId, Digest, ItemId, UnitId
from secops.model.kit import KitState
from secops.model.unit import Unit, UnitKind
from secops.operations.forms import Returned, returned
from secops.operations.kit_plan import FileRefused, KitTable, MergeRun, UnitMerge
from secops.operations.merge_kit import merge_kit, record_kit

_RECEIVED: Final = "kit.merge"
Copy = tuple[Path, FilledForm | SecopsError]
"""A file, and what it holds or why it cannot be read."""


@dataclass(slots=True, kw_only=True)
class _Sorted:
    """All copies by their unit, and the files of which nobody can say whose they are."""

    units: dict[UnitId, list[Returned]] = field(default_factory=dict)
    files: list[FileRefused] = field(default_factory=list)


def merge_kits(
    begin: Begin, blobs: Blobs, acting: Acting, copies: Iterable[Copy], run: MergeRun
) -> KitTable:
    """Merge unit by unit, each in a transaction of its own; what fails holds nobody else up."""
    with begin(reading=True) as work:
        found = _sorted(work, blobs, copies, run)
        known = {one.id: one for one in work.assessments.all()}
        sent = _sent(work, known)
        units = {one.id: one for one in work.units.all()}
    departments = tuple(one for one in units.values() if one.kind is UnitKind.DEPARTMENT)
    run = replace(run, departments=departments)
    done = [
        _one(begin, blobs, acting, (units[id], several), run)
        for id, several in sorted(found.units.items(), key=lambda it: units[it[0]].no)
    ]
    rounds = {_round(known, it.form.subject) for several in found.units.values() for it in several}
    others = {
        id: of
        for (id, *of_round), of in sent.items()
        if tuple(of_round) in rounds and id not in found.units and _is_there(units.get(id))
    }
    asked: dict[Digest, frozenset[ItemId]] = {}
    with begin(reading=True) as work:
        missing = [
            _missing(work, blobs, (units[id], known[of[-1].subject.assessment], of), asked)
            for id, of in others.items()
        ]
    table = sorted([*done, *missing], key=lambda one: one.unit.no)
    return KitTable(units=tuple(table), files=tuple(found.files))


def _sorted(work: UnitOfWork, blobs: Blobs, copies: Iterable[Copy], run: MergeRun) -> _Sorted:
    found = _Sorted()
    for path, copy in copies:
        try:
            if isinstance(copy, SecopsError):
                raise copy
            one = _returned(work, blobs, copy, run)
        except SecopsError as error:
            found.files.append(FileRefused(path=path, error=error.at(InFile(path))))
        else:
            found.units.setdefault(_unit(one.form.subject), []).append(one)
    return found


def _returned(work: UnitOfWork, blobs: Blobs, copy: FilledForm, run: MergeRun) -> Returned:
    """Hold a copy against its kit; raises what makes the whole file unfit."""
    (one,) = returned(work, blobs, [copy], run.merging.spelled)
    if one.form.purpose is not FormPurpose.KIT:
        raise NoKitError
    unit = work.units.get(_unit(one.form.subject))
    if unit is None or (run.units and unit.id not in run.units):
        raise OtherUnitKitError
    if one.checked.unfit:
        problems = one.checked.unfit
        raise problems[0] if len(problems) == 1 else SeveralInputsError(problems)
    return one


def _unit(subject: FormSubject) -> UnitId:
    assert subject.unit  # noqa: S101  # every kit is of a unit
    return subject.unit


def _round(known: Mapping[AssessmentId, Assessment], subject: FormSubject) -> tuple[str, str]:
    """Give checklist and cycle of a kit."""
    one = known.get(subject.assessment)
    return (one.pack, one.cycle) if one else ("", "")


def _sent(
    work: UnitOfWork, known: Mapping[AssessmentId, Assessment]
) -> dict[tuple[UnitId, str, str], list[FormRecord]]:
    """Give the kits that went out, by unit, checklist and cycle."""
    sent: dict[tuple[UnitId, str, str], list[FormRecord]] = {}
    for one in work.forms.all():
        if one.purpose is FormPurpose.KIT:
            key = (_unit(one.subject), *_round(known, one.subject))
            sent.setdefault(key, []).append(one)
    return sent


def _one(
    begin: Begin,
    blobs: Blobs,
    acting: Acting,
    copies: tuple[Unit, Sequence[Returned]],
    run: MergeRun,
) -> UnitMerge:
    """Merge one unit; older kits of it are refused beside the newest self-check."""
    unit, several = copies
    subjects: dict[FormSubject, list[Returned]] = {}
    for it in several:
        subjects.setdefault(it.form.subject, []).append(it)
    with begin(reading=run.merging.dry_run) as work:
        merges = [_planned(work, blobs, acting, (unit, own), run) for own in subjects.values()]
        best = max(merges, key=lambda one: one.opened is not None)
        others = [error for one in merges if one is not best for error in one.refused]
        seen = [copy for one in merges for copy in one.copies]
        if best.state in (KitState.TAKEN, KitState.UNCHANGED) and not run.merging.dry_run:
            if best.state is KitState.TAKEN:
                record_kit(work, acting, best)
            if _receive(work, acting, best) or best.state is KitState.TAKEN:
                work.commit()
    return replace(best, copies=tuple(seen), refused=(*best.refused, *others))


def _planned(
    work: UnitOfWork,
    blobs: Blobs,
    acting: Acting,
    copies: tuple[Unit, Sequence[Returned]],
    run: MergeRun,
) -> UnitMerge:
    try:
        return merge_kit(work, blobs, acting, copies, run)
    except SecopsError as error:
        unit, several = copies
        where = InFile(several[0].copy.path)
        return UnitMerge(unit=unit, state=KitState.REFUSED, refused=(error.at(where),))


def _receive(work: UnitOfWork, acting: Acting, one: UnitMerge) -> bool:
    """Note which kits came back, once each; say whether any is new."""
    new = False
    for copy in one.copies:
        about = _received(copy.form)
        if not any(it.action == _RECEIVED for it in work.chain.about(about)):
            work.chain.note(acting.actor, _RECEIVED, about)
            new = True
    return new


def _received(form: int) -> str:
    return f"kit {form}"


def _missing(
    work: UnitOfWork,
    blobs: Blobs,
    about: tuple[Unit, Assessment, Sequence[FormRecord]],
    asked: dict[Digest, frozenset[ItemId]],
) -> UnitMerge:
    """Say how far a unit has come of which no file was read now; `asked`: by item set, kept."""
    unit, assessment, sent = about
    back = any(it.action == _RECEIVED for one in sent for it in work.chain.about(_received(one.no)))
    digest = assessment.item_set
    if digest not in asked:
        items = read_item_set(blobs.get(digest)).asked
        asked[digest] = frozenset(it.item.id for it in items)
    said = {item for item, _ in current(work.answers.of(assessment.id))}
    return UnitMerge(
        unit=unit,
        state=KitState.EARLIER if back else KitState.MISSING,
        answered=len(asked[digest] & said),
        asked=len(asked[digest]),
    )


def _is_there(unit: Unit | None) -> bool:
    return unit is not None and unit.retired_on is None
