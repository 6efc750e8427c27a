"""A report of 211 items as PDF against the bare renderer on the same HTML: at most 1.25 times.

CPU seconds of a fresh process each: ours goes from facts to PDF (context, templates, glyph check).
First pairs of bare against bare: within 5 %, else no figure. Then alternating pairs.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PAIRS: Final = 7
LIMIT: Final = 1.25
SPREAD: Final = 0.05
OURS: Final = """
import sys, time
started = time.process_time()
from tests.documents.sample_report import sample_facts
gathered = time.process_time()
facts = sample_facts()
started += time.process_time() - gathered  # making up the sample is no part of the work
from secops.model.document import DocumentFormat
from secops.settings.catalogue import words_for
from secops.wiring.report import printer_for
from pathlib import Path
printer = printer_for(Path("nowhere"), words_for("zh"))
context, template = printer.context(facts), printer.template()
printer.without_glyph(context)
made = printer.render(DocumentFormat.PDF, context, template)
print(time.process_time() - started, len(made))
"""


def _cpu(command: list[str]) -> float:
    ran = subprocess.run(  # noqa: S603  # our own scripts
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(ran.stdout.split()[0])


def main() -> int:
    """Measure and say the figure."""
    sys.path.insert(0, str(ROOT))
    from secops.model.document import DocumentFormat  # noqa: PLC0415  # through the path above
    from secops.settings.catalogue import words_for  # noqa: PLC0415  # as above
    from secops.wiring.report import fonts_at_hand, printer_for  # noqa: PLC0415  # as above
    from tests.documents.sample_report import AS_OF, sample_facts  # noqa: PLC0415  # as above

    printer = printer_for(ROOT / "nowhere", words_for("zh"))
    context = printer.context(sample_facts())
    html = printer.render(DocumentFormat.HTML, context, printer.template())
    fonts = fonts_at_hand()
    fonts.use()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_bytes(html)
        epoch = str((AS_OF - type(AS_OF)(1970, 1, 1)).days * 86400)
        bare = [
            "benchmarks/bare/report.py",
            str(page),
            str(fonts.cache / "fonts.conf"),
            epoch,
            str(Path(folder) / "bare.pdf"),
        ]
        ours = ["-c", OURS]
        _cpu(bare), _cpu(ours)  # warm the disk
        same = median(_cpu(bare) / _cpu(bare) for _ in range(PAIRS))
        print(f"211 items, {len(html)} bytes of HTML; bare against bare: {same:.3f}")
        if abs(same - 1) > SPREAD:
            print("the machine is too busy for a figure")
            return 1
        ratios = sorted(_cpu(ours) / _cpu(bare) for _ in range(PAIRS))
    print(f"ours against bare: {median(ratios):.3f} ({ratios[0]:.3f} to {ratios[-1]:.3f})")
    return 0 if median(ratios) <= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
