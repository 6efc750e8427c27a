"""操作人: every operation that writes takes one as its first argument."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

from secops.model.ids import PersonId


@unique
class Means(Enum):
    """How we know who acts; what was only declared is printed as declared."""

    DECLARED = "declared"  # by the operating-system user or --as
    SIGNED = "signed"
    WEB_SESSION = "web_session"
    SPREADSHEET = "spreadsheet"  # declared in a form that came back


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Account, person and means. `person` is None until the account is tied to a person."""

    account: str
    person: PersonId | None = None
    means: Means = Means.DECLARED
