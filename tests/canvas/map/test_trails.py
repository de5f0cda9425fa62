"""Trails: a picture to which new segments are added shows what one painted in one go shows."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from optisim.canvas.map import trails as trails_module
from optisim.canvas.map.trails import FEW, Trails, paint_trails, trail_segments
from optisim.canvas.projection import Projection
from optisim.canvas.theme import DARK, LIGHT
from optisim.core.optimizers import OPTIMIZERS
from optisim.core.race.scenario import chapter_scenario, make_scenario
from optisim.core.race.simulate import race_to_end
from optisim.core.surfaces import SURFACES, Domain
from tests.canvas.pictures import count, rgb

WIDTH, HEIGHT = 500, 400
BOWL = SURFACES["bowl"]
ODD_BATCHES = [1, 2, 4, 7, 8, 13, 14, 22, 29, 30]


def on(view=BOWL.domain):
    return Projection(view, WIDTH, HEIGHT)


@pytest.fixture
def still(qapp):
    picture = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    picture.fill(QColor("#808080"))
    return picture


def trajectories_of(*specs, steps=30, surface=BOWL, starts=None):
    scenario = make_scenario(
        surface, [OPTIMIZERS.read(spec) for spec in specs], steps=steps, starts=starts or (surface.start,)
    )
    return race_to_end(scenario)


def ink(trails):
    """Red, green, blue and opacity of every pixel of the trails alone, (height, width, 4)."""
    image = trails.ink.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return pixels[..., [2, 1, 0, 3]].astype(int)


def ground(trails):
    return rgb(trails.ground)


def painted(still, trajectories, rows, view=BOWL.domain, theme=LIGHT, bold=None):
    """The trails after they were extended up to each of `rows` in turn."""
    trails = Trails(still, on(view), theme, bold)
    for row in rows:
        trails.extend(trajectories, row)
    return trails


# ── In batches and at once ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("batches", [ODD_BATCHES, range(1, 31), [30, 30, 10]])
def test_a_trail_painted_in_batches_is_one_painted_at_once(still, number, batches):
    """But for antialiasing: where two batches meet, the pixels at the edge of the line are touched twice.

    Of the 900 to 8,000 pixels of these trails, up to 52 differed, by up to 57 of 255, 20 of them by more than 16.
    A missing segment or dot differs by 255 in dozens of pixels.
    """
    trajectory = race_to_end(chapter_scenario())[number : number + 1]
    once, batched = painted(still, trajectory, [30]), painted(still, trajectory, batches)
    for layer in (ink, ground):
        difference = np.abs(layer(once) - layer(batched)).max(axis=-1)
        assert difference.max() < 90
        assert (difference > 16).sum() < 60
    less = painted(still, trajectory, [29])
    assert np.abs(ink(once) - ink(less)).max() > 90, "the comparison would not notice the last step"


def test_runs_painted_in_batches_differ_only_in_which_is_on_top_where_they_cross(still):
    race_of_five = race_to_end(chapter_scenario())
    once, batched = painted(still, race_of_five, [30]), painted(still, race_of_five, ODD_BATCHES)
    assert np.abs(ink(once) - ink(batched))[..., 3].max() < 90
    alone = [ink(painted(still, [trajectory], [30]))[..., 3] > 0 for trajectory in race_of_five]
    crossing = np.sum(alone, axis=0) > 1
    difference = np.abs(ink(once) - ink(batched)).max(axis=-1)
    assert (difference[~crossing] > 16).sum() < 100
    assert difference[~crossing].max() < 90
    assert crossing.sum() < 0.3 * np.any(alone, axis=0).sum()


def test_a_long_trail_painted_in_batches_lies_where_it_does_at_once(still):
    """Line caps are plain beyond FEW segments, which makes such a trail paler; but it is at the same place."""
    trajectory = trajectories_of("momentum:lr=0.0005,momentum=0.9999", steps=6000)
    assert len(trail_segments(trajectory[0], 0, 6000, on())[0]) > FEW
    once, batched = (ink(painted(still, trajectory, rows))[..., 3] for rows in ([6000], [*range(7, 6000, 7), 6000]))
    for one, other in ((once, batched), (batched, once)):
        grown = np.max([np.roll(other, (dy, dx), (0, 1)) for dy in (-1, 0, 1) for dx in (-1, 0, 1)], axis=0)
        assert (grown[one > 100] > 0).all()


def test_the_same_caps_give_the_same_trail_however_long(still, monkeypatch):
    monkeypatch.setattr(trails_module, "FEW", 10**9)
    trajectory = trajectories_of("momentum:lr=0.0005,momentum=0.9999", steps=6000)
    once, batched = (ink(painted(still, trajectory, rows)) for rows in ([6000], [*range(500, 6000, 500), 6000]))
    difference = np.abs(once - batched).max(axis=-1)
    assert difference.max() < 90  # 62 measured
    assert (difference > 16).sum() < 0.04 * (once[..., 3] > 0).sum()  # 0.021 measured


def test_many_balls_trail_at_once(still, monkeypatch):
    monkeypatch.setattr(trails_module, "FEW", 10**9)
    monkeypatch.setattr(trails_module, "FAN", 20)
    starts = tuple((-9.0 + 0.9 * k, 9.0 - 0.9 * k) for k in range(20))
    together = painted(still, trajectories_of("adam:lr=0.3", starts=starts), [30])
    alone = [painted(still, trajectories_of("adam:lr=0.3", starts=(start,)), [30]) for start in starts]
    assert ((ink(together)[..., 3] > 0) == np.any([ink(trails)[..., 3] > 0 for trails in alone], axis=0)).all()


def test_the_trails_of_a_fan_are_thin_and_bare(still):
    starts = tuple((-9.0 + 2.0 * k, 5.0) for k in range(5))
    fan, few = (painted(still, trajectories_of("adam:lr=0.3", starts=s), [30]) for s in (starts, starts[:4]))
    inked = [(ink(trails)[..., 3] > 0).sum() / balls for trails, balls in ((fan, 5), (few, 4))]
    assert 0 < inked[0] < 0.7 * inked[1]
    assert fan.ground == still


# ── What is known and wanted ─────────────────────────────────────────────────────────────────────────────


def test_a_trail_reaches_no_further_than_its_trajectory(still):
    short, long = trajectories_of("sgd:lr=0.95", steps=5), trajectories_of("adam:lr=0.3", steps=30)
    trails = painted(still, [*short, *long], [3, 20, 30])
    assert not trails.reaches_beyond([*short, *long], 30)
    assert trails.reaches_beyond(long, 29)
    assert trails.reaches_beyond(short, 4)
    assert not trails.reaches_beyond(short, 5)
    alone = [painted(still, [trajectory], [30]) for trajectory in (*short, *long)]
    assert ((ink(trails)[..., 3] > 0) == (ink(alone[0])[..., 3] > 0) | (ink(alone[1])[..., 3] > 0)).all()


def test_nothing_to_add_changes_nothing(still):
    trajectory = trajectories_of("sgd:lr=0.95")
    trails = painted(still, trajectory, [12])
    before = ink(trails), ground(trails)
    trails.extend(trajectory, 12)
    trails.extend(trajectory, 3)
    trails.extend([], 30)
    assert np.array_equal(before[0], ink(trails))
    assert np.array_equal(before[1], ground(trails))


def test_the_still_picture_itself_is_never_painted_on(still):
    before = rgb(still)
    trails = painted(still, trajectories_of("sgd:lr=0.95"), ODD_BATCHES)
    assert np.array_equal(before, rgb(still))
    assert not np.array_equal(before, ground(trails))


def test_the_trail_has_the_colour_of_its_run_on_a_casing_of_the_ground(still):
    for theme in (LIGHT, DARK):
        trajectory = trajectories_of("sgd:lr=0.95")
        trails = painted(still, trajectory, [30], theme=theme)
        assert count(ink(trails)[..., :3][ink(trails)[..., 3] == 255], trajectory[0].run.color) > 300
        assert count(ground(trails), theme.base) > 300


def test_the_selected_trail_is_bolder(still):
    (trajectory,) = trajectories_of("adam:lr=0.3")
    plain, bold = (ink(painted(still, [trajectory], [30], bold=chosen))[..., 3] for chosen in (None, trajectory))
    assert bold.sum() > 1.2 * plain.sum()
    assert (bold >= plain - 2).all()


# ── Lines far outside ────────────────────────────────────────────────────────────────────────────────────


def test_segments_stay_within_the_view_and_its_margin():
    for spec in ("sgd:lr=1.6", "momentum:lr=3", "sgd:lr=0.95"):
        for view in (BOWL.domain, Domain(1.0, 1.0 + 1e-6, -0.5, -0.5 + 1e-6), Domain(-1e9, 1e9, -1e9, 1e9)):
            (trajectory,) = trajectories_of(spec, steps=80, starts=((-7.0, 2.0), (3.0, 9e11)))
            segments, dots = trail_segments(trajectory, 0, 80, on(view))
            assert np.isfinite(segments).all()
            for points, margin in ((segments.reshape(-1, 2), 8), (dots, 5)):
                assert (points >= -margin).all()
                assert (points <= np.array([WIDTH, HEIGHT]) + margin).all()


def test_zoomed_in_a_long_way_trails_still_pass_where_the_balls_went():
    """Far points count as well, each on its own: else the line comes in from a wrong direction."""
    (trajectory,) = trajectories_of("sgd:lr=0.3", steps=3)
    before, after = trajectory.x[2, 0], trajectory.x[3, 0]
    (x, y), size = before + 0.3 * (after - before), 1e-6
    segments, _ = trail_segments(trajectory, 0, 3, on(Domain(x - size, x + size, y - size, y + size)))
    assert len(segments) == 1
    (x0, y0, x1, y1), centre = segments[0], (WIDTH / 2, HEIGHT / 2)
    gap = abs((x1 - x0) * (y0 - centre[1]) - (y1 - y0) * (x0 - centre[0])) / np.hypot(x1 - x0, y1 - y0)
    assert gap < 0.01
    slope = (after - before) * (WIDTH, -HEIGHT)
    assert abs((x1 - x0) * slope[1] - (y1 - y0) * slope[0]) < 1e-6 * np.hypot(*slope) * WIDTH


# ── As vectors ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("number", range(5))
def test_the_vectors_of_a_trail_look_like_its_picture(still, number):
    (trajectory,) = race_to_end(chapter_scenario())[number : number + 1]
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.drawImage(0, 0, still)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    paint_trails(painter, [trajectory], 30, on(), LIGHT)
    painter.end()
    seen = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    seen.fill(Qt.GlobalColor.black)
    trails = painted(still, [trajectory], [30])
    painter = QPainter(seen)
    painter.drawImage(0, 0, trails.ground)
    painter.drawImage(0, 0, trails.ink)
    painter.end()
    difference = np.abs(rgb(image) - rgb(seen)).max(axis=-1)
    touched = (np.abs(rgb(seen) - 128).max(axis=-1) > 0).sum()
    assert touched > 200
    assert (difference > 60).sum() < 0.06 * touched
