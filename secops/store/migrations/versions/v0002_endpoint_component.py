"""Endpoints by component, as by system: what stands behind an address belongs to systems too."""

from __future__ import annotations

import json
from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0002"
down_revision: Final = "0001"
branch_labels: Final = None
depends_on: Final = None

_FILL: Final = sa.text("INSERT INTO endpoint_component (id, component) VALUES (:id, :component)")


def upgrade() -> None:
    """Make the table, and fill it from what the endpoints say."""
    op.create_table(
        "endpoint_component",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("component", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["endpoint.id"]),
        sa.ForeignKeyConstraint(
            ["component"], ["component.id"], deferrable=True, initially="DEFERRED"
        ),
        sa.PrimaryKeyConstraint("id", "component"),
    )
    op.create_index(op.f("ix_endpoint_component_component"), "endpoint_component", ["component"])
    connection = op.get_bind()
    for id_, body in connection.execute(sa.text("SELECT id, body FROM endpoint")).all():
        for component in dict.fromkeys(json.loads(body).get("components", ())):
            connection.execute(_FILL, {"id": id_, "component": component})
