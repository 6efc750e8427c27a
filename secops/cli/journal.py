"""The log: JSON lines in the workspace, and on standard error with -v.

It tells what the program did, never what users wrote: no arguments, no values, no secrets.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from secops import __version__

NAME: Final = "secops.log"
_MOST_BYTES: Final = 1024 * 1024
_LEVELS: Final = (logging.WARNING, logging.INFO, logging.DEBUG)


class _JsonLines(logging.Formatter):
    """One object a line: a hostile banner cannot forge a second one."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
            "version": __version__,
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def open_log(workspace: Path, verbose: int) -> Callable[[], None]:
    """Begin to log; gives what ends it. There is no file where there is no workspace."""
    log = logging.getLogger("secops")
    log.setLevel(_LEVELS[min(verbose, len(_LEVELS) - 1)])
    handlers: list[logging.Handler] = []
    if (workspace / "secops.toml").is_file():
        handlers.append(
            RotatingFileHandler(
                workspace / NAME,
                maxBytes=_MOST_BYTES,
                backupCount=1,
                encoding="utf-8",
                errors="backslashreplace",
                delay=True,
            )
        )
    if verbose:
        handlers.append(logging.StreamHandler(sys.stderr))
    for handler in handlers:
        handler.setFormatter(_JsonLines())
        log.addHandler(handler)
    log.propagate = False

    def close() -> None:
        for handler in handlers:
            log.removeHandler(handler)
            handler.close()

    return close


def note_bug(error: Exception) -> Path | None:
    """Keep the traceback, and say in which file."""
    log = logging.getLogger("secops")
    files = [one for one in log.handlers if isinstance(one, RotatingFileHandler)]
    if not files:
        return None
    log.error("a bug", exc_info=error)
    return Path(files[0].baseFilename)
