"""The mark on the slider of the learning rate: how large it may be where the ball is."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage

from optisim.core.race.schedules import SCHEDULES
from optisim.core.surfaces import SURFACES, own_surface
from optisim.ui.parts.number_box import place_of
from tests.canvas.pictures import count, rgb
from tests.ui.driver import LEFT, Key, choose, enter, press, select, settle

RATE = pytest.approx


def slider(window):
    return window.lab.runs_panel.form.sliders["lr"]


def marked(window, qtbot, limit):
    """Wait until the slider shows this limit, or none."""
    settle(qtbot, window)

    def follows():
        seen = slider(window).limit
        assert (seen is None) if limit is None else (seen == RATE(limit, rel=1e-6))

    qtbot.waitUntil(follows)


def on(window, formula):
    window.lab.player.set_scenario(window.lab.player.scenario.with_formula(own_surface(formula)))


def hessian_at_ball(window, row=0):
    player = window.lab.player
    return player.racing.surface.hessian(player.trajectories[row].x[int(player.cursor), 0])


def image_of(widget):
    return rgb(widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32))


# ── Where it stands ──────────────────────────────────────────────────────────────────────────────────────


def test_on_the_bowl_every_linear_method_has_its_limit_and_the_others_none(window, qtbot):
    """The bowl curves by 2 at most: 2/λ for SGD, 2(1 + α)/λ for Momentum."""
    for row, limit in enumerate((1.0, 1.9, None, None, None)):
        select(window, row)
        marked(window, qtbot, limit)


def test_it_follows_the_ball_over_a_surface_that_curves_more_and_less(window, qtbot):
    window.lab.player.set_scenario(window.lab.player.scenario.with_surface(SURFACES["rosenbrock"]))
    seen = []
    for step in (0, 40, 200):
        settle(qtbot, window)
        window.lab.player.seek(step)
        seen.append(2 / np.linalg.eigvalsh(hessian_at_ball(window)).max())
        marked(window, qtbot, seen[-1])
    assert len({round(limit, 6) for limit in seen}) == 3


def test_it_follows_the_hyperparameter_that_it_depends_on(window, qtbot):
    select(window, 1)
    for share in ("0.5", "0"):
        enter(window.lab.runs_panel.form.boxes["momentum"], share)
        marked(window, qtbot, 1 + float(share))


@pytest.mark.parametrize("formula", ["-x^2 - y^2", "x + y", "log(x)"])
def test_where_the_surface_does_not_curve_upwards_there_is_none(window, qtbot, formula):
    on(window, formula)
    marked(window, qtbot, None)
    assert slider(window).toolTip() == ""


def test_a_schedule_that_halves_the_rate_lets_it_be_twice_as_large(window, qtbot):
    scenario = window.lab.player.scenario
    halved = replace(scenario.runs[0], schedule=SCHEDULES["step"](every=10, gamma=0.5))
    window.lab.player.set_scenario(scenario.with_run(0, halved))
    for step, limit in ((0, 1.0), (12, 2.0), (29, 4.0)):
        settle(qtbot, window)
        window.lab.player.seek(step)
        marked(window, qtbot, limit)
    assert "25.0 %" in slider(window).toolTip()


def test_just_beyond_it_the_ball_climbs_and_just_below_it_settles(window, qtbot):
    for rate, climbs in (("0.99", False), ("1.01", True)):
        enter(window.lab.runs_panel.form.boxes["lr"], rate)
        settle(qtbot, window)
        y = np.abs(window.lab.player.trajectories[0].x[:, 0, 1])
        assert (y[30] > y[0]) == climbs
        marked(window, qtbot, 1.0)
        assert (float(rate) > slider(window).limit) == climbs


# ── What is said and seen ────────────────────────────────────────────────────────────────────────────────


def test_hovering_explains_where_it_comes_from(window, qtbot):
    marked(window, qtbot, 1.0)
    said = slider(window).toolTip()
    for part in ("λ = 2.00", "SGD", "2/λ = 1.00"):
        assert part in said
    select(window, 1)
    marked(window, qtbot, 1.9)
    assert "2(1+α)/λ = 1.90" in slider(window).toolTip()
    select(window, 2)
    marked(window, qtbot, None)
    assert slider(window).toolTip() == ""


def test_the_mark_is_painted_at_the_limit_and_what_lies_beyond_is_tinted(window, qtbot):
    bar = slider(window)
    enter(window.lab.runs_panel.form.boxes["lr"], "0.01")
    for formula, limit in (("x^2/20 + y^2", 1.0), ("x^2 + 10 y^2", 0.1)):
        on(window, formula)
        enter(window.lab.runs_panel.form.boxes["lr"], "0.001")
        marked(window, qtbot, limit)
        image = image_of(bar)
        rows, columns = np.nonzero((np.abs(image - (0xB3, 0x26, 0x1E)) <= 16).all(-1))
        assert len(rows) > 10
        wanted = 6 + place_of(bar.scale, limit) * (bar.width() - 12)
        assert columns.mean() == pytest.approx(wanted, abs=4)
        assert rows.min() > image.shape[0] / 2, "below the groove, where the handle does not hide it"
        groove = image[image.shape[0] // 2]
        reddish = groove[:, 0] - groove[:, 1] > 30
        assert reddish[int(wanted) + 6 : -4].all()
        assert not reddish[: int(wanted) - 4].any()


@pytest.mark.parametrize(("formula", "side"), [("x^2/200", "right"), ("30000 x^2", "left")])
def test_a_limit_outside_the_slider_is_marked_at_its_edge(window, qtbot, formula, side):
    on(window, formula)
    marked(window, qtbot, {"right": 200.0, "left": 1 / 30000}[side])
    enter(window.lab.runs_panel.form.boxes["lr"], "0.1")
    image = image_of(slider(window))
    columns = np.nonzero((np.abs(image - (0xB3, 0x26, 0x1E)) <= 16).all(-1))[1]
    assert len(columns) > 10
    assert (columns < 20).all() if side == "left" else (columns > image.shape[1] - 20).all()


def test_it_changes_its_colour_with_the_theme(window, qtbot):
    marked(window, qtbot, 1.0)
    assert count(image_of(slider(window)), "#b3261e", 16) > 8
    choose(window, "Dark")
    qtbot.waitUntil(lambda: count(image_of(slider(window)), "#ff8a80", 16) > 8)


def test_the_slider_works_as_before(window, qtbot):
    marked(window, qtbot, 1.0)
    bar = slider(window)
    qtbot.mouseClick(bar, LEFT, pos=bar.rect().center())
    rate = window.lab.player.scenario.runs[0].optimizer.values["lr"]
    assert rate == pytest.approx(10 ** (-4 + 5 * 0.5), rel=0.1)
    press(window, Key.Key_Right)
    assert rate < window.lab.player.scenario.runs[0].optimizer.values["lr"] < 1.1 * rate
    marked(window, qtbot, 1.0)
