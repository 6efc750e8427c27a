"""Ctrl-C at any moment of a scan: one sentence, exit code 130, no traceback."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import pytest

from tests.cli.scan_process import listed, said, serving, start

pytestmark = pytest.mark.slow
MOMENTS = 15


def test_every_moment_ends_with_one_sentence(workspace_folder: Path) -> None:
    listed(workspace_folder, 16011, 16012)
    with serving(16011, 16012):
        began = time.monotonic()
        whole = start(workspace_folder, "scan")
        whole.communicate(timeout=60)
        needed = time.monotonic() - began
        chosen = random.Random(7)  # noqa: S311  # no secret
        for _ in range(MOMENTS):
            process = start(workspace_folder, "scan")
            time.sleep(chosen.uniform(0.25, needed))  # before, it is the interpreter that starts
            process.send_signal(signal.SIGINT)
            if chosen.random() < 0.5:  # an impatient person
                process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=60)
            assert "Traceback" not in errors, errors
            assert process.returncode in (130, whole.returncode), errors  # it may have been done
            assert errors.count("已中断") == (process.returncode == 130), errors
    said(workspace_folder, "audit", "verify")
