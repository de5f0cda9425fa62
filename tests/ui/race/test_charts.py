"""Charts: the curves of all runs, where their values are, with a cursor that can be dragged."""

import re
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from optisim import OPTIMIZERS, SURFACES
from optisim.canvas.charts.chart_view import Chart
from optisim.canvas.charts.charts import ChartPicture, Curve, Plot
from optisim.canvas.charts.quantities import CHART_QUANTITIES, CROWD
from optisim.canvas.theme import DARK, LIGHT
from optisim.core.race.noise import Gaussian
from optisim.core.race.scenario import make_scenario
from optisim.core.surfaces import own_surface
from tests.ui.driver import Key, choose, click, press, select, settle, shows_color


@pytest.fixture(autouse=True)
def wide(window):
    """A window of the size that it has at the first start on a larger screen."""
    window.resize(1280, 800)


DEFAULT = ["loss", "distance", "rate"]


def in_front(window):
    """Bring the charts' tab to the front."""
    window.workspace.show_panel("charts")
    return window.lab.charts


def charts(qtbot, window):
    """The charts' panel, once it shows all that is known."""
    settle(qtbot, window)
    panel = in_front(window)
    qtbot.waitUntil(lambda: all(shows_all(window, panel.charts[name]) for name in panel.chosen))
    return panel


def shows_all(window, chart):
    shown = [t for t in window.lab.player.trajectories if t.run.visible]
    return bool(chart.plot.message) or (
        chart.plot.steps == window.lab.player.scenario.steps
        and {curve.color for curve in chart.plot.curves} == {t.run.color for t in shown}
        and all(len(curve.values) > window.lab.player.scenario.steps or curve.ended for curve in chart.plot.curves)
    )


def set_race(qtbot, window, surface, runs, **how):
    scenario = make_scenario(SURFACES.get(surface, surface), [OPTIMIZERS.read(run) for run in runs], **how)
    window.lab.player.set_scenario(scenario)
    settle(qtbot, window)


def pixels(chart):
    """The chart as it is painted, (height, width, 3)."""
    image = chart.grab().toImage()
    return np.array(
        [[image.pixelColor(x, y).getRgb()[:3] for x in range(image.width())] for y in range(image.height())]
    )


def about(picture, x, y, radius=2):
    x, y = round(x), round(y)
    return picture[max(y - radius, 0) : y + radius + 1, max(x - radius, 0) : x + radius + 1]


def place(chart, step):
    """Where a step is in a chart, in whole pixels."""
    return QPoint(round(chart.picture.x_of(step)), round(chart.picture.area().center().y()))


# ── What is shown ────────────────────────────────────────────────────────────────────────────────────────


def test_loss_distance_and_rate_are_shown_at_first_side_by_side(window, qtbot):
    panel = charts(qtbot, window)
    assert panel.chosen == DEFAULT
    shown = [chart for chart in panel.charts.values() if chart.isVisible()]
    assert shown == [panel.charts[name] for name in DEFAULT]
    assert [chart.y() for chart in shown] == [0, 0, 0]
    assert shown[0].x() == 0
    assert shown[0].x() < shown[1].x() < shown[2].x()
    assert shown[2].geometry().right() == panel.rect().right()


def test_charts_are_chosen_in_the_title_and_remembered(window, qtbot, settings, open_window):
    panel = charts(qtbot, window)
    click(panel.buttons["cosine"])
    click(panel.buttons["distance"])
    assert panel.chosen == ["loss", "rate", "cosine"]
    assert panel.charts["cosine"].isVisible()
    assert not panel.charts["distance"].isVisible()
    for name in ("loss", "rate", "cosine"):
        click(panel.buttons[name])
    assert panel.chosen == ["cosine"], "the last one stays"
    assert panel.charts["cosine"].width() == panel.width()
    window.close()
    assert open_window(settings).lab.charts.chosen == ["cosine"]


def test_nonsense_in_the_settings_shows_what_is_shown_at_first(settings, open_window, qtbot):
    settings.charts = "nonsense"
    assert open_window(settings).lab.charts.chosen == DEFAULT


def test_choosing_leaves_the_keys_to_the_race(window, qtbot):
    panel = charts(qtbot, window)
    click(panel.buttons["step"])
    press(window, Key.Key_Space)
    assert window.lab.player.clock.playing
    assert "step" in panel.chosen


@pytest.mark.parametrize("size", [(1024, 700), (700, 600), (1600, 900)])
def test_all_charts_fit_beside_and_below_each_other(window, qtbot, size):
    panel = charts(qtbot, window)
    for name in CHART_QUANTITIES:
        panel.buttons[name].setChecked(True)
    window.resize(*size)
    QTest.qWait(20)
    rects = [chart.geometry() for chart in panel.charts.values()]
    assert sum(rect.width() * rect.height() for rect in rects) <= panel.width() * panel.height()
    for i, rect in enumerate(rects):
        assert panel.rect().contains(rect)
        assert rect.width() >= 100
        assert not any(rect.intersects(other) for other in rects[:i])


