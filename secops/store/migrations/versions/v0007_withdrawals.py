"""Answers that take another back: a mark of their own."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0007"
down_revision: Final = "0006"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Add the column; what stands takes nothing back."""
    op.add_column("answer", sa.Column("withdraws", sa.Integer()))
