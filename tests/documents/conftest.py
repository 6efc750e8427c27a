"""One printed sample for all tests of the report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from secops.documents.printer import Means, TemplatePrinter, rectification_printer
from secops.model.document import DocumentFormat
from secops.model.report import ReportFacts
from secops.settings.catalogue import words_for
from secops.settings.data import data_folder
from secops.wiring.report import fonts_at_hand
from tests.documents.pdf_pages import Page, pages_of
from tests.documents.sample_report import sample_facts, unit_facts


@dataclass(frozen=True, slots=True)
class Printed:
    """A report in the making."""

    printer: TemplatePrinter[ReportFacts]
    facts: ReportFacts
    context: bytes
    template: bytes

    def render(self, fmt: DocumentFormat) -> bytes:
        """Print it in one format."""
        return self.printer.render(fmt, self.context, self.template)


def means(*folders: Path) -> Means:
    """Give what is printed with: templates from these folders before our own."""
    return Means(
        folders=(*folders, data_folder("templates")),
        fonts=fonts_at_hand(),
        words=words_for("zh"),
        zone=ZoneInfo("Asia/Shanghai"),
    )


def printed(facts: ReportFacts, *folders: Path) -> Printed:
    """Build the context of a report with templates from these folders before our own."""
    printer = rectification_printer(means(*folders))
    return Printed(printer, facts, printer.context(facts), printer.template())


@pytest.fixture(scope="session")
def system_report() -> Printed:
    """Give a report about one system."""
    return printed(sample_facts())


@pytest.fixture(scope="session")
def unit_report() -> Printed:
    """Give a report about a unit."""
    return printed(unit_facts())


@pytest.fixture(scope="session", params=["system", "unit"])
def pdf(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[bytes, tuple[Page, ...]]:
    """Each report as PDF, with its pages."""
    report: Printed = request.getfixturevalue(f"{request.param}_report")
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    path.write_bytes(report.render(DocumentFormat.PDF))
    return path.read_bytes(), pages_of(path)
