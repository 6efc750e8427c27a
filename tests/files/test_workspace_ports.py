"""secops.toml: written and read back; `ports` are tried on hosts whose ports nobody listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from secops.errors import WrongValueError
from secops.files.workspace_file import (
    WorkspaceFile,
    read_workspace_file,
    write_workspace_file,
)


def _read(folder: Path, line: str) -> tuple[int, ...]:
    path = folder / "secops.toml"
    path.write_text(f"{line}\n", "utf-8")
    return read_workspace_file(path).ports


def test_ports_and_ranges_are_read_in_order(tmp_path: Path) -> None:
    assert _read(tmp_path, 'ports = "8080, 22 8000-8002,22"') == (22, 8000, 8001, 8002, 8080)


def test_without_a_line_the_common_ports_are_tried(tmp_path: Path) -> None:
    assert _read(tmp_path, "") == ()


@pytest.mark.parametrize(
    "said",
    [
        WorkspaceFile(),
        WorkspaceFile(person='林"一帆', ports=(22, 80, 81, 82, 443)),
        WorkspaceFile(
            database="postgresql://host/name", plugins=("one", "two"), roots=("根/ca.pem",)
        ),
    ],
)
def test_what_was_written_is_read_back(tmp_path: Path, said: WorkspaceFile) -> None:
    write_workspace_file(tmp_path / "secops.toml", said)
    assert read_workspace_file(tmp_path / "secops.toml") == said


@pytest.mark.parametrize("text", ["0", "65536", "9-1", "-oN", "22;ls", "２２", "http"])
def test_what_is_no_port_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        _read(tmp_path, f'ports = "80,{text}"')
    assert text.split(";", maxsplit=1)[0] in caught.value.details["found"]
    assert str(caught.value.where).endswith("secops.toml")
