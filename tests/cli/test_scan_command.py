"""`secops scan` and its neighbours as a user meets them, as processes of their own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from tests.addresses import NET
from tests.conftest import ROOT, UNIT
from tests.schemas import fits_its_schema

pytestmark = pytest.mark.slow
HOST = f"{NET}.1"
PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"


class _Page(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        if self.request.recv(1000):
            self.request.sendall(PAGE)


class _Mute(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.request.settimeout(20)
        while self.request.recv(1000):
            pass


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Scanners hang up as they like."""


@contextmanager
def serving(port: int, handler: type[socketserver.BaseRequestHandler] = _Page) -> Iterator[None]:
    with _Server((HOST, port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


def said(folder: Path, *arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(secops, ["-C", str(folder), *arguments], catch_exceptions=False)
    assert result.exit_code == code, (result.output, result.stderr)
    return result


def document(folder: Path, *arguments: str, code: int = 0) -> dict[str, object]:
    text = said(folder, "--json", *arguments, code=code).stdout
    fits_its_schema(text)
    whole: dict[str, object] = json.loads(text)
    return whole


@pytest.fixture
def folder(workspace_folder: Path) -> Path:
    """Give a workspace with a website and a permit for loopback."""
    permit = ["--by", "王启明", "--post", "主任", "--letter", "样例〔2026〕1号"]
    when = ["--until", "2099-12-31", "--effect-weighed", "仅本机"]
    said(workspace_folder, "permit", "add", *permit, "--range", f"{NET}.0/24", *when)
    system = ["--name", "门户网站", "--unit", UNIT, "--kind", "website", "--stage", "running"]
    said(workspace_folder, "system", "add", *system)
    return workspace_folder


def endpoint(folder: Path, host: str, port: int | None = None) -> None:
    more = ["--port", str(port)] if port else []
    said(folder, "endpoint", "add", "--value", host, *more, "--system", "门户网站")


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603  # our own interpreter and module
        [sys.executable, "-m", "secops", "-C", str(folder), *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def under_way(folder: Path, scanner: str, port: int) -> None:
    """Wait until this attempt is stored and has no outcome."""
    from secops.wiring.opening import open_workspace  # noqa: PLC0415  # after the workspace is made

    for _ in range(200):
        with open_workspace(folder) as workspace, workspace.begin(reading=True) as work:
            plan = work.scans.newest()
            attempts = list(work.scans.attempts(plan.id)) if plan else []
        wanted = (one for one in attempts if (one.scanner, one.target.port) == (scanner, port))
        if any(one.outcome is None for one in wanted):
            return
        time.sleep(0.05)
    pytest.fail("no attempt was begun")


def test_a_scan_suggests_and_shows_what_it_could_not_look_at(folder: Path) -> None:
    endpoint(folder, HOST, 16001)
    endpoint(folder, HOST, 16002)
    endpoint(folder, "10.9.9.9", 80)
    with serving(16001):
        whole = document(folder, "scan", code=4)
        text = said(folder, "scan", code=4)
    assert whole["not_permitted"] == ["10.9.9.9:80"]
    counts = whole["counts"]
    assert isinstance(counts, dict)
    assert counts["failed"] == {"refused": 1}
    assert "未取得授权，不会接触：10.9.9.9:80" in text.stderr
    assert "拒绝连接" in text.stderr
    assert "仅为建议" in text.stdout


def test_bad_news_counts_when_asked_to(folder: Path) -> None:
    endpoint(folder, HOST, 16001)
    with serving(16001):
        assert document(folder, "scan", "--fail-on", "low", code=1)["fail_on_reached"] is True
        assert document(folder, "scan")["fail_on_reached"] is False
        endpoint(folder, "10.9.9.9")  # nobody permitted it: a hole goes before bad news
        holes = document(folder, "scan", "--fail-on", "low", code=4)
        assert holes["fail_on_reached"] is True
    document(folder, "finding", "list")
    document(folder, "finding", "show", "1")
    document(folder, "permit", "list")
    document(folder, "evidence", "list")
    document(folder, "evidence", "verify")


def test_without_any_permit_nothing_is_touched(folder: Path) -> None:
    endpoint(folder, "10.9.9.9", 80)
    result = said(folder, "scan", code=2)
    assert result.stdout == ""
    assert "所选 1 个目标均未取得扫描授权" in result.stderr


def test_a_dry_run_writes_and_touches_nothing(folder: Path) -> None:
    endpoint(folder, HOST, 16001)
    whole = document(folder, "scan", "--dry-run")
    assert whole["planned"] == [f"{HOST}:16001"]
    said(folder, "scan", "--resume", code=2)
    for choice in (("--unit", UNIT), ("--system", "门户网站"), ("--scanner", "services")):
        refused = said(folder, "scan", "--resume", *choice, "--dry-run", code=2)
        assert choice[0] in refused.stderr


@pytest.mark.parametrize(("kill", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130)])
def test_what_was_done_is_kept_and_resume_does_the_rest(
    folder: Path, kill: signal.Signals, code: int
) -> None:
    endpoint(folder, HOST, 16001)
    endpoint(folder, HOST, 16003)
    with serving(16001), serving(16003, _Mute):
        running = start(folder, "scan", "--scanner", "connect-ports", "--scanner", "services")
        under_way(folder, "services", 16003)
        running.send_signal(kill)
        _, stderr = running.communicate(timeout=20)
        assert running.returncode == code, stderr
        assert "Traceback" not in stderr
        whole = document(folder, "scan", "--resume", code=4)
    attempts = whole["attempts"]
    assert isinstance(attempts, list)
    numbers = {(one["scanner"], one["target"]): one["n"] for one in attempts}
    assert numbers["connect-ports", f"{HOST}:16001"] == 1
    assert numbers["services", f"{HOST}:16003"] == 2
    said(folder, "scan", "--resume", code=2)
    assert said(folder, "evidence", "verify").exit_code == 0
    assert said(folder, "audit", "verify").exit_code == 0


def test_discover_lists_what_answers_and_nobody_listed(folder: Path) -> None:
    endpoint(folder, HOST, 8080)
    with serving(8080), serving(8443, _Mute):
        whole = document(folder, "discover", f"{HOST}/32")
    answering = whole["answering"]
    assert isinstance(answering, list)
    (host,) = answering
    assert host["listed"] is True
    assert set(host["ports"]) == {"8080", "8443"}
    checked = json.loads(
        CliRunner().invoke(secops, ["-C", str(folder), "--json", "inventory", "check"]).stdout
    )
    assert f"{HOST}" in json.dumps(checked)
    assert "8443" in json.dumps(checked)


def test_discover_goes_no_further_than_the_permit(folder: Path) -> None:
    said(folder, "discover", "10.0.0.0/8", code=2)
    whole = document(folder, "discover", f"{NET}.8/30", "--dry-run")
    assert whole["planned"] == [f"{NET}.9", f"{NET}.10"]


def test_evidence_is_listed_shown_proved_and_erased(folder: Path, tmp_path: Path) -> None:
    paper = tmp_path / "photo.txt"
    paper.write_text("seen on site", encoding="utf-8")
    said(folder, "evidence", "add", str(paper), "--about", "门户网站")
    copy = tmp_path / "copy.txt"
    said(folder, "evidence", "show", "1", "--to", str(copy))
    assert copy.read_text(encoding="utf-8") == "seen on site"
    said(folder, "evidence", "show", "1", "--to", str(copy), code=2)
    (blob,) = [one for one in (folder / "evidence").rglob("*") if one.is_file()]
    blob.chmod(0o600)
    blob.write_bytes(b"altered")
    said(folder, "evidence", "verify", code=1)
    said(folder, "evidence", "erase", "1", "--reason", "照片涉及个人")
    said(folder, "evidence", "verify")
    said(folder, "evidence", "show", "1", "--to", str(tmp_path / "again"), code=2)
    said(folder, "audit", "verify")


def test_a_plugin_runs_only_when_the_workspace_names_it(folder: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    source = shutil.copytree(ROOT / "tests" / "data" / "plugin_sample", tmp_path / "source")
    install = ["install", "--quiet", "--no-index", "--no-build-isolation", "--no-deps"]
    done = subprocess.run(  # noqa: S603  # our own interpreter and sample
        [sys.executable, "-m", "pip", *install, "--target", str(site), str(source)],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    endpoint(folder, HOST, 16004)

    def scanners(*named: str) -> tuple[dict[str, object], str, int]:
        file = folder / "secops.toml"
        text = file.read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("plugins")]
        file.write_text("\n".join([f"plugins = {json.dumps(named)}", *lines]), encoding="utf-8")
        done = subprocess.run(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-m", "secops", "-C", str(folder), "--json", "scan"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{site}"},
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=60,
        )
        return json.loads(done.stdout), done.stderr, done.returncode

    with serving(16004):
        plain, _, _ = scanners()
        named, problems, code = scanners("sample", "broken", "absent")
    assert "sample-greeting" not in str(plain["scanners"])
    attempts = named["attempts"]
    assert isinstance(attempts, list)
    (one,) = [one for one in attempts if one["scanner"] == "sample-greeting"]
    assert one["tool"] in ("", "sample 1.0")
    assert "broken on purpose" in problems
    assert "absent" in problems
    assert code == 4
    entries = said(folder, "--json", "audit", "list").stdout
    assert "sample sha256:" in entries


def test_progress_goes_to_standard_error_only(folder: Path) -> None:
    endpoint(folder, HOST, 16001)
    with serving(16001):
        running = start(folder, "--json", "scan")
        stdout, stderr = running.communicate(timeout=60)
    assert json.loads(stdout)["schema"] == "secops/scan"
    assert "\x1b" not in stderr
