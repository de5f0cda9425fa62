"""What is exported, copied and previewed, as pure functions of values that can be pickled: work for a process.

A process remembers the race that it computed last, so that another picture of it takes less time than the first.
It must have a QGuiApplication.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from optisim.canvas.map.arrows import ArrowSet
from optisim.canvas.map.race_map import RaceMap
from optisim.canvas.map.snapshot import Snapshot
from optisim.canvas.pixels import Pixels
from optisim.canvas.view import PictureFactory
from optisim.core.base.problems import Problem
from optisim.core.base.progress import Progress
from optisim.core.documents.kinds import from_json, to_json
from optisim.core.documents.sharing import to_share
from optisim.core.optimizers.plugins import load_installed, load_sources, sources_of
from optisim.core.race.scenario import Scenario
from optisim.core.race.simulate import Trajectory, race_to_end
from optisim.export.figures.figure import Figure
from optisim.export.figures.formats import image_of, png_bytes, reserved_colors, save_figure, svg_bytes, thumbnail
from optisim.export.figures.painter import FigurePainter
from optisim.export.films import Film, save_film
from optisim.export.trajectories import save_data

LARGEST_SVG = 20_000  # points of all trails; above that, the clipboard has the pixels alone


class PackedScenario(NamedTuple):
    """A scenario for another process."""

    text: str  # the scenario as JSON
    sources: tuple[tuple[str, bytes], ...]  # the files that the user's own optimizers were loaded from

    @classmethod
    def of(cls, scenario: Scenario) -> PackedScenario:
        return cls(to_json(scenario), sources_of(run.optimizer for run in scenario.runs))

    def unpacked(self) -> Scenario:
        """The scenario, in a process that may not know its optimizers yet.

        Raises:
            Problem: if one of them cannot be loaded.
        """
        load_sources(self.sources)
        try:
            scenario: Scenario = from_json(self.text)
        except Problem:
            load_installed()  # it may be an optimizer of a package
            scenario = from_json(self.text)
        return scenario


@dataclass(frozen=True)
class Shot:
    """A figure of a race at an instant.

    Attributes:
        figure: how it is shown.
        packed: what is shown, raced to its end.
        step: the instant.
        looked_at: the run, by its place, and the ball that has arrows.
        selected: the run that stands out, by its place; −1 for none.
        arrow_sets: the arrows, where they are others than the instant has: in slow motion.
        picture: what makes the pictures of the race.
    """

    figure: Figure
    packed: PackedScenario
    step: float
    looked_at: tuple[int, int] = (0, 0)
    selected: int = -1
    arrow_sets: tuple[ArrowSet, ...] | None = None
    picture: PictureFactory = RaceMap

    def painter(self, progress: Progress) -> FigurePainter:
        """What paints it.

        Raises:
            Problem: if the figure cannot be made.
        """
        self.figure.check()
        scenario, trajectories = _raced(self.packed, progress)
        snapshot = Snapshot(scenario, trajectories, self.step, self.selected, self.arrow_sets or ())
        painter = FigurePainter(self.figure, snapshot, self.looked_at, self.picture)
        if self.arrow_sets is None or self.figure.panels:
            painter.show(self.step)
        return painter


class Copy(NamedTuple):
    """A figure for the clipboard."""

    pixels: Pixels
    png: bytes
    svg: bytes  # none of a figure with long trails


_last_race: tuple[PackedScenario, Scenario, tuple[Trajectory, ...]] | None = None  # computed last
_filmed: tuple[object, FigurePainter] | None = None  # previewed last, and for what


def _raced(packed: PackedScenario, progress: Progress) -> tuple[Scenario, tuple[Trajectory, ...]]:
    """The scenario and the trajectories of a race, which are computed unless they were last time."""
    global _last_race
    if _last_race is None or _last_race[0] != packed:
        _last_race = None  # which may be large
        scenario = packed.unpacked()
        _last_race = packed, scenario, tuple(race_to_end(scenario, progress))
    return _last_race[1], _last_race[2]


# ── Tasks ────────────────────────────────────────────────────────────────────────────────────────────────


def export_image(shot: Shot, path: Path, progress: Progress) -> None:
    """Write a figure.

    Raises:
        Problem: if it cannot be made or written; so do all that follow.
    """
    painter = shot.painter(progress)
    progress(0, 0)
    save_figure(painter, shot.packed.unpacked(), path)


def export_film(shot: Shot, film: Film, path: Path, progress: Progress) -> None:
    """Write a film; the instant of `shot` does not matter."""
    scenario, _ = _raced(shot.packed, progress)
    painter = shot.painter(progress)
    painter.film(film.first, film.last)

    def paint(step: float) -> QImage:
        painter.show(step)
        return image_of(painter)

    save_film(paint, path, film, reserved_colors(shot.figure, scenario), progress, to_share(scenario))


def export_data(packed: PackedScenario, path: Path, progress: Progress) -> None:
    """Write the trajectories of a race."""
    scenario = packed.unpacked()
    trajectories = race_to_end(scenario, progress.stage(0, 2))
    save_data(scenario, trajectories, path, progress.stage(1, 2))


def copy_image(shot: Shot, progress: Progress) -> Copy:
    """A figure for the clipboard: as pixels, as PNG and, if that is not too large, as SVG."""
    painter = shot.painter(progress)
    progress(0, 0)
    scenario = shot.packed.unpacked()
    points = sum(trajectory.x.shape[0] * trajectory.x.shape[1] for trajectory in painter.trajectories)
    svg = svg_bytes(painter, scenario) if points <= LARGEST_SVG else b""
    return Copy(Pixels.of(image_of(painter)), png_bytes(painter, scenario), svg)


def preview(shot: Shot, film: Film | None, size: tuple[int, int], progress: Progress) -> Pixels:
    """A figure, or a frame of a film, as an image of so many pixels."""
    global _filmed
    if film is None:
        return Pixels.of(image_of(shot.painter(progress), QSize(*size)))
    about = (shot.figure, shot.packed, shot.looked_at, shot.selected, shot.picture, film.first, film.last)
    if _filmed is None or _filmed[0] != about:
        painter = shot.painter(progress)
        painter.film(film.first, film.last)
        _filmed = about, painter
    _filmed[1].show(shot.step)
    return Pixels.of(image_of(_filmed[1], QSize(*size)))


def picture(
    packed: PackedScenario, theme: str, width: int, height: int, ratio: float, progress: Progress
) -> Pixels:
    """A small picture of a race at its end; for the arguments see `thumbnail`."""
    return Pixels.of(thumbnail(packed.unpacked(), theme, width, height, ratio))
