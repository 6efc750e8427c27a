"""What may stand in a body: any text but NUL, which PostgreSQL does not keep."""

from __future__ import annotations

import pytest

from secops.errors import WrongValueError
from secops.store.cells import body_of


@pytest.mark.parametrize("text", ["\\u0000", "\\\\u0000", "path\\u0000\\"])
def test_a_backslash_before_u0000_is_text(text: str) -> None:
    assert body_of({"name": text})


@pytest.mark.parametrize("text", ["\0", "\\\0", "a\\\\\0b"])
def test_nul_is_refused(text: str) -> None:
    with pytest.raises(WrongValueError):
        body_of({"name": text})
