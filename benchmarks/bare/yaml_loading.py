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
    items = sum(len(one.get("items", ())) for one in loaded)
    print(items, "items,", sum(len(one.get("rules", ())) for one in loaded), "rules")
    print("own seconds", seconds)
