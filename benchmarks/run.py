#!/usr/bin/env python3
"""Measures OptiSim beside what people would use instead, in one run, and prints one table.

    python benchmarks/run.py                  everything; some minutes
    python benchmarks/run.py --only frame     one subject
    python benchmarks/run.py --smoke          only see that it runs; a few seconds

Peers are installed with `pip install -r benchmarks/requirements.txt`, best into an environment of their own; what
is missing is left out. Each subject has a fresh process, and each ratio is of numbers taken in turns in it.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
import traceback
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from results import Effort, Row, table

SUBJECTS = (
    "frame",
    "panels",
    "step",
    "methods",
    "film",
    "lateness",
    "responsiveness",
    "startup",
    "figure",
    "memory",
    "network",
)


def main() -> int:
    """Measure what the command line asks for; 1 if something crashed, whatever the speed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", choices=SUBJECTS, action="append", help="measure only this; may be repeated")
    parser.add_argument("--smoke", action="store_true", help="only see that everything runs")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the results to a file as well")
    parser.add_argument("--verbose", action="store_true", help="print details, such as where start-up goes")
    options = parser.parse_args()
    rows: list[Row] = []
    crashed = False
    with TemporaryDirectory(prefix="optisim-benchmark-", ignore_cleanup_errors=True) as folder:
        effort = Effort(Path(folder), options.smoke, options.verbose)
        for name in options.only or SUBJECTS:
            try:
                rows += _in_fresh_process(name, effort)
            except Exception:
                traceback.print_exc()
                crashed = True
    print(table(rows))
    if options.smoke:
        print("a smoke run: it shows that everything runs, not how fast")
    if hasattr(os, "getloadavg"):
        print(f"{os.getloadavg()[0]:.1f} processes were at work on {os.cpu_count()} cores, these included")
    if options.json:
        options.json.write_text(json.dumps(_document(rows), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return int(crashed)


def _in_fresh_process(name: str, effort: Effort) -> list[Row]:
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measure, name, effort).result()


def _measure(name: str, effort: Effort) -> list[Row]:
    sys.path.insert(0, str(Path(__file__).parent.parent))  # OptiSim of this checkout, installed or not
    rows: list[Row] = importlib.import_module(name).measure(effort)
    return rows


def _document(rows: list[Row]) -> dict[str, object]:
    return {
        "machine": {
            "system": platform.system(),
            "processor": platform.machine(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
        },
        "rows": [{**asdict(row), "met": row.met} for row in rows],
    }


if __name__ == "__main__":
    sys.exit(main())
