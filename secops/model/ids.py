"""Names of rows. Opaque ids are UUIDv7 text, made where the row is born and never changed.

People see `no`, a short number that is unique per kind in the workspace.
"""

from __future__ import annotations

from typing import NewType

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

Digest = NewType("Digest", str)
"""`sha256:` and 64 hexadecimal digits: how blobs, packs and documents are named."""
