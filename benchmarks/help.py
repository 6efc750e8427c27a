"""`secops --help` at most 3 times `python -c "import click"`: what a user waits for each time.

Run: `python -m benchmarks.help [--pairs N] [--tiny]`.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.pairs import Bound, Side, arguments, compare, digest, python, secops


def shown(_: Path, said: str) -> str:
    """Say what was printed."""
    return f"{len(said.splitlines())} lines, {digest(said)}"


def main() -> int:
    """Measure and say the figure."""
    asked = arguments(__doc__ or "")
    ours = Side(name="secops --help", command=lambda _: secops("--help"), result=shown)
    other = Side(name="import click", command=lambda _: python("-c", "import click"), result=shown)
    pairs = asked.pairs or 15
    bound = Bound(title="secops --help", most=3, same_result=False, pairs=pairs)
    return compare(ours, other, bound, tiny=asked.tiny)


if __name__ == "__main__":
    raise SystemExit(main())
