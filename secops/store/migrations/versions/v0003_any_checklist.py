"""Assessments of units, and by any checklist: a pack, a scope, and grades only where there are."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0003"
down_revision: Final = "0002"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Take what stands as being of systems, by the standard."""
    with op.batch_alter_table("assessment") as table:
        table.add_column(sa.Column("unit", sa.Text()))
        table.add_column(sa.Column("pack", sa.Text(), nullable=False, server_default="gb22239"))
        table.add_column(sa.Column("scope", sa.Text(), nullable=False, server_default=""))
        table.alter_column("system", existing_type=sa.Text(), nullable=True)
        table.alter_column("s", existing_type=sa.Integer(), nullable=True)
        table.alter_column("a", existing_type=sa.Integer(), nullable=True)
        table.create_foreign_key(
            op.f("fk_assessment_unit_unit"),
            "unit",
            ["unit"],
            ["id"],
            deferrable=True,
            initially="DEFERRED",
        )
    op.create_index(op.f("ix_assessment_unit"), "assessment", ["unit"])
    with op.batch_alter_table("assessment") as table:
        table.alter_column("pack", existing_type=sa.Text(), server_default=None)
        table.alter_column("scope", existing_type=sa.Text(), server_default=None)
