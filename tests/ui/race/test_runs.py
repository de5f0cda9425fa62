"""The runs: adding, removing, ordering, hiding, colouring and naming them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from optisim.canvas.map.legend import legend_text
from optisim.core.documents.kinds import to_json
from optisim.core.optimizers import OPTIMIZERS, SGD
from optisim.core.race.scenario import MAX_RUNS, Run, chapter_scenario
from optisim.ui.race.run_list import RunList
from tests.ui.driver import (
    ALT,
    CTRL,
    LEFT,
    PLAIN,
    RIGHT,
    Key,
    assert_true_to_scenario,
    choose,
    click,
    click_entry,
    column,
    enter,
    entries,
    in_dialog,
    leave_fields,
    listed,
    patch,
    picture,
    popup,
    press,
    row_place,
    select,
    settle,
    shows_color,
    table,
)

EYE, CROSS = -42, -15  # pixels from a row's right end


def names(window):
    return [run.name for run in window.lab.player.scenario.runs]


def click_row(window, row, x, button=LEFT):
    click(window.lab.runs_panel.list.viewport(), row_place(window, row, x), button)


def drag_row(window, begun, row, to, below):
    """Drag a row of the list onto another one. Qt's own dragging needs a desktop: only its drop is played."""
    runs = window.lab.runs_panel.list
    target = runs.visualRect(runs.model().index(to, 0))

    class Drop:
        def source(self):
            return runs

        def position(self):
            return QPointF(target.center().x(), target.bottom() - 3 if below else target.top() + 3)

        def setDropAction(self, action):
            pass

        accept = ignore = lambda self: None

    start = row_place(window, row)
    QTest.mousePress(runs.viewport(), LEFT, PLAIN, start)
    for distance in (8, 30):
        move_pressed(runs.viewport(), start + QPoint(0, distance))
    QTest.mouseRelease(runs.viewport(), LEFT, PLAIN, start + QPoint(0, 30))
    assert begun.pop() == Qt.DropAction.MoveAction  # else Qt takes no drop from the list itself
    assert runs.viewport().acceptDrops()
    runs.dropEvent(Drop())


def move_pressed(widget, at):
    """Move the mouse with the left button down."""
    place, everywhere = QPointF(at), QPointF(widget.mapToGlobal(at))
    event = QMouseEvent(QEvent.Type.MouseMove, place, everywhere, Qt.MouseButton.NoButton, LEFT, PLAIN)
    QApplication.sendEvent(widget, event)


# ── Adding and removing ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_every_optimizer_of_the_menu_can_be_added_raced_and_is_selected(window, qtbot):
    menu = window.lab.runs_panel.add_button.menu()
    menu.aboutToShow.emit()
    by_slug = {action.data(): action for action in entries(menu) if action.data()}
    assert len(by_slug) == 2 * len(OPTIMIZERS), "each of them, and Lookahead over it"
    for number, (slug, kind) in enumerate(OPTIMIZERS.items()):
        by_slug[slug].trigger()
        assert window.lab.player.scenario.runs[-1].optimizer.slug() == slug
        assert window.lab.runs_panel.list.current_row == 5 + number
        assert window.lab.runs_panel.name.placeholderText() == kind.name
    press(window, Key.Key_End)
    settle(qtbot, window)
    assert_true_to_scenario(window)
    qtbot.waitUntil(lambda: len(table(window)) == 5 + len(OPTIMIZERS))
    assert len({(run.color, run.marker) for run in window.lab.player.scenario.runs[:8]}) == 8


def test_the_add_button_opens_a_menu_of_all_optimizers(window):
    window.lab.runs_panel.add_menu.popup(window.mapToGlobal(QPoint(300, 300)))
    menu = next(a.menu() for a in window.lab.runs_panel.add_menu.actions() if a.menu() and "momentum" in a.text())
    menu.popup(window.mapToGlobal(QPoint(300, 300)))
    click_entry(menu, "Nesterov")
    assert names(window)[-1] == OPTIMIZERS["nesterov"].name


def test_typing_finds_an_optimizer_by_its_name_character_or_paper(window):
    menu = window.lab.runs_panel.add_menu
    for typed, slug in (
        ("radam", "radam"),
        ("zzz", ""),
        ("inertia", "momentum"),
        ("zeiler", "adadelta"),
    ):
        menu.popup(window.mapToGlobal(QPoint(300, 300)))
        QTest.keyClicks(menu.search, typed)
        count = len(window.lab.player.scenario.runs)
        assert menu.found[:1] == ([slug] if slug else [])
        QTest.keyClick(menu.search, Qt.Key.Key_Return)
        assert len(window.lab.player.scenario.runs) == count + bool(slug)
        if slug:
            assert window.lab.player.scenario.runs[-1].optimizer.slug() == slug
            assert not menu.isVisible()
    menu.close()


