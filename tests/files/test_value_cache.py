"""Values that are kept: the same as when they were made, and believed only where nobody meddled."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from secops.errors import SecopsError
from secops.files.value_cache import MOST_FILES, kept_or_made
from secops.files.value_json import Json, OtherShapeError, codec_of
from secops.model.asking import VERDICT, AsksChoice, AsksRatio, Option
from secops.model.checklist import Clause
from secops.model.common import Confidence

SEALED: Final = 65  # a digest and a line end


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Every kind of field that our values have."""

    name: str
    count: int
    sure: bool
    raw: bytes
    day: date
    weight: Fraction
    confidence: Confidence
    clause: Clause
    pairs: tuple[tuple[str, int], ...]
    asks: tuple[AsksChoice | AsksRatio, ...]
    words: dict[str, str]
    nothing: Clause | None


SAMPLE: Final = Sample(
    name="名称",
    count=-3,
    sure=True,
    raw=b"\0\xff",
    day=date(2026, 2, 28),
    weight=Fraction(1, 3),
    confidence=Confidence.LOW,
    clause=Clause("8.1.4.1.a"),
    pairs=(("a", 1), ("b", 2)),
    asks=(
        AsksRatio("n", "m"),
        AsksChoice((Option("1", "一次", Fraction(1)), Option("0", "", Fraction(0)))),
    ),
    words={"yes": "是"},
    nothing=None,
)


def _never() -> Sample:
    pytest.fail("made again")


def _keep(folder: Path) -> Path:
    """Keep the sample and give its file."""
    kept_or_made(folder, Sample, lambda: "bytes", lambda: SAMPLE)
    (file,) = folder.glob("*.json")
    return file


def test_a_value_comes_back_equal_through_json() -> None:
    codec = codec_of(Sample)
    assert codec.read(json.loads(json.dumps(codec.write(SAMPLE)))) == SAMPLE


def _with(at: int, value: Json) -> Json:
    written = codec_of(Sample).write(SAMPLE)
    assert isinstance(written, list)
    return [*written[:at], value, *written[at + 1 :]]


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (0, 7),
        (1, True),
        (1, "7"),
        (2, 1),
        (3, "no base64"),
        (4, "2026-02-30"),
        (4, 20260228),
        (5, "1/0"),
        (5, "one"),
        (6, "LOWEST"),
        (7, []),
        (7, ["8.1.A"]),
        (8, [["a"]]),
        (8, "ab"),
        (9, [[2, ["n", "m"]]]),
        (9, [[-1, ["n", "m"]]]),
        (9, [[1, ["n"]]]),
        (9, [None]),
        (9, [[0, [[["1", "", "1"]]]]]),
        (10, "yes"),
        (11, "8.1"),
    ],
)
def test_json_of_another_shape_is_refused(at: int, value: Json) -> None:
    with pytest.raises((ValueError, TypeError, LookupError, ArithmeticError, SecopsError)):
        codec_of(Sample).read(_with(at, value))


@pytest.mark.parametrize("raw", [None, 1, "x", [], [1, 2]])
def test_what_is_no_row_at_all_is_refused(raw: Json) -> None:
    with pytest.raises(OtherShapeError):
        codec_of(Sample).read(raw)


@pytest.mark.parametrize("kind", [object, list, set[str], dict[int, str], float])
def test_a_type_that_no_value_of_ours_has_is_refused(kind: object) -> None:
    with pytest.raises(TypeError):
        codec_of(kind)


def test_types_of_other_fields_are_told_apart() -> None:
    assert codec_of(AsksRatio).shape != codec_of(Option).shape
    assert codec_of(tuple[str, str]).shape != codec_of(tuple[str, ...]).shape
    assert codec_of(Clause | None).shape != codec_of(Clause).shape
    assert codec_of(type(VERDICT)).read([]) == VERDICT


def test_what_was_kept_is_not_made_again(tmp_path: Path) -> None:
    file = _keep(tmp_path / "kept")
    assert kept_or_made(tmp_path / "kept", Sample, lambda: "bytes", _never) == SAMPLE
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_other_bytes_and_other_types_are_other_values(tmp_path: Path) -> None:
    _keep(tmp_path)
    other = replace(SAMPLE, name="另一个")
    assert kept_or_made(tmp_path, Sample, lambda: "other bytes", lambda: other) == other
    ratio = AsksRatio("n", "m")
    assert kept_or_made(tmp_path, AsksRatio, lambda: "bytes", lambda: ratio) == ratio
    assert len(list(tmp_path.glob("*.json"))) == 3


def _flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[SEALED + 9] ^= 1
    file.write_bytes(content)


def _resealed(file: Path) -> None:
    body = b'["of another shape"]'
    file.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


def _linked(file: Path) -> None:
    file.rename(file.with_suffix(".elsewhere"))
    file.symlink_to(file.with_suffix(".elsewhere"))


def _as_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _as_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


MEDDLING: Final[dict[str, Callable[[Path], object]]] = {
    "flipped": _flipped,
    "cut": lambda file: file.write_bytes(file.read_bytes()[:-1]),
    "empty": lambda file: file.write_bytes(b""),
    "another shape": _resealed,
    "deep": lambda file: file.write_bytes(b"[" * 100_000),
    "others may write the file": lambda file: file.chmod(0o666),
    "others may write the folder": lambda file: file.parent.chmod(0o777),
    "a link": _linked,
    "a folder": _as_folder,
    "a pipe": _as_pipe,
}


@pytest.mark.parametrize("meddle", MEDDLING.values(), ids=list(MEDDLING))
def test_what_others_could_have_changed_is_not_believed(
    tmp_path: Path, meddle: Callable[[Path], object]
) -> None:
    folder = tmp_path / "kept"
    meddle(_keep(folder))
    made: list[str] = []

    def make() -> Sample:
        made.append("again")
        return SAMPLE

    assert kept_or_made(folder, Sample, lambda: "bytes", make) == SAMPLE
    assert made == ["again"]


def test_what_was_damaged_is_kept_anew(tmp_path: Path) -> None:
    _flipped(_keep(tmp_path))
    kept_or_made(tmp_path, Sample, lambda: "bytes", lambda: SAMPLE)
    assert kept_or_made(tmp_path, Sample, lambda: "bytes", _never) == SAMPLE


def test_what_changed_while_it_was_read_is_not_kept(tmp_path: Path) -> None:
    digests = iter(["before", "after"])
    assert kept_or_made(tmp_path, Sample, lambda: next(digests), lambda: SAMPLE) == SAMPLE
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    folder = tmp_path / "file" / "kept"
    assert kept_or_made(folder, Sample, lambda: "bytes", lambda: SAMPLE) == SAMPLE
    assert kept_or_made(None, Sample, lambda: "bytes", lambda: SAMPLE) == SAMPLE


def test_a_value_that_cannot_be_made_is_not_kept(tmp_path: Path) -> None:
    def make() -> Sample:
        raise OtherShapeError

    with pytest.raises(OtherShapeError):
        kept_or_made(tmp_path, Sample, lambda: "bytes", make)
    assert list(tmp_path.iterdir()) == []


def test_the_oldest_are_forgotten(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 3):
        kept_or_made(tmp_path, Sample, partial(str, number), lambda: SAMPLE)
    assert len(list(tmp_path.glob("*.json"))) == MOST_FILES
