"""A monkey at the window: whatever is done in whatever order, the picture is true to the scenario in the end."""

import random
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from optisim.core.race.scenario import chapter_scenario
from optisim.core.surfaces import SURFACES
from optisim.ui.parts.clock import SPEEDS
from optisim.ui.parts.number_box import SLIDER_STEPS
from tests.ui.driver import (
    ALT,
    CTRL,
    Key,
    assert_true_to_scenario,
    choose,
    click,
    click_map,
    drag,
    entries,
    leave_fields,
    listed,
    picture,
    positions,
    press,
    row_place,
    settle,
    spot,
    view_of,
    wheel,
)

ACTIONS = 220
FORMULAS = ("x^2 + y^2", "sin(x) y + x^2/10", "abs(x) + 3 abs(y)", "log(x) + y^2", "x^2 - y^2 +", "1/(x y)")


class Monkey:
    """Does something, chosen by its dice."""

    def __init__(self, window, seed):
        self.window = window
        self.dice = random.Random(seed)
        self.scrub, self.steps = window.lab.transport.scrub, window.lab.transport.steps
        self.runs = window.lab.runs_panel

    def act(self):
        deeds = [name for name in dir(self) if name.startswith("do_")]
        getattr(self, self.dice.choice(deeds))()

    def somewhere(self):
        view = view_of(self.window)
        return view.left + self.dice.random() * view.width, view.bottom + self.dice.random() * view.height

    def do_set_the_start(self):
        click_map(self.window, self.somewhere())

    def do_drag_on_the_map(self):
        drag(self.window, spot(self.window, self.somewhere()), spot(self.window, self.somewhere()))

    def do_drag_a_start(self):
        start = self.dice.choice(self.window.lab.player.scenario.starts)
        view = view_of(self.window)
        if view.left < start[0] < view.right and view.bottom < start[1] < view.top:
            drag(self.window, spot(self.window, start), spot(self.window, self.somewhere()))

    def do_add_a_start(self):
        if len(self.window.lab.player.scenario.starts) < 4:
            press(self.window, Key.Key_T, CTRL)

    def do_remove_a_start(self):
        count = len(self.window.lab.player.scenario.starts)
        if count > 1:
            click(self.window.lab.surface_panel.starts._rows[self.dice.randrange(count)].remove_button)

    def do_move_a_slider(self):
        for name in self.dice.sample(sorted(self.runs.form.sliders), min(1, len(self.runs.form.sliders))):
            self.runs.form.sliders[name].setValue(self.dice.randrange(SLIDER_STEPS + 1))

    def do_wiggle_a_slider(self):
        for _ in range(5):
            self.do_move_a_slider()

    def do_choose_a_surface(self):
        self.window.lab.surface_panel.catalogue.setFocus()
        for _ in range(self.dice.randrange(1, 4)):
            press(self.window, self.dice.choice((Key.Key_Down, Key.Key_Up)))
        leave_fields(self.window)

    def do_type_a_formula(self):
        QApplication.clipboard().setText(self.dice.choice(FORMULAS))
        click(self.window.lab.surface_panel.formula)
        press(self.window, Key.Key_A, CTRL)
        press(self.window, Key.Key_V, CTRL)
        leave_fields(self.window)

    def do_switch_the_scale(self):
        click(self.window.lab.surface_panel.log)

    def do_add_a_run(self):
        if len(self.window.lab.player.scenario.runs) < 9:
            self.runs.add_menu.aboutToShow.emit()
            self.dice.choice([entry for entry in entries(self.runs.add_menu) if entry.data()]).trigger()

    def do_something_to_a_run(self):
        action = self.runs.actions_of_run[self.dice.choice(sorted(self.runs.actions_of_run))]
        if action.isEnabled():
            action.trigger()

    def do_select_a_run(self):
        if self.window.lab.player.scenario.runs:
            row = self.dice.randrange(len(self.window.lab.player.scenario.runs))
            self.runs.list.scrollTo(self.runs.list.model().index(row, 0))
            click(self.runs.list.viewport(), row_place(self.window, row))

    def do_move_a_run(self):
        press(self.window, self.dice.choice((Key.Key_Up, Key.Key_Down)), ALT)

    def do_change_the_steps(self):
        self.steps.setValue(self.dice.choice((1, 7, 30, 200, 1500)))

    def do_step_or_jump(self):
        press(self.window, self.dice.choice((Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End)))

    def do_set_a_bookmark_or_go_to_one(self):
        press(self.window, self.dice.choice((Key.Key_M, Key.Key_Left, Key.Key_Right)), CTRL)

    def do_scrub(self):
        self.scrub.setValue(self.dice.randrange(self.scrub.maximum() + 1))

    def do_play_or_pause(self):
        press(self.window, Key.Key_Space)

    def do_zoom(self):
        wheel(self.window, spot(self.window, self.somewhere()), self.dice.choice((-2, -1, 1, 2)))

    def do_reset_the_view(self):
        press(self.window, Key.Key_0, CTRL)

    def do_nothing_for_a_moment(self):
        QTest.qWait(self.dice.choice((1, 5, 20)))

    def do_change_the_speed(self):
        self.window.lab.player.clock.set_speed(self.dice.choice(SPEEDS[-4:]))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_two_hundred_random_deeds_at_full_speed_leave_a_true_picture(window, qtbot, seed):
    window.resize(760, 560)  # less to paint
    window.lab.player.clock.set_speed(float("inf"))
    press(window, Key.Key_Space)
    monkey = Monkey(window, seed)
    for _ in range(ACTIONS):
        monkey.act()
    if window.lab.player.clock.playing:
        press(window, Key.Key_Space)
    press(window, Key.Key_End)
    settle(qtbot, window)
    assert_true_to_scenario(window)
    scenario = window.lab.player.scenario
    assert window.lab.player.cursor == scenario.steps
    assert len(listed(window)) == len(scenario.runs)
    assert window.lab.surface_panel.log.isChecked() == scenario.surface.log
    assert tuple(box.value() for box in window.lab.surface_panel.domain) == scenario.surface.domain
    last = [
        [t.x[scenario.steps, ball, 0], t.x[scenario.steps, ball, 1]]
        for t in window.lab.player.trajectories
        for ball in range(len(scenario.starts))
    ]

    # a stray click may have sorted the table
    window.lab.results.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def table_is_right():
        shown = positions(window)
        assert len(shown) == len(last)
        assert np.allclose(shown, last, rtol=6e-3, atol=6e-6)

    qtbot.waitUntil(table_is_right)
    kept = picture(window)
    window.lab.map_view.map_item.forget_terrain()  # what was painted bit by bit is what is painted at once
    assert (picture(window) != kept).any(axis=-1).mean() < 0.02
    choose(window, "new")
    assert window.lab.player.scenario == chapter_scenario()
    settle(qtbot, window)
    assert_true_to_scenario(window)


