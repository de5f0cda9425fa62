"""The list of runs says who is ahead: each run's loss at the cursor, the leader, and what has become of a run."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from optisim.canvas.text.symbols import three_digits
from tests.ui.driver import CTRL, Key, choose, enter, leave_fields, press, select, settle

AHEAD = "The lowest loss of all at this step"
LEFT = "It has left: its loss grew without bound"


def told(window):
    """What the rows of the list say beside name and rate, as (loss, what it is marked with)."""
    model = window.lab.runs_panel.list.model()
    role = Qt.ItemDataRole.AccessibleDescriptionRole
    rows = [model.index(row, 0).data(role).partition(" ") for row in range(model.rowCount())]
    return [(loss, mark) for loss, _, mark in rows]


def marks(window):
    return [mark for _, mark in told(window)]


def losses(window, step):
    return np.array([np.median(trajectory.loss[step]) for trajectory in window.lab.player.trajectories])


def test_at_the_start_all_have_the_same_loss_and_nobody_is_ahead(window, qtbot):
    settle(qtbot, window)
    qtbot.waitUntil(lambda: told(window) == [(three_digits(6.45), "")] * 5)


@pytest.mark.parametrize("step", [1, 4, 12, 30])
def test_each_run_has_its_loss_and_the_lowest_one_is_ahead(window, qtbot, step):
    settle(qtbot, window)
    window.lab.player.seek(step)
    now = losses(window, step)
    assert [loss for loss, _ in told(window)] == [three_digits(float(loss)) for loss in now]
    assert [mark == AHEAD for mark in marks(window)] == [loss == now.min() for loss in now]
    press(window, Key.Key_Home)
    assert marks(window) == [""] * 5


def test_the_list_follows_while_the_race_plays(window, qtbot):
    choose(window, "faster")
    press(window, Key.Key_Space)
    qtbot.waitUntil(lambda: AHEAD in marks(window))
    qtbot.waitUntil(lambda: not window.lab.player.clock.playing, timeout=20_000)
    now = losses(window, 30)
    qtbot.waitUntil(lambda: [loss for loss, _ in told(window)] == [three_digits(float(loss)) for loss in now])


def test_a_run_that_has_left_is_marked_from_then_on_and_never_ahead(window, qtbot):
    enter(window.lab.runs_panel.form.boxes["lr"], "9")
    leave_fields(window)
    settle(qtbot, window)
    stopped = int(window.lab.player.trajectories[0].stopped[0])
    assert 1 < stopped < 30
    window.lab.player.seek(stopped - 1)
    assert told(window)[0][1] == ""
    window.lab.player.seek(stopped)
    assert told(window)[0] == ("∞", LEFT)
    assert marks(window).count(AHEAD) == 1


def test_equals_are_ahead_together_and_a_hidden_run_is_not(window, qtbot):
    press(window, Key.Key_End)
    settle(qtbot, window)
    (leader,) = (row for row, mark in enumerate(marks(window)) if mark)
    select(window, leader)
    press(window, Key.Key_D, CTRL)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: [row for row, mark in enumerate(marks(window)) if mark] == [leader, leader + 1])
    for row in (leader, leader + 1):
        select(window, row)
        choose(window, "toggle")
    settle(qtbot, window)
    now = losses(window, 30)
    now[[leader, leader + 1]] = np.inf
    assert [row for row, mark in enumerate(marks(window)) if mark] == [int(now.argmin())]


def test_a_run_that_is_removed_takes_its_loss_with_it(window, qtbot):
    press(window, Key.Key_End)
    settle(qtbot, window)
    before = told(window)
    select(window, 1)
    choose(window, "remove")
    assert told(window) == [before[0], *before[2:]]
