"""Kills, full disks, locks: nothing that was acknowledged is lost, nothing is half there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from secops.errors.store import StoreLockedError, WorkspaceBusyError
from secops.files.lock import exclusive
from secops.model.history import first_bad
from secops.store.open import open_store
from secops.store.snapshot import prove_whole
from tests.store.samples import AT, OFFICER, Clock, a_system, a_unit

ROUNDS = 6
BATCH = 20

WRITER = """
    import sys
    from secops.store.open import open_store
    from tests.store.samples import OFFICER, Clock, a_system
    store = open_store(sys.argv[1], now=Clock())
    start = int(sys.argv[2])
    for batch in range(start, start + 100_000):
        with store() as work:
            first = batch * {batch} + 1
            work.systems.put_many(OFFICER, [a_system(no) for no in range(first, first + {batch})])
            work.commit()
        print(batch, flush=True)
"""

HOLDER = """
    import sys
    from secops.store.open import open_store
    from tests.store.samples import OFFICER, Clock, a_unit
    with open_store(sys.argv[1], now=Clock())() as work:
        work.units.put_many(OFFICER, [a_unit(7)])
        print("held", flush=True)
        sys.stdin.read()
"""

LIMITED = """
    import resource, signal, sys
    from secops.errors.machine import DiskFullError
    from secops.store.open import open_store
    from tests.store.samples import OFFICER, Clock, a_system
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store = open_store(sys.argv[1], now=Clock())
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    try:
        with store() as work:
            work.systems.put_many(OFFICER, [a_system(no) for no in range(1, 20_000)])
            work.commit()
    except DiskFullError as error:
        print("full", int(error.exit_code))
"""


def _child(program: str, *arguments: str) -> subprocess.Popen[str]:
    code = textwrap.dedent(program).replace("{batch}", str(BATCH))
    return subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-c", code, *arguments],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def address(tmp_path: Path) -> str:
    """Give a database with one unit."""
    url = f"sqlite:///{tmp_path}/secops.db"
    with closing(open_store(url, now=Clock())) as store, store() as work:
        work.units.put_many(OFFICER, [a_unit()])
        work.commit()
    return url


@pytest.mark.slow
def test_a_killed_writer_loses_nothing_acknowledged_and_leaves_no_half_batch(
    address: str, tmp_path: Path
) -> None:
    done = 0
    for number in range(ROUNDS):
        with _child(WRITER, address, str(done)) as child:
            assert child.stdout is not None
            acknowledged = int(child.stdout.readline())
            time.sleep(0.02 * number)  # another place in the middle of the work each round
            os.kill(child.pid, signal.SIGKILL)
            acknowledged = max([acknowledged, *(int(line) for line in child.stdout)])
        prove_whole(tmp_path / "secops.db")
        with closing(open_store(address, now=Clock())) as store, store(reading=True) as work:
            count = work.systems.count()
            assert count % BATCH == 0
            assert count >= (acknowledged + 1) * BATCH
            assert first_bad(work.chain.entries()) is None
            assert work.chain.head().seq == count + 1
            assert list(work.chain.strays()) == []
        done = count // BATCH


@pytest.mark.slow
def test_a_full_disk_is_said_and_nothing_is_half_applied(address: str) -> None:
    with _child(LIMITED, address) as child:
        assert child.stdout is not None
        assert child.stdout.read() == "full 4\n"
    with closing(open_store(address, now=Clock())) as store, store(reading=True) as work:
        assert work.systems.count() == 0
        assert first_bad(work.chain.entries()) is None


@pytest.fixture
def held(address: str) -> Iterator[str]:
    """Let another process hold the writer's place."""
    with _child(HOLDER, address) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        assert child.stdout.readline() == "held\n"
        yield address
        child.stdin.close()


@pytest.mark.slow
def test_a_second_writer_is_told_and_readers_go_on(held: str) -> None:
    with closing(open_store(held, now=Clock(), wait_seconds=0.2)) as store:
        with store(reading=True) as work:
            assert work.units.count() == 1
        with pytest.raises(StoreLockedError), store() as work:
            work.units.put_many(OFFICER, [a_unit(2)])


def test_the_second_secops_is_told_which_process_is_at_work(tmp_path: Path) -> None:
    with exclusive(tmp_path, now=AT):
        with pytest.raises(WorkspaceBusyError) as told, exclusive(tmp_path, now=AT):
            pass
        assert told.value.details == {"pid": str(os.getpid()), "since": "2026-03-01T08:00:00+00:00"}
        assert told.value.exit_code == 2
    with exclusive(tmp_path, now=AT):
        pass


@pytest.mark.slow
def test_a_killed_holder_leaves_the_lock_free(tmp_path: Path) -> None:
    program = """
        import sys
        from datetime import UTC, datetime
        from pathlib import Path
        from secops.files.lock import exclusive
        with exclusive(Path(sys.argv[1]), now=datetime.now(UTC)):
            print("held", flush=True)
            sys.stdin.read()
    """
    with _child(program, str(tmp_path)) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        with pytest.raises(WorkspaceBusyError), exclusive(tmp_path, now=AT):
            pass
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        with exclusive(tmp_path, now=AT):
            pass


def test_systems_put_twice_in_one_batch_count_once(address: str) -> None:
    with closing(open_store(address, now=Clock())) as store, store() as work:
        work.systems.put_many(OFFICER, [a_system(1), a_system(1, name="portal")])
        assert list(work.systems.all()) == [a_system(1, name="portal")]
