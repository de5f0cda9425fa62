"""Start-up while files are cached and compiled: from launching Python to the first painted window.

Against an empty pyqtgraph plot, which is what the toolkit itself costs, and a matplotlib figure of the same scene.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from results import Effort, Row, alternated, no_slower

HERE = Path(__file__).parent
LARGEST = 10  # imports to list


def measure(effort: Effort) -> list[Row]:
    """Milliseconds."""
    environment = _environment(effort)
    names = ["optisim", "pyqtgraph", *(["matplotlib"] if find_spec("matplotlib") else [])]
    stages: dict[str, list[float]] = {}
    parts: dict[str, Callable[[], float]] = {
        name: partial(_first_paint, name, environment, stages) for name in names
    }
    if not effort.smoke:
        alternated(parts, 1)  # fills the system's cache, and writes what Python compiles
        stages.clear()
    found = alternated(parts, effort.times(11))
    if effort.verbose:
        print("stages of OptiSim's start, milliseconds since Python began:")
        for name, times in stages.items():
            print(f"  {statistics.median(times):7.1f}  {name}")
        _print_imports(environment)
    return [
        no_slower("start-up, warm", found["optisim"], "ms", "empty pyqtgraph plot", found["pyqtgraph"], 1.25),
        no_slower("start-up, warm", found["optisim"], "ms", "matplotlib", found.get("matplotlib"), 0.9),
    ]


def _command(name: str, *options: str) -> list[str]:
    return [sys.executable, *options, str(HERE / "first_paint.py"), name]


def _environment(effort: Effort) -> dict[str, str]:
    """The environment of the starts: OptiSim of this checkout, and bytecode kept for all alike."""
    path = os.pathsep.join(filter(None, (str(HERE.parent), os.environ.get("PYTHONPATH"))))
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPATH": path}
    if not effort.smoke:
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = str(effort.folder / "bytecode")
    return environment


def _first_paint(name: str, environment: dict[str, str], stages: dict[str, list[float]]) -> float:
    """Milliseconds from launch to first paint; OptiSim's stages are added to `stages`."""
    start = time.perf_counter()
    with subprocess.Popen(_command(name), env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            reached, since = line.split()
            if name == "optisim":
                stages.setdefault(reached, []).append(float(since) * 1e3)
            if reached == "painted":
                return (time.perf_counter() - start) * 1e3
    raise RuntimeError(f"{name} ended with code {process.returncode} before its window was painted")


def _print_imports(environment: dict[str, str]) -> None:
    """Which imports take OptiSim's time, by what they and all they bring along cost."""
    process = subprocess.run(
        _command("optisim", "-X", "importtime"), env=environment, capture_output=True, text=True, check=True
    )
    imports = []
    for line in process.stderr.splitlines():
        cells = line.removeprefix("import time:").split("|")
        if len(cells) == 3 and cells[0].strip().isdigit():
            imports.append((int(cells[1]), int(cells[0]), cells[2].strip()))
    print(f"the {LARGEST} largest imports, milliseconds with what they bring along and alone:")
    for together, alone, name in sorted(imports, reverse=True)[:LARGEST]:
        print(f"  {together / 1e3:7.1f}  {alone / 1e3:7.1f}  {name}")
