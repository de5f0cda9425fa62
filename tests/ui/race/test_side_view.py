"""The side view: the ball on the slope, facts at the ball, and the local picture's menu entry."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtTest import QTest

from optisim.canvas.theme import DARK, LIGHT
from optisim.core.optimizers import OPTIMIZERS
from optisim.core.race.cross_section import SECTIONS
from optisim.core.race.scenario import Run
from optisim.core.surfaces import SURFACES, Domain, own_surface
from optisim.ui.race.stability import limit_of
from tests.canvas.pictures import count, rgb
from tests.ui.driver import Key, choose, click, enter, numbers, pick, press, select, settle


@pytest.fixture(autouse=True)
def whole_bowl(monkeypatch):
    """The window opens on the whole bowl: the places in these tests are its."""
    monkeypatch.setattr("optisim.core.race.scenario.CHAPTER_VIEW", Domain(-10.0, 10.0, -10.0, 10.0))


@pytest.fixture
def side(window, qtbot):
    """The window's side view, in front of the other panels below the map."""
    settle(qtbot, window)
    window.workspace.show_panel("side")
    qtbot.waitUntil(lambda: window.lab.side_view.plot.shown is not None)
    return window.lab.side_view


def shown(side):
    """What the plot shows when it has been painted again."""
    side.plot.repaint()
    return side.plot.shown


def look_along(side, way):
    side.section.setCurrentIndex(side.section.findData(way))


def image_of(side):
    return rgb(side.plot.grab().toImage())


# ── The profile ──────────────────────────────────────────────────────────────────────────────────────────


def test_it_lies_beside_the_inspector_which_is_seen_first(window, qtbot):
    drawer = window.workspace.area_of("inspector")
    assert window.workspace.area_of("side") is drawer
    assert drawer.names.index("inspector") < drawer.names.index("side")
    window.workspace.show_panel("inspector")
    qtbot.waitUntil(window.lab.inspector.isVisible)
    assert not window.lab.inspector.visibleRegion().isEmpty()
    assert window.lab.side_view.plot.visibleRegion().isEmpty()


@pytest.mark.parametrize("way", SECTIONS)
def test_the_ball_stands_where_its_run_is_on_the_slope(window, side, way):
    look_along(side, way)
    for row, cursor in ((0, 0.0), (0, 3.4), (4, 12.0), (4, 29.5), (1, 30.0)):
        select(window, row)
        window.lab.player.seek(cursor)
        trajectory = window.lab.player.trajectories[row]
        step, share = divmod(cursor, 1)
        x = trajectory.x[int(step), 0]
        if share:
            x = x + share * (trajectory.x[int(step) + 1, 0] - x)
        profile = shown(side)
        np.testing.assert_allclose(profile.local.point, x)
        assert profile.local.value == pytest.approx(x[0] ** 2 / 20 + x[1] ** 2)
        at_ball = np.interp(profile.ball, profile.distances, profile.heights)
        assert at_ball == pytest.approx(profile.local.value, rel=0.02, abs=0.02)
        assert profile.window[0] < profile.ball < profile.window[1]
        assert count(image_of(side), trajectory.run.color, 24) > 20


def test_along_the_update_the_ball_lands_on_the_slope_at_the_next_step(window, side):
    for step in (0, 7, 29):
        window.lab.player.seek(step)
        profile, x = shown(side), window.lab.player.trajectories[0].x
        np.testing.assert_allclose(profile.landing, x[step + 1, 0])
        goal = profile.line.distance(profile.landing)
        assert abs(goal - profile.ball) == pytest.approx(np.hypot(*(x[step + 1, 0] - x[step, 0])))
        assert profile.landing_height == pytest.approx(
            np.interp(goal, profile.distances, profile.heights), rel=0.02
        )


def test_the_ball_glides_without_leaping_and_its_window_stands_still(window, side):
    places, windows = [], []
    for cursor in np.arange(0, 30, 0.25):
        window.lab.player.seek(float(cursor))
        profile = shown(side)
        places.append(profile.ball)
        windows.append(profile.window)
    moves = np.hypot(*np.diff(window.lab.player.trajectories[0].x[:31, 0], axis=0).T)
    assert np.abs(np.diff(places)).max() <= moves.max() / 4 + 1e-9
    assert sum(a != b for a, b in pairwise(windows)) <= 4


def test_straight_downhill_the_slope_falls_to_the_right_as_steeply_as_the_gradient(window, side):
    look_along(side, "gradient")
    for step in (0, 5, 20):
        window.lab.player.seek(step)
        x, y = window.lab.player.trajectories[0].x[step, 0]
        profile = shown(side)
        assert profile.slope == pytest.approx(-np.hypot(x / 10, 2 * y))
        assert profile.ball == 0


