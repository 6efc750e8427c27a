"""A scan that is killed, starved or disturbed: what was done is kept, the rest is done once."""

from __future__ import annotations

import random
import sqlite3
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from secops.model.evidence import Failed
from secops.operations.run_scan import OPEN_AGAIN
from tests.cli.scan_process import Mute, listed, newest, said, serving, start

pytestmark = pytest.mark.slow
PAGES = tuple(range(16021, 16029))
MUTE = 16029
CHOSEN = ("--scanner", "connect-ports", "--scanner", "services")
SMALL_FILES = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (130_000, 130_000))
"""


@pytest.fixture
def folder(workspace_folder: Path) -> Path:
    """Give a workspace with eight pages and a port that says nothing."""
    listed(workspace_folder, *PAGES, MUTE)
    return workspace_folder


def is_whole(folder: Path) -> None:
    """Hold that the scan has ended, each target of it with one outcome, and that all is proved."""
    plan, attempts = newest(folder)
    assert plan
    assert plan.ended is not None
    assert all(one.outcome is not None for one in attempts)
    final = Counter(
        (one.scanner, one.target.port)
        for one in attempts
        if not (isinstance(one.outcome, Failed) and one.outcome.kind in OPEN_AGAIN)
    )
    wanted = {(scanner, port) for scanner in CHOSEN[1::2] for port in (*PAGES, MUTE)}
    assert final == dict.fromkeys(wanted, 1)
    said(folder, "audit", "verify")
    said(folder, "evidence", "verify")


def under_way(folder: Path) -> None:
    """Wait until something of the scan stands in the store."""
    for _ in range(400):
        if newest(folder)[1]:
            return
        time.sleep(0.05)
    pytest.fail("no attempt was begun")


def test_killed_five_times_and_resumed_every_target_has_one_outcome(folder: Path) -> None:
    chance = random.Random(20261124)  # noqa: S311  # any moment will do, the same each run
    with serving(*PAGES), serving(MUTE, handler=Mute):
        for _ in range(5):
            plan, _ = newest(folder)
            running = start(folder, "scan", *(("--resume",) if plan else CHOSEN))
            time.sleep(0.6 + 1.4 * chance.random())
            running.kill()
            running.communicate(timeout=20)
        plan, _ = newest(folder)
        if plan is None or plan.ended is None:
            arguments = ("--resume",) if plan else CHOSEN
            running = start(folder, "scan", *arguments)
            _, stderr = running.communicate(timeout=60)
            assert running.returncode == 4, stderr  # one port says nothing
    is_whole(folder)


def test_a_full_disk_in_the_middle_keeps_what_was_done(folder: Path) -> None:
    with serving(*PAGES), serving(MUTE, handler=Mute):
        running = start(folder, "scan", *CHOSEN, before=SMALL_FILES)
        _, stderr = running.communicate(timeout=60)
        assert running.returncode == 4, stderr
        assert "Traceback" not in stderr
        assert "磁盘" in stderr
        plan, _ = newest(folder)
        assert plan
        assert plan.ended is None
        said(folder, "scan", "--resume", code=4)
    is_whole(folder)


def test_a_database_held_by_another_in_the_middle_keeps_what_was_done(folder: Path) -> None:
    with serving(*PAGES), serving(MUTE, handler=Mute):
        running = start(folder, "scan", *CHOSEN)
        under_way(folder)
        with closing(sqlite3.connect(folder / "secops.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            _, stderr = running.communicate(timeout=60)
            other.execute("ROLLBACK")
        assert running.returncode == 4, stderr
        assert "scan --resume" in stderr
        assert "Traceback" not in stderr
        said(folder, "scan", "--resume", code=4)
    is_whole(folder)


def test_of_two_scans_at_once_one_works_and_the_other_is_told(folder: Path) -> None:
    with serving(*PAGES), serving(MUTE, handler=Mute):
        both = [start(folder, "scan", *CHOSEN), start(folder, "scan", *CHOSEN)]
        ends = [(one.communicate(timeout=60)[1], one.returncode) for one in both]
    (told, wrong), (_, worked) = sorted(ends, key=lambda one: one[1])
    assert (wrong, worked) == (2, 4), ends
    assert "Traceback" not in told
    plan, _ = newest(folder)
    assert plan
    assert plan.no == 1
    is_whole(folder)
