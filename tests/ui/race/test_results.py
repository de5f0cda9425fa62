"""The table of results: true numbers at the cursor, sorted, selected, copied and exported."""

import csv
import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from optisim import OPTIMIZERS, SURFACES
from optisim.core.race.noise import Gaussian
from optisim.core.race.scenario import make_scenario
from optisim.core.surfaces import own_surface
from tests.ui.driver import (
    CTRL,
    RIGHT,
    Key,
    choose,
    click,
    click_entry,
    column,
    enter,
    listed,
    numbers,
    popup,
    press,
    select,
    settle,
    table,
)

HEADS = ["Optimizer", "Status", "Loss", "Best loss", "Steps", "‖∇f‖", "x", "y", "Path", "Minimum"]
START = ["SGD", "Momentum", "AdaGrad", "RMSProp", "Adam"]


@pytest.fixture(autouse=True)
def in_front(window):
    """The table is looked at, in a window of the size that it has at the first start on a larger screen."""
    window.resize(1280, 800)
    window.workspace.show_panel("results")


def show(qtbot, window, surface, runs, **how):
    """Race these runs to the end, and wait for the table."""
    scenario = make_scenario(SURFACES.get(surface, surface), [OPTIMIZERS.read(run) for run in runs], **how)
    window.lab.player.set_scenario(scenario)
    window.lab.player.to_end()
    settle(qtbot, window)
    up_to_date(qtbot, window)


def up_to_date(qtbot, window):
    """The table follows in its own time."""
    qtbot.waitUntil(lambda: window.lab.results._model._step == int(window.lab.player.cursor))
    QTest.qWait(150)


