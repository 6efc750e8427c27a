"""Bare: PyYAML's C loader loads the files."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

import yaml

gc.collect()
start = time.process_time()
loaded = [yaml.load(Path(one).read_bytes(), Loader=yaml.CSafeLoader) for one in sys.argv[2:]]
seconds = time.process_time() - start
if sys.argv[1] == "systems":
    names = [one["name"] for one in loaded[0]["systems"]]
    print(len(names), "of 1 file, the last", names[-1])
else:
    counts = dict.fromkeys(("items", "checks", "rules", "cases"), 0)
    for one in loaded:
        for key in counts:
            counts[key] += len(one[key]) if isinstance(one.get(key), list) else 0
    print(", ".join(f"{count} {key}" for key, count in counts.items()))
    print("own seconds", seconds)
