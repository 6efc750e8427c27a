"""Forms as operations see them: what went out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from secops.model.actor import Actor
from secops.model.form import FormRecord


class Forms(Protocol):
    """What forms went out of this workspace; append-only."""

    def put(self, actor: Actor, record: FormRecord) -> None:
        """Add one."""

    def get(self, id: str) -> FormRecord | None:
        """Give one; None: this workspace made no such form."""

    def all(self) -> Iterator[FormRecord]:
        """Give every one, by number."""

    def next_no(self) -> int:
        """Give the number of the next form."""
