"""Which sheets a kit has beside the self-check, and which cells of which records they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from secops.errors import msgid
from secops.model.unit import Post

CONTACT: Final = "contact."
"""Before the cells of a person that are kept apart, erasable."""
POST: Final = "post"
"""Kind of the rows of a post that nobody holds; their id is the post's."""
TODO: Final = "todo"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellAsked:
    """One column: a cell of a record by its path."""

    path: str
    width: int = 14
    needed: bool = False
    fixed: bool = False

    @property
    def private(self) -> bool:
        """Whether it is contact data."""
        return self.path.startswith(CONTACT)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSheet:
    """One sheet: the records of one kind that a unit has, and room for new ones."""

    kind: str
    title: str  # a msgid
    cells: tuple[CellAsked, ...]
    spare: int = 0


def _owner(role: str) -> tuple[CellAsked, ...]:
    before = f"ownership.{role}."
    return (
        CellAsked(path=f"{before}unit", width=18),
        CellAsked(path=f"{before}person", width=11, needed=True),
        CellAsked(path=f"{before}post", width=13, needed=True),
    )


BEFORE: Final = (
    RecordSheet(
        kind="unit",
        title=msgid("the unit"),
        cells=(
            CellAsked(path="name", width=26, fixed=True),
            CellAsked(path="short_name", width=14),
            CellAsked(path="credit_code", width=23, needed=True),
            CellAsked(path="address.detail", width=32, needed=True),
            CellAsked(path="address.postcode", width=11),
            CellAsked(path="address.region_code", width=13),
            CellAsked(path="internet_addresses", width=24),
        ),
    ),
    RecordSheet(
        kind="person",
        title=msgid("persons of the unit"),
        cells=(
            CellAsked(path="name", width=13, needed=True),
            CellAsked(path="title", width=18),
            CellAsked(path="contact.office_phone", width=18),
            CellAsked(path="contact.mobile", width=18),
            CellAsked(path="contact.email", width=28),
            CellAsked(path="left_on", width=13),
        ),
        spare=12,
    ),
    RecordSheet(
        kind="appointment",
        title=msgid("posts and who holds them"),
        cells=(
            CellAsked(path="post", width=26, fixed=True),
            CellAsked(path="person", width=14, needed=True),
            CellAsked(path="department", width=24),
        ),
    ),
    RecordSheet(
        kind="system",
        title=msgid("systems and websites"),
        cells=(
            CellAsked(path="name", width=24, needed=True),
            CellAsked(path="kind", width=12, needed=True),
            CellAsked(path="stage", width=10, needed=True),
            CellAsked(path="business.domain_names", width=22),
            *_owner("supervises"),
            *_owner("maintains"),
            *_owner("uses"),
            CellAsked(path="grading.business_information", width=11),
            CellAsked(path="grading.system_service", width=11),
            CellAsked(path="filing.state", width=13),
            CellAsked(path="filing.number", width=20),
            CellAsked(path="hosting.kind", width=12),
            CellAsked(path="data.personal", width=10),
            CellAsked(path="registration.icp_number", width=20),
            CellAsked(path="note", width=24),
        ),
        spare=12,
    ),
)
"""What stands before the self-check."""

AFTER: Final = (
    RecordSheet(
        kind="component",
        title=msgid("devices and terminals"),
        cells=(
            CellAsked(path="name", width=24, needed=True),
            CellAsked(path="kind", width=14, needed=True),
            CellAsked(path="product", width=24),
            CellAsked(path="version", width=16),
        ),
        spare=12,
    ),
    RecordSheet(
        kind="supply",
        title=msgid("suppliers of systems"),
        cells=(
            CellAsked(path="system", width=24, needed=True),
            CellAsked(path="supplier", width=28, needed=True),
            CellAsked(path="service", width=26, needed=True),
            CellAsked(path="until", width=13),
        ),
        spare=8,
    ),
    RecordSheet(
        kind="data_category",
        title=msgid("data that systems hold"),
        cells=(
            CellAsked(path="system", width=24, needed=True),
            CellAsked(path="name", width=24, needed=True),
            CellAsked(path="level", width=12),
            CellAsked(path="department", width=18),
            CellAsked(path="person", width=12),
        ),
        spare=8,
    ),
)
"""Registers, behind the self-check."""

SHEETS: Final = {one.kind: one for one in (*BEFORE, *AFTER)}

POSTS: Final = (
    Post.FIRST_RESPONSIBLE,
    Post.DEPUTY_IN_CHARGE,
    Post.SECURITY_DEPARTMENT,
    Post.TECHNICAL_SUPPORT,
    Post.CONTACT_PERSON,
)
"""The posts that every kit asks for."""

KEYS: Final = {
    "person": ("name",),
    "system": ("name",),
    "component": ("name",),
    "supply": ("system", "supplier", "service"),
    "data_category": ("system", "name"),
}
"""The cells by which a row that somebody added is known again."""
