"""How titles and posts call the roles that answer."""

from __future__ import annotations

from secops.contracts.words import label
from secops.model.checking import AnswerRole
from secops.settings.catalogue import words_for


def roles_spelled() -> dict[str, AnswerRole]:
    """Give each role by its name, in whatever language we speak: titles stay as written."""
    spoken = [words_for(language) for language in ("zh", "en")]
    return {label(role, words): role for words in spoken for role in AnswerRole}
