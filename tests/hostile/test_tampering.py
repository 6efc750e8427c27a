"""Kept bytes that somebody altered, and exclusions that are written in another way."""

from __future__ import annotations

import json
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest

from secops.operations.permits import Letter, PermitRequest, add_permit
from secops.wiring.workspace import Workspace
from tests.conftest import Run


def test_verify_reads_the_copies_of_documents_and_assessments_too(
    workspace_folder: Path, run: Run
) -> None:
    def secops(*words: str) -> str:
        ended = run("-C", str(workspace_folder), *words)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    secops(*("system", "add", "--name", "门户", "--unit", "1", "--kind", "website"))
    secops("system", "edit", "1", "--s", "2", "--a", "2")
    secops("assess", "start", "1")
    secops("report", "rectification", "--system", "1", "--format", "html")
    secops("assess", "freeze", "1")
    secops("evidence", "verify")
    blobs = [one for one in workspace_folder.glob("evidence/*/*") if one.is_file()]
    for blob in blobs:
        blob.write_bytes(blob.read_bytes() + b"x")
    ended = run("-C", str(workspace_folder), "--json", "evidence", "verify")
    assert ended.returncode == 1
    wrong = json.loads(ended.stdout)["wrong"]
    assert {one["kept_for"] for one in wrong} == {"document 1", "assessment 1"}
    assert {one["digest"] for one in wrong} == {f"sha256:{one.name}" for one in blobs}


@pytest.mark.parametrize("excluded", ["10.1.2.3", "::ffff:10.1.2.3", "::ffff:10.1.2.0/120"])
def test_an_exclusion_counts_however_it_is_written(workspace: Workspace, excluded: str) -> None:
    now = workspace.now()
    request = PermitRequest(
        allowed_by="甲",
        post="主任",
        letter=Letter(number="1"),
        ranges=("::ffff:10.1.0.0/112",),
        names=(),
        ports="1-65535",
        excluded=(excluded,),
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(hours=1),
        effect_weighed="已评估",
    )
    with workspace.begin() as work:
        permit = add_permit(work, workspace.blobs, workspace.acting, request)
    assert permit.covers(ip_address("10.1.9.9"), 80, now)
    assert not permit.covers(ip_address("10.1.2.3"), 80, now)
