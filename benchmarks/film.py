"""A film of a race as MP4, against the same scene as matplotlib's FuncAnimation with its FFMpegWriter.

Both film from step 0 to the last, with the same encoder at the same settings: a contour map, growing trails, balls
that glide, a legend. Given is the lowest of a few rounds, in seconds from a scenario to a file.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from results import Effort, Row, alternated, faster

from optisim.app import make_application
from optisim.core.race.scenario import Scenario, chapter_scenario
from optisim.core.race.simulate import Trajectory, race_to_end
from optisim.core.surfaces.contours import heights
from optisim.export.figures.figure import Figure
from optisim.export.figures.formats import image_of, painter_of
from optisim.export.films import Film, save_film

FRAMES = 300
FPS = 30
WIDTH, HEIGHT = 1280, 800
SHORT, LONG = 30, 1000  # steps
MARKERS = {"circle": "o", "square": "s", "triangle": "^", "diamond": "D", "pentagon": "p"}


def measure(effort: Effort) -> list[Row]:
    """Seconds for a film of a short race and for one of a long race."""
    make_application(["optisim"])
    frames = effort.times(FRAMES, 4)
    try:
        film_with_matplotlib: _Filming | None = _matplotlib()
    except ImportError:
        film_with_matplotlib = None
    rows = []
    for steps in (SHORT, effort.times(LONG, 60)):
        scenario = replace(chapter_scenario(), steps=steps)
        trajectories = race_to_end(scenario)
        path = effort.folder / "film.mp4"
        parts: dict[str, Callable[[], float]] = {
            "ours": partial(_seconds, _film, scenario, trajectories, frames, path)
        }
        if film_with_matplotlib is not None:
            parts["theirs"] = partial(_seconds, film_with_matplotlib, scenario, trajectories, frames, path)
        found = alternated(parts, effort.times(2), of=min)
        what = f"film, {frames} frames of {len(trajectories)} runs × {steps:,} steps"
        rows.append(faster(what, found["ours"], "s", "FuncAnimation", found.get("theirs"), 5.0))
    return rows


_Filming = Callable[[Scenario, list[Trajectory], int, Path], None]


def _seconds(film: _Filming, scenario: Scenario, trajectories: list[Trajectory], frames: int, path: Path) -> float:
    start = time.perf_counter()
    film(scenario, trajectories, frames, path)
    seconds = time.perf_counter() - start
    if path.stat().st_size < 10_000:
        raise AssertionError("this is no film")
    path.unlink()
    return seconds


def _film(scenario: Scenario, _: list[Trajectory], frames: int, path: Path) -> None:
    painter = painter_of(Figure(WIDTH, HEIGHT, "px"), scenario)

    def paint(step: float):  # type: ignore[no-untyped-def]
        painter.show(step)
        return image_of(painter)

    save_film(paint, path, Film.lasting(frames / FPS, FPS, 0.0, scenario.steps, hold=0.0))


def _matplotlib() -> _Filming:
    """The same with matplotlib.

    Raises:
        ImportError: if it, or every FFmpeg, is missing.
    """
    import matplotlib
    from matplotlib.animation import FFMpegWriter, FuncAnimation
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Drawing

    if shutil.which("ffmpeg") is None:
        import imageio_ffmpeg

        matplotlib.rcParams["animation.ffmpeg_path"] = imageio_ffmpeg.get_ffmpeg_exe()

    def film(scenario: Scenario, trajectories: list[Trajectory], frames: int, path: Path) -> None:
        drawing = Drawing(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100)
        FigureCanvasAgg(drawing)
        axes = drawing.add_axes((0.05, 0.06, 0.93, 0.92))
        domain = scenario.surface.domain
        seen = heights(scenario.surface, domain, 320, 320)
        levels = np.geomspace(0.05, 100.0, 14)
        axes.contourf(seen.x, seen.y, seen.z, levels=levels, alpha=0.5, extend="both")
        axes.clabel(axes.contour(seen.x, seen.y, seen.z, levels=levels, colors="0.3", linewidths=0.8))
        axes.set(xlim=(domain.left, domain.right), ylim=(domain.bottom, domain.top), xlabel="x", ylabel="y")
        trails, balls = [], []
        for trajectory in trajectories:
            run = trajectory.run
            trails += axes.plot([], [], color=run.color, linewidth=2, label=run.name)
            balls += axes.plot([], [], color=run.color, marker=MARKERS.get(run.marker, "o"), markersize=11)
        axes.legend(loc="upper right")

        def update(frame: int) -> list[object]:
            cursor = scenario.steps * frame / (frames - 1)
            row = min(int(cursor), scenario.steps - 1)
            for trajectory, trail, ball in zip(trajectories, trails, balls, strict=True):
                x = trajectory.x[:, 0]
                here = x[row] + (cursor - row) * (x[row + 1] - x[row])
                path = np.vstack([x[: row + 1], here])
                trail.set_data(path[:, 0], path[:, 1])
                ball.set_data(here[:1], here[1:])
            return [*trails, *balls]

        settings = ["-preset", "veryfast", "-crf", "18", "-pix_fmt", "yuv420p"]
        writer = FFMpegWriter(fps=FPS, codec="libx264", extra_args=settings)
        FuncAnimation(drawing, update, frames=frames, init_func=lambda: [*trails, *balls]).save(path, writer)

    return film
