"""Load the words of `checklists/recognition/names.yaml`; an example that fails refuses the file."""

from __future__ import annotations

from pathlib import Path

from secops.errors import WrongValueError
from secops.files.strict_yaml import load
from secops.files.yaml_section import Section
from secops.judging.name_words import NameWords, folded


def load_name_words(path: Path) -> NameWords:
    """Read the words and run their examples. Raises InputError with the place."""
    return load(path, _parse)


def _parse(file: Section) -> NameWords:
    light = (folded(word) for word in file.texts("light"))
    words = NameWords(
        light=tuple(sorted(light, key=len, reverse=True)),
        secret=tuple(folded(word) for word in file.texts("secret")),
        not_secret=tuple(folded(word) for word in file.texts("not_secret")),
    )
    for example in file.sections("examples"):
        name = example.text("name")
        core, secret = words.core(name), words.secret_word(name)
        for key, found in (("core", core), ("secret", secret)):
            if example.has(key) and example.text(key) != found:
                raise WrongValueError(where=example.where(key), key=key, wanted=found, found=name)
        if secret and not example.has("secret"):
            raise WrongValueError(where=example.where(), key="secret", wanted=secret, found=name)
    return words