def test_every_quantity_is_what_its_definition_says(window, qtbot):
    panel = charts(qtbot, window)
    for name in CHART_QUANTITIES:
        panel.buttons[name].setChecked(True)
    panel = charts(qtbot, window)
    by_color = {t.run.color: t for t in window.lab.player.trajectories}
    assert len(by_color) == 5
    for color, t in by_color.items():
        x, grad, update = t.x[:, 0], t.grad[:, 0], t.columns["update"][:, 0]
        slope, step = np.linalg.norm(grad, axis=1), np.linalg.norm(update, axis=1)
        wanted = {
            "loss": x[:, 0] ** 2 / 20 + x[:, 1] ** 2,
            "distance": np.linalg.norm(x, axis=1),
            "slope": slope,
            "step": step,
            "rate": step / slope,
            "cosine": -(grad * update).sum(axis=1) / (step * slope),
        }
        for name, values in wanted.items():
            (curve,) = (c for c in panel.charts[name].plot.curves if c.color == color)
            np.testing.assert_allclose(curve.values, values, rtol=1e-9, atol=1e-12)


def test_hidden_runs_have_no_curve_and_the_selected_one_is_bold_and_on_top(window, qtbot):
    panel = charts(qtbot, window)
    loss = panel.charts["loss"]
    assert [curve.name for curve in loss.plot.curves] == ["Adam", "RMSProp", "AdaGrad", "Momentum", "SGD"]
    assert [curve.bold for curve in loss.plot.curves] == [False] * 4 + [True]
    select(window, 2)
    qtbot.waitUntil(lambda: loss.plot.curves[-1].name == "AdaGrad")
    assert [curve.name for curve in loss.plot.curves if curve.bold] == ["AdaGrad"]
    choose(window, "toggle")
    qtbot.waitUntil(lambda: len(loss.plot.curves) == 4)
    assert "AdaGrad" not in [curve.name for curve in loss.plot.curves]


def test_a_fan_is_shown_by_its_median(window, qtbot):
    how = {"noise": Gaussian(sigma=1.0), "seeds": 5, "starts": ((1.0, 1.0), (2.0, 2.0))}
    set_race(qtbot, window, "bowl", ["sgd:lr=0.3"], **how)
    panel = charts(qtbot, window)
    (trajectory,) = window.lab.player.trajectories
    curves = {curve.name: curve.values for curve in panel.charts["loss"].plot.curves}
    assert curves.keys() == {"SGD · 1 ×5", "SGD · 2 ×5"}
    for number, balls in ((1, slice(0, 5)), (2, slice(5, 10))):
        np.testing.assert_array_equal(curves[f"SGD · {number} ×5"], np.median(trajectory.loss[:, balls], axis=1))


def test_too_many_starts_share_one_curve(window, qtbot):
    starts = tuple((float(i), 1.0) for i in range(70))
    runs = ["sgd:lr=0.3", "sgd:lr=0.2", "sgd:lr=0.1"]
    assert len(starts) * len(runs) > CROWD
    set_race(qtbot, window, "bowl", runs, starts=starts, steps=5)
    panel = charts(qtbot, window)
    curves = panel.charts["loss"].plot.curves
    assert len(curves) == 3
    np.testing.assert_array_equal(curves[-1].values, np.median(window.lab.player.trajectories[0].loss, axis=1))


def test_the_title_says_honestly_what_the_axis_is(window, qtbot):
    panel = charts(qtbot, window)
    loss, distance = panel.charts["loss"], panel.charts["distance"]
    assert (loss.plot.title, loss.picture.scale.kind) == ("Loss above the lowest", "log")
    set_race(qtbot, window, own_surface("x^2 + y^2 - 3"), ["sgd:lr=0.1"], steps=20)
    charts(qtbot, window)
    assert (loss.plot.title, loss.picture.scale.kind) == ("Loss", "linear")
    assert distance.plot.message
    set_race(qtbot, window, "saddle", ["sgd:lr=0.9"], steps=40)
    charts(qtbot, window)
    assert loss.picture.scale.kind == "symmetric"


# ── Pixels ───────────────────────────────────────────────────────────────────────────────────────────────


