"""Who acts, ids, and errors of a workspace as a person at the terminal meets them."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

import pytest

from secops.errors import AmbiguousNameError, UnknownNameError
from secops.model.ids import PersonId
from secops.model.unit import Person
from secops.operations.init_workspace import Beginning, Founded
from secops.wiring.founding import Ground, found_workspace
from secops.wiring.ids import new_id
from secops.wiring.opening import account, open_workspace

ROOT = Path(__file__).parents[2]


def _made(folder: Path, person: str = "甲") -> Founded:
    return found_workspace(Ground(folder=folder), Beginning(unit="某局", person=person))


def test_ids_are_version_7_and_sort_by_birth() -> None:
    ids = [new_id() for _ in range(5000)]
    assert sorted(ids) == ids
    assert len(set(ids)) == len(ids)
    assert {UUID(one).version for one in ids} == {7}


def test_the_person_of_init_acts_by_default(tmp_path: Path) -> None:
    founded = _made(tmp_path / "w")
    with open_workspace(tmp_path / "w") as workspace:
        assert founded.person is not None
        assert workspace.actor.person == founded.person.id
        assert workspace.actor.account == account()


def test_without_a_person_the_account_acts(tmp_path: Path) -> None:
    _made(tmp_path / "w", person="")
    with open_workspace(tmp_path / "w") as workspace:
        assert workspace.actor.person is None


def test_one_acts_as_a_person_by_name_or_number_never_by_a_guess(tmp_path: Path) -> None:
    unit = _made(tmp_path / "w").unit
    twins = [Person(id=PersonId(new_id()), no=no, name="乙", unit=unit.id) for no in (2, 3)]
    with open_workspace(tmp_path / "w") as workspace, workspace.begin() as work:
        work.persons.put_many(workspace.actor, twins)
        work.commit()
    with open_workspace(tmp_path / "w", act_as="3") as workspace:
        assert workspace.actor.person == twins[1].id
    with ExitStack() as stack:
        with pytest.raises(AmbiguousNameError) as told:
            stack.enter_context(open_workspace(tmp_path / "w", act_as="乙"))
        assert told.value.details["candidates"] == "乙 (2), 乙 (3)"
        with pytest.raises(UnknownNameError):
            stack.enter_context(open_workspace(tmp_path / "w", act_as="丙"))


CLOSED = """
    import resource, signal, sys
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    sys.argv = ["secops", "--lang", "en", *sys.argv[1:]]
    from secops.__main__ import main
    main()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [("backup", "-o", "{folder}/b.zip"), ("audit", "export", "-o", "{folder}/c")],
    ids=str,
)
def test_a_full_disk_ends_a_command_with_4_and_no_file(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    _made(tmp_path / "w")
    with open_workspace(tmp_path / "w") as workspace, workspace.begin() as work:
        for number in range(200):
            work.chain.note(workspace.actor, "test.note", f"test {number}")
        work.commit()
    done = subprocess.run(  # noqa: S603  # our own program
        [
            sys.executable,
            "-c",
            textwrap.dedent(CLOSED),
            "-C",
            str(tmp_path / "w"),
            *(one.format(folder=tmp_path) for one in command),
        ],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 4, done.stderr
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["w"]


def test_an_init_on_a_read_only_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = subprocess.run(  # noqa: S603  # our own program
        [
            sys.executable,
            "-m",
            "secops",
            "--lang",
            "en",
            "init",
            f"{tmp_path}/file/w",
            "--unit",
            "x",
        ],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
