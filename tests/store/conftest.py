"""Databases for the store's tests: SQLite always, and a PostgreSQL that the tests start."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from secops.store.open import Store, open_store
from tests.store.samples import Clock

_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _unprivileged(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "nobody", "--", *command] if os.geteuid() == 0 else command


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Start a PostgreSQL of our own on a socket, and give its address without a database."""
    if not _BINARIES:
        pytest.skip("PostgreSQL's server is not installed (Debian: postgresql)")
    binaries = _BINARIES[0]
    folder = Path(tempfile.mkdtemp(prefix="secops-pg-", dir="/tmp"))  # sockets need a short path
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    cluster = str(folder / "c")
    initdb = [str(binaries / "initdb"), "-D", cluster, "-A", "trust", "-U", "secops", "-N"]
    control = [str(binaries / "pg_ctl"), "-D", cluster, "-w", "-l", f"{folder}/log"]
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    try:
        _run([*initdb, "--encoding=UTF8", "--locale=C.UTF-8"], folder)
        _run([*control, "-o", options, "start"], folder)
        yield f"postgresql://secops@/{{name}}?host={folder}"
    finally:
        _run([*control, "-m", "immediate", "stop"], folder)
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(  # noqa: S603  # our own fixed commands
        _unprivileged(command), cwd=folder, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """Give the address of an empty database."""
    import psycopg  # noqa: PLC0415  # an extra: only these tests need it

    name = "t" + os.urandom(6).hex()
    admin = postgresql_server.format(name="postgres")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    yield postgresql_server.format(name=name)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def clock() -> Clock:
    """Give a clock that a test moves."""
    return Clock()


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)],
)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty database, on each engine that we promise."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/secops.db"
    found: str = request.getfixturevalue("postgresql_url")
    return found


@pytest.fixture
def store(url: str, clock: Clock) -> Iterator[Store]:
    """Give an open store with its tables."""
    opened = open_store(url, now=clock)
    yield opened
    opened.close()
