"""Everyone acts as somebody: operations that write are told who, and the history says it."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from secops.contracts import store
from secops.wiring.workspace import Workspace

OPERATIONS = sorted((Path(__file__).parents[2] / "secops" / "operations").glob("*.py"))
WRITES = {"put", "put_many", "append", "note", "mark_erased", "start", "end", "put_attempts"}
STORES = {
    *("units", "persons", "contacts", "appointments", "systems", "components", "endpoints"),
    *("supplies", "data_categories", "permits", "agency_reports", "scans", "evidence", "findings"),
    *("assessments", "answers", "documents", "chain", "settings"),
}
ACTORS = {"Actor", "Acting", "Tools", "_Planning"}  # the last two hold an `Acting`
DERIVED = {store.Observations}  # facts read out of evidence: the attempt says who took it
BY_THEIR_VALUE = {store.Scans, store.EvidenceRecords}  # a plan and a record name their actor


def _writes(function: ast.AST) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else ""
            of_records = isinstance(owner, ast.Call) and getattr(owner.func, "id", "") == (
                "records_of"
            )
            if node.func.attr in WRITES and (name in STORES or of_records):
                return True
    return False


@pytest.mark.parametrize("path", OPERATIONS, ids=lambda path: path.stem)
def test_what_writes_to_the_store_is_told_who_acts(path: Path) -> None:
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _writes(node):
            kinds = {
                name.id
                for one in (*node.args.args, *node.args.kwonlyargs)
                for name in ast.walk(one)
                if isinstance(name, ast.Name)
            }
            assert kinds & ACTORS, node.name


def test_every_write_of_the_store_takes_an_actor_or_a_value_that_names_one() -> None:
    for name, kind in vars(store).items():
        own = inspect.isclass(kind) and kind.__module__ == store.__name__
        if not own or kind in DERIVED | BY_THEIR_VALUE:
            continue
        for method, function in vars(kind).items():
            if method in WRITES and name != "Blobs":
                assert "actor" in inspect.signature(function).parameters, f"{name}.{method}"


def test_every_entry_of_the_history_names_who_acted_and_how(workspace: Workspace) -> None:
    with workspace.begin() as work:
        work.settings.put(workspace.actor, "sample", "yes")
        work.commit()
    with workspace.begin(reading=True) as work:
        entries = list(work.chain.entries())
    assert entries
    assert all(one.account for one in entries)
    assert {one.person for one in entries} == {workspace.actor.person}
    assert {one.means for one in entries} == {"declared"}
