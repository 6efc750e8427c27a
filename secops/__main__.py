"""`python -m secops`, and the entry point of the command."""

from __future__ import annotations

import os
import sys

from secops.cli.failing import forget_output
from secops.cli.root import secops


def main() -> None:
    """Run the command line: private files, and no character that a console could choke on."""
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    try:
        secops(prog_name="secops")
    finally:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            forget_output()


if __name__ == "__main__":
    main()
