"""The local picture: contour lines of the parabola at a ball, and its axes, as they are seen on the map."""

from dataclasses import replace

import numpy as np
import pytest

from optisim.canvas.map.local_picture import DASH, RADIUS, picture
from optisim.canvas.map.snapshot import Display, Snapshot
from optisim.canvas.projection import Projection
from optisim.canvas.theme import DARK, LIGHT
from optisim.core.race.scenario import chapter_scenario
from optisim.core.race.simulate import race_to_end
from optisim.core.surfaces import SURFACES, Domain, own_surface
from optisim.core.surfaces.curvature import curvature_at
from optisim.export.figures.figure import Figure
from optisim.export.figures.painter import FigurePainter
from tests.canvas.pictures import difference, map_item_of, painted

pytestmark = pytest.mark.usefixtures("qapp")
STRETCHED = Projection(Domain(-10.0, 10.0, -2.0, 2.0), 600.0, 450.0)
LEVELS = np.arange(-4.0, 6.0, 0.25)


def seen(formula, point, projection=STRETCHED, levels=LEVELS):
    return picture(curvature_at(own_surface(formula), point), projection, levels)


@pytest.mark.parametrize("formula", ["x^2/20 + y^2", "x y/4 - y^2", "-x^2/9 - y^2 + x y/5", "x/3 - y"])
def test_the_dashes_lie_on_the_levels_of_the_map(formula):
    """Of a quadratic the model is the surface itself, so that its heights there are known."""
    surface, at = own_surface(formula), np.array([-1.5, 0.4])
    dashes = seen(formula, at).dashes
    assert len(dashes) > 10
    ends = dashes.reshape(-1, 2)
    assert np.hypot(*ends.T).max() <= RADIUS + 1e-9
    assert np.hypot(*(dashes[:, 2:] - dashes[:, :2]).T).max() <= DASH + 1e-9, "a dash from one line to another"
    points = np.array([STRETCHED.from_pixel(*(pixel + STRETCHED.to_pixels(at))) for pixel in ends])
    heights = surface.value(points)
    nearest = np.abs(heights[:, None] - LEVELS).min(axis=1)
    assert nearest.max() < 0.03 * np.ptp(heights)


@pytest.mark.parametrize("projection", [STRETCHED, replace(STRETCHED, view=Domain(-1.0, 1.0, -3.0, 9.0))])
def test_the_axes_are_eigenvectors_of_the_surface_and_not_of_the_screen(projection):
    A = np.array([[2.0, 0.7], [0.7, -1.0]])
    local = seen("(2 x^2 + 1.4 x y - y^2)/2", (0.2, 0.1), projection)
    values, vectors = np.linalg.eigh(A)
    centre = projection.to_pixels(np.array([0.0, 0.0]))
    for (text, end), value, vector in zip(local.axes, values[::-1], vectors.T[::-1], strict=True):
        assert text == f"{text[:2]} = {value:.2f}".replace("-", "−")
        on_screen = projection.to_pixels(vector) - centre
        cosine = end @ on_screen / np.hypot(*end) / np.hypot(*on_screen)
        assert abs(cosine) == pytest.approx(1, abs=1e-9)
        assert np.hypot(*end) == pytest.approx(RADIUS)


def test_a_plane_has_no_axes_and_an_undefined_place_nothing():
    assert seen("2x - y", (0.0, 0.0)).axes == ()
    nothing = seen("log(x)", (-1.0, 0.0))
    assert (len(nothing.dashes), nothing.axes) == (0, ())


def test_where_the_map_has_few_levels_others_are_found():
    assert len(seen("x^2/20 + y^2", (-1.5, 0.4), levels=np.array([50.0])).dashes) > 10
    assert len(seen("x^2/20 + y^2", (-1.5, 0.4), levels=np.empty(0)).dashes) > 10


@pytest.mark.parametrize(("x", "y"), [(-9.9, 0.0), (9.9, 0.0), (0.0, -1.9), (0.0, 1.9)])
def test_captions_stand_at_the_ends_that_are_in_view(x, y):
    centre = STRETCHED.to_pixels(np.array([x, y]))
    for _, end in seen("x^2/20 + y^2", (x, y)).axes:
        place = centre + 1.1 * end
        assert (place >= 0).all()
        assert (place <= (600, 450)).all()


# ── On the map ───────────────────────────────────────────────────────────────────────────────────────────


def snapshot(cursor=3.0, selected=0, **run):
    scenario = chapter_scenario()
    scenario = scenario.with_run(0, replace(scenario.runs[0], **run))
    return Snapshot(scenario, tuple(race_to_end(scenario)), cursor, selected)


def shown(snapshot, local=True, theme=LIGHT, view=None, vector=False):
    map_item = map_item_of(snapshot, 640, 480, view)
    map_item.show_display(Display().with_parts(local=local, legend=False), theme)
    map_item.vector = vector
    return painted(map_item), map_item


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("cursor", [0.0, 3.0, 3.5])
def test_the_picture_stands_about_the_ball_of_the_selected_run_and_nowhere_else(theme, cursor):
    with_picture, map_item = shown(snapshot(cursor), theme=theme)
    changed = difference(with_picture, shown(snapshot(cursor), local=False, theme=theme)[0]) > 2
    x, y = map_item.projection.to_pixels(map_item.snapshot.positions(map_item.snapshot.chosen))[0]
    rows, columns = np.nonzero(changed)
    distance = np.hypot(columns - x, rows - y)
    assert (distance < RADIUS).sum() > 5000
    assert distance.max() < RADIUS + 100, "only captions stand beside the disc"
    assert difference(with_picture, shown(snapshot(cursor), theme=theme)[0]).max() == 0


@pytest.mark.parametrize("why", ["nothing selected", "hidden", "out of view"])
def test_there_is_no_picture_without_a_ball_to_be_about(why):
    race = {
        "nothing selected": snapshot(selected=-1),
        "hidden": snapshot(visible=False),
        "out of view": snapshot(),
    }[why]
    view = Domain(2.0, 9.0, 2.0, 9.0) if why == "out of view" else None
    assert difference(shown(race, view=view)[0], shown(race, local=False, view=view)[0]).max() == 0


def test_the_picture_follows_ball_surface_and_view():
    _, map_item = shown(snapshot(3.0))
    for change in (
        lambda: map_item.show_snapshot(snapshot(7.25)),
        lambda: map_item.show_snapshot(replace(snapshot(7.25), scenario=chapter_scenario(SURFACES["himmelblau"]))),
        lambda: map_item.set_frame(map_item.boundingRect(), Domain(-9.0, 0.0, -5.0, 4.0)),
        lambda: map_item.show_display(Display().with_parts(local=True, legend=False), DARK),
    ):
        change()
        fresh = map_item_of(map_item.snapshot, 640, 480, map_item.projection.view)
        fresh.show_display(map_item.display, map_item.theme)
        assert np.array_equal(painted(map_item), painted(fresh))


def test_as_vectors_it_is_the_same_picture():
    assert difference(shown(snapshot())[0], shown(snapshot(), vector=True)[0]).mean() < 6


def test_a_figure_shows_it_as_the_map_does():
    for local in (True, False):
        (cell,) = FigurePainter(Figure(400, 300, display=Display().with_parts(local=local)), snapshot()).cells
        assert cell.map.snapshot.selected == (0 if local else -1)
