"""The mouse on the map: setting and dragging starts, moving the view, reading heights, the menu."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from optisim.canvas.markers import BALL
from optisim.core.documents.kinds import to_json
from optisim.core.race.scenario import MAX_STARTS, chapter_scenario
from optisim.core.surfaces import Domain
from tests.ui.driver import (
    CTRL,
    LEFT,
    PLAIN,
    RIGHT,
    Key,
    assert_true_to_scenario,
    choose,
    click,
    click_entry,
    click_map,
    column,
    double_click_map,
    drag,
    enter,
    entry,
    leave_fields,
    near,
    numbers,
    patch,
    picture,
    pixel,
    plain,
    popup,
    press,
    settle,
    shows_color,
    spot,
    view_of,
    wheel,
)


@pytest.fixture(autouse=True)
def whole_bowl(monkeypatch):
    """The window opens on the whole bowl: the places in these tests are its."""
    monkeypatch.setattr("optisim.core.race.scenario.CHAPTER_VIEW", Domain(-10.0, 10.0, -10.0, 10.0))


def start_of(window, number=0):
    return window.lab.player.scenario.starts[number]


def texts(menu):
    return [plain(action.text()) for action in menu.actions() if not action.isSeparator()]


def start_boxes(window, number=0):
    """The boxes of x and y of a start in the panel."""
    row = window.lab.surface_panel.starts._rows[number]
    return [row.x_box, row.y_box]


def remove_button(window, number):
    return window.lab.surface_panel.starts._rows[number].remove_button


# ── Starts ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_click_sets_the_start_there_and_races_from_it(window, qtbot):
    for point in ((3.0, 4.0), (-8.5, -9.0), (0.0, 0.0), (9.8, -9.8)):
        click_map(window, point)
        assert near(window, start_of(window), point)
        settle(qtbot, window)
        assert_true_to_scenario(window)
        assert all(tuple(t.x[0, 0]) == start_of(window) for t in window.lab.player.trajectories)
        assert tuple(box.value() for box in start_boxes(window)) == start_of(window)


def test_a_click_sets_the_start_within_a_pixel_in_a_zoomed_view(window):
    wheel(window, spot(window, (2.0, 1.0)), 12)
    assert pixel(window)[0] < 2e-3
    click_map(window, (2.01, 1.01))
    assert near(window, start_of(window), (2.01, 1.01))


def test_a_click_moves_the_nearest_of_several_starts(window):
    choose(window, "add_start")
    first, second = window.lab.player.scenario.starts
    click_map(window, (second[0] - 0.8, second[1] + 0.8))
    assert start_of(window, 0) == first
    assert near(window, start_of(window, 1), (second[0] - 0.8, second[1] + 0.8))


def test_dragging_the_ring_moves_the_start_and_not_the_view(window, qtbot):
    view = view_of(window)
    drag(window, spot(window, (-7.0, 2.0)), spot(window, (5.0, -3.0)))
    assert near(window, start_of(window), (5.0, -3.0))
    assert view_of(window) == view
    settle(qtbot, window)
    assert_true_to_scenario(window)


def test_the_race_follows_the_ring_while_it_is_dragged(window, qtbot):
    press(window, Key.Key_End)
    settle(qtbot, window)
    handle = window.windowHandle()
    seen = []
    QTest.mouseMove(handle, spot(window, (-7.0, 2.0)))
    QTest.mousePress(handle, LEFT, PLAIN, spot(window, (-7.0, 2.0)))
    for point in ((-6.0, 3.0), (-5.0, 4.0), (-4.0, 5.0)):
        QTest.mouseMove(handle, spot(window, point))
        assert near(window, start_of(window), point)
        settle(qtbot, window)
        seen.append(window.lab.map_view.snapshot.trajectories[0].x[30, 0].tolist())
    QTest.mouseRelease(handle, LEFT, PLAIN, spot(window, (-4.0, 5.0)))
    assert len({tuple(place) for place in seen}) == 3


def test_a_hidden_ring_is_not_grasped(window):
    choose(window, "starts")
    drag(window, spot(window, (-7.0, 2.0)), spot(window, (5.0, -3.0)))
    assert start_of(window) == (-7.0, 2.0)


def test_dragging_elsewhere_moves_the_view_with_the_mouse_and_no_start(window):
    before, start = spot(window, (0.0, 0.0)), start_of(window)
    drag(window, spot(window, (2.0, -5.0)), spot(window, (2.0, -5.0)) + QPoint(60, -40))
    assert start_of(window) == start
    moved = spot(window, (0.0, 0.0)) - before
    assert abs(moved.x() - 60) <= 1
    assert abs(moved.y() + 40) <= 1


def test_a_click_that_wavers_by_a_pixel_or_two_still_sets_the_start(window):
    handle, at = window.windowHandle(), spot(window, (3.0, 4.0))
    QTest.mouseMove(handle, at)
    QTest.mousePress(handle, LEFT, PLAIN, at)
    QTest.mouseMove(handle, at + QPoint(1, 1))
    QTest.mouseMove(handle, at + QPoint(2, 1))
    QTest.mouseRelease(handle, LEFT, PLAIN, at + QPoint(2, 1))
    assert np.allclose(start_of(window), (3.0, 4.0), atol=3 * max(pixel(window)))


def test_starts_typed_into_the_panel_are_taken(window, qtbot):
    x, y = start_boxes(window)
    enter(x, "1e-3")
    enter(y, "-2,5")
    assert start_of(window) == (0.001, -2.5)
    settle(qtbot, window)
    assert_true_to_scenario(window)


def test_starts_are_added_and_removed_in_the_panel(window, qtbot):
    starts = window.lab.surface_panel.starts
    click(starts.add)
    click(starts.add)
    assert len(window.lab.player.scenario.starts) == 3
    kept = start_of(window, 0), start_of(window, 2)
    click(remove_button(window, 1))
    assert window.lab.player.scenario.starts == kept
    settle(qtbot, window)
    assert_true_to_scenario(window)


def test_after_the_hundredth_start_no_more_can_be_added(open_window, settings):
    starts = tuple((x / 2, y / 2) for x in range(10) for y in range(10))
    settings.scenario = to_json(replace(chapter_scenario(), starts=starts))
    window = open_window(settings)
    assert len(starts) == MAX_STARTS
    assert not window.lab.surface_panel.starts.add.isEnabled()
    press(window, Key.Key_T, CTRL)
    click_map(window, (-5.0, -5.0), RIGHT)
    assert not entry(popup(), "Add").isEnabled()
    popup().close()
    assert window.lab.player.scenario.starts == starts


# ── Double click ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_double_click_resets_the_view_and_leaves_the_start(window):
    home = view_of(window)
    wheel(window, spot(window, (1.0, 1.0)), 5)
    assert view_of(window) != home
    double_click_map(window, (1.5, 1.5))
    assert view_of(window) == home
    assert start_of(window) == (-7.0, 2.0)


def test_a_double_click_on_a_start_that_was_just_set_leaves_it_there(window, qtbot):
    click_map(window, (3.0, 4.0))
    settle(qtbot, window)
    placed = start_of(window)
    double_click_map(window, placed)
    assert start_of(window) == placed


def test_a_double_click_with_several_starts_leaves_all(window, qtbot):
    choose(window, "add_start")
    choose(window, "add_start")
    settle(qtbot, window)
    starts = window.lab.player.scenario.starts
    double_click_map(window, (1.5, -1.5))
    assert window.lab.player.scenario.starts == starts


def test_a_double_click_on_the_ring_after_another_surface_was_chosen_changes_nothing(window, qtbot):
    click_map(window, (3.0, 4.0))
    window.lab.surface_panel.catalogue.setFocus()
    press(window, Key.Key_Down)
    settle(qtbot, window)
    scenario = window.lab.player.scenario
    double_click_map(window, scenario.starts[0])
    assert window.lab.player.scenario == scenario


# ── View ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("notches", "grows"), [(3, False), (-3, True)])
def test_the_wheel_zooms_about_the_mouse(window, notches, grows):
    at = spot(window, (4.0, -6.0))
    before = view_of(window)
    wheel(window, at, notches)
    assert (view_of(window).width > before.width) == grows
    assert (view_of(window).height > before.height) == grows
    assert (spot(window, (4.0, -6.0)) - at).manhattanLength() <= 4  # the mouse is on a whole pixel
    assert start_of(window) == (-7.0, 2.0)


def test_the_wheel_over_an_axis_zooms_that_axis_alone(window):
    before = view_of(window)
    wheel(window, spot(window, (0.0, -10.0)) + QPoint(0, 14), 3)
    assert view_of(window).width < before.width
    assert view_of(window)[2:] == before[2:]


def test_menu_and_keys_zoom_and_reset_the_view(window):
    home = view_of(window)
    choose(window, "zoom_in")
    assert view_of(window) == pytest.approx([side / 1.4 for side in home])
    choose(window, "zoom_out")
    assert view_of(window) == pytest.approx(home)
    choose(window, "zoom_out")
    choose(window, "reset_view")
    assert view_of(window) == home


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_status_bar_reads_the_place_and_height_under_the_mouse(window):
    QTest.mouseMove(window.windowHandle(), spot(window, (4.0, -6.0)))
    x, y, height, *slope = numbers(re.findall(r"[−\d.]+", window.statusBar().currentMessage()))
    assert near(window, (x, y), (4.0, -6.0))
    assert height == pytest.approx(x**2 / 20 + y**2, rel=1e-4)
    assert slope == pytest.approx([x / 10, 2 * y], rel=1e-4)
    QTest.mouseMove(window.windowHandle(), spot(window, (-10.0, -10.0)) + QPoint(-30, 30))
    assert window.statusBar().currentMessage() == ""


def test_the_ring_lights_up_under_the_mouse(window):
    window.resize(1280, 800)
    accent = window.theme.accent
    assert not shows_color(patch(window, (-7.0, 2.0), 26), accent)
    QTest.mouseMove(window.windowHandle(), spot(window, (-7.0, 2.0)) + QPoint(4, 4))
    assert shows_color(patch(window, (-7.0, 2.0), 26), accent)


# ── Menu ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_right_button_opens_the_menu_and_leaves_start_and_view(window):
    scenario, view = window.lab.player.scenario, view_of(window)
    click_map(window, (2.0, 3.0), RIGHT)
    assert len(texts(popup())) == 5
    popup().close()
    drag(window, spot(window, (2.0, 3.0)), spot(window, (6.0, -3.0)), RIGHT)
    assert (window.lab.player.scenario, view_of(window)) == (scenario, view)


def test_the_menu_sets_adds_and_removes_starts(window, qtbot):
    click_map(window, (2.0, 3.0), RIGHT)
    click_entry(popup(), "Move")
    assert len(window.lab.player.scenario.starts) == 1
    assert near(window, start_of(window), (2.0, 3.0))
    click_map(window, (-5.0, -5.0), RIGHT)
    click_entry(popup(), "Add")
    assert len(window.lab.player.scenario.starts) == 2
    assert near(window, start_of(window, 1), (-5.0, -5.0))
    settle(qtbot, window)
    assert window.lab.player.trajectories[0].x.shape == (31, 2, 2)
    kept = start_of(window, 1)
    click_map(window, start_of(window, 0), RIGHT)
    click_entry(popup(), "Remove")
    assert window.lab.player.scenario.starts == (kept,)
    settle(qtbot, window)
    assert_true_to_scenario(window)


def test_the_only_start_cannot_be_removed(window):
    click_map(window, (-7.0, 2.0), RIGHT)
    assert not any("Remove" in text for text in texts(popup()))
    popup().close()


# ── Balls that leave ─────────────────────────────────────────────────────────────────────────────────────


def test_a_ball_that_is_out_of_view_is_marked_at_the_edge(window, qtbot):
    window.resize(1280, 800)
    window.commands.run("race.show.arrows", on=False)
    press(window, Key.Key_End)
    settle(qtbot, window)
    for _ in range(2):
        view = view_of(window)
        drag(window, spot(window, (5.0, view.top)) + QPoint(0, 20), spot(window, (5.0, view.bottom)))
    bottom = view_of(window).bottom
    assert bottom > 5
    whole = window.lab.player.scenario
    for row, trajectory in enumerate(window.lab.player.trajectories):  # each alone: their marks lie over each other
        runs = tuple(replace(run, visible=number == row) for number, run in enumerate(whole.runs))
        window.lab.player.set_scenario(replace(whole, runs=runs))
        settle(qtbot, window)
        x = trajectory.x[30, 0, 0]
        there = (x, bottom + BALL * pixel(window)[1])
        ground = patch(window, (x + 1.0, there[1]), 1).mean(axis=0)
        mark = QColor(
            *(0.55 * np.array(QColor(trajectory.run.color).getRgb()[:3]) + 0.45 * ground).astype(int).tolist()
        )
        assert not shows_color(ground[None], mark, 16)
        assert shows_color(patch(window, there, 5), mark, 16), trajectory.run.name


def test_a_diverging_run_is_told_of_and_painted(window, qtbot):
    catalogue = window.lab.surface_panel.catalogue
    catalogue.setFocus()
    while catalogue.currentData() != "rosenbrock":
        press(window, Key.Key_Down)
    enter(window.lab.runs_panel.form.boxes["lr"], "5")
    leave_fields(window)
    press(window, Key.Key_End)
    settle(qtbot, window)
    stopped = int(window.lab.player.trajectories[0].stopped[0])
    assert 0 < stopped < 10
    qtbot.waitUntil(lambda: column(window, "Status")[0] == f"diverged at step {stopped}")
    picture(window)
    for _ in range(stopped + 2):
        press(window, Key.Key_Home)
        press(window, Key.Key_Right)
        picture(window)


@pytest.mark.parametrize("notches", [12, -12])
def test_zooming_as_far_as_the_wheel_goes_and_back_breaks_nothing(window, qtbot, notches):
    press(window, Key.Key_End)
    settle(qtbot, window)
    home, place = view_of(window), spot(window, (-7.0, 2.0))
    for _ in range(2):
        wheel(window, place, notches, by=10)
        picture(window)
    view = view_of(window)
    assert (0 < view.width < 1e-8) if notches > 0 else (view.width > 1e9)
    assert view.height > 0
    click_map(window, (view.left + 0.3 * view.width, view.bottom + 0.3 * view.height))
    settle(qtbot, window)
    picture(window)
    choose(window, "reset_view")
    assert view_of(window) == home
    assert_true_to_scenario(window)


def test_starts_far_outside_and_on_top_of_each_other_are_drawn(window, qtbot):
    x, y = start_boxes(window)
    enter(x, "1e9")
    enter(y, "-1e9")
    choose(window, "add_start")
    leave_fields(window)
    press(window, Key.Key_End)
    settle(qtbot, window)
    picture(window)
    assert start_of(window) == (1e9, -1e9)


# ── Digits ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("notches", [-4, 0, 5, 9])
def test_a_dragged_start_has_the_digits_that_a_pixel_can_tell(window, notches):
    wheel(window, spot(window, (-7.0, 2.0)), notches)
    picture(window)  # sharp, with as much room as the numbers of the colour bar need
    ring, handle = spot(window, (-7.0, 2.0)), window.windowHandle()
    digits = [-math.floor(math.log10(size)) for size in pixel(window)]
    seen = []
    QTest.mouseMove(handle, ring)
    QTest.mousePress(handle, LEFT, PLAIN, ring)
    for by in range(30, 40):
        at = ring + QPoint(by, by)
        QTest.mouseMove(handle, at)
        seen.append(start_of(window))
        assert (spot(window, start_of(window)) - at).manhattanLength() <= 2
    QTest.mouseRelease(handle, LEFT, PLAIN, at)
    for axis in (0, 1):
        values = [start[axis] for start in seen]
        assert len(set(values)) == 10, "each pixel is another place"
        assert values == [round(value, digits[axis]) for value in values]
