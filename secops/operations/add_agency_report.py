"""等级测评报告 of an agency, entered as printed; nothing of it is ever recomputed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from secops.contracts.store import UnitOfWork
from secops.contracts.world import Acting
from secops.model.assessment import AgencyReport
from secops.model.ids import Digest
from secops.model.system import System


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What stands on the report, word for word."""

    agency: str
    report_number: str
    cover_date: date
    edition: str
    conclusion: str
    score: str
    evidence: Digest | None = None


def add_agency_report(
    work: UnitOfWork, acting: Acting, system: System, printed: Printed
) -> AgencyReport:
    """Add one."""
    report = AgencyReport(
        id=acting.new_id(),
        no=work.agency_reports.next_no(),
        system=system.id,
        agency=printed.agency,
        report_number=printed.report_number,
        cover_date=printed.cover_date,
        edition=printed.edition,
        conclusion=printed.conclusion,
        score=printed.score,
        evidence=printed.evidence,
    )
    work.agency_reports.put_many(acting.actor, [report])
    return report
