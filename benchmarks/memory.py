"""Resident memory of the whole program after a long race of many."""

from __future__ import annotations

import sys
from pathlib import Path

from results import Effort, Row, Target
from windows import RUNS, Paints, process_until, race_of_many, shown_window

from optisim.app import make_application

STEPS = 10_000


def measure(effort: Effort) -> list[Row]:
    """Megabytes once all steps are computed and painted."""
    make_application(["optisim"])
    steps = effort.times(STEPS, 500)
    window = shown_window(race_of_many(steps), effort.folder)
    player = window.lab.player
    paints = Paints(window.lab.map_view.viewport())
    player.to_end()
    process_until(lambda: player.reach >= steps, patience=300.0)
    paints.next(lambda: player.seek(steps))
    resident = resident_megabytes()
    window.close()
    return [Row(f"memory, {RUNS} runs × {steps:,} steps shown", resident, "MB", target=Target(350.0))]


def resident_megabytes() -> float | None:
    """What this process holds in memory, or at its peak did where the system tells no more."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 1024
