"""Keys, statements of shared platforms, and what tenants inherit by them."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0006"
down_revision: Final = "0005"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Make the tables."""
    for name, own in (("key", ()), ("platform_statement", ("platform",))):
        op.create_table(
            name,
            sa.Column("id", sa.Text(), nullable=False),
            sa.Column("no", sa.Integer(), nullable=False),
            *(sa.Column(one, sa.Text(), nullable=False) for one in (*own, "body")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
            sa.UniqueConstraint("no", name=op.f(f"uq_{name}_no")),
        )
    op.create_index(op.f("ix_platform_statement_platform"), "platform_statement", ["platform"])
    _inheritance()


def _inheritance() -> None:
    texts = ("duty", "statement", "taken_by", "account", "person", "means", "recorded_at")
    op.create_table(
        "inheritance",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(sa.Column(one, sa.Text(), nullable=False) for one in texts),
        sa.ForeignKeyConstraint(
            ["assessment"], ["assessment.id"], name=op.f("fk_inheritance_assessment_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["person.id"], name=op.f("fk_inheritance_taken_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inheritance")),
        sa.UniqueConstraint(
            "assessment", "item", "revision", name=op.f("uq_inheritance_assessment_item_revision")
        ),
    )