def test_every_change_in_one_burst_while_playing_ends_true(window, qtbot):
    """No event loop runs between the changes: all of them meet a worker that is busy with the first."""
    press(window, Key.Key_Space)
    player = window.lab.player
    qtbot.waitUntil(lambda: player.cursor > 1)
    for number in range(200):
        player.set_scenario(player.scenario.with_start(0, (number / 30, -number / 40)))
        player.set_scenario(replace(player.scenario, surface=list(SURFACES.values())[number % 5]))
        player.set_scenario(player.scenario.with_moved(number % 5, number % 3))
    press(window, Key.Key_Space)
    press(window, Key.Key_End)
    settle(qtbot, window)
    assert_true_to_scenario(window)


def test_trails_are_not_those_of_an_earlier_race(window, qtbot):
    """A new trajectory may lie where one that is gone lay in memory, and be as long."""
    choose(window, "heat")
    choose(window, "contours")
    press(window, Key.Key_End)
    settle(qtbot, window)
    for number in range(12):
        window.lab.runs_panel.form.sliders["lr"].setValue(700 + 20 * number)
        settle(qtbot, window)
        if number % 3 == 2:
            seen = picture(window)
            window.lab.map_view.map_item.forget_terrain()
            assert (picture(window) == seen).all()


def test_pressing_play_many_times_ends_paused_or_playing_as_it_should(window, qtbot):
    settle(qtbot, window)
    for times in (7, 8):
        was = window.lab.player.clock.playing
        for _ in range(times):
            press(window, Key.Key_Space)
        assert window.lab.player.clock.playing == (was if times % 2 == 0 else not was)
    drag(window, QPoint(5, 5), QPoint(6, 5))
    assert window.lab.player.clock.playing
