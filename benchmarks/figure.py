"""A figure from the command line, the whole process: from launching Python to the PNG file.

Against a script that draws the same contours, trails and markers with matplotlib, and computes the same race.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from results import Effort, Row, Target, alternated

HERE = Path(__file__).parent
LONGEST = 1500.0  # milliseconds

# what someone would write: the race in a loop, the surface on a grid, the same parts in the same size
PEER = """
import sys
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

def gradient(w):
    return np.array([w[0] / 10, 2 * w[1]])

def rules():
    yield lambda g, s, t: -0.95 * g
    def momentum(g, s, t):
        s["v"] = 0.9 * s.get("v", 0) - 0.1 * g
        return s["v"]
    yield momentum
    def adagrad(g, s, t):
        s["h"] = s.get("h", 0) + g * g
        return -1.5 * g / (np.sqrt(s["h"]) + 1e-7)
    yield adagrad
    def rmsprop(g, s, t):
        s["h"] = 0.9 * s.get("h", 0) + 0.1 * g * g
        return -0.3 * g / (np.sqrt(s["h"]) + 1e-7)
    yield rmsprop
    def adam(g, s, t):
        s["m"] = 0.9 * s.get("m", 0) + 0.1 * g
        s["v"] = 0.999 * s.get("v", 0) + 0.001 * g * g
        return -0.3 * (s["m"] / (1 - 0.9 ** t)) / (np.sqrt(s["v"] / (1 - 0.999 ** t)) + 1e-8)
    yield adam

figure, axes = plt.subplots(figsize=(12.8, 8), dpi=100)
x, y = np.meshgrid(np.linspace(-10, 10, 640), np.linspace(-10, 10, 400))
z = x ** 2 / 20 + y ** 2
image = axes.imshow(np.log1p(z), extent=(-10, 10, -10, 10), origin="lower", aspect="auto", alpha=0.5)
lines = axes.contour(x, y, z, levels=[0.2, 0.5, 1, 2, 5, 10, 20, 50, 100], colors="k", linewidths=0.7)
axes.clabel(lines)
figure.colorbar(image)
for name, rule in zip(("SGD", "Momentum", "AdaGrad", "RMSProp", "Adam"), rules()):
    w, state, path = np.array([-7.0, 2.0]), {}, []
    for t in range(1, 32):
        path.append(w)
        w = w + rule(gradient(w), state, t)
    axes.plot(*np.array(path).T, "o-", markersize=3, label=name)
axes.legend()
figure.savefig(sys.argv[1])
"""


def measure(effort: Effort) -> list[Row]:
    """Milliseconds."""
    parts: dict[str, Callable[[], float]] = {
        "optisim": partial(_time, ["-m", "optisim", "render", "-o", str(effort.folder / "one.png")], effort)
    }
    if find_spec("matplotlib"):
        parts["matplotlib"] = partial(_time, ["-c", PEER, str(effort.folder / "two.png")], effort)
    if not effort.smoke:
        alternated(parts, 1)  # fills the system's cache, and writes what Python compiles
    found = alternated(parts, effort.times(9))
    what = "PNG figure from the command line, warm"
    peer = found.get("matplotlib")
    ratio = found["optisim"] / peer if peer else None
    return [Row(what, found["optisim"], "ms", "matplotlib", peer, ratio, Target(LONGEST))]


def _time(arguments: list[str], effort: Effort) -> float:
    """Milliseconds that Python takes with these arguments."""
    path = os.pathsep.join(filter(None, (str(HERE.parent), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": path}
    if not effort.smoke:
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = str(effort.folder / "bytecode")
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1e3
