"""Any record comes back from its body as it went in, and any change can be undone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secops.model.inventory import KINDS
from secops.model.record import to_cells
from secops.store.cells import body_of, read_body, required_of
from secops.store.changes import changes_between, undo_all

_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20
)
_NUMBER = st.decimals(allow_nan=False, allow_infinity=False)


def _any_of(name: str) -> st.SearchStrategy[Any]:
    """Give any record of a kind: its own types say what may stand where."""
    st.register_type_strategy(str, _TEXT)
    st.register_type_strategy(Decimal, _NUMBER)
    return st.from_type(KINDS[name])


def _body(record: object) -> str:
    kind: Any = type(record)
    return body_of(to_cells(record), required_of(kind))


@pytest.mark.parametrize("name", KINDS)
@given(chosen=st.data())
@settings(max_examples=20, deadline=None)
def test_a_body_gives_back_its_record(name: str, chosen: st.DataObject) -> None:
    record = chosen.draw(_any_of(name))
    assert read_body(KINDS[name], _body(record)) == record


@pytest.mark.parametrize("name", ["unit", "system", "endpoint"])
@given(chosen=st.data())
@settings(max_examples=20, deadline=None)
def test_undoing_a_change_gives_the_state_before(name: str, chosen: st.DataObject) -> None:
    before, after = (_body(chosen.draw(_any_of(name))) for _ in range(2))
    assert undo_all(after, [changes_between(before, after)]) == before
    assert undo_all(after, [""]) is None
