"""Cipher suites by number: which are weak, and why; which keep past traffic secret.

Numbers and names are those of the IANA registry; TLCP's are from GB/T 38636-2020.
"""

from __future__ import annotations

from typing import Final

NULL: Final = (0x0001, 0x0002, 0x003B, 0xC001, 0xC006, 0xC00B, 0xC010, 0xC015)
ANONYMOUS: Final = (
    *(0x0017, 0x0018, 0x0019, 0x001A, 0x001B, 0x0034, 0x003A, 0x006C, 0x006D),
    *(0x0046, 0x0089, 0x00A6, 0x00A7, 0xC015, 0xC016, 0xC017, 0xC018, 0xC019),
)
EXPORT: Final = (0x0003, 0x0006, 0x0008, 0x000B, 0x000E, 0x0011, 0x0014, 0x0017, 0x0019)
RC4: Final = (0x0003, 0x0004, 0x0005, 0x0017, 0x0018, 0xC002, 0xC007, 0xC00C, 0xC011, 0xC016)
DES: Final = (
    *(0x0008, 0x0009, 0x000A, 0x000B, 0x000C, 0x000D, 0x000E, 0x000F, 0x0010, 0x0011),
    *(0x0012, 0x0013, 0x0014, 0x0015, 0x0016, 0x0019, 0x001A, 0x001B),
    *(0xC003, 0xC008, 0xC00D, 0xC012, 0xC017),
)
_KINDS: Final = {
    "null": frozenset(NULL),
    "anonymous": frozenset(ANONYMOUS),
    "export": frozenset(EXPORT),
    "rc4": frozenset(RC4),
    "des": frozenset(DES),
}
FORWARD_SECRET: Final = (
    *(0xC02B, 0xC02C, 0xC02F, 0xC030, 0xCCA8, 0xCCA9, 0xCCAA, 0x009E, 0x009F, 0x00A2, 0x00A3),
    *(0xC023, 0xC024, 0xC027, 0xC028, 0xC009, 0xC00A, 0xC013, 0xC014, 0x0033, 0x0039, 0x0067),
    *(0x006B, 0x0032, 0x0038, 0x0040, 0x006A, 0x0045, 0x0088, 0xC0AC, 0xC0AD, 0xC09E, 0xC09F),
)
_STATIC: Final = (0x009C, 0x009D, 0x003C, 0x003D, 0x002F, 0x0035, 0x0041, 0x0084, 0x0096, 0x0007)
TLS13_SUITES: Final = (0x1301, 0x1302, 0x1303, 0x1304, 0x1305, 0x00C6, 0x00C7)
TLCP_SUITES: Final = (0xE013, 0xE053, 0xE011, 0xE051)
WEAK_SUITES: Final = tuple(dict.fromkeys((*NULL, *ANONYMOUS, *EXPORT, *RC4, *DES)))
ORDINARY: Final = (*FORWARD_SECRET, *_STATIC, *WEAK_SUITES)
"""Every suite up to TLS 1.2, so that no server is called silent for want of a common one."""


def weakness(suite: int) -> tuple[str, ...]:
    """Name every kind of weakness that a suite has."""
    return tuple(kind for kind, suites in _KINDS.items() if suite in suites)


def of_the_kinds(kinds: frozenset[str]) -> tuple[int, ...]:
    """Give the weak suites whose every kind is asked for, weakest kind first."""
    return tuple(one for one in WEAK_SUITES if kinds.issuperset(weakness(one)))


def has_forward_secrecy(suite: int) -> bool:
    """Whether past traffic stays secret when the server's key is lost."""
    return suite in FORWARD_SECRET or suite in TLS13_SUITES
