"""A frame of the canvas while twenty balls roll on, against matplotlib's blitting and against short trails.

The balls are put on paths that fill the view, so that no trail is cheap because its ball stands still. A frame
is from showing the next step to the end of the paint event that shows it; given is the median of a block of
frames, and of several such blocks the lowest.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle

import numpy as np
from results import Effort, Row, Target, alternated, faster, no_slower
from windows import RUNS, Paints, race_of_many

from optisim.app import make_application
from optisim.canvas.map.map_view import MapView
from optisim.canvas.map.snapshot import Snapshot
from optisim.core.base.arrays import Array
from optisim.core.race.scenario import Scenario
from optisim.core.race.simulate import Trajectory, begin
from optisim.core.surfaces import Domain
from optisim.core.surfaces.contours import heights

LONG, SHORT = 10_000, 100  # points of a trail
WIDTH, HEIGHT = 1280, 800


def measure(effort: Effort) -> list[Row]:
    """Milliseconds a frame, and for painting whole layers anew."""
    app = make_application(["optisim"])
    points, frames = effort.times(LONG, 1000), effort.times(40, 5)
    scenario = race_of_many(points + frames)
    paths = roaming(scenario.surface.domain, points + frames + 1)
    ours = _OptiSim(scenario, paths)
    parts: dict[str, Callable[[], float]] = {
        "long": lambda: ours.rolling(points - 1, frames),
        "short": lambda: ours.rolling(SHORT - 1, frames),
        "back": lambda: ours.back(points - 1),
        "scrub": lambda: ours.scrubbed(points - 1),
        "zoom": ours.zoomed,
        "sharp": ours.sharpened,
    }
    theirs = None
    try:
        theirs = _Matplotlib(scenario, paths)
    except ImportError:
        pass
    else:
        parts["matplotlib"] = lambda: theirs.rolling(points - 1, effort.times(5, 2))
    found = alternated(parts, effort.times(12), of=min)
    ours.canvas.close()
    app.processEvents()
    what = f"frame, {RUNS} trails of {points:,} points"
    return [
        Row(what, found["long"], "ms", target=Target(4.0)),
        faster(what, found["long"], "ms", "matplotlib, blitted", found.get("matplotlib"), 40.0),
        no_slower(what, found["long"], "ms", f"trails of {SHORT} points", found["short"], 1.5),
        Row(f"a step back, {RUNS} trails of {points:,} points", found["back"], "ms", target=Target(16.0)),
        Row("a frame of a scrub to anywhere in them, median", found["scrub"], "ms", target=Target(16.0)),
        Row("zoom, what is shown at once", found["zoom"], "ms", target=Target(16.0)),
        Row("zoom, sharp after", found["sharp"], "ms", target=Target(40.0)),
    ]


def roaming(domain: Domain, points: int) -> Array:
    """Paths that fill `domain` in strides of about five pixels, (RUNS, points, 2)."""
    t = np.arange(points)
    paths = np.empty((RUNS, points, 2))
    for run in range(RUNS):
        for axis, (low, side) in enumerate(((domain.left, domain.width), (domain.bottom, domain.height))):
            turn = (0.008 + 0.004 * axis) * (1 + 0.037 * run)
            paths[run, :, axis] = low + side * (0.5 + 0.47 * np.sin(turn * t + run + axis))
    return paths


class _OptiSim:
    """The real canvas, shown."""

    def __init__(self, scenario: Scenario, paths: Array) -> None:
        self._scenario = scenario
        self._trajectories = []
        for run, path in zip(scenario.runs, paths, strict=True):
            state = begin(scenario, run)
            trajectory = Trajectory(run, state)
            trajectory.append(state, {"x": path[:, None, :]})
            self._trajectories.append(trajectory)
        self.canvas = MapView(self._scene(0))
        self.canvas.resize(WIDTH, HEIGHT)
        self._paints = Paints(self.canvas.viewport())
        self._paints.next(self.canvas.show)
        self._zooms = cycle((1.25, 0.8))

    def _scene(self, step: int) -> Snapshot:
        return Snapshot(self._scenario, tuple(self._trajectories), float(step))

    def _to(self, step: int) -> float:
        return self._paints.next(lambda: self.canvas.show_snapshot(self._scene(step))) * 1e3

    def rolling(self, first: int, frames: int) -> float:
        """Milliseconds of a frame while the trails grow by a step a frame."""
        self._to(first)
        self.canvas.sharpen()
        return statistics.median(self._to(first + 1 + frame) for frame in range(frames))

    def back(self, step: int) -> float:
        """Milliseconds of the frame of a step back."""
        self._to(step)
        self.canvas.sharpen()
        return self._to(step - 1)

    def scrubbed(self, last: int) -> float:
        """Milliseconds of a frame while the time line is dragged all over; the median of some."""
        self._to(last)
        self.canvas.sharpen()
        return statistics.median(self._to(last * place % (last + 1)) for place in range(7, 47, 2))

    def zoomed(self) -> float:
        """Milliseconds of the first frame of a zoom, with long trails."""
        self.canvas.sharpen()
        return self._paints.next(lambda: self.canvas.zoom(next(self._zooms))) * 1e3

    def sharpened(self) -> float:
        """Milliseconds that it takes to paint the map sharp after a zoom, at the start, where trails are short."""
        self._to(0)
        self.canvas.sharpen()
        self.canvas.zoom(next(self._zooms))
        start = time.perf_counter()
        self.canvas.sharpen()
        return (time.perf_counter() - start) * 1e3


class _Matplotlib:
    """The same scene as a blitting animation: a kept background, and lines that are given longer data."""

    def __init__(self, scenario: Scenario, paths: Array) -> None:
        from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100)
        self._canvas = FigureCanvasQTAgg(figure)
        self._axes = figure.add_axes((0.05, 0.06, 0.89, 0.93))  # as large as OptiSim's map
        domain = scenario.surface.domain
        seen = heights(scenario.surface, domain, 320, 320)
        self._axes.contourf(seen.x, seen.y, np.log1p(seen.z), levels=14)
        self._axes.set_xlim(domain.left, domain.right)
        self._axes.set_ylim(domain.bottom, domain.top)
        self._paths = paths
        self._lines = [
            self._axes.plot([], [], color=run.color, linewidth=2, animated=True)[0] for run in scenario.runs
        ]
        self._canvas.resize(WIDTH, HEIGHT)
        self._paints = Paints(self._canvas)
        self._paints.next(self._canvas.show)
        self._canvas.draw()
        self._background = self._canvas.copy_from_bbox(figure.bbox)

    def rolling(self, first: int, frames: int) -> float:
        """Milliseconds of a frame while the trails grow by a step a frame."""
        draws = (partial(self._draw, first + 1 + frame) for frame in range(frames))
        return statistics.median(self._paints.next(draw) * 1e3 for draw in draws)

    def _draw(self, last: int) -> None:
        self._canvas.restore_region(self._background)
        for line, path in zip(self._lines, self._paths, strict=True):
            line.set_data(path[: last + 1, 0], path[: last + 1, 1])
            self._axes.draw_artist(line)
        self._canvas.blit(self._axes.bbox)
