"""Opens the catalogue of a language, when text is shown and not before."""

from __future__ import annotations

import gettext
import os
from functools import cache
from typing import Final

from secops.contracts.words import Words
from secops.settings.data import locale_folder

DOMAIN: Final = "secops"
FOLDERS: Final = {"zh": "zh_CN", "en": "en"}


@cache
def words_for(lang: str) -> Words:
    """Give the sentences of `zh` or `en`; English is in the code and needs no file."""
    if lang == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, locale_folder(), [FOLDERS[lang]])


def use_for_click(lang: str) -> None:
    """Click's own sentences ("Usage") come from gettext's global domain: make that ours."""
    os.environ["LANGUAGE"] = FOLDERS[lang]
    gettext.bindtextdomain(DOMAIN, str(locale_folder()))
    gettext.textdomain(DOMAIN)
