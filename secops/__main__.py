"""`python -m secops`, and the entry point of the command."""

from __future__ import annotations

import os
import signal
import sys

from secops.errors import ExitCode, msgid


def main() -> None:
    """Run the command line: private files, and no character that a console could choke on."""
    try:
        _run()
    except KeyboardInterrupt:  # while modules are loaded: nothing has begun
        _say_interrupted()
        sys.exit(ExitCode.INTERRUPTED)


def _say_interrupted() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second one changes nothing any more
    from secops.settings.catalogue import words_for  # noqa: PLC0415  # only needed here

    english = "en" in (os.environ.get("SECOPS_LANG"), *sys.argv) or "--lang=en" in sys.argv
    said = words_for("en" if english else "zh").gettext(msgid("interrupted; what was done is kept"))
    print(said, file=sys.stderr)  # noqa: T201  # click may be half loaded


def _run() -> None:
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    code = _carried_out()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()
    except OSError as error:
        code = _unwritable(error)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done and said
    sys.exit(code)


def _carried_out() -> int | str | None:
    """Run it and give its code; click's own way to end an interruption would be another."""
    from click import Abort, ClickException  # noqa: PLC0415  # here an interruption can be caught

    from secops.cli.root import secops  # noqa: PLC0415  # as above

    try:
        code = secops.main(prog_name="secops", standalone_mode=False)
    except ClickException as error:
        error.show()
        return error.exit_code
    except Abort:
        raise KeyboardInterrupt from None
    except SystemExit as ended:
        return ended.code
    except OSError as error:  # standard output itself cannot be written, such as `> /dev/full`
        return _unwritable(error)
    return code if isinstance(code, int) else ExitCode.DONE


def _forget_output() -> None:
    from secops.cli.failing import forget_output  # noqa: PLC0415  # as above

    forget_output()


def _unwritable(error: OSError) -> ExitCode:
    _forget_output()
    print(f"secops: {error.strerror}", file=sys.stderr)  # noqa: T201  # nothing else works any more
    return ExitCode.INCOMPLETE


if __name__ == "__main__":
    main()