@pytest.mark.parametrize("axis", [0, 1])
def test_along_an_axis_the_whole_domain_is_seen(window, side, axis):
    look_along(side, "xy"[axis])
    window.lab.player.seek(4)
    point = window.lab.player.trajectories[0].x[4, 0]
    profile = shown(side)
    assert profile.window == (-10.0, 10.0)
    assert profile.ball == pytest.approx(point[axis])
    other = point[1 - axis]
    heights = profile.distances**2 / 20 + other**2 if axis == 0 else other**2 / 20 + profile.distances**2
    np.testing.assert_allclose(profile.heights, heights)


def test_heights_are_logarithmic_where_the_maps_are(window, side):
    for log in (True, False):
        scenario = window.lab.player.scenario
        window.lab.player.set_scenario(replace(scenario, surface=replace(scenario.surface, log=log)))
        QTest.qWait(1)
        assert shown(side).scale.log is log


def test_without_a_selected_run_the_first_visible_one_is_seen(window, side, qtbot):
    choose(window, "toggle")
    window.lab.player.select(-1)
    settle(qtbot, window)
    assert np.array_equal(shown(side).local.point, window.lab.player.trajectories[1].x[0, 0])
    qtbot.waitUntil(lambda: side.name.text() == "Momentum")


def test_without_runs_there_is_nothing_to_see(window, side, qtbot):
    window.lab.player.set_scenario(replace(window.lab.player.scenario, runs=()))
    qtbot.waitUntil(lambda: not side.name.isVisible())
    assert shown(side) is None
    assert (image_of(side) == 255).all()
    assert all(label.text() == "" for label in side.facts.values.values())


def test_a_ball_that_diverges_or_stands_where_nothing_is_defined_does_no_harm(window, side, qtbot):
    for formula in ("exp(x^2)", "log(x)", "-x^4", "x"):
        window.lab.player.set_scenario(window.lab.player.scenario.with_formula(own_surface(formula)))
        for way in SECTIONS:
            look_along(side, way)
            for step in (0, 15, 30):
                window.lab.player.seek(step)
                settle(qtbot, window)
                assert shown(side) is not None
                side.facts.refresh()
                assert side.facts.values["f"].text()


# ── Choosing ─────────────────────────────────────────────────────────────────────────────────────────────


def test_where_the_line_leads_is_chosen_in_the_title_and_remembered(window, side, settings, open_window):
    pick(side.section, "Along y")
    assert shown(side).line.direction.tolist() == [0.0, 1.0]
    assert settings.side_view == "y"
    window.close()
    assert open_window(settings).lab.side_view.section.currentData() == "y"


def test_a_way_that_another_version_knew_is_the_usual_one(open_window, settings):
    settings.side_view = "sideways"
    assert open_window(settings).lab.side_view.section.currentData() == "update"


def test_choosing_leaves_the_keys_to_the_race(window, side):
    pick(side.section, "Along x")
    click(side.plot)
    press(window, Key.Key_Right)
    assert window.lab.player.cursor == 1
    press(window, Key.Key_Space)
    assert window.lab.player.clock.playing


def test_it_is_as_dark_as_the_window(window, side, qtbot):
    for text, theme in (("Dark", DARK), ("Light", LIGHT)):
        choose(window, text)
        qtbot.waitUntil(lambda theme=theme: count(image_of(side), theme.base) > 1000)


# ── Facts ────────────────────────────────────────────────────────────────────────────────────────────────


def fact(side, name):
    (number,) = numbers([side.facts.values[name].text() or "nan"])
    return number


def test_the_facts_are_those_of_the_surface_at_the_ball(window, side, qtbot):
    window.lab.player.set_scenario(window.lab.player.scenario.with_surface(SURFACES["himmelblau"]))
    settle(qtbot, window)
    select(window, 4)
    window.lab.player.seek(10)
    adam, surface = window.lab.player.trajectories[4], SURFACES["himmelblau"]
    x = adam.x[10, 0]
    small, large = np.linalg.eigvalsh(surface.hessian(x))
    grad, update = adam.grad[10, 0], adam.columns["update"][10, 0]
    qtbot.waitUntil(lambda: fact(side, "f") == pytest.approx(float(surface.value(x)), abs=1e-5))
    assert fact(side, "slope") == pytest.approx(np.hypot(*surface.gradient(x)), abs=1e-5)
    assert fact(side, "first") == pytest.approx(large, rel=0.006)
    assert fact(side, "second") == pytest.approx(small, rel=0.006)
    assert fact(side, "condition") == pytest.approx(np.linalg.cond(surface.hessian(x)), rel=0.006)
    assert fact(side, "rate_x") == pytest.approx(abs(update[0] / grad[0]), abs=1e-5)
    assert fact(side, "rate_y") == pytest.approx(abs(update[1] / grad[1]), abs=1e-5)
    assert side.facts.values["place"].text() == "bowl"
    assert side.name.text() == "Adam"