def test_lookahead_goes_over_any_method(window, qtbot):
    window.lab.runs_panel.add("lookahead-bfgs")
    assert window.lab.runs_panel.form.boxes["sync_period"].value() == 5
    enter(window.lab.runs_panel.form.boxes["sync_period"], "2.5")
    enter(window.lab.runs_panel.form.boxes["sync_period"], "3")
    leave_fields(window)
    assert window.lab.player.scenario.runs[-1].optimizer.spec == "lookahead-bfgs:sync_period=3"
    settle(qtbot, window)
    assert_true_to_scenario(window)


def test_two_runs_of_one_method_race_at_their_own_rates(window, qtbot):
    window.lab.display.show_part("arrows", False)
    select(window, 0)
    press(window, Key.Key_D, CTRL)
    assert names(window)[:2] == ["SGD", "SGD"]
    assert window.lab.runs_panel.list.current_row == 1
    enter(window.lab.runs_panel.form.boxes["lr"], "0.1")
    leave_fields(window)
    press(window, Key.Key_End)
    settle(qtbot, window)
    first, second = window.lab.player.trajectories[:2]
    assert [t.run.optimizer.values["lr"] for t in (first, second)] == [0.95, 0.1]
    assert first.x[30, 0].tolist() != second.x[30, 0].tolist()
    assert listed(window)[:2] == ["SGD  η 0.95", "SGD  η 0.1"]
    assert legend_text(first.run) != legend_text(second.run)
    assert first.run.color != second.run.color
    for trajectory in (first, second):
        assert shows_color(patch(window, trajectory.x[30, 0]), trajectory.run.color)
    assert_true_to_scenario(window)


def test_without_any_run_the_list_says_so_and_all_else_still_works(window, qtbot):
    for _ in range(5):
        assert not window.lab.runs_panel.empty.isVisible()
        choose(window, "remove")
    assert window.lab.player.scenario.runs == ()
    assert window.lab.runs_panel.empty.isVisible()
    assert window.lab.runs_panel.empty.text()
    assert not window.lab.runs_panel.editor.isVisible()
    assert not any(action.isEnabled() for action in window.lab.runs_panel.actions_of_run.values())
    settle(qtbot, window)
    picture(window)
    for key in (Key.Key_Space, Key.Key_Right, Key.Key_End, Key.Key_Home, Key.Key_Delete):
        press(window, key)
    picture(window)
    qtbot.waitUntil(lambda: table(window) == [])
    window.lab.runs_panel.add("adam")
    assert not window.lab.runs_panel.empty.isVisible()
    assert window.lab.runs_panel.editor.isVisible()
    settle(qtbot, window)
    assert_true_to_scenario(window)


def test_the_cross_of_a_row_removes_that_run_only(window, qtbot):
    select(window, 0)
    click_row(window, 2, CROSS)
    assert names(window) == ["SGD", "Momentum", "RMSProp", "Adam"]
    settle(qtbot, window)
    assert_true_to_scenario(window)


def test_removing_a_run_keeps_the_others_selected_computed_and_coloured(window, qtbot):
    settle(qtbot, window)
    old, colors = window.lab.player.trajectories, [run.color for run in window.lab.player.scenario.runs]
    select(window, 3)
    click_row(window, 0, CROSS)
    settle(qtbot, window)
    assert window.lab.player.trajectories == old[1:]
    assert [run.color for run in window.lab.player.scenario.runs] == colors[1:]
    assert window.lab.runs_panel.selected.name == "RMSProp"


def test_delete_removes_the_selected_run_only_while_the_list_has_the_keys(window):
    select(window, 1)
    press(window, Key.Key_Delete)
    assert names(window) == ["SGD", "AdaGrad", "RMSProp", "Adam"]
    leave_fields(window)
    press(window, Key.Key_Delete)
    enter(window.lab.runs_panel.name, "ab", leave_with=Key.Key_Home)
    press(window, Key.Key_Delete)
    assert window.lab.runs_panel.name.text() == "b"
    assert len(window.lab.player.scenario.runs) == 4


def test_no_more_runs_can_be_added_than_a_scenario_holds(open_window, settings):
    runs = tuple(Run(SGD(lr=0.01 * (n + 1))) for n in range(MAX_RUNS))
    settings.scenario = to_json(replace(chapter_scenario(), runs=runs))
    window = open_window(settings)
    assert not window.lab.runs_panel.add_button.isEnabled()
    assert not window.lab.runs_panel.add_menu.menuAction().isEnabled()
    press(window, Key.Key_D, CTRL)
    assert window.lab.player.scenario.runs == runs


# ── Order ────────────────────────────────────────────────────────────────────────────────────────────────


def test_keys_move_the_selected_run_up_and_down_and_recompute_nothing(window, qtbot):
    settle(qtbot, window)
    old = window.lab.player.trajectories
    select(window, 1)
    press(window, Key.Key_Down, ALT)
    assert names(window) == ["SGD", "AdaGrad", "Momentum", "RMSProp", "Adam"]
    assert window.lab.runs_panel.selected.name == "Momentum"
    for _ in range(7):
        press(window, Key.Key_Up, ALT)
    assert names(window) == ["Momentum", "SGD", "AdaGrad", "RMSProp", "Adam"]
    for _ in range(7):
        press(window, Key.Key_Down, ALT)
    assert names(window) == ["SGD", "AdaGrad", "RMSProp", "Adam", "Momentum"]
    settle(qtbot, window)
    assert set(window.lab.player.trajectories) == set(old)
    assert_true_to_scenario(window)


