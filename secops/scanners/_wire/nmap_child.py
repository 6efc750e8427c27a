"""A small program of its own session: runs nmap once, and takes it along when we are gone.

Our end of its standard input stays open while we live. When it closes (also after `kill -9`), or
when the limit passes, this program ends its whole process group: itself and nmap.
Run by path, so that it needs nothing of ours; see `nmap.py` for what goes in and comes out.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from typing import NoReturn


def end_group() -> NoReturn:
    """End nmap and ourselves, at once and whatever they are doing."""
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)  # Windows: nmap's own --host-timeout ends it


def watch_parent() -> None:
    """Wait until our parent's end of the pipe is closed."""
    while os.read(0, 1024):
        pass
    end_group()


def first_line() -> bytes:
    """Read the request byte by byte: nothing of the pipe may be left in a buffer."""
    got = bytearray()
    while (one := os.read(0, 1)) not in (b"", b"\n"):
        got += one
    return bytes(got)


def run(request: dict[str, str]) -> tuple[dict[str, str], bytes]:
    """Give what is to be said about the run, and the XML as nmap wrote it."""
    import nmap  # noqa: PLC0415  # after the watchers have begun

    chosen = os.environ.get("SECOPS_NMAP")
    try:
        scanner = nmap.PortScanner((chosen,)) if chosen else nmap.PortScanner()
    except nmap.PortScannerError:
        return {"missing": "yes"}, b""
    version = "{}.{}".format(*scanner.nmap_version())
    if scanner.nmap_version() < (int(request["oldest"]), 0):
        return {"version": version, "old": "yes"}, b""
    complete, warnings = "yes", ""
    try:
        done = scanner.scan(request["hosts"], request["ports"], request["arguments"])
        info = done["nmap"]["scaninfo"]
        warnings = " ".join([*info.get("error", []), *info.get("warning", [])])
    except (nmap.PortScannerError, AttributeError) as error:  # cut off: no end of the XML
        complete, warnings = "no", str(error)
    output = scanner.get_nmap_last_output()
    raw = output.encode() if isinstance(output, str) else bytes(output)
    return {"version": version, "complete": complete, "warnings": warnings[:2000]}, raw


def main() -> None:
    """Take one request, give one answer."""
    request = json.loads(first_line())
    threading.Thread(target=watch_parent, daemon=True).start()
    limit = threading.Timer(float(request["seconds"]), end_group)
    limit.daemon = True
    limit.start()
    said, raw = run(request)
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + raw)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
