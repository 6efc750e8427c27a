"""`python -m secops`, and the entry point of the command."""

from __future__ import annotations

import os
import sys

from click import Abort

from secops.cli.failing import forget_output
from secops.cli.root import secops
from secops.errors import ExitCode


def main() -> None:
    """Run the command line: private files, and no character that a console could choke on."""
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    code: int | str | None = ExitCode.DONE
    try:
        secops(prog_name="secops")
    except SystemExit as ended:  # click's own code for an interruption would be 1
        interrupted = isinstance(ended.__context__, Abort)
        code = ExitCode.INTERRUPTED if interrupted else ended.code
    except OSError as error:  # standard output itself cannot be written, such as `> /dev/full`
        code = _unwritable(error)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        forget_output()
    except OSError as error:
        code = _unwritable(error)
    sys.exit(code)


def _unwritable(error: OSError) -> ExitCode:
    forget_output()
    print(f"secops: {error.strerror}", file=sys.stderr)  # noqa: T201  # nothing else works any more
    return ExitCode.INCOMPLETE


if __name__ == "__main__":
    main()