def click_head(window, head, button=Qt.MouseButton.LeftButton):
    header = window.lab.results.view.horizontalHeader()
    section = HEADS.index(head)
    at = QPoint(header.sectionViewportPosition(section) + 12, header.height() // 2)
    click(header.viewport(), at, button)


def click_row(window, row, head="Loss", button=Qt.MouseButton.LeftButton):
    view = window.lab.results.view
    rect = view.visualRect(view.model().index(row, HEADS.index(head)))
    click(view.viewport(), rect.center(), button)


def lit(window):
    """The names in the rows that are highlighted."""
    model = window.lab.results.view.model()
    return [
        model.index(row, 0).data()
        for row in range(model.rowCount())
        if model.index(row, 0).data(Qt.ItemDataRole.BackgroundRole) is not None
    ]


# ── Numbers ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("step", [0, 1, 17, 30])
def test_every_number_is_that_of_the_step(window, qtbot, step):
    settle(qtbot, window)
    window.lab.player.seek(step)
    up_to_date(qtbot, window)
    assert [text for text in table(window) if len(text) != len(HEADS)] == []
    x = np.array([t.x[: step + 1, 0] for t in window.lab.player.trajectories])  # (runs, steps, 2)
    loss = x[:, :, 0] ** 2 / 20 + x[:, :, 1] ** 2
    wanted = {
        "Loss": loss[:, -1],
        "Best loss": loss.min(axis=1),
        "‖∇f‖": np.hypot(x[:, -1, 0] / 10, 2 * x[:, -1, 1]),
        "x": x[:, -1, 0],
        "y": x[:, -1, 1],
        "Path": np.linalg.norm(np.diff(x, axis=1), axis=2).sum(axis=1),
    }
    assert column(window, "Optimizer") == START
    for head, values in wanted.items():
        np.testing.assert_allclose(numbers(column(window, head)), values, rtol=6e-3, atol=6e-6, err_msg=head)
    below = loss <= 1e-3
    first = ["–" if not row.any() else str(row.argmax()) for row in below]
    assert column(window, "Steps") == first


def test_the_status_follows_the_cursor(window, qtbot):
    show(qtbot, window, "bowl", ["sgd:lr=0.5", "sgd:lr=1.01", "sgd:lr=1.2"], steps=200)
    t = np.arange(201)
    converged = int(np.argmax((49 / 20) * 0.95 ** (2 * t) + 4 * 0.0**t <= 1e-3))
    assert column(window, "Status") == [
        "converged",
        "oscillating",
        f"diverged at step {window.lab.player.trajectories[2].stopped[0]}",
    ]
    assert column(window, "Steps") == [str(converged), "–", "–"]
    assert column(window, "Minimum") == ["(0, 0)", "–", "–"]
    window.lab.player.seek(3)
    up_to_date(qtbot, window)
    assert column(window, "Status") == ["running"] * 3
    assert column(window, "Steps") == ["–"] * 3
    window.lab.player.to_start()
    up_to_date(qtbot, window)
    assert column(window, "Status") == ["at the start"] * 3


def test_which_minimum_was_reached(window, qtbot):
    how = {"starts": ((-0.5, 1.0), (0.0, 1.0), (0.5, 1.0)), "steps": 200}
    show(qtbot, window, "double-well", ["sgd:lr=0.05"], **how)
    assert column(window, "Optimizer") == ["SGD · 1", "SGD · 2", "SGD · 3"]
    assert column(window, "Minimum") == ["(−1, 0)", "–", "(1, 0)"]
    assert column(window, "Status") == ["converged", "stuck at a saddle", "converged"]


def test_another_tolerance_changes_what_converged_means_and_is_remembered(window, qtbot, settings, open_window):
    show(qtbot, window, "bowl", ["sgd:lr=0.5"], steps=200)
    t = np.arange(201)
    loss = (49 / 20) * 0.95 ** (2 * t) + 4 * 0.0**t
    for text in ("1e-2", "0.5", "1e-06", "1e-30"):
        enter(window.lab.results.tolerance, text)
        within = loss <= float(text)
        assert column(window, "Steps") == [str(int(within.argmax())) if within.any() else "–"]
    assert column(window, "Status") == ["at the end"]
    enter(window.lab.results.tolerance, "0.0123")
    window.close()
    other = open_window(settings)
    assert other.lab.results.tolerance.text() == "0.0123"


def test_without_a_known_minimum_the_gradient_decides(window, qtbot):
    show(qtbot, window, own_surface("x^2 + y^2 - 3"), ["sgd:lr=0.25"], starts=((3.0, 4.0),), steps=40)
    first = int(np.argmax(10 * 0.5 ** np.arange(41) <= 1e-3))
    assert column(window, "Steps") == [str(first)]
    assert column(window, "Status") == ["converged"]
    assert column(window, "Minimum") == ["–"]


def test_a_fan_shows_medians_and_tells_the_spread(window, qtbot):
    how = {"noise": Gaussian(sigma=1.0), "seeds": 9, "steps": 40}
    show(qtbot, window, "bowl", ["sgd:lr=0.3"], **how)
    (row,) = table(window)
    loss = window.lab.player.trajectories[0].loss[40]
    assert row[0] == "SGD ×9"
    assert float(row[2]) == pytest.approx(np.median(loss), abs=6e-6)
    model = window.lab.results.view.model()
    tip = model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
    quartiles = [f"{value:.5f}" for value in np.quantile(loss, [0.25, 0.75])]
    assert all(quartile in tip for quartile in quartiles)
    assert "9" in tip
    counts = model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    if row[1].startswith(tuple("123456789")):
        assert sum(int(line.split(" × ")[0]) for line in counts.splitlines()) == 9
    else:
        assert counts is None


def test_the_tip_of_a_number_is_the_number_to_the_last_digit(window, qtbot):
    press(window, Key.Key_End)
    settle(qtbot, window)
    up_to_date(qtbot, window)
    index = window.lab.results.view.model().index(0, HEADS.index("x"))
    exact = float(window.lab.player.trajectories[0].x[30, 0, 0])
    assert float(index.data(Qt.ItemDataRole.ToolTipRole).replace("−", "-")) == exact


def test_numbers_stand_at_the_right_and_do_not_move_their_columns(window, qtbot):
    settle(qtbot, window)
    header = window.lab.results.view.horizontalHeader()
    sizes = set()
    for step in (0, 1, 12, 30):
        window.lab.player.seek(step)
        up_to_date(qtbot, window)
        sizes.add(tuple(header.sectionSize(section) for section in range(len(HEADS))))
    assert len(sizes) == 1
    for section in range(2, len(HEADS) - 1):  # the last one says which minimum, in words
        index = window.lab.results.view.model().index(0, section)
        assert index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert header.length() <= window.lab.results.view.viewport().width(), "all columns fit at the first start"


# ── Order ────────────────────────────────────────────────────────────────────────────────────────────────


def test_clicks_on_a_head_sort_up_down_and_not_at_all(window, qtbot):
    press(window, Key.Key_End)
    settle(qtbot, window)
    up_to_date(qtbot, window)
    loss = {t.run.name: t.loss[30, 0] for t in window.lab.player.trajectories}
    ascending = sorted(START, key=loss.__getitem__)
    assert ascending not in (START, START[::-1])
    for wanted in (ascending, ascending[::-1], START, ascending):
        click_head(window, "Loss")
        assert column(window, "Optimizer") == wanted


def test_exponents_are_sorted_as_numbers_and_what_is_missing_comes_last_both_ways(window, qtbot):
    runs = ["sgd:lr=0.99", "sgd:lr=0.5", "sgd:lr=0.9", "sgd:lr=1.2"]
    show(qtbot, window, "bowl", runs, steps=150)
    loss = [float(t.loss[-1, 0]) for t in window.lab.player.trajectories]
    assert min(loss) < 1e-4 < max(loss)
    click_head(window, "Best loss")
    best = [float(np.fmin.reduce(t.loss[:, 0])) for t in window.lab.player.trajectories]
    np.testing.assert_allclose(numbers(column(window, "Best loss")), sorted(best), rtol=6e-3, atol=6e-6)
    for _ in range(2):
        click_head(window, "Steps")
        steps = column(window, "Steps")
        assert steps.count("–") == 2
        assert steps[2:] == ["–", "–"]
    assert int(steps[0]) > int(steps[1])


def test_the_order_follows_the_race(window, qtbot):
    settle(qtbot, window)
    click_head(window, "x")
    for step in (3, 14, 30):
        window.lab.player.seek(step)
        up_to_date(qtbot, window)
        x = {t.run.name: t.x[step, 0, 0] for t in window.lab.player.trajectories}
        assert column(window, "Optimizer") == sorted(START, key=x.__getitem__)


# ── Selection ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_click_on_a_row_selects_its_run_everywhere_and_leaves_the_keys(window, qtbot):
    press(window, Key.Key_End)
    settle(qtbot, window)
    up_to_date(qtbot, window)
    click_head(window, "Loss")
    name = column(window, "Optimizer")[1]
    click_row(window, 1)
    row = START.index(name)
    assert window.lab.player.selection == row
    assert window.lab.runs_panel.list.current_row == row
    assert window.lab.runs_panel.selected.name == name
    qtbot.waitUntil(lambda: lit(window) == [name])
    press(window, Key.Key_Home)
    assert window.lab.player.cursor == 0
    press(window, Key.Key_Space)
    assert window.lab.player.clock.playing


def test_the_list_of_runs_selects_in_the_table(window, qtbot):
    settle(qtbot, window)
    for row in (3, 0, 4):
        select(window, row)
        qtbot.waitUntil(lambda row=row: lit(window) == [START[row]])


def test_removed_runs_leave_the_table_and_the_selection_stays_one(window, qtbot):
    settle(qtbot, window)
    select(window, 4)
    choose(window, "remove")
    qtbot.waitUntil(lambda: column(window, "Optimizer") == START[:4])
    assert len(listed(window)) == 4
    assert window.lab.player.selection == window.lab.runs_panel.list.current_row == 3
    qtbot.waitUntil(lambda: lit(window) == [START[3]])


# ── Taking it away ───────────────────────────────────────────────────────────────────────────────────────


def assert_true(rows, window, names):
    """These cells have the heads, and every number of the last step to the last digit."""
    assert rows[0] == HEADS
    assert [row[0] for row in rows[1:]] == names
    by_name = {t.run.name: t for t in window.lab.player.trajectories}
    for row in rows[1:]:
        t = by_name[row[0]]
        assert [float(row[i]) for i in (2, 6, 7)] == [t.loss[30, 0], *t.x[30, 0]]
        assert float(row[3]) == t.loss[:, 0].min()
        assert row[4] == "" or int(row[4]) == int(np.argmax(t.loss[:, 0] <= 1e-3))


def test_ctrl_c_copies_the_table_as_it_is_sorted(window, qtbot):
    press(window, Key.Key_End)
    settle(qtbot, window)
    up_to_date(qtbot, window)
    click_head(window, "Path")
    names = column(window, "Optimizer")
    assert names != START
    QGuiApplication.clipboard().clear()
    press(window, Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert_true([line.split("\t") for line in lines], window, names)


def test_ctrl_c_in_a_field_copies_the_field(window, qtbot):
    settle(qtbot, window)
    click(window.lab.surface_panel.formula)
    press(window, Key.Key_A, CTRL)
    press(window, Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == window.lab.surface_panel.formula.text()


def test_the_context_menu_copies_and_exports(window, qtbot, tmp_path, save_as):
    press(window, Key.Key_End)
    settle(qtbot, window)
    up_to_date(qtbot, window)
    click_head(window, "Loss")
    names = column(window, "Optimizer")
    asked = save_as(tmp_path / "results")
    for words in ("Copy table", "Export table"):
        view = window.lab.results.view.viewport()
        view.parent().customContextMenuRequested.emit(QPoint(40, 30))
        click_entry(popup(), words)
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    assert_true([line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()], window, names)
    qtbot.waitUntil(lambda: str(tmp_path / "results.csv") in window.statusBar().currentMessage())
    with (tmp_path / "results.csv").open(newline="", encoding="utf-8") as file:
        assert_true(list(csv.reader(file)), window, names)
    assert "30" in asked[0][0]


def test_a_table_that_cannot_be_written_says_why(window, qtbot, tmp_path, save_as, warnings):
    settle(qtbot, window)
    save_as(tmp_path / "nowhere" / "results.csv")
    window.lab.results.export_action.trigger()
    qtbot.waitUntil(lambda: len(warnings) == 1)
    assert "nowhere" in warnings[0]
    save_as("")
    window.lab.results.export_action.trigger()
    qtbot.wait(100)
    assert len(warnings) == 1, "a change of mind is no error"


def test_what_is_missing_stays_empty_in_files(window, qtbot):
    show(qtbot, window, "rosenbrock", ["sgd:lr=5"], steps=20)
    (_, row) = window.lab.results.cells()
    assert row[4] == ""
    assert all(text == "" or math.isfinite(float(text)) for text in row[2:9])


def test_the_right_button_does_not_select(window, qtbot):
    settle(qtbot, window)
    before = window.lab.player.selection
    click_row(window, 3, button=RIGHT)
    assert window.lab.player.selection == before
    menu = QApplication.activePopupWidget()
    if menu is not None:
        menu.close()
