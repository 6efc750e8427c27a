"""`secops owner` in a long list reads the records that fit, not the list; and finds the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from secops.operations.find_owner import Match, asked, find_owner
from secops.operations.import_plan import OnConflict
from secops.wiring.inventory_files import import_files, read_files
from secops.wiring.workspace import Workspace


def listed(path: Path, systems: int) -> Path:
    """Write so many systems, each with an address, a URL and a range of its own."""
    lines = ["secops: inventory", "systems:"]
    lines += [
        f"- {{name: 系统{n}, kind: website, stage: running, ownership: {{operating_unit: '#1'}},"
        f" business: {{domain_names: [d{n}.s.example], source_addresses: [10.1.{n % 250}.0/30]}}}}"
        for n in range(systems)
    ]
    lines.append("endpoints:")
    for n in range(systems):
        lines.append(f"- {{kind: address, value: 10.0.{n % 250}.{n // 250}, systems: [系统{n}]}}")
        url = f"https://U{n}.s.example:8443/a"
        lines.append(f'- {{kind: url, value: "{url}", systems: [系统{n}]}}')
    path.write_text("\n".join(lines), "utf-8")
    return path


@contextmanager
def counted() -> Iterator[list[str]]:
    said: list[str] = []

    def note(*call: Any) -> None:  # noqa: ANN401  # SQLAlchemy's own signature
        said.append(call[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


QUESTIONS = [
    ("10.0.7.0", ["系统7"], Match.SAME_HOST),
    ("https://u8.s.example:8443/a/b", ["系统8"], Match.SAME_URL),
    ("x.u8.s.example", ["系统8"], Match.PARENT_DOMAIN),
    ("www.d9.s.example", ["系统9"], Match.DOMAIN_NAME),
    ("10.1.9.3", ["系统9"], Match.SOURCE_RANGE),
    ("10.0.7.200", [], None),
    ("nothing.s.example", [], None),
]


@pytest.mark.parametrize("systems", [20, 240])
def test_the_statements_do_not_grow_with_the_list(
    workspace: Workspace, tmp_path: Path, systems: int
) -> None:
    files = read_files([listed(tmp_path / "l.yaml", systems)])
    import_files(workspace, files, OnConflict.REFUSE, dry_run=False)
    for place, names, match in QUESTIONS:
        question = asked(place)
        assert question is not None
        with workspace.begin(reading=True) as work, counted() as said:
            found = find_owner(work, question)
        assert [one.system.name for one in found.owned] == names
        assert [one.match for one in found.owned] == ([match] if match else [])
        assert len(said) < (20 if names else 110), said
        assert not [one for one in said if "endpoint.body" in one and "WHERE" not in one]
        if not names:
            assert [one.unit.no for one in found.nearest] == [1]
