"""Items as people know them: the clause at the system's level and its control point."""

from __future__ import annotations

from secops.contracts.store import UnitOfWork
from secops.errors import SecopsError
from secops.judging.tables import Tables
from secops.model.answer import OfUnit, Subject
from secops.model.checklist import AtLevel, Item
from secops.model.ids import ItemId
from secops.operations.assessments import grades_of


def clause_said(item: Item, at: AtLevel) -> str:
    """Say an item of a system whose grades are known, such as 8.1.4.2.a 访问控制."""
    return f"{at.clause} {item.control_point}".strip()


class Clauses:
    """Says items by clause; of a system without grades by the clauses of every level."""

    def __init__(self, work: UnitOfWork, tables: Tables) -> None:
        self._work = work
        cases = tables.guide.cases if tables.guide else ()
        self._items = tables.library.items()
        self._items |= {one.id: one.item for one in cases}

    def said(self, id: ItemId | None, subject: Subject) -> str:
        """Say one item of this subject; an item of an edition that is gone by its id."""
        item = self._items.get(id) if id else None
        if item is None:
            return str(id or "")
        levels = self._at(item, subject)
        return f"{' / '.join(str(one.clause) for one in levels)} {item.control_point}".strip()

    def _at(self, item: Item, subject: Subject) -> tuple[AtLevel, ...]:
        system = None if isinstance(subject, OfUnit) else self._work.systems.get(subject.system)
        if system is None:
            return item.at
        try:
            grades = grades_of(system)
        except SecopsError:  # not graded yet, or no target of grading
            return item.at
        asked = (one for one in item.at if one.level is grades.deciding(one.attribute))
        return tuple(asked) or item.at