def test_a_row_can_be_dragged_to_another_place(window, qtbot, monkeypatch):
    begun = []
    monkeypatch.setattr(RunList, "startDrag", lambda self, actions: begun.append(actions))
    for row, to, below, order in (
        (0, 2, True, ["Momentum", "AdaGrad", "SGD", "RMSProp", "Adam"]),
        (0, 2, False, ["Momentum", "SGD", "AdaGrad", "RMSProp", "Adam"]),
        (4, 1, False, ["SGD", "Adam", "Momentum", "AdaGrad", "RMSProp"]),
        (4, 1, True, ["SGD", "Momentum", "Adam", "AdaGrad", "RMSProp"]),
        (2, 2, True, ["SGD", "Momentum", "AdaGrad", "RMSProp", "Adam"]),
    ):
        choose(window, "new")
        moved = names(window)[row]
        drag_row(window, begun, row, to, below)
        assert names(window) == order
        assert window.lab.runs_panel.selected.name == moved
        assert [text.split("  ")[0] for text in listed(window)] == order
        settle(qtbot, window)
        assert_true_to_scenario(window)


# ── Look ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_eye_hides_and_shows_a_run_and_recomputes_nothing(window, qtbot):
    choose(window, "legend")
    press(window, Key.Key_End)
    settle(qtbot, window)
    momentum = window.lab.player.trajectories[1]
    place, color = momentum.x[30, 0], momentum.run.color
    shown = picture(window)
    assert shows_color(patch(window, place, 1), color)
    click_row(window, 1, EYE)
    assert not window.lab.player.scenario.runs[1].visible
    settle(qtbot, window)
    assert not shows_color(patch(window, place, 1), color)
    click_row(window, 1, EYE)
    settle(qtbot, window)
    # a trail that grew in pieces differs from one painted at once by a few pixels at the joints
    assert (picture(window) != shown).any(axis=-1).mean() < 1e-3
    assert window.lab.player.trajectories[1] is momentum


def test_hiding_all_runs_leaves_an_empty_map(window, qtbot):
    press(window, Key.Key_End)
    for row in range(5):
        select(window, row)
        press(window, Key.Key_H, CTRL)
    settle(qtbot, window)
    assert not any(run.visible for run in window.lab.player.scenario.runs)
    assert not window.lab.map_view.snapshot.shown
    image = picture(window)
    assert not any(shows_color(image, run.color, 6) for run in window.lab.player.scenario.runs)


def test_a_colour_chosen_in_the_dialog_is_the_runs_everywhere(window, qtbot):
    window.lab.display.show_part("arrows", False)
    press(window, Key.Key_End)
    settle(qtbot, window)
    old = window.lab.player.trajectories[0]

    def take_violet(dialog):
        dialog.setCurrentColor(QColor("#8800ff"))
        dialog.accept()

    in_dialog(window, lambda: click(window.lab.runs_panel.color), take_violet)
    assert window.lab.player.scenario.runs[0].color == "#8800ff"
    settle(qtbot, window)
    assert window.lab.player.trajectories[0] is old
    assert shows_color(patch(window, old.x[30, 0]), "#8800ff", 40)


def test_a_colour_dialog_that_is_cancelled_changes_nothing(window):
    before = window.lab.player.scenario
    in_dialog(window, lambda: click(window.lab.runs_panel.color), lambda dialog: dialog.reject())
    assert window.lab.player.scenario == before


def test_a_name_of_ones_own_stands_in_list_legend_and_table(window, qtbot):
    enter(window.lab.runs_panel.name, "my own run")
    assert window.lab.player.scenario.runs[0].label == "my own run"
    assert listed(window)[0] == "my own run  η 0.95"
    settle(qtbot, window)
    assert legend_text(window.lab.map_view.snapshot.trajectories[0].run) == "my own run"
    qtbot.waitUntil(lambda: "my own run" in column(window, "Optimizer"))
    enter(window.lab.runs_panel.name, "")
    assert listed(window)[0] == "SGD  η 0.95"


def test_a_space_typed_at_the_end_of_a_name_is_not_swallowed(window):
    enter(window.lab.runs_panel.name, "run 12", leave_with=Key.Key_End)
    for _ in range(2):
        press(window, Key.Key_Backspace)
    QTest.keyClicks(window.lab.runs_panel.name, "7")
    assert window.lab.player.scenario.runs[0].label == "run 7"


def test_the_right_button_offers_what_can_be_done_with_a_run(window):
    click_row(window, 2, 60, RIGHT)
    menu = popup()
    assert menu.actions() == list(window.lab.runs_panel.actions_of_run.values())
    menu.close()