def test_curves_are_painted_where_their_values_are_and_fainter_after_the_cursor(window, qtbot):
    set_race(qtbot, window, "bowl", ["sgd:lr=0.3"], steps=30)
    window.lab.player.seek(15)
    panel = charts(qtbot, window)
    distance = panel.charts["distance"]
    color = window.lab.player.scenario.runs[0].color
    x = window.lab.player.trajectories[0].x[:, 0]
    picture = pixels(distance)
    area, scale = distance.picture.area(), distance.picture.scale
    for step in (3, 9, 21, 27):
        height = (np.log10(np.hypot(*x[step])) - scale.low) / (scale.high - scale.low)
        here = about(picture, area.left() + step / 30 * area.width(), area.bottom() - height * area.height())
        assert shows_color(here, color, 40) == (step < 15), step
        assert (here != np.array(QColor(LIGHT.base).getRgb()[:3])).any(), step


def test_the_cursor_and_its_dots_follow_the_player_without_painting_curves_again(window, qtbot, monkeypatch):
    panel = charts(qtbot, window)
    chart = panel.charts["loss"]
    pixels(chart)
    painted = []
    for part in ("_paint_curves", "_paint_axes"):
        monkeypatch.setattr(ChartPicture, part, lambda self, painter: painted.append(self))
    for step in (10, 20):
        window.lab.player.seek(step)
        picture = pixels(chart)
        top = chart.plot.curves[-1]
        y = float(chart.picture.y_of(top.values[step : step + 1])[0])
        assert shows_color(about(picture, chart.picture.x_of(step), y, 1), top.color, 60)
    assert painted == []


def test_between_two_steps_dots_glide(window, qtbot):
    chart = charts(qtbot, window).charts["loss"]
    y = chart.picture.y_of(chart.plot.curves[-1].values[4:6])
    chart.show_cursor(4.25)
    assert chart.picture._heads()[-1] == pytest.approx(y[0] + 0.25 * (y[1] - y[0]))


def test_charts_are_light_or_dark_as_the_window(window, qtbot):
    chart = charts(qtbot, window).charts["loss"]
    for name, theme in (("dark", DARK), ("light", LIGHT)):
        window.set_theme(name)
        assert tuple(pixels(chart)[1, 1]) == QColor(theme.base).getRgb()[:3]


ODD = {
    "nothing": [],
    "a single point": [1.0],
    "a constant": [1.5] * 31,
    "zeros": [0.0] * 31,
    "not numbers": [np.nan] * 31,
    "gaps": [1.0, np.nan, 2.0, 3.0, np.nan, np.nan, 1.0] * 4,
    "infinite": [1.0, 10.0, 1e200, 1e308, np.inf, np.inf],
    "down for ever": [-1.0, -1e5, -1e100, -1e308, -np.inf],
    "tiny": [1e-320, 5e-324, 0.0],
}


@pytest.mark.slow(keep=4)
@pytest.mark.parametrize("log", [True, False])
@pytest.mark.parametrize("values", ODD.values(), ids=ODD)
@pytest.mark.parametrize("steps", [30, 5000])
def test_odd_values_are_painted_without_harm(qapp, qtbot, values, log, steps):
    chart = Chart()
    qtbot.addWidget(chart)
    chart.resize(200, 120)
    usual = Curve("usual", "Usual", "#0072B2", np.linspace(1.0, 2.0, 31))
    odd = Curve("odd", "Odd", "#D55E00", np.array(values, dtype=float), bold=True)
    chart.show_plot(Plot("Odd", curves=[usual, odd], steps=steps, log=log))
    for cursor in (0.0, 2.5, 30.0):
        chart.show_cursor(cursor)
        picture = pixels(chart)
    assert shows_color(picture, usual.color, 60)
    QTest.mouseMove(chart, QPoint(100, 60))
    assert chart.picture.nearest(QPoint(100, 60)) in (usual, odd)
    pixels(chart)


def test_a_spike_in_a_long_run_is_seen(qapp, qtbot):
    chart = Chart()
    qtbot.addWidget(chart)
    chart.resize(240, 140)
    values = np.ones(100_001)
    values[30_000] = 100.0
    chart.show_plot(Plot("Long", curves=[Curve("long", "Long", "#0072B2", values)], steps=100_000, log=True))
    chart.show_cursor(100_000)
    picture = pixels(chart)
    halfway_up = float(chart.picture.y_of(np.array([np.sqrt(100.0)]))[0])
    assert shows_color(about(picture, chart.picture.x_of(30_000), halfway_up), "#0072B2", 90)
    assert not shows_color(about(picture, chart.picture.x_of(60_000), halfway_up), "#0072B2", 90)


def test_a_run_that_diverged_ends_there(window, qtbot):
    set_race(qtbot, window, "rosenbrock", ["sgd:lr=5", "adam:lr=0.05"], steps=50)
    panel = charts(qtbot, window)
    stop = int(window.lab.player.trajectories[0].stopped[0])
    for name in DEFAULT:
        sgd, adam = (c for n in ("SGD", "Adam") for c in panel.charts[name].plot.curves if c.name == n)
        assert (len(sgd.values), len(adam.values)) == (stop + 1, 51)
        assert np.isnan(sgd.at(40))
        assert adam.at(40) == adam.values[40]


