"""Names of rows. Opaque ids are UUIDv7 text, made where the row is born and never changed.

People see `no`, a short number that is unique per kind in the workspace.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NewType

from secops.errors import WrongValueError, msgid

UnitId = NewType("UnitId", str)
PersonId = NewType("PersonId", str)
AppointmentId = NewType("AppointmentId", str)
SystemId = NewType("SystemId", str)
ComponentId = NewType("ComponentId", str)
EndpointId = NewType("EndpointId", str)
DataCategoryId = NewType("DataCategoryId", str)
SupplyId = NewType("SupplyId", str)
PermitId = NewType("PermitId", str)
ScanId = NewType("ScanId", str)
AttemptId = NewType("AttemptId", str)
EvidenceId = NewType("EvidenceId", str)
FindingId = NewType("FindingId", str)
AssessmentId = NewType("AssessmentId", str)
AnswerId = NewType("AnswerId", str)
DocumentId = NewType("DocumentId", str)
WaiverId = NewType("WaiverId", str)

Digest = NewType("Digest", str)
"""`sha256:` and 64 hexadecimal digits: how blobs, packs and documents are named."""


@dataclass(frozen=True, slots=True, order=True)
class ItemId:
    """Pack, group and name, such as `gb22239/ce/identity-1`."""

    text: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+){2}", self.text):
            wanted = msgid("an id such as gb22239/ce/identity-1")
            raise WrongValueError(key="item", wanted=wanted, found=self.text)

    @property
    def pack(self) -> str:
        """The checklist that it belongs to."""
        return self.text.partition("/")[0]

    def __str__(self) -> str:
        return self.text
