"""The user's language: chosen by --lang, else by SECOPS_LANG, else Chinese."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from secops.contracts.words import Words
from secops.settings.catalogue import use_for_click, words_for


def _known(chosen: object) -> str:
    return "en" if str(chosen or os.environ.get("SECOPS_LANG") or "zh") == "en" else "zh"


def words_of(context: click.Context) -> Words:
    """Give the words of the chosen language."""
    lang = _known(context.find_root().params.get("lang"))
    use_for_click(lang)
    return words_for(lang)


def speak(arguments: Sequence[str]) -> None:
    """Choose click's language before it reads the arguments: it may find them wrong."""
    chosen = ""
    for one, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if one == "--lang":
            chosen = following
        elif one.startswith("--lang="):
            chosen = one.partition("=")[2]
    use_for_click(_known(chosen))
