"""Load `checklists/recognition/website.yaml`; an example that fails refuses the file."""

from __future__ import annotations

from pathlib import Path

from secops.errors import WrongValueError
from secops.files.strict_yaml import load
from secops.files.yaml_section import Section
from secops.reading.http_page import FilingMark, WebsiteWords


def load_website_words(path: Path) -> WebsiteWords:
    """Read the words and run their examples. Raises InputError with the place."""
    return load(path, _parse)


def _mark(section: Section) -> FilingMark:
    return FilingMark(
        mark=section.text("mark"),
        end=section.text("end"),
        least_digits=section.integer("least"),
        most_digits=section.integer("most"),
    )


def _parse(file: Section) -> WebsiteWords:
    words = WebsiteWords(
        provinces=file.text("provinces"),
        icp=_mark(file.section("icp")),
        police=_mark(file.section("police")),
        listings=tuple(file.texts("listings")),
    )
    for example in file.sections("examples"):
        text = example.text("text")
        for key, kind in (("icp", words.icp), ("police", words.police)):
            wanted = example.text(key, "")
            found = words.filing_number(text, kind)
            if found != wanted:
                where = example.where(key)
                raise WrongValueError(where=where, key=key, wanted=wanted or "-", found=found)
    return words
