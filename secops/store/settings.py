"""Named settings of the workspace."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, select

from secops.model.actor import Actor
from secops.model.history import canonical
from secops.store import bulk
from secops.store.chain import Change, SqlChain
from secops.store.tables import SETTING


class SqlSettings:
    """Keys and values; each change is in the chain."""

    def __init__(self, connection: Connection, chain: SqlChain) -> None:
        self._connection = connection
        self._chain = chain

    def get(self, key: str) -> str | None:
        """Give the value that was set, if any."""
        query = select(SETTING.c.value).where(SETTING.c.key == key)
        return self._connection.execute(query).scalar()

    def put(self, actor: Actor, key: str, value: str) -> None:
        """Set it."""
        before = self.get(key)
        if before == value:
            return
        write = bulk.add if before is None else bulk.replace
        write(self._connection, SETTING, [(key, value)])
        said = canonical({"value": [before, value]})
        self._chain.write(actor, "setting.put", [Change(f"setting {key}", "", "", said)])

    def all(self) -> dict[str, str]:
        """Give all that were set."""
        query = select(SETTING.c.key, SETTING.c.value).order_by(SETTING.c.key)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def as_of(self, moment: datetime) -> dict[str, str]:
        """Give all as they were set then: of the later changes the oldest says what was before."""
        settings = self.all()
        for about, changes in self._chain.since("setting.put", moment).items():
            key = about.removeprefix("setting ")
            before: str | None = json.loads(changes[-1])["value"][0]
            if before is None:
                settings.pop(key, None)
            else:
                settings[key] = before
        return settings
