"""Time runs both ways: playing, stepping, scrubbing, speed and the number of steps."""

import itertools
import math
import re

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QStyle, QStyleOptionSlider

from optisim.core.race.scenario import MAX_STEPS
from optisim.ui.parts.clock import SPEEDS
from optisim.ui.parts.worker import Worker
from tests.ui.driver import (
    Key,
    assert_true_to_scenario,
    choose,
    click,
    column,
    drag,
    enter,
    leave_fields,
    numbers,
    patch,
    pick,
    press,
    settle,
    shows_color,
)


def handle_of(slider):
    """Where a slider's handle is, in the window."""
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    rect = slider.style().subControlRect(
        QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
    )
    return slider.mapTo(slider.window(), rect.center())


def pause_between_steps(qtbot, window):
    """Play a little, and pause while the balls glide from one step to the next; returns the cursor."""
    settle(qtbot, window)
    press(window, Key.Key_Space)
    qtbot.waitUntil(lambda: 0.05 < window.lab.player.cursor % 1 < 0.8)
    press(window, Key.Key_Space)
    assert window.lab.player.cursor % 1 > 0
    return window.lab.player.cursor


# ── Keys ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_arrows_home_and_end_go_step_by_step_and_stay_within_the_race(window, qtbot):
    settle(qtbot, window)
    for key, step in (
        (Key.Key_Left, 0),
        (Key.Key_Right, 1),
        (Key.Key_Right, 2),
        (Key.Key_Left, 1),
        (Key.Key_End, 30),
        (Key.Key_Right, 30),
        (Key.Key_Left, 29),
        (Key.Key_Home, 0),
    ):
        press(window, key)
        assert window.lab.player.cursor == step
        assert re.findall(r"\d+", window.lab.transport.step_label.text()) == [str(step)]
        assert window.lab.map_view.snapshot.cursor == step


@pytest.mark.parametrize(("key", "rounded"), [(Key.Key_Right, math.ceil), (Key.Key_Left, math.floor)])
def test_arrows_go_from_between_two_steps_to_the_next_whole_one(window, qtbot, key, rounded):
    cursor = pause_between_steps(qtbot, window)
    press(window, key)
    assert window.lab.player.cursor == rounded(cursor)


def test_stepping_pauses(window, qtbot):
    settle(qtbot, window)
    for key in (Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End):
        press(window, Key.Key_Home)
        press(window, Key.Key_Space)
        qtbot.waitUntil(lambda: window.lab.player.cursor > 0)
        press(window, key)
        assert not window.lab.player.clock.playing
        assert window.lab.player.cursor == int(window.lab.player.cursor)


def test_going_back_and_forward_reads_the_same_arrays_and_computes_nothing(window, qtbot, monkeypatch):
    settle(qtbot, window)
    asked = []
    monkeypatch.setattr(Worker, "request", lambda self, orders: asked.append(orders))
    press(window, Key.Key_End)
    trajectories = window.lab.player.trajectories
    places = [trajectory.x.__array_interface__["data"] for trajectory in trajectories]
    bits = [trajectory.x.tobytes() for trajectory in trajectories]
    for key in (Key.Key_Left, Key.Key_Left, Key.Key_Home, Key.Key_Right, Key.Key_End, Key.Key_Left, Key.Key_Right):
        press(window, key)
    assert all(now is then for now, then in zip(window.lab.player.trajectories, trajectories, strict=True))
    assert [trajectory.x.__array_interface__["data"] for trajectory in trajectories] == places
    assert [trajectory.x.tobytes() for trajectory in trajectories] == bits
    assert asked == []


def test_the_buttons_do_what_the_keys_do(window, qtbot):
    settle(qtbot, window)
    start, back, play, forward, end = (window.lab.transport.layout().itemAt(place).widget() for place in range(5))
    for button, step in ((end, 30), (back, 29), (forward, 30), (start, 0), (forward, 1)):
        click(button)
        assert window.lab.player.cursor == step
    click(play)
    assert window.lab.player.clock.playing
    click(play)
    assert not window.lab.player.clock.playing


def test_space_brackets_and_arrows_typed_into_a_field_are_text(window, qtbot):
    settle(qtbot, window)
    enter(window.lab.runs_panel.name, "my [ ] run", leave_with=Key.Key_Left)
    press(window, Key.Key_Home)
    assert window.lab.runs_panel.name.text() == "my [ ] run"
    assert window.lab.player.scenario.runs[0].label == "my [ ] run"
    assert (window.lab.player.clock.playing, window.lab.player.cursor, window.lab.player.clock.speed) == (
        False,
        0,
        1.0,
    )


# ── Scrub bar ────────────────────────────────────────────────────────────────────────────────────────────


