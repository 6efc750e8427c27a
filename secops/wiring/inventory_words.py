"""The words of the inventory: titles of fields, spellings of values, words never to be entered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from secops.contracts.words import Words
from secops.files.cell_text import CellReader, CellWriter
from secops.files.name_words import load_name_words
from secops.files.recognition import Recognition, load_recognition
from secops.judging.name_words import NameWords
from secops.model.record import Cell, Field
from secops.operations.edit_record import Language
from secops.settings.data import data_folder


@cache
def recognition() -> Recognition:
    """Give the titles and spellings of fields and values."""
    return load_recognition(data_folder("checklists") / "recognition" / "inventory.yaml")


@cache
def name_words() -> NameWords:
    """Give what system names are made of."""
    return load_name_words(data_folder("checklists") / "recognition" / "names.yaml")


@cache
def language() -> Language:
    """Give how typed values are read: as in files, any usual spelling."""
    reader = CellReader(recognition())

    def read(field: Field, text: str) -> Cell:
        return reader.read(field, field.path, text, exact=False)

    return Language(read=read, names=name_words())


def titles(kind: str, words: Words) -> Mapping[str, str]:
    """Give the heading of each field: Chinese ones as on the form, else the field's own path."""
    chinese = recognition().kinds[kind].titles
    return chinese if _speaks_chinese(words) else {path: path for path in chinese}


def titled(path: str, words: Words, kind: str = "") -> str:
    """Put the Chinese title beside a field's path: the kind's, else where all kinds agree."""
    if not _speaks_chinese(words):
        return path
    kinds = recognition().kinds
    chosen = [kinds[kind]] if kind in kinds else list(kinds.values())
    found = {one.titles[path] for one in chosen if path in one.titles}
    return f"{found.pop()}\uff08{path}\uff09" if len(found) == 1 else path


def written(field: Field, cell: Cell, words: Words) -> str:
    """Say a cell as files show it in Chinese, else in the words of `--set`."""
    if _speaks_chinese(words):
        return CellWriter(recognition()).write(field, cell).replace("\n", ", ")
    if isinstance(cell, tuple):
        return ", ".join(cell)
    return "" if cell is None else str(cell)


def _speaks_chinese(words: Words) -> bool:
    return type(words) is not Words  # English has no catalogue
