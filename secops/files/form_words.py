"""Load the spellings of `checklists/recognition/forms.yaml`; a failing example refuses the file."""

from __future__ import annotations

from pathlib import Path

from secops.errors import WrongValueError
from secops.files.strict_yaml import load
from secops.files.yaml_section import Section
from secops.judging.form_check import Spelled, code_of, folded


def load_form_words(path: Path) -> Spelled:
    """Read the words and run their examples. Raises InputError with the place."""
    return load(path, _parse)


def _parse(file: Section) -> Spelled:
    found: dict[str, tuple[str, ...]] = {}
    spelled = file.section("spelled")
    for code in spelled.keys():  # noqa: SIM118  # a section is no mapping
        for word in spelled.texts(code):
            found[folded(word)] = (*found.get(folded(word), ()), code)
    for example in file.sections("examples"):
        seen, wanted = example.text("seen"), example.text("code")
        offered = tuple((one, "") for one in example.texts("offered"))
        said = code_of(seen, offered, found)
        if said != wanted:
            where = example.where("code")
            raise WrongValueError(where=where, key="code", wanted=said or "-", found=wanted)
    return found
