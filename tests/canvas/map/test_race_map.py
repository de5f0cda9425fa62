"""The map: a snapshot, whatever there is in it, comes out as the picture that it describes."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from optisim.canvas.map.map_view import MapView
from optisim.canvas.map.parts import MAP_PARTS
from optisim.canvas.map.race_map import nested_radii
from optisim.canvas.map.snapshot import Display, Snapshot
from optisim.canvas.markers import BALL
from optisim.canvas.theme import DARK, LIGHT
from optisim.core.optimizers import OPTIMIZERS
from optisim.core.race.scenario import LOOKS, chapter_scenario, make_scenario
from optisim.core.race.simulate import Trajectory, advance, begin, race_to_end
from optisim.core.surfaces import SURFACES, Domain, own_surface
from tests.canvas.pictures import WITH_LEGEND, colors, count, difference, map_item_of, painted, rgb

BOWL = SURFACES["bowl"]
BARE = Display().with_parts(heat=False, contours=False, legend=False, minima=False, starts=False, colorbar=False)
pytestmark = pytest.mark.usefixtures("qapp")


def snapshot_of(scenario, cursor=None):
    return Snapshot(scenario, tuple(race_to_end(scenario)), float(scenario.steps if cursor is None else cursor))


def runs(*specs, surface=BOWL, **fields):
    return make_scenario(surface, [OPTIMIZERS.read(spec) for spec in specs], **fields)


def bare(snapshot, display=BARE, **keywords):
    map_item = map_item_of(snapshot, **keywords)
    map_item.show_display(display, LIGHT)
    return map_item


def near(picture, x, y, radius):
    """The part of a picture about a place."""
    return picture[max(int(y - radius), 0) : int(y + radius) + 1, max(int(x - radius), 0) : int(x + radius) + 1]


def as_vectors(map_item):
    """What the map paints for a figure of vectors."""
    map_item.vector = True
    try:
        return painted(map_item)
    finally:
        map_item.vector = False


# ── What there may be in a snapshot ──────────────────────────────────────────────────────────────────────


def test_a_snapshot_without_runs_is_the_map():
    empty = painted(map_item_of(Snapshot(runs())))
    assert colors(empty) > 500
    assert np.array_equal(empty, painted(map_item_of(Snapshot(runs("adam"))))) is False, (
        "a legend should have been added"
    )
    without = Display().with_parts(legend=False)
    assert np.array_equal(painted(bare(Snapshot(runs()), without)), painted(bare(Snapshot(runs("adam")), without)))


def test_hidden_runs_leave_nothing_in_the_picture():
    scenario = chapter_scenario()
    for number in (0, 2, 4):
        hidden = scenario.with_run(number, replace(scenario.runs[number], visible=False))
        less = scenario.without(number)
        assert np.array_equal(painted(map_item_of(snapshot_of(hidden))), painted(map_item_of(snapshot_of(less))))
    all_hidden = replace(scenario, runs=tuple(replace(run, visible=False) for run in scenario.runs))
    assert np.array_equal(
        painted(map_item_of(snapshot_of(all_hidden))),
        painted(map_item_of(Snapshot(runs(surface=scenario.surface)))),
    )


def test_trajectories_of_different_lengths_each_show_what_they_have():
    scenario = chapter_scenario()
    parts = []
    for run, steps in zip(scenario.runs, (0, 1, 3, 12, 31), strict=True):
        trajectory = Trajectory(run, begin(scenario, run))
        trajectory.append(*advance(trajectory.state, steps))
        parts.append(trajectory)
    for cursor in (0.0, 0.5, 2.5, 11.0, 30.0):
        map_item = bare(Snapshot(scenario, tuple(parts), cursor))
        for picture in (painted(map_item), as_vectors(map_item)):
            assert count(picture, scenario.runs[0].color, 12) == 0, "it has not begun"
        positions = [map_item.snapshot.positions(trajectory) for trajectory in map_item.snapshot.shown]
        ends = [trajectory.x[min(int(cursor), len(trajectory) - 1)] for trajectory in map_item.snapshot.shown]
        assert all(np.abs(p - e).max() < 3 for p, e in zip(positions, ends, strict=True))


@pytest.mark.parametrize(("cursor", "theme"), [(0.0, LIGHT), (37.4, DARK)], ids=["start", "under way"])
def test_a_hundred_starts_and_all_looks_can_be_painted(cursor, theme):
    starts = tuple((-9.9 + 0.2 * k, 9.0 * np.cos(k)) for k in range(100))
    scenario = runs(*["adam:lr=0.3", "sgd:lr=0.4"] * 4, starts=starts, steps=60)
    map_item = map_item_of(snapshot_of(scenario, cursor))
    map_item.show_display(WITH_LEGEND, theme)
    for picture in (painted(map_item), as_vectors(map_item)):
        assert colors(picture) > 1000
        for look in LOOKS:
            assert count(picture, look.color, 24) > 20


@pytest.mark.parametrize(
    "formula", ["log(x)", "1/(x y)", "sqrt(-1 - x^2)", "0 x", "1e307 x", "exp(700 x)", "x^100"]
)
@pytest.mark.parametrize("log", [False, True])
def test_surfaces_with_holes_cliffs_and_plains_can_be_painted(formula, log):
    surface = replace(own_surface(formula), log=log)
    map_item = map_item_of(snapshot_of(runs("sgd:lr=10", "adam:lr=100", surface=surface, steps=40)))
    seen, vectors = painted(map_item), as_vectors(map_item)
    assert difference(seen, vectors).mean() < 6


def test_a_view_too_small_to_draw_is_left_empty():
    for width, height in ((0, 0), (1, 400), (400, 1)):
        map_item = map_item_of(snapshot_of(chapter_scenario()), max(width, 1), max(height, 1))
        map_item.set_frame(QRectF(0, 0, width, height), BOWL.domain)
        image = QImage(20, 20, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        map_item.paint(painter, None)
        painter.end()
        assert not rgb(image).any()


# ── Balls ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow(keep=9)
@pytest.mark.parametrize("slug", SURFACES)
def test_every_ball_is_where_its_trajectory_says(slug):
    scenario = chapter_scenario(SURFACES[slug])
    for number, run in enumerate(scenario.runs):
        alone = replace(scenario, runs=(run,))
        for cursor in (0, scenario.steps // 2, scenario.steps):
            map_item = bare(snapshot_of(alone, cursor))
            (place,) = map_item.projection.to_pixels(map_item.snapshot.positions(map_item.snapshot.trajectories[0]))
            if not ((place > 10) & (place < (490, 390))).all():
                continue
            for picture in (painted(map_item), as_vectors(map_item)):
                assert count(near(picture, *place, 5), run.color, 40) > 20, (number, cursor)


def test_a_ball_glides_between_two_steps():
    scenario = runs("sgd:lr=0.95")
    before, after = race_to_end(scenario)[0].x[4:6, 0]
    for share in (0.25, 0.5, 0.9):
        map_item = bare(snapshot_of(scenario, 4 + share))
        (place,) = map_item.projection.to_pixels((before + share * (after - before))[None])
        picture = painted(map_item)
        assert count(near(picture, *place, 5), scenario.runs[0].color, 40) > 20
        start = map_item.projection.to_pixels(before)
        for part in np.linspace(0.1, 0.9, 7):
            assert count(near(picture, *(start + part * (place - start)), 2), scenario.runs[0].color, 40) > 2
        end = map_item.projection.to_pixels(before + 1.0 * (after - before))
        if share < 0.5:
            assert count(near(picture, *end, 3), scenario.runs[0].color, 40) == 0, "the line runs ahead of the ball"


def test_a_ball_that_left_the_view_waits_at_the_edge_nearest_to_it():
    scenario = runs("sgd:lr=0.95")
    for view, x, y in (
        (Domain(5.0, 9.0, -1.0, 1.0), 0, None),
        (Domain(-9.0, -5.0, -1.0, 1.0), 500, None),
        (Domain(-4.0, 4.0, 3.0, 5.0), None, 400),
        (Domain(-4.0, 4.0, -5.0, -3.0), None, 0),
        (Domain(1e-300, 1e-3, 1.0, 1.001), 0, 400),
    ):
        for map_item in (bare(snapshot_of(scenario), view=view, display=BARE.with_parts(trails=False)),):
            for picture in (painted(map_item), as_vectors(map_item)):
                rows, columns = np.nonzero(difference(picture, np.full_like(picture, 255)) > 30)
                assert 20 < len(rows) < 200
                assert x is None or abs(columns.mean() - x) < 2 * BALL
                assert y is None or abs(rows.mean() - y) < 2 * BALL


def test_a_diverged_ball_is_crossed_out_from_the_step_at_which_it_stopped():
    scenario = runs("sgd:lr=1.6", steps=100)
    trajectory = race_to_end(scenario)[0]
    (stopped,) = trajectory.stopped.tolist()
    assert 0 < stopped < 100
    x, y = 2 * np.abs(trajectory.x[: stopped + 1, 0]).max(axis=0)
    view = Domain(-x, x, -y, y)
    map_item = bare(snapshot_of(scenario, stopped), view=view)
    assert count(painted(map_item), LIGHT.error, 24) > 10
    assert count(as_vectors(map_item), LIGHT.error, 24) > 10
    map_item.show_snapshot(snapshot_of(scenario, stopped - 1))
    assert count(painted(map_item), LIGHT.error, 24) == 0


def test_balls_on_one_spot_show_as_rings():
    scenario = chapter_scenario()
    together = painted(bare(snapshot_of(scenario, 0)))
    for number, run in enumerate(scenario.runs):
        grey = scenario.with_run(number, replace(run, color="#808080"))
        changed = difference(together, painted(bare(snapshot_of(grey, 0)))) > 30
        assert changed.sum() > 12, f"{run.name} is covered"
    assert nested_radii([np.array([[5.0, 5.0], [50.0, 5.0]])] * 3) == [
        [BALL + 4, BALL + 4],
        [BALL + 2, BALL + 2],
        [BALL, BALL],
    ]
    assert nested_radii([np.empty((0, 2))]) == [[]]
    assert nested_radii([]) == []


# ── Kept pictures are never stale ────────────────────────────────────────────────────────────────────────


def test_forwards_and_back_every_instant_looks_as_if_painted_afresh():
    """Exactly so after going back; forwards, but for antialiasing where two batches of segments meet."""
    scenario = runs("momentum:lr=0.1")
    whole = snapshot_of(scenario)
    map_item = map_item_of(whole)
    last = 0
    for cursor in (0, 1, 4, 4.5, 9, 30, 17, 17.25, 3, 0, 30, 29, 29.75):
        map_item.show_snapshot(replace(whole, cursor=float(cursor)))
        kept, fresh = painted(map_item), painted(map_item_of(replace(whole, cursor=float(cursor))))
        if int(cursor) < last or cursor == 0:
            assert np.array_equal(kept, fresh), cursor
        else:
            assert (difference(kept, fresh) > 40).sum() < 30, cursor
        assert np.array_equal(painted(map_item), kept), "painting the same twice changes it"
        last = int(cursor)


def test_new_trajectories_of_the_same_runs_replace_the_old_trails():
    """Even when one takes the place of the other in memory, as often happens while a rate is dragged."""
    map_item = map_item_of(snapshot_of(runs("sgd:lr=0.95")))
    for _ in range(20):
        map_item.show_snapshot(snapshot_of(runs("sgd:lr=0.95")))
        painted(map_item)
        place = id(map_item.snapshot.trajectories[0])
        for rate in (0.9, 0.8, 0.7, 0.3):
            map_item.show_snapshot(snapshot_of(runs(f"sgd:lr={rate}")))
            if id(map_item.snapshot.trajectories[0]) == place:
                break
        assert np.array_equal(painted(map_item), painted(map_item_of(map_item.snapshot)))


@pytest.mark.parametrize(
    "change",
    [
        lambda snapshot: replace(snapshot, scenario=replace(snapshot.scenario, surface=SURFACES["rosenbrock"])),
        lambda snapshot: replace(snapshot, scenario=replace(snapshot.scenario, surface=replace(BOWL, log=False))),
        lambda snapshot: replace(snapshot, scenario=replace(snapshot.scenario, starts=((3.0, 3.0),))),
        lambda snapshot: replace(snapshot, trajectories=snapshot.trajectories[:2]),
        lambda snapshot: replace(snapshot, trajectories=snapshot.trajectories[::-1]),
        lambda snapshot: replace(snapshot, selected=2),
    ],
    ids=["surface", "log", "start", "fewer", "order", "selected"],
)
def test_a_changed_snapshot_looks_as_if_painted_afresh(change):
    snapshot = snapshot_of(chapter_scenario())
    map_item = map_item_of(snapshot)
    before = painted(map_item)
    changed = change(snapshot)
    map_item.show_snapshot(changed)
    after = painted(map_item)
    assert np.array_equal(after, painted(map_item_of(changed, view=snapshot.scenario.surface.domain)))
    assert not np.array_equal(after, before)


def test_a_changed_colour_is_that_of_trail_ball_and_legend():
    snapshot = snapshot_of(chapter_scenario())
    map_item = map_item_of(snapshot)
    painted(map_item)
    run = replace(snapshot.scenario.runs[1], color="#123456")
    snapshot.trajectories[1].run = run
    map_item.show_snapshot(replace(snapshot, scenario=snapshot.scenario.with_run(1, run)))
    picture = painted(map_item)
    assert count(picture, "#123456", 12) > 100
    assert np.array_equal(picture, painted(map_item_of(map_item.snapshot)))


# of those that a map without arrows has; the colour bar is beside it
@pytest.mark.parametrize(
    "off",
    [
        name
        for name, part in MAP_PARTS.items()
        if WITH_LEGEND.shows(name) and part.menu == "" and name != "colorbar"
    ],
)
def test_what_is_switched_off_is_gone_and_comes_back(off):
    map_item = map_item_of(snapshot_of(chapter_scenario()))
    before, vectors = painted(map_item), as_vectors(map_item)
    map_item.show_display(WITH_LEGEND.with_parts(**{off: False}), LIGHT)
    assert not np.array_equal(painted(map_item), before) or off == "minima"
    assert not np.array_equal(as_vectors(map_item), vectors) or off == "minima"
    map_item.show_display(WITH_LEGEND, LIGHT)
    assert np.array_equal(painted(map_item), before)
    assert np.array_equal(as_vectors(map_item), vectors)


def test_a_minimum_has_its_star():
    snapshot = Snapshot(runs(surface=SURFACES["himmelblau"]))
    with_stars, without = (painted(bare(snapshot, BARE.with_parts(minima=shown))) for shown in (True, False))
    places = map_item_of(snapshot).projection.to_pixels(np.array(SURFACES["himmelblau"].minima))
    changed = difference(with_stars, without) > 30
    for place in places:
        assert near(changed, *place, 7).sum() > 10
        near(changed, *place, 9)[:] = False
    assert not changed.any()


# ── The canvas around it ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def canvas():
    canvas = MapView(snapshot_of(chapter_scenario()))
    canvas.resize(600, 450)
    canvas.grab()  # gives it its layout
    yield canvas
    canvas.close()
    canvas.deleteLater()


def test_a_pixel_and_its_point_agree(canvas):
    for view in ((-10, 10, -10, 10), (-1e-4, 1e-4, 2, 2.001), (1e5, 2e5, -3e8, -1e8)):
        canvas.view.setRange(xRange=view[:2], yRange=view[2:], padding=0)
        for u, v in ((0.1, 0.2), (0.5, 0.5), (0.93, 0.07)):
            point = view[0] + u * (view[1] - view[0]), view[2] + v * (view[3] - view[2])
            x, y = canvas.point_at(canvas.mapToScene(canvas.pixel_of(point)))
            assert abs(x - point[0]) < (view[1] - view[0]) / 400
            assert abs(y - point[1]) < (view[3] - view[2]) / 300


def test_the_map_begins_at_the_surfaces_domain_and_comes_back_to_it(canvas):
    for surface in (BOWL, SURFACES["rosenbrock"], SURFACES["six-hump-camel"]):
        canvas.show_snapshot(Snapshot(chapter_scenario(surface)))
        home = [list(surface.domain[:2]), list(surface.domain[2:])]
        assert canvas.view.viewRange() == home
        canvas.zoom(4)
        (left, right), (bottom, top) = canvas.view.viewRange()
        assert right - left == pytest.approx(surface.domain.width / 4)
        assert top - bottom == pytest.approx(surface.domain.height / 4)
        canvas.reset_view()
        assert canvas.view.viewRange() == home


def test_another_instant_or_start_keeps_the_view(canvas):
    canvas.zoom(3)
    view = canvas.view.viewRange()
    canvas.show_snapshot(
        replace(canvas.snapshot, cursor=3.0, scenario=canvas.snapshot.scenario.with_start(0, (1.0, 1.0)))
    )
    assert canvas.view.viewRange() == view
