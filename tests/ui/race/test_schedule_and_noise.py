"""The learning-rate schedule of a run, and the noise that all runs meet."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from optisim.canvas.map.legend import legend_text
from optisim.core.race.noise import NOISES, Gaussian, MiniBatches, NoNoise
from optisim.core.race.schedules import SCHEDULES, Constant
from optisim.core.surfaces import SURFACES
from tests.ui.driver import (
    Key,
    assert_true_to_scenario,
    click,
    column,
    enter,
    leave_fields,
    listed,
    pick,
    press,
    select,
    settle,
    shows_color,
)


def schedule(window):
    return window.lab.runs_panel.schedule


def noise(window):
    return window.lab.surface_panel.noise


def pixels(widget):
    """What a widget shows, (height, width, 3)."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(float)


def run_shown(window):
    return window.lab.player.scenario.runs[window.lab.runs_panel.list.current_row]


# ── Schedules ────────────────────────────────────────────────────────────────────────────────────────────


def test_every_schedule_can_be_chosen_and_races(window, qtbot):
    select(window, 4)
    for slug, kind in SCHEDULES.items():
        pick(schedule(window).choice, schedule(window).choice.itemText(schedule(window).choice.findData(slug)))
        assert run_shown(window).schedule == kind()
        assert schedule(window).plot.isVisible() is (slug != "constant")
        settle(qtbot, window)
        assert_true_to_scenario(window)
    assert [run.schedule for run in window.lab.player.scenario.runs[:4]] == [Constant()] * 4


def test_a_schedule_is_told_in_list_and_legend(window):
    window.lab.runs_panel._on_schedule_chosen("cosine")
    assert listed(window)[0] == "SGD  η 0.95 · Cosine"
    assert legend_text(run_shown(window)).replace("\N{NO-BREAK SPACE}", " ") == "SGD  η 0.95 · Cosine"


def test_values_of_the_schedule_can_be_entered_and_the_warm_up_composes(window, qtbot):
    select(window, 0)
    window.lab.runs_panel._on_schedule_chosen("cosine")
    boxes = schedule(window).form.boxes
    assert list(boxes) == ["end", "warmup", "warmup_start"]
    enter(boxes["end"], "0.2")
    enter(boxes["warmup"], "6")
    leave_fields(window)
    assert run_shown(window).spec == "sgd@cosine:end=0.2,warmup=6"
    settle(qtbot, window)
    assert_true_to_scenario(window)
    rates = window.lab.player.trajectories[0].rates
    assert rates[0] == pytest.approx(0.095)
    assert rates[6] == pytest.approx(0.95)


def test_the_plot_shows_the_course_of_the_rate_in_the_colour_of_the_run(window, qtbot):
    select(window, 0)
    window.lab.runs_panel._on_schedule_chosen("one-cycle")
    window.lab.player.to_start()
    settle(qtbot, window)
    plot = schedule(window).plot
    at_start = pixels(plot)
    assert shows_color(at_start, run_shown(window).color)
    press(window, Key.Key_End)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: (pixels(plot) != at_start).any())
    rates = np.array([run_shown(window).rate(t, 30) for t in range(30)])
    curve = (pixels(plot) == [230, 159, 0]).all(axis=-1)
    column = [np.flatnonzero(curve[:, x]) for x in range(plot.width())]
    highest = min(range(len(column)), key=lambda x: column[x].min() if len(column[x]) else 10**9)
    assert highest / plot.width() == pytest.approx(rates.argmax() / 29, abs=0.06)


def test_methods_that_find_their_own_rate_have_no_schedule(window):
    window.lab.runs_panel.add("bfgs")
    assert not schedule(window).isVisible()
    window.lab.runs_panel.add("adamw")
    assert schedule(window).isVisible()
    assert not schedule(window).plot.isVisible()


# ── Noise ────────────────────────────────────────────────────────────────────────────────────────────────


