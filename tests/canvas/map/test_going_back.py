"""Long trails: going back in them, and zoom and pan, show what painting all anew shows."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from optisim.canvas.map import trails as trails_module
from optisim.canvas.map.map_view import MapView
from optisim.canvas.map.snapshot import Snapshot
from optisim.canvas.map.trails import CHUNK, Trails
from optisim.canvas.projection import Projection
from optisim.canvas.theme import LIGHT
from optisim.core.race.scenario import chapter_scenario
from optisim.core.race.simulate import Trajectory, begin, race_to_end
from tests.canvas.pictures import difference, rgb

ROWS = 10 * CHUNK
WIDTH, HEIGHT = 400, 300
PICTURES = 4 * WIDTH * HEIGHT * 2  # bytes of the two pictures that trails are
DOMAIN = chapter_scenario().surface.domain
PLACES = [ROWS, ROWS - 1, ROWS - 2, 5 * CHUNK, 5 * CHUNK - 1, 700, ROWS - 40, 3, 0, 1900, 1000, ROWS]


@pytest.fixture(scope="module")
def roaming():
    """Three trajectories that fill the view, so that no part of them is as good as another."""
    scenario, t = chapter_scenario(), np.arange(ROWS + 1)
    trajectories = []
    for number, run in enumerate(scenario.runs[:3]):
        path = 9.0 * np.stack((np.sin(0.11 * t + number), np.cos(0.0713 * (1 + number) * t)), axis=-1)
        trajectory = Trajectory(run, begin(scenario, run))
        trajectory.append(trajectory.state, {"x": path[:, None]})
        trajectories.append(trajectory)
    return trajectories


def empty(memory):
    still = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    still.fill(QColor("#808080"))
    return Trails(still, Projection(DOMAIN, WIDTH, HEIGHT), LIGHT, memory=memory)


def pictures(trails):
    return bytes(trails.ground.constBits()), bytes(trails.ink.constBits())


@pytest.mark.parametrize("memory", [100 * PICTURES, 3 * PICTURES], ids=["plenty", "little"])
def test_wherever_one_goes_trails_are_as_if_painted_anew(qapp, roaming, monkeypatch, memory):
    monkeypatch.setattr(trails_module, "APART", 500)
    trails = empty(memory)
    for row in PLACES:
        assert trails.show(roaming, row)
        fresh = empty(memory)
        fresh.show(roaming, row)
        assert pictures(trails) == pictures(fresh), row
        assert not trails.reaches_beyond(roaming, row)
        assert trails.kept <= memory + PICTURES  # and the one for a step back


def test_a_step_back_paints_no_more_than_a_chunk_anew(qapp, roaming, monkeypatch):
    trails = empty(100 * PICTURES)
    trails.show(roaming, ROWS - 10)
    painted, strokes = [], trails_module.strokes

    def counted(pieces, *rest):
        painted.extend(last - first for _, first, last in pieces)
        return strokes(pieces, *rest)

    monkeypatch.setattr(trails_module, "strokes", counted)
    trails.show(roaming, ROWS - 11)
    assert painted
    assert max(painted) <= CHUNK
    assert sum(painted) <= CHUNK * len(roaming)


def test_without_memory_nothing_is_kept_and_one_may_go_back(qapp, roaming):
    trails, fresh = empty(0), empty(0)
    trails.show(roaming, ROWS)
    trails.show(roaming, 900)
    fresh.show(roaming, 900)
    assert pictures(trails) == pictures(fresh)
    assert trails.kept == 0


def test_what_is_painted_a_little_at_a_time_is_the_same_in_the_end(qapp, roaming):
    trails, fresh = empty(100 * PICTURES), empty(100 * PICTURES)
    fresh.show(roaming, ROWS)
    turns = 1
    while not trails.show(roaming, ROWS, deadline=0.0):
        turns += 1
        assert turns <= ROWS / CHUNK
    assert turns > 5
    assert pictures(trails) == pictures(fresh)


def test_trails_that_grew_later_are_in_the_pictures_that_one_goes_back_to(qapp, roaming):
    short = Trajectory(roaming[2].run, roaming[2].state)
    short.append(short.state, {"x": roaming[2].x[:300].copy()})
    together = [*roaming[:2], short]
    trails, fresh = empty(100 * PICTURES), empty(100 * PICTURES)
    trails.show(together, 1000)
    short.append(short.state, {"x": roaming[2].x[300:].copy()})
    trails.show(together, 2000)
    trails.show(together, 1500)
    fresh.show(together, 1500)
    assert difference(rgb(trails.ground), rgb(fresh.ground)).max() < 90
    ink = [np.frombuffer(one.ink.constBits(), np.uint8).reshape(-1, 4)[:, 3] > 100 for one in (trails, fresh)]
    assert (ink[0] != ink[1]).mean() < 0.01


# ── Zoom and pan ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def view(qtbot):
    scenario = chapter_scenario()
    view = MapView(Snapshot(scenario, tuple(race_to_end(scenario)), 30.0))
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    qtbot.waitExposed(view)
    view.sharpen()
    return view


def as_shown(view):
    """The map as the next frame shows it, stand-ins included."""
    image = QImage(view.viewport().size(), QImage.Format.Format_RGB32)
    view.viewport().render(image)
    return rgb(image)


@pytest.mark.parametrize(
    "change",
    [
        lambda view: view.zoom(1.7),
        lambda view: view.zoom(1 / 3),
        lambda view: view.view.translateBy(3.0, -2.0),
        lambda view: view.view.setRange(xRange=(400.0, 420.0), yRange=(5.0, 9.0), padding=0),
    ],
    ids=["in", "out", "pan", "elsewhere"],
)
def test_zoom_and_pan_show_something_at_once_and_the_sharp_picture_by_themselves(view, qtbot, change):
    before = as_shown(view)
    change(view)
    assert not view.sharp
    at_once = as_shown(view)
    assert difference(at_once, before).max() > 60, "the old picture has moved"
    qtbot.waitUntil(lambda: view.sharp)
    sharp = as_shown(view)
    assert np.array_equal(sharp, rgb(view.grab().toImage()))
    view.map_item.forget_terrain()
    assert np.array_equal(sharp, as_shown(view)), "all anew"


def test_a_picture_that_is_grabbed_is_never_a_stand_in(view):
    view.zoom(2.0)
    grabbed = rgb(view.grab().toImage())
    assert view.sharp
    view.map_item.forget_terrain()
    assert np.array_equal(grabbed, as_shown(view))


def test_far_zooms_paint_stand_ins_without_trouble(view):
    for factor in (1e4, 1e5, 1e-9, 1e-7):
        view.zoom(factor)
        assert as_shown(view).any()
    view.reset_view()
    assert as_shown(view).any()
