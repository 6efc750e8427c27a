"""Prints a gate of the three synchronies as a sheet."""

from __future__ import annotations

from secops.documents.printer import Means, gate_printer
from secops.judging.gates import GATES
from secops.model.system import System
from secops.operations.gate_facts import gate_facts
from secops.operations.gate_looking import Place, find_stage
from secops.operations.make_report import prepare_report
from secops.wiring.report import Ready, Wanted, occasion_of, ready
from secops.wiring.tables import load_tables
from secops.wiring.today import today
from secops.wiring.workspace import Workspace


def stage_called(workspace: Workspace, text: str) -> str:
    """Give the title of a stage; raises UnknownStageError."""
    library = load_tables(workspace.path).library
    return find_stage(library.in_force(GATES, today(workspace)), text).title


def prepare_gate(workspace: Workspace, wanted: Wanted, means: Means) -> Ready:
    """Gather the facts of a gate sheet in one reading transaction."""
    tables = load_tables(workspace.path)
    checklist = tables.library.in_force(GATES, today(workspace))
    assert isinstance(wanted.about, System)  # noqa: S101  # the command asks for a system
    place = Place(
        system=wanted.about, stage=find_stage(checklist, wanted.stage), checklist=checklist
    )
    occasion = occasion_of(workspace, wanted)
    with workspace.begin(reading=True) as work:
        facts = gate_facts(work, workspace.blobs, tables, place, occasion)
    printer = gate_printer(means)
    return ready(prepare_report(printer, facts), printer, wanted)
