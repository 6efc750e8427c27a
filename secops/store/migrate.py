"""Brings a database to the tables of this secops; Alembic is only loaded when there is work."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from secops.errors.store import StoreNewerError

HEAD: Final = "0007"
"""The newest step; a test compares it with the folder of migrations."""

KNOWN: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
FOLDER: Final = Path(__file__).parent / "migrations"


def version_of(connection: Connection) -> str | None:
    """Give the step at which a database stands; None: it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def is_current(connection: Connection) -> bool:
    """Whether nothing is missing; raises StoreNewerError when a newer secops was here."""
    found = version_of(connection)
    if found is not None and found not in KNOWN:
        raise StoreNewerError(found=found)
    return found == HEAD


def migrate(connection: Connection, *, to: str = "head") -> None:
    """Run what is missing, in the caller's transaction."""
    if is_current(connection):
        return
    from alembic import command  # noqa: PLC0415  # a tenth of a second that most runs save
    from alembic.config import Config  # noqa: PLC0415  # as above

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
