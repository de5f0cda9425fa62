"""Closing at an awkward moment: the thread is gone, nothing is said, the scenario is kept."""

import pytest
from PySide6.QtCore import QThread

from optisim.core.documents.kinds import from_json
from tests.ui.driver import Key, choose, click_map, enter, leave_fields, press


def threads(window):
    return window.findChildren(QThread)


def set_to_work(window):
    """A race that takes the worker seconds."""
    enter(window.lab.transport.steps, "100000")
    leave_fields(window)


def nothing(window):
    pass


def play_at_full_speed(window):
    set_to_work(window)
    window.lab.player.clock.set_speed(float("inf"))
    press(window, Key.Key_Space)
    assert window.lab.player.clock.playing


def go_to_an_end_that_is_not_computed(window):
    set_to_work(window)
    press(window, Key.Key_End)


def change_while_the_worker_is_busy(window):
    go_to_an_end_that_is_not_computed(window)
    click_map(window, (3.0, 2.0))
    enter(window.lab.runs_panel.form.boxes["lr"], "0.5")


def play_and_close_with_the_menu(window):
    play_at_full_speed(window)
    choose(window, "quit")


MOMENTS = [
    nothing,
    play_at_full_speed,
    go_to_an_end_that_is_not_computed,
    change_while_the_worker_is_busy,
    play_and_close_with_the_menu,
]


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: moment.__name__)
@pytest.mark.parametrize("later", [False, True], ids=["at_once", "later"])
def test_closing_ends_the_thread_and_keeps_the_scenario(window, qtbot, moment, later):
    assert [thread.isRunning() for thread in threads(window)] == [True]
    moment(window)
    if later and window.isVisible():
        begun = window.lab.player.reach
        qtbot.waitUntil(lambda: window.lab.player.reach > begun or begun >= window.lab.player.scenario.steps)
    window.close()
    assert not window.isVisible()
    assert not window.lab.player.clock.playing
    assert [thread.isRunning() for thread in threads(window)] == [False]
    assert from_json(window.settings.scenario) == window.lab.player.scenario


def test_a_closed_window_can_be_told_to_go_on_without_harm(window, qtbot):
    play_at_full_speed(window)
    window.close()
    window.lab.player.step_forward()
    window.lab.player.set_scenario(window.lab.player.scenario.without(0))
    window.lab.player.close()
    qtbot.wait(50)
    assert [thread.isRunning() for thread in threads(window)] == [False]