def test_noise_is_chosen_and_its_values_entered(window, qtbot):
    assert not noise(window).details.isVisible()
    pick(noise(window).choice, "Gaussian")
    assert window.lab.player.scenario.noise == Gaussian()
    assert noise(window).details.isVisible()
    enter(noise(window).form.boxes["sigma"], "2")
    enter(noise(window).seed, "7")
    enter(noise(window).seeds, "3")
    leave_fields(window)
    scenario = window.lab.player.scenario
    assert (scenario.noise, scenario.seed, scenario.seeds) == (Gaussian(sigma=2), 7, 3)
    settle(qtbot, window)
    assert_true_to_scenario(window)
    assert window.lab.player.trajectories[0].x.shape[1] == 3
    qtbot.waitUntil(lambda: column(window, "Optimizer")[:1] == ["SGD ×3"])
    press(window, Key.Key_End)
    settle(qtbot, window)
    trajectories = window.lab.player.trajectories
    wanted = [f"{np.median(trajectory.loss[-1]):.5f}" for trajectory in trajectories]
    qtbot.waitUntil(lambda: column(window, "Loss") == wanted)
    pick(noise(window).choice, "None")
    assert window.lab.player.scenario.noise == NoNoise()
    assert len(window.lab.player.scenario.balls) == 1


def test_re_roll_draws_another_seed_and_other_trails(window, qtbot):
    pick(noise(window).choice, "Gaussian")
    settle(qtbot, window)
    before = window.lab.player.trajectories[0].x.copy()
    seed = window.lab.player.scenario.seed
    for _ in range(5):  # one seed in ten thousand is the one there was
        click(noise(window).reroll)
        if window.lab.player.scenario.seed != seed:
            break
    assert window.lab.player.scenario.seed == noise(window).seed.value() != seed
    settle(qtbot, window)
    assert (window.lab.player.trajectories[0].x[1:] != before[1:]).any()
    enter(noise(window).seed, str(seed))
    settle(qtbot, window)
    assert (window.lab.player.trajectories[0].x == before).all()


def test_mini_batches_are_for_data_only(window, qtbot):
    batches = list(NOISES).index("batches")
    flags = noise(window).choice.model().index(batches, 0).flags
    assert not flags() & Qt.ItemFlag.ItemIsEnabled
    window.lab.player.set_scenario(window.lab.player.scenario.with_surface(SURFACES["linear-regression"]))
    assert flags() & Qt.ItemFlag.ItemIsEnabled
    pick(noise(window).choice, "Mini-batches")
    assert window.lab.player.scenario.noise == MiniBatches()
    settle(qtbot, window)
    assert_true_to_scenario(window)
    enter(noise(window).form.boxes["size"], "41")
    assert "40 examples" in noise(window).error.text()
    assert noise(window).error.isVisible()
    assert noise(window).form.boxes["size"].value() == 4
    enter(noise(window).form.boxes["size"], "40")
    assert not noise(window).error.isVisible()
    assert window.lab.player.scenario.noise == MiniBatches(size=40)
    window.lab.player.set_scenario(window.lab.player.scenario.with_surface(SURFACES["bowl"]))
    assert window.lab.player.scenario.noise == NoNoise()


def test_too_many_balls_are_refused_with_a_sentence(window):
    pick(noise(window).choice, "Gaussian")
    enter(noise(window).seeds, "90")
    for _ in range(10):
        window.lab.player.set_scenario(window.lab.player.scenario.with_another_start())
    assert not window.lab.surface_panel.starts.add.isEnabled()
    assert not window.commands.action("race.add_start").isEnabled()
    enter(noise(window).seeds, "91")
    assert "take fewer" in noise(window).error.text()
    assert window.lab.player.scenario.seeds == noise(window).seeds.value() == 90


def test_a_noisy_race_goes_back_and_forth_over_the_same_trail(window, qtbot):
    pick(noise(window).choice, "Gaussian")
    press(window, Key.Key_End)
    settle(qtbot, window)
    there = window.lab.player.trajectories[2].x.copy()
    for key in (Key.Key_Home, Key.Key_Right, Key.Key_Right, Key.Key_Left, Key.Key_End):
        press(window, key)
    settle(qtbot, window)
    assert (window.lab.player.trajectories[2].x == there).all()
    assert len(listed(window)) == 5
