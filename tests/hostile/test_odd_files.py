"""Files that are no files, or that lie: a sentence and the right exit code, at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from secops.errors import InputError
from secops.errors.files import TooLargeError, UnreadableFileError
from secops.files.chain_file import BadHeadError, read_head
from secops.files.whole_file import content_of
from tests.conftest import Run

LONG = "x" * 300

COMMANDS = (
    ("import", "FILE"),
    ("import", "--map", "FILE", "list.csv"),
    ("assess", "import", "1", "FILE"),
    ("audit", "verify", "--head", "FILE"),
    ("restore", "FILE", "new"),
    ("evidence", "add", "FILE"),
    (
        *("permit", "add", "--by", "甲", "--post", "主任", "--range", "127.0.0.1"),
        *("--until", "2090-01-01", "--effect-weighed", "已评估", "--letter-file", "FILE"),
    ),
)


@pytest.mark.parametrize("file", ["pipe", "/dev/zero", LONG, "folder"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_what_is_no_regular_file_is_refused_at_once(
    command: tuple[str, ...], file: str, workspace_folder: Path, run: Run
) -> None:
    os.mkfifo(workspace_folder / "pipe")
    (workspace_folder / "folder").mkdir()
    (workspace_folder / "list.csv").write_text("系统名称,使用单位\n甲,乙\n", encoding="utf-8")
    if command[0] == "assess":
        run("system", "add", "--name", "门户", "--unit", "1", "--level", "2", cwd=workspace_folder)
        run("assess", "start", "1", cwd=workspace_folder)
    words = [file if word == "FILE" else word for word in command]
    ended = run(*words, cwd=workspace_folder)
    assert ended.returncode in (2, 3), ended.stderr
    assert "Traceback" not in ended.stderr
    assert not list(workspace_folder.glob(".secops-*"))


def test_a_pipe_that_nobody_fills_is_no_file_of_ours(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(UnreadableFileError) as caught:
        content_of(tmp_path / "pipe.yaml")
    assert caught.value.details["problem"] == "it is no regular file"


def test_a_small_bound_is_not_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "key.json").write_bytes(b" " * 10_001)
    with pytest.raises(TooLargeError) as caught:
        content_of(tmp_path / "key.json", 10_000)
    assert caught.value.details["most"] == "10 KB"


@pytest.mark.parametrize(
    ("written", "code", "said"),
    [
        ("口令口令口令口令口令口令".encode("gbk"), 3, "GBK / GB18030"),
        (b"\xff\xfe\x00", 3, "UTF-16"),
        (b"\xef\xbb\xbfcorrect horse battery\r\nmore", 0, ""),
    ],
)
def test_a_file_with_a_passphrase_says_in_which_code_it_is(
    written: bytes, code: int, said: str, workspace_folder: Path, run: Run
) -> None:
    (workspace_folder / "words.txt").write_bytes(written)
    ended = run("key", "new", "--passphrase-file", "words.txt", cwd=workspace_folder)
    assert ended.returncode == code, ended.stderr
    assert said in ended.stderr
    assert "horse" not in ended.stdout + ended.stderr


@pytest.mark.parametrize(
    "written",
    [
        '{"seq": Infinity, "hash": "a", "at": null}',
        '{"seq": 1e999, "hash": "a", "at": null}',
        '{"seq": 1, "hash": "a", "at": 5}',
        "[" * 100_000,
        "\x00\x01",
    ],
)
def test_a_head_that_is_none_is_named(tmp_path: Path, written: str) -> None:
    (tmp_path / "head").write_text(written, encoding="utf-8")
    with pytest.raises(BadHeadError):
        read_head(tmp_path / "head")


def test_a_key_that_is_a_list_is_named_by_its_line(workspace_folder: Path, run: Run) -> None:
    file = workspace_folder / "list.yaml"
    file.write_text("secops: inventory\nversion: 1\n? [a]\n: b\n", encoding="utf-8")
    ended = run("import", str(file))
    assert ended.returncode == 2, "no workspace in this folder"
    ended = run("-C", str(workspace_folder), "import", str(file))
    assert ended.returncode == InputError.exit_code
    assert f"{file}:3:3" in ended.stderr
