"""The limits that the scanning guide promises are those that the wire keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from secops.scanners._wire.pace import Limits
from secops.wiring.scanners import PORTS

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "04-scanning.md"
LIMITS = Limits()


@pytest.mark.parametrize(
    "promise",
    [
        f"同时最多 {LIMITS.at_once} 个连接",
        f"同一主机最多 {LIMITS.at_once_per_host} 个",
        f"每秒新建最多 {LIMITS.connections_per_second:.0f} 个连接",
        f"最初 {LIMITS.request_burst} 个请求之后每秒 {LIMITS.requests_per_second:.0f} 个",
        f"连接等 {LIMITS.connect_seconds:.0f} 秒，读取等 {LIMITS.read_seconds:.0f} 秒",
        f"{len(PORTS)} 个常用端口",
    ],
)
def test_the_guide_promises_what_the_wire_keeps(promise: str) -> None:
    assert promise in GUIDE.read_text("utf-8").replace("\n", "")
