"""What a named setting may hold: a value that no rule could read would quietly end the rule."""

from __future__ import annotations

import re
from enum import Enum, unique
from typing import Final

from secops.errors import WrongValueError, msgid


@unique
class SettingKind(Enum):
    """What stands in a setting; all but the first three are lists, their parts between commas."""

    DAYS = "days"
    NUMBER = "number"
    MODE = "mode"
    PORTS = "ports"
    TLS_VERSIONS = "tls_versions"
    KEYS = "keys"
    DIGESTS = "digests"


_FORMS: Final = {
    SettingKind.DAYS: (r"[0-9]{1,4}", msgid("a number of days such as 30")),
    SettingKind.NUMBER: (r"[0-9]{1,9}", msgid("a whole number such as 8")),
    SettingKind.MODE: (r"[0-7]{4}", msgid("a file mode such as 0640")),
    SettingKind.PORTS: (r"tcp/[1-9][0-9]{0,4}", msgid("a list of ports such as tcp/23,tcp/3389")),
    SettingKind.TLS_VERSIONS: (
        r"SSLv3|TLSv1\.[0-3]",
        msgid("a list of protocol versions such as TLSv1.2,TLSv1.3"),
    ),
    SettingKind.KEYS: (
        r"(?:rsa|dsa|ec|sm2)-[1-9][0-9]{1,4}",
        msgid("a list of smallest keys such as rsa-2048,ec-256"),
    ),
    SettingKind.DIGESTS: (
        r"md[245]|sha(?:1|224|256|384|512)|sm3",
        msgid("a list of digests such as md5,sha1"),
    ),
}
_SINGLE: Final = (SettingKind.DAYS, SettingKind.NUMBER, SettingKind.MODE)
_LAST_PORT: Final = 65_535


def wrong_setting(name: str, kind: SettingKind, value: str) -> WrongValueError | None:
    """Give the error that says what it should be; None: every part of it can be read."""
    form, wanted = _FORMS[kind]
    parts = [value] if kind in _SINGLE else [one.strip() for one in value.split(",")]
    fit = all(re.fullmatch(form, one) for one in parts)
    if fit and kind is SettingKind.PORTS:
        fit = all(int(one.removeprefix("tcp/")) <= _LAST_PORT for one in parts)
    return None if fit else WrongValueError(key=name, wanted=wanted, found=value)
