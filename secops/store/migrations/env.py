"""Alembic's entry: runs on the connection that we hand over."""

from __future__ import annotations

from alembic import context

from secops.store.tables import TABLES

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=TABLES,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
