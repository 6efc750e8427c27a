"""Signatures, and what tenants inherit, as operations see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from secops.model.actor import Actor
from secops.model.ids import AssessmentId
from secops.model.key import PublicKey, Signature
from secops.model.platform_statement import Inheritance


class Inheritances(Protocol):
    """Who answers which item of which assessment; append-only, the highest revision stands."""

    def append(self, actor: Actor, batch: Sequence[Inheritance]) -> None:
        """Add; a frozen assessment and a revision that exists already are refused."""

    def of(self, assessment: AssessmentId) -> Iterator[Inheritance]:
        """Give those of an assessment, superseded ones too, by item and revision."""

    def assessments(self) -> frozenset[AssessmentId]:
        """Name the assessments that ever inherited anything."""


class Signer(Protocol):
    """A private key that was unsealed."""

    def __call__(self, content: bytes) -> Signature:
        """Sign these very bytes."""


class Prove(Protocol):
    """Proves signatures."""

    def __call__(self, key: PublicKey, content: bytes, value: bytes) -> bool:
        """Whether the key made this signature over these very bytes."""