# ── Hands ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_click_goes_to_that_step_and_pauses(window, qtbot):
    chart = charts(qtbot, window).charts["distance"]
    press(window, Key.Key_Space)
    click(chart, place(chart, 12))
    assert not window.lab.player.clock.playing
    assert window.lab.player.cursor == 12
    click(chart, QPoint(chart.width() - 1, 40))
    assert window.lab.player.cursor == 30
    press(window, Key.Key_Left)
    assert window.lab.player.cursor == 29, "the keys are still the race's"


def test_dragging_moves_the_cursor_along(window, qtbot):
    chart = charts(qtbot, window).charts["loss"]
    visited = []
    window.lab.player.moved.connect(lambda: visited.append(window.lab.player.cursor))
    QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=place(chart, 5))
    for step in (8, 11, 20):
        QTest.mouseMove(chart, place(chart, step))
    QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=place(chart, 20))
    assert visited[0] == 5
    assert visited[-1] == 20
    assert {8, 11} <= set(visited)
    QTest.mouseMove(chart, place(chart, 3))
    assert window.lab.player.cursor == 20, "the button is up"


def test_hovering_names_the_nearest_curve_step_and_value(window, qtbot, monkeypatch):
    chart = charts(qtbot, window).charts["distance"]
    adagrad = next(curve for curve in chart.plot.curves if curve.name == "AdaGrad")
    at = QPoint(round(chart.picture.x_of(10)), round(float(chart.picture.y_of(adagrad.values[10:11])[0])) + 1)
    assert chart.picture.nearest(at) is adagrad
    before = pixels(chart)
    QTest.mouseMove(chart, at)
    said = chart.picture.reading_at(at)
    assert said.startswith("AdaGrad")
    assert re.findall(r"\d+", said)[0] == "10"
    assert float(said.split()[-1]) == pytest.approx(adagrad.values[10], rel=1e-3)
    assert (pixels(chart) != before).any()
    QTest.mouseMove(window.lab.map_view)
    qtbot.waitUntil(lambda: (pixels(chart) == before).all())


# ── Growth ───────────────────────────────────────────────────────────────────────────────────────────────


def test_more_steps_extend_the_curves(window, qtbot):
    panel = charts(qtbot, window)
    derived = window.lab.player.diagnostics
    window.lab.player.set_scenario(replace(window.lab.player.scenario, steps=90))
    charts(qtbot, window)
    assert window.lab.player.diagnostics == derived, "known runs keep what is known of them"
    assert panel.charts["loss"].plot.steps == 90
    press(window, Key.Key_End)
    assert window.lab.player.cursor == 90
    assert all(len(curve.values) == 91 for curve in panel.charts["loss"].plot.curves)


def test_another_rate_begins_a_new_curve_and_leaves_the_others(window, qtbot):
    panel = charts(qtbot, window)
    before = {curve.name: curve.values for curve in panel.charts["loss"].plot.curves}
    derived = window.lab.player.diagnostics
    run = window.lab.player.scenario.runs[0]
    changed = replace(run, optimizer=replace(run.optimizer, lr=0.5))
    window.lab.player.set_scenario(window.lab.player.scenario.with_run(0, changed))
    settle(qtbot, window)

    def sgd():
        return next(curve.values for curve in panel.charts["loss"].plot.curves if curve.name == "SGD")

    qtbot.waitUntil(lambda: (sgd() != before["SGD"]).any())
    assert window.lab.player.diagnostics[0] is not derived[0]
    assert window.lab.player.diagnostics[1:] == derived[1:]
    t = np.arange(31)
    wanted = (49 / 20) * 0.95 ** (2 * t) + 0.0 ** (2 * t) * 4
    np.testing.assert_allclose(sgd(), wanted, rtol=1e-9)


def test_out_of_sight_nothing_is_read_and_in_sight_at_once(window, qtbot, monkeypatch):
    panel = charts(qtbot, window)
    window.workspace.show_panel("results")
    plots = []
    monkeypatch.setattr(Chart, "show_plot", lambda self, plot: plots.append(plot))
    run = window.lab.player.scenario.runs[0]
    window.lab.player.set_scenario(window.lab.player.scenario.with_run(0, replace(run, label="Renamed")))
    settle(qtbot, window)
    QTest.qWait(250)
    assert plots == []
    monkeypatch.undo()
    in_front(window)
    assert panel.charts["loss"].plot.curves[-1].name == "Renamed"
    assert panel.charts["loss"].picture.now == window.lab.player.cursor
