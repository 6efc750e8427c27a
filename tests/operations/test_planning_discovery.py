"""What `secops discover` would look at: permitted hosts, and no more than one run can take."""

from __future__ import annotations

import pytest

from secops.errors.scanning import NoPermitError, TooManyHostsError
from secops.wiring import scan as wiring
from secops.wiring.workspace import Workspace
from tests.operations.scanning import allow


def test_only_the_permitted_part_of_a_range_is_planned(workspace: Workspace) -> None:
    allow(workspace, "127.0.8.0/30")
    planned = wiring.plan_discover(workspace, ("127.0.8.0/24",), wiring.DISCOVERY)
    assert [one.host for one in planned.plan.targets] == ["127.0.8.1", "127.0.8.2"]


def test_a_range_that_nobody_permitted_is_refused(workspace: Workspace) -> None:
    allow(workspace, "127.0.8.0/30")
    with pytest.raises(NoPermitError):
        wiring.plan_discover(workspace, ("127.0.9.0/24",), wiring.DISCOVERY)


def test_more_hosts_than_one_run_takes_are_refused_with_a_mend_that_works(
    workspace: Workspace,
) -> None:
    allow(workspace, "127.0.0.0/16", "127.1.0.0/16")
    with pytest.raises(TooManyHostsError, match="smaller ranges"):
        wiring.plan_discover(workspace, (), wiring.DISCOVERY)
