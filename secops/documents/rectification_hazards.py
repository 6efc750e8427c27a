"""高风险判例 and 重大风险隐患 in the report: shown apart, those mended named as mended."""

from __future__ import annotations

from collections.abc import Mapping

from secops.documents.clean import clean
from secops.documents.printing import Printing, notes_of, short
from secops.documents.rectification_case_context import CaseLine, HazardsPart
from secops.documents.rectification_context import DomainPart, ItemLine
from secops.model.case import CaseKind, CaseState
from secops.model.ids import ItemId
from secops.model.score import JudgedCase, Scored

_KINDS = (CaseKind.HAZARD, CaseKind.CASE)
_STATES = tuple(CaseState)


def hazards_part(scored: Scored, printing: Printing) -> HazardsPart | None:
    """Print what was found; None where the item set knows no cases."""
    counts = scored.concluded.hazards
    if counts is None:
        return None
    found = [one for one in scored.cases if one.stands or one.was_present]
    found.sort(key=lambda one: (_KINDS.index(one.case.kind), _STATES.index(one.state)))
    return HazardsPart(
        asked=counts.asked,
        present=counts.present,
        downgraded=counts.downgraded,
        open=counts.open,
        hazards=counts.hazards,
        mended=counts.mended,
        sources=tuple(dict.fromkeys(clean(one.case.source) for one in scored.cases)),
        lines=tuple(_line(one, _codes(scored), printing) for one in found),
    )


def _codes(scored: Scored) -> dict[ItemId, str]:
    return {one.case.id: clean(one.case.code) for one in scored.cases}


def _line(judged: JudgedCase, codes: Mapping[ItemId, str], printing: Printing) -> CaseLine:
    case, answer = judged.case, judged.answer
    return CaseLine(
        code=clean(case.code),
        kind=printing.label(case.kind),
        kind_key=case.kind.value,
        rests_on=codes.get(case.triggers, "") if case.triggers else "",
        title=clean(case.title),
        condition=clean(case.condition),
        clauses=tuple(str(one.at.clause) for one in judged.items),
        state=printing.label(judged.state),
        state_key=judged.state.value,
        mended=judged.mended,
        judged_by=printing.name(answer.answered_by) if answer else "",
        means=printing.label(answer.recorded_by.means) if answer else "",
        judged_on=printing.day(answer.recorded_at) if answer else "",
        notes=notes_of((answer,)) if answer else (),
        measure=clean(case.measure),
        evidence=tuple(short(one) for one in answer.evidence) if answer else (),
    )


def case_classes(scored: Scored, printing: Printing) -> tuple[DomainPart, ...]:
    """Print every case as a line of the list of all items, cases of the guide first."""
    return tuple(
        DomainPart(
            title=printing.label(kind),
            lines=tuple(_item_line(one, _codes(scored), printing) for one in cases),
        )
        for kind in CaseKind
        if (cases := [one for one in scored.cases if one.case.kind is kind])
    )


def _item_line(judged: JudgedCase, codes: Mapping[ItemId, str], printing: Printing) -> ItemLine:
    line = _line(judged, codes, printing)
    return ItemLine(
        clause=line.code,
        control_point=line.title,
        gist=line.condition,
        value=line.state,
        value_key=line.state_key,
        answered_by=(line.judged_by,) if line.judged_by else (),
        means=(line.means,) if line.means else (),
        answered_on=line.judged_on,
        notes=line.notes,
        evidence=line.evidence,
    )