def test_it_is_said_whether_the_rate_is_a_stable_one(window, side, qtbot):
    for rate, words in (("0.95", "η = 0.950 is below 2/λ = 1.00"), ("1.02", "η = 1.02 is above 2/λ = 1.00")):
        enter(window.lab.runs_panel.form.boxes["lr"], rate)
        right, wrong = side.facts.verdict, side.facts.warning
        label, other = (wrong, right) if "above" in words else (right, wrong)
        qtbot.waitUntil(lambda label=label, words=words: words in label.text())
        assert label.isVisible()
        assert not other.isVisible()
    select(window, 4)
    qtbot.waitUntil(lambda: not (side.facts.verdict.isVisible() or side.facts.warning.isVisible()))


def test_the_column_of_facts_keeps_its_width(window, side, qtbot):
    widths = set()
    for row in range(5):
        select(window, row)
        qtbot.waitUntil(lambda row=row: side.name.text() == window.lab.player.scenario.runs[row].name)
        widths.add(side.facts.width())
    assert len(widths) == 1


# ── The local picture ────────────────────────────────────────────────────────────────────────────────────


def test_the_key_l_shows_and_hides_the_local_picture(window, qtbot):
    settle(qtbot, window)
    map_item = window.lab.map_view.map_item
    assert not map_item.display.shows("local")
    before = rgb(window.lab.map_view.grab().toImage())
    press(window, Key.Key_L)
    assert map_item.display.shows("local")
    assert window.settings.display.shows("local")
    assert (rgb(window.lab.map_view.grab().toImage()) != before).any()
    press(window, Key.Key_L)
    assert not map_item.display.shows("local")
    assert np.array_equal(rgb(window.lab.map_view.grab().toImage()), before)


# ── Panels that come while the worker is still at the race before ────────────────────────────────────────

WAYS_TO_SHOW = {
    "the menu": lambda window: window.commands.run("race.panel.side", on=True),
    "restoring the layout": lambda window: window.commands.run("window.layout"),
    "moving it": lambda window: window.workspace.move_panel("side"),
}


@pytest.mark.parametrize("way", WAYS_TO_SHOW)
def test_it_may_be_shown_before_the_worker_knows_of_a_removed_run(window, qtbot, way):
    """The first trajectory is Polyak's still, which has no learning rate, while the first run is SGD."""
    player = window.lab.player
    runs = tuple(Run(OPTIMIZERS.kind(slug)()) for slug in ("polyak", "sgd"))
    player.set_scenario(replace(player.scenario, runs=runs, steps=100_000))
    settle_first = lambda: [t.run.optimizer.slug() for t in player.trajectories] == ["polyak", "sgd"]  # noqa: E731
    qtbot.waitUntil(settle_first)
    window.workspace.show_panel("side")
    if way == "restoring the layout":
        window.workspace.hide_panel("inspector")  # the side view is what the layout had in front
    window.workspace.hide_panel("side")
    player.select(0)
    player.clock.set_speed(float("inf"))
    player.play()
    qtbot.waitUntil(lambda: player.cursor > 10)
    window.lab.runs_panel.remove()
    WAYS_TO_SHOW[way](window)
    if way == "restoring the layout":
        window.workspace.show_panel("side")
    window.lab.side_view.facts.refresh()
    window.lab.side_view.plot.repaint()
    qtbot.waitUntil(lambda: player.racing == player.scenario)
    player.clock.pause()
    window.lab.side_view.facts.refresh()
    assert "η" in window.lab.side_view.facts.verdict.text() + window.lab.side_view.facts.warning.text()


def test_the_limit_is_of_the_run_whose_ball_is_seen(window, qtbot):
    """While the worker is at the race before, what is said of the trajectory is said of its own run."""
    player = window.lab.player
    runs = tuple(Run(OPTIMIZERS.kind(slug)()) for slug in ("polyak", "sgd"))
    player.set_scenario(replace(player.scenario, runs=runs))
    settle(qtbot, window)
    with qtbot.waitSignal(player.scenarioChanged), pytest.MonkeyPatch.context() as patch:
        patch.setattr(player._race, "set_scenario", lambda scenario: None)  # a worker that is busy
        player.set_scenario(replace(player.scenario, runs=runs[1:]))
        assert limit_of(player, 0) is None  # Polyak's
        assert limit_of(player, 1).optimizer == runs[1].optimizer