def test_dragging_the_scrub_bar_goes_to_whole_steps_either_way_and_stays(window, qtbot):
    settle(qtbot, window)
    bar = window.lab.transport.scrub
    drag(window, handle_of(bar), handle_of(bar) + QPoint(bar.width() // 2, 0))
    middle = window.lab.player.cursor
    assert 10 <= middle <= 20
    assert middle == int(middle)
    drag(window, handle_of(bar), handle_of(bar) + QPoint(bar.width(), 40))
    assert window.lab.player.cursor == 30
    drag(window, handle_of(bar), handle_of(bar) - QPoint(bar.width() // 4, 0))
    assert 20 <= window.lab.player.cursor <= 25
    drag(window, handle_of(bar), handle_of(bar) - QPoint(2 * bar.width(), 0))
    assert window.lab.player.cursor == 0


def test_clicking_the_scrub_bar_goes_there_and_pauses(window, qtbot):
    settle(qtbot, window)
    bar = window.lab.transport.scrub
    press(window, Key.Key_Space)
    click(bar, QPoint(bar.width() // 2, bar.height() // 2))
    assert not window.lab.player.clock.playing
    assert window.lab.player.cursor == 15
    press(window, Key.Key_Right)
    assert window.lab.player.cursor == 16


def test_keys_move_the_focused_scrub_bar_by_one_step_at_a_time(window, qtbot):
    settle(qtbot, window)
    window.lab.transport.scrub.setFocus()
    for key, step in (
        (Key.Key_Right, 1),
        (Key.Key_Right, 2),
        (Key.Key_Left, 1),
        (Key.Key_End, 30),
        (Key.Key_Home, 0),
    ):
        press(window, key)
        assert window.lab.player.cursor == step


def test_the_scrub_bar_and_the_table_follow_the_race(window, qtbot):
    press(window, Key.Key_Right)
    press(window, Key.Key_Right)
    settle(qtbot, window)
    assert window.lab.transport.scrub.value() / window.lab.transport.scrub.maximum() == pytest.approx(2 / 30)
    x = [trajectory.x[2, 0, 0] for trajectory in window.lab.player.trajectories]

    def table_follows():
        assert numbers(column(window, "x")) == pytest.approx(x, abs=6e-6)

    qtbot.waitUntil(table_follows)


# ── Speed ────────────────────────────────────────────────────────────────────────────────────────────────


def test_brackets_change_the_speed_place_by_place_and_stop_at_the_ends(window):
    combo = window.lab.transport.speed
    place = SPEEDS.index(1.0)
    for key, by in ((Key.Key_BracketRight, 1), (Key.Key_BracketLeft, -1)):
        for _ in range(len(SPEEDS) + 1):
            press(window, key)
            place = min(max(place + by, 0), len(SPEEDS) - 1)
            assert window.lab.player.clock.speed == SPEEDS[place]
            assert combo.currentIndex() == place
    assert [combo.itemText(0), combo.itemText(len(SPEEDS) - 1)] == ["0.1×", "Max"]


def test_a_speed_chosen_from_the_list_is_played(window, qtbot):
    pick(window.lab.transport.speed, "Max")
    assert window.lab.player.clock.speed == math.inf
    press(window, Key.Key_Space)
    qtbot.waitUntil(lambda: not window.lab.player.clock.playing)
    assert window.lab.player.cursor == 30


def test_the_cursor_never_goes_back_while_playing(window, qtbot):
    cursors = []
    window.lab.player.moved.connect(lambda: cursors.append(window.lab.player.cursor))
    choose(window, "faster")
    choose(window, "faster")
    press(window, Key.Key_Space)
    qtbot.waitUntil(lambda: not window.lab.player.clock.playing)
    assert len(cursors) > 10
    assert all(before <= after for before, after in itertools.pairwise(cursors))
    assert cursors[-1] == 30


# ── Number of steps ──────────────────────────────────────────────────────────────────────────────────────


def test_fewer_steps_end_the_race_sooner(window, qtbot):
    settle(qtbot, window)
    press(window, Key.Key_End)
    enter(window.lab.transport.steps, "12")
    leave_fields(window)
    assert window.lab.player.scenario.steps == 12
    assert window.lab.player.cursor == 12
    settle(qtbot, window)
    press(window, Key.Key_Home)
    assert window.lab.player.cursor == 0
    press(window, Key.Key_End)
    assert window.lab.player.cursor == 12
    assert_true_to_scenario(window)


def test_more_steps_are_computed_beyond_what_is_known_and_reached(window, qtbot):
    settle(qtbot, window)
    known = [trajectory.x.tobytes() for trajectory in window.lab.player.trajectories]
    enter(window.lab.transport.steps, "3000")
    leave_fields(window)
    press(window, Key.Key_End)
    qtbot.waitUntil(lambda: window.lab.player.cursor == 3000)
    settle(qtbot, window)
    for trajectory, bits in zip(window.lab.player.trajectories, known, strict=True):
        assert trajectory.x[:31].tobytes() == bits
    assert_true_to_scenario(window)


def test_an_impossible_number_of_steps_is_refused(window):
    for text in ("0", "", "-", "abc", "999999"):
        enter(window.lab.transport.steps, text)
        assert 1 <= window.lab.player.scenario.steps <= MAX_STEPS
        assert window.lab.transport.steps.text() == str(window.lab.player.scenario.steps)


# ── Pixels ───────────────────────────────────────────────────────────────────────────────────────────────


def bare(window):
    """No arrows cover the balls."""
    window.resize(1280, 800)
    window.commands.run("race.show.arrows", on=False)


def test_balls_and_trails_are_painted_where_the_race_is_and_gone_at_the_start(window, qtbot):
    bare(window)
    settle(qtbot, window)
    sgd = window.lab.player.trajectories[0]
    (first, second), color = sgd.x[:2, 0], sgd.run.color
    between = (first + second) / 2
    assert not shows_color(patch(window, second), color)
    assert not shows_color(patch(window, between), color)
    press(window, Key.Key_Right)
    assert shows_color(patch(window, second), color)
    assert shows_color(patch(window, between), color)
    press(window, Key.Key_Home)
    assert not shows_color(patch(window, second), color)
    assert not shows_color(patch(window, between), color)
    assert shows_color(patch(window, first), color)


def test_a_gliding_ball_is_painted_between_its_steps(window, qtbot):
    bare(window)
    settle(qtbot, window)
    cursor = pause_between_steps(qtbot, window)
    sgd = window.lab.player.trajectories[0]
    row, share = int(cursor), cursor % 1
    place = sgd.x[row, 0] + share * (sgd.x[row + 1, 0] - sgd.x[row, 0])
    assert shows_color(patch(window, place), sgd.run.color)
