"""Loopback addresses that this run shares with no other run of the tests on the same machine."""

from __future__ import annotations

import os
from typing import Final

NET: Final = f"127.{64 + os.getpid() // 250 % 150}.{os.getpid() % 250}"
"""The first three numbers of 256 addresses: ports may then be fixed."""
