"""Permits: what can be recorded, and what never."""

from __future__ import annotations

from datetime import timedelta

import pytest

from secops.errors import SecopsError, UnknownNameError, WrongValueError
from secops.errors.scanning import NeverScannedError, RangeRefusedError, RangeTooWideError
from secops.operations.permits import Letter, PermitRequest, add_permit, withdraw_permit
from secops.wiring.workspace import Workspace
from tests.operations.scanning import allow


def request(workspace: Workspace, **changed: object) -> PermitRequest:
    said: dict[str, object] = {
        "allowed_by": "Sample",
        "post": "Head",
        "letter": Letter(number="No. 1"),
        "ranges": ("10.1.0.0/16",),
        "names": (),
        "ports": "1-65535",
        "excluded": (),
        "opens_at": workspace.now(),
        "closes_at": workspace.now() + timedelta(days=1),
        "effect_weighed": "outside of office hours",
    }
    return PermitRequest(**{**said, **changed})  # type: ignore[arg-type]  # one table of cases


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"ranges": ("10.0.0.0/8",)}, RangeTooWideError),
        ({"ranges": ("169.254.169.254",)}, NeverScannedError),
        ({"ranges": ("224.0.0.0/4",), "wide": True}, NeverScannedError),
        ({"ranges": ("255.255.255.255",)}, NeverScannedError),
        ({"ranges": ("0.1.2.3",)}, NeverScannedError),
        ({"ranges": ("64:ff9b::a9fe:a9fe",)}, NeverScannedError),
        ({"ranges": ("2002:a9fe:a9fe::/112",)}, NeverScannedError),
        ({"ranges": ("64:ff9b::7f00:1",)}, None),
        ({"ranges": ("fe80::/64",), "wide": True}, NeverScannedError),
        ({"ranges": ("10.1.0.0/33",)}, RangeRefusedError),
        ({"ranges": ("--script=x",)}, RangeRefusedError),
        ({"names": ("a b.example",)}, None),
        ({"names": ("-oN",)}, RangeRefusedError),
        ({"ports": "0"}, RangeRefusedError),
        ({"ports": "80-22"}, RangeRefusedError),
        ({"ports": "1-65536"}, RangeRefusedError),
        ({"ports": "http"}, RangeRefusedError),
        ({"allowed_by": " "}, WrongValueError),
        ({"effect_weighed": ""}, WrongValueError),
        ({"letter": Letter()}, WrongValueError),
        ({"ranges": ("10.0.0.0/8",), "wide": True}, None),
        ({"ports": "22, 80-443 8080"}, None),
    ],
)
def test_a_permit_is_complete_or_refused(
    workspace: Workspace, changed: dict[str, object], error: type[SecopsError] | None
) -> None:
    with workspace.begin() as work:
        if error is None:
            add_permit(work, workspace.blobs, workspace.acting, request(workspace, **changed))
        else:
            with pytest.raises(error):
                add_permit(work, workspace.blobs, workspace.acting, request(workspace, **changed))
    with workspace.begin(reading=True) as work:
        assert work.permits.count() == (error is None)


def test_the_signed_letter_is_kept_as_evidence(workspace: Workspace) -> None:
    letter = Letter(content=b"%PDF-1.7 signed", name="letter.pdf")
    with workspace.begin() as work:
        permit = add_permit(
            work, workspace.blobs, workspace.acting, request(workspace, letter=letter)
        )
    assert permit.letter is not None
    assert workspace.blobs.get(permit.letter) == letter.content


def test_a_withdrawn_permit_stays_in_the_history_with_its_reason(workspace: Workspace) -> None:
    permit = allow(workspace)
    with workspace.begin() as work:
        withdraw_permit(work, workspace.acting, permit.no, "the letter was wrong")
    with workspace.begin(reading=True) as work:
        (now,) = work.permits.all()
        said = [one.changes for one in work.chain.about(f"permit {permit.id}")]
    assert not now.open_at(workspace.now())
    assert any("the letter was wrong" in one for one in said)


def test_an_unknown_permit_cannot_be_withdrawn(workspace: Workspace) -> None:
    with workspace.begin() as work, pytest.raises(UnknownNameError):
        withdraw_permit(work, workspace.acting, 7, "why not")
