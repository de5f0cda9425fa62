"""Time travel: bookmarks to come back to, and branches that go another way from a step on."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolButton, QToolTip

from optisim.core.optimizers import OPTIMIZERS, SGD
from optisim.core.race.scenario import MAX_PAST, MAX_STEPS, Past, chapter_scenario
from optisim.core.race.simulate import race_to_end
from optisim.ui.race.scrub_bar import DEPTH
from tests.ui.driver import (
    CTRL,
    RIGHT,
    Key,
    assert_true_to_scenario,
    choose,
    click,
    click_entry,
    enter,
    leave_fields,
    listed,
    patch,
    popup,
    press,
    row_place,
    select,
    settle,
    shows_color,
    table,
)


@pytest.fixture(autouse=True)
def wide(window):
    """A window of the size that it has at the first start on a larger screen."""
    window.resize(1280, 800)


def branch_at(qtbot, window, row, step):
    """Branch a run at a step with the key; returns the row of the branch."""
    settle(qtbot, window)
    select(window, row)
    window.lab.player.seek(step)
    press(window, Key.Key_B, CTRL)
    return row + 1


def open_run_menu(window, row):
    """Right-click a run in the list."""
    click(window.lab.runs_panel.list.viewport(), row_place(window, row), RIGHT)
    return popup()


# ── Branches ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_branch_leaves_its_run_at_the_step_that_is_shown(window, qtbot):
    row = branch_at(qtbot, window, 1, 12)
    assert window.lab.runs_panel.list.current_row == window.lab.player.selection == row
    assert [run.name for run in window.lab.player.scenario.runs][:3] == ["SGD", "Momentum", "Momentum, t ≥ 12"]
    assert [run.ghost for run in window.lab.player.scenario.runs] == [False, True, False, False, False, False]
    assert window.lab.runs_panel.since.isVisible()
    assert "12" in window.lab.runs_panel.since.text()
    enter(window.lab.runs_panel.form.boxes["lr"], "0.02")
    leave_fields(window)
    settle(qtbot, window)
    assert window.lab.player.cursor == 12
    assert_true_to_scenario(window)
    _, ghost, branch = (trajectory.x for trajectory in window.lab.player.trajectories[:3])
    assert branch[:13].tobytes() == ghost[:13].tobytes()
    assert (branch[14:] != ghost[14:]).any(axis=(1, 2)).all()
    # the ghost is what the run was before
    assert ghost.tobytes() == race_to_end(chapter_scenario())[1].x.tobytes()
    select(window, 1)
    assert not window.lab.runs_panel.since.isVisible()


def test_the_cursor_stays_while_the_rate_of_a_branch_is_changed(window, qtbot):
    row = branch_at(qtbot, window, 4, 10)
    window.lab.player.seek(25.5)
    settle(qtbot, window)
    for place in (100, 700, 400):
        window.lab.runs_panel.form.sliders["lr"].setValue(place)
        settle(qtbot, window)
        assert window.lab.player.cursor == window.lab.map_view.snapshot.cursor == 25.5
    assert_true_to_scenario(window)
    run = window.lab.player.scenario.runs[row]
    assert run.past == (Past(10, chapter_scenario().runs[4].optimizer),)
    assert run.optimizer.lr != 0.3


@pytest.mark.parametrize("way", ["key", "menu", "context menu", "button"])
def test_there_are_several_ways_to_branch(window, qtbot, way):
    settle(qtbot, window)
    select(window, 2)
    window.lab.player.seek(7.8)
    if way == "key":
        press(window, Key.Key_B, CTRL)
    elif way == "menu":
        choose(window, "branch")
    elif way == "context menu":
        click_entry(open_run_menu(window, 2), "Branch here")
    else:
        action = window.lab.runs_panel.actions_of_run["branch"]
        (button,) = (b for b in window.lab.runs_panel.findChildren(QToolButton) if b.defaultAction() is action)
        click(button)
    assert window.lab.player.scenario.runs[3].name == "AdaGrad, t ≥ 7"
    settle(qtbot, window)
    assert window.lab.player.cursor == 7.8
    assert_true_to_scenario(window)


def test_at_the_start_a_branch_is_a_duplicate(window, qtbot):
    branch_at(qtbot, window, 1, 0)
    assert window.lab.player.scenario == chapter_scenario().with_duplicate(1)


def test_a_branch_can_be_branched_until_there_is_no_more_room(window, qtbot):
    row = branch_at(qtbot, window, 0, 1)
    for number in range(2, MAX_PAST + 1):
        row = branch_at(qtbot, window, row, number)
    assert len(window.lab.player.scenario.runs[row].past) == MAX_PAST
    assert not window.lab.runs_panel.actions_of_run["branch"].isEnabled()
    window.lab.runs_panel.list.select(0)
    assert window.lab.runs_panel.actions_of_run["branch"].isEnabled()
    window.lab.player.seek(30)
    settle(qtbot, window)
    assert_true_to_scenario(window)


def test_branching_twice_at_once_branches_the_branch_at_the_same_step(window, qtbot):
    branch_at(qtbot, window, 1, 12)
    press(window, Key.Key_B, CTRL)
    window.lab.player.seek(20)
    press(window, Key.Key_B, CTRL)
    assert [[past.until for past in run.past] for run in window.lab.player.scenario.runs[1:5]] == [
        [],
        [12],
        [12],
        [12, 20],
    ]
    settle(qtbot, window)
    assert_true_to_scenario(window)


def test_the_trail_that_was_there_is_not_computed_again(window, qtbot):
    settle(qtbot, window)
    select(window, 1)
    window.lab.player.seek(12)
    known = window.lab.player.trajectories[1]
    press(window, Key.Key_B, CTRL)
    settle(qtbot, window)
    branch = window.lab.player.trajectories[2]
    enter(window.lab.runs_panel.name, "mine")
    settle(qtbot, window)
    assert window.lab.player.trajectories[1] is known
    assert window.lab.player.trajectories[2] is branch


def test_a_ring_marks_where_a_branch_begins(window, qtbot):
    window.lab.display.show_part("arrows", False)
    row = branch_at(qtbot, window, 1, 8)
    enter(window.lab.runs_panel.form.boxes["lr"], "0.01")
    leave_fields(window)
    for number in (0, 1, 3, 4, 5):
        window.lab.runs_panel._toggle(number)
    for step, seen in ((7, False), (20, True)):
        window.lab.player.seek(step)
        settle(qtbot, window)
        place = window.lab.player.trajectories[row].x[8, 0]
        middle = patch(window, place, radius=1)
        assert shows_color(middle, window.theme.base, 8) == seen
        assert shows_color(patch(window, place, radius=6), window.lab.player.scenario.runs[row].color) == seen


def test_a_schedule_of_a_branch_is_plotted_with_the_rates_before_it(window, qtbot):
    branch_at(qtbot, window, 0, 10)
    plot = window.lab.runs_panel.schedule.plot
    assert plot.isVisible()
    enter(window.lab.runs_panel.form.boxes["lr"], "0.2")
    assert plot._rates.tolist() == [0.95] * 11 + [0.2] * 20  # the jump is drawn upright, at step 10
    assert plot._times.tolist() == [*range(11), *range(10, 30)]
    select(window, 3)
    assert not plot.isVisible()


def test_a_method_that_finds_its_own_rate_goes_on_with_what_else_is_changed(window, qtbot):
    window.lab.runs_panel.add("lbfgs")
    branch_at(qtbot, window, 5, 4)
    enter(window.lab.runs_panel.form.boxes["memory"], "12")
    leave_fields(window)
    settle(qtbot, window)
    assert window.lab.player.trajectories[6].failure is None
    assert_true_to_scenario(window)


def test_the_table_and_the_list_tell_a_branch_from_its_run(window, qtbot):
    branch_at(qtbot, window, 1, 12)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: len(table(window)) == 6)
    assert [row[0] for row in table(window)][1:3] == ["Momentum", "Momentum, t ≥ 12"]
    assert listed(window)[1:3] == ["Momentum  η 0.1 (faint)", "Momentum, t ≥ 12  η 0.1"]


def test_a_scenario_with_branches_and_bookmarks_is_there_at_the_next_start(open_window, settings, qtbot):
    window = open_window(settings)
    branch_at(qtbot, window, 1, 12)
    press(window, Key.Key_M, CTRL)
    scenario = window.lab.player.scenario
    assert scenario.bookmarks == (12,)
    window.close()
    again = open_window(settings)
    assert again.lab.player.scenario == scenario
    settle(qtbot, again)
    assert_true_to_scenario(again)


@dataclass(frozen=True)
class SlowerSGD(SGD):
    """SGD at half its rate, under the name of SGD."""

    spelling = "sgd"

    def step(self, t, x, objective, last):
        return replace(super().step(t, x, objective, last), update=-self.lr / 2 * objective(x, t)[1])


def test_the_past_of_an_optimizer_that_was_loaded_again_is_renewed_with_it(window, qtbot, monkeypatch):
    branch_at(qtbot, window, 0, 12)
    enter(window.lab.runs_panel.form.boxes["lr"], "0.3")
    leave_fields(window)
    monkeypatch.setitem(OPTIMIZERS, "sgd", SlowerSGD)
    window.lab.player.renew()
    branch = window.lab.player.scenario.runs[1]
    assert (branch.optimizer, branch.past) == (SlowerSGD(lr=0.3), (Past(12, SlowerSGD(lr=0.95)),))
    settle(qtbot, window)
    assert_true_to_scenario(window)


# ── Ghosts ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_menu_of_a_run_makes_it_faint_and_back(window, qtbot):
    window.lab.display.show_part("arrows", False)
    settle(qtbot, window)
    press(window, Key.Key_End)
    settle(qtbot, window)
    color = window.lab.player.scenario.runs[4].color
    for number in range(4):
        window.lab.runs_panel._toggle(number)
    place = window.lab.player.trajectories[4].x[30, 0]
    known = window.lab.player.trajectories[4]
    for ghost, ask in (
        (True, lambda: click_entry(open_run_menu(window, 4), "Faint")),
        (False, lambda: choose(window, "faint")),
    ):
        assert window.lab.runs_panel.actions_of_run["faint"].isChecked() != ghost
        ask()
        assert window.lab.player.scenario.runs[4].ghost == ghost
        settle(qtbot, window)
        assert shows_color(patch(window, place), color) != ghost
        assert window.lab.player.trajectories[4] is known
    select(window, 3)
    assert not window.lab.runs_panel.actions_of_run["faint"].isChecked()


# ── Bookmarks ────────────────────────────────────────────────────────────────────────────────────────────


def bookmarked(qtbot, window, *steps):
    """Set bookmarks with the key."""
    settle(qtbot, window)
    for step in steps:
        window.lab.player.seek(step)
        press(window, Key.Key_M, CTRL)
    return window.lab.transport.scrub


def flag(window, step):
    """Where the flag of a bookmark is, in the scrub bar."""
    return QPoint(round(window.lab.transport.scrub.across(step)), DEPTH // 2)


def shown_flags(window):
    """The steps at which the scrub bar shows the accent colour at its upper edge."""
    bar = window.lab.transport.scrub
    image = bar.grab().toImage()
    found = []
    for step in range(window.lab.player.scenario.steps + 1):
        color = image.pixelColor(round(bar.across(step) * image.devicePixelRatio()), 4)
        if shows_color(np.array([color.getRgb()[:3]]), window.theme.accent):
            found.append(step)
    return found


def test_a_bookmark_is_set_and_removed_where_the_cursor_is(window, qtbot):
    bookmarked(qtbot, window, 12, 0, 30, 20.7)
    assert window.lab.player.scenario.bookmarks == (0, 12, 20, 30)
    assert shown_flags(window) == [0, 12, 20, 30]
    window.lab.player.seek(12.9)
    press(window, Key.Key_M, CTRL)
    assert window.lab.player.scenario.bookmarks == (0, 20, 30)
    assert shown_flags(window) == [0, 20, 30]
    assert window.lab.player.cursor == 12.9
    window.set_theme("dark")
    assert shown_flags(window) == [0, 20, 30]


def test_a_bookmark_computes_nothing_anew(window, qtbot):
    settle(qtbot, window)
    known = window.lab.player.trajectories
    bookmarked(qtbot, window, 12)
    settle(qtbot, window)
    assert all(now is then for now, then in zip(window.lab.player.trajectories, known, strict=True))


def test_keys_go_from_bookmark_to_bookmark_and_to_the_ends(window, qtbot):
    bookmarked(qtbot, window, 5, 12, 20)
    press(window, Key.Key_Home)
    for step in (5, 12, 20, 30, 30):
        press(window, Key.Key_Right, CTRL)
        assert window.lab.player.cursor == step
    for step in (20, 12, 5, 0, 0):
        press(window, Key.Key_Left, CTRL)
        assert window.lab.player.cursor == step
    window.lab.player.seek(12.4)
    press(window, Key.Key_Left, CTRL)
    assert window.lab.player.cursor == 12
    window.lab.player.seek(11.6)
    press(window, Key.Key_Right, CTRL)
    assert window.lab.player.cursor == 12


def test_going_to_a_bookmark_pauses(window, qtbot):
    bar = bookmarked(qtbot, window, 0, 30)
    for go in (
        lambda: press(window, Key.Key_Right, CTRL),
        lambda: press(window, Key.Key_Left, CTRL),
        lambda: click(bar, flag(window, 30)),
    ):
        press(window, Key.Key_Home)
        press(window, Key.Key_Space)
        qtbot.waitUntil(lambda: 0 < window.lab.player.cursor < 30)
        go()
        assert not window.lab.player.clock.playing
        assert window.lab.player.cursor in (0, 30)


def test_keys_of_bookmarks_typed_into_a_field_are_text(window, qtbot):
    bookmarked(qtbot, window, 12)
    enter(window.lab.runs_panel.name, "two words", leave_with=Key.Key_End)
    press(window, Key.Key_Left, CTRL)
    assert window.lab.runs_panel.name.cursorPosition() == 4
    assert window.lab.player.cursor == 12


@pytest.mark.parametrize("steps", [30, 2000, MAX_STEPS])
def test_a_click_on_a_flag_goes_there_exactly(window, qtbot, steps):
    settle(qtbot, window)
    marked = steps // 3 + 1
    window.lab.player.set_scenario(replace(window.lab.player.scenario, steps=steps, bookmarks=(marked,)))
    qtbot.waitUntil(lambda: window.lab.player.reach >= min(marked, 1000))
    for off in (-4, 0, 4):
        press(window, Key.Key_Home)
        click(window.lab.transport.scrub, flag(window, marked) + QPoint(off, 0))
        assert window.lab.player.step == marked


def test_below_the_flags_the_handle_is_dragged_as_ever(window, qtbot):
    bar = bookmarked(qtbot, window, 12)
    press(window, Key.Key_Home)
    click(bar, QPoint(round(bar.across(12)) + 3, bar.height() // 2))
    assert window.lab.player.cursor == 12
    click(bar, QPoint(round(bar.across(20)), 3))
    assert window.lab.player.cursor == 20, "there is no flag"


def test_the_menu_of_a_flag_removes_it(window, qtbot):
    bar = bookmarked(qtbot, window, 12, 20)
    at = flag(window, 12)
    menus = []
    for place in (QPoint(round(bar.across(5)), 4), at):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, bar.mapToGlobal(place))
        QApplication.sendEvent(bar, event)
        menus.append(QApplication.activePopupWidget())
    assert menus[0] is None
    click_entry(popup(), "Remove")
    assert window.lab.player.scenario.bookmarks == (20,)
    assert window.lab.player.cursor == 20


def test_a_flag_says_which_step_it_marks(window, qtbot):
    bar = bookmarked(qtbot, window, 12)
    for place, words in (
        (flag(window, 12), "Bookmark at step 12"),
        (QPoint(round(bar.across(20)), 4), "Drag"),
    ):
        QToolTip.hideText()
        event = QHelpEvent(QEvent.Type.ToolTip, place, bar.mapToGlobal(place))
        QApplication.sendEvent(bar, event)
        assert QToolTip.text().startswith(words)
    QToolTip.hideText()


def test_fewer_steps_drop_the_bookmarks_beyond(window, qtbot):
    bookmarked(qtbot, window, 5, 12, 30)
    enter(window.lab.transport.steps, "12")
    leave_fields(window)
    assert window.lab.player.scenario.bookmarks == (5, 12)
    settle(qtbot, window)
    assert shown_flags(window) == [5, 12]


def test_the_menu_does_what_the_keys_do(window, qtbot):
    bookmarked(qtbot, window, 5, 12)
    choose(window, "previous")
    assert window.lab.player.cursor == 5
    choose(window, "next")
    assert window.lab.player.cursor == 12
    choose(window, "bookmark")
    assert window.lab.player.scenario.bookmarks == (5,)
