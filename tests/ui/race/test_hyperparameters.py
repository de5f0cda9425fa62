"""Hyperparameters: a slider and an exact box for each, that change the race at once."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from optisim.core.surfaces import own_surface
from optisim.ui.parts.number_box import SLIDER_STEPS, place_of
from optisim.ui.race import player
from tests.ui.driver import (
    ALT,
    LEFT,
    PLAIN,
    SHIFT,
    Key,
    assert_true_to_scenario,
    choose,
    click,
    drag,
    enter,
    leave_fields,
    listed,
    press,
    select,
    settle,
    settled,
    wheel,
)

ADAM = 4  # its place in the chapter's list


def values(window, row=0):
    return window.lab.player.scenario.runs[row].optimizer.values


def box(window, name):
    return window.lab.runs_panel.form.boxes[name]


def slider(window, name):
    return window.lab.runs_panel.form.sliders[name]


def drag_with_shift(bar, at, by):
    """Drag in a slider with Shift held, which QTest cannot."""
    kinds = QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease
    for kind, x in zip(kinds, (0, by, by), strict=True):
        place = QPointF(at + QPoint(x, 0))
        button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else LEFT
        held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else LEFT
        QApplication.sendEvent(bar, QMouseEvent(kind, place, bar.mapToGlobal(place), button, held, SHIFT))


# ── Boxes ────────────────────────────────────────────────────────────────────────────────────────────────

SPELLINGS = {
    0.5: ("0.5", "0,5", ".5", "5e-1", " 0.5 "),
    1e-3: ("1e-3", "0.001", "1E-3", "+1e-3", "0,001"),
    0.1234567890123456: ("0.1234567890123456",),
    0.30000000000000004: ("0.30000000000000004",),
    12345.678: ("12345.678",),
    0.0: ("0", "0e0"),
}


def test_a_rate_can_be_spelt_in_many_ways_and_is_taken_exactly(window, qtbot):
    for value, spellings in SPELLINGS.items():
        for text in spellings:
            enter(box(window, "lr"), "7")
            enter(box(window, "lr"), text)
            assert values(window)["lr"] == value, text
            assert float(box(window, "lr").text()) == value, text
    settle(qtbot, window)
    assert_true_to_scenario(window)


def test_nonsense_is_refused_and_the_old_value_returns(window):
    before = window.lab.player.scenario
    for text in ("", "-", "--1", "1e", "1e+", "-1", "1e99", "1e400", "1,2,3", "abc", "nan", "inf", "."):
        enter(box(window, "lr"), text)
        assert window.lab.player.scenario == before, text
        assert box(window, "lr").text() == "0.95", text


def test_letters_do_not_get_into_a_number(window):
    enter(box(window, "lr"), "0a.n7i%x/")
    assert values(window)["lr"] == 0.7


def test_tiny_numbers_are_not_rounded_away(window):
    for name, text in (("eps", "1e-20"), ("eps", "1.2345e-15"), ("lr", "1e-300"), ("lr", "1.2345e-17")):
        select(window, ADAM)
        enter(box(window, name), text)
        assert values(window, ADAM)[name] == float(text)
        select(window, 0)
        select(window, ADAM)
        assert float(box(window, name).text()) == float(text)
        assert values(window, ADAM)[name] == float(text)


def test_a_decay_stays_below_one(window):
    select(window, ADAM)
    for text, value in (("1", 0.999), ("1.5", 0.999), ("0.9999999999", 0.9999999999), ("0", 0.0)):
        enter(box(window, "beta2"), text)
        assert values(window, ADAM)["beta2"] == value
        assert float(box(window, "beta2").text()) == value


def test_a_value_is_taken_when_the_box_is_left_with_tab_or_by_a_click_elsewhere(window):
    enter(box(window, "lr"), "0.5", leave_with=Key.Key_Tab)
    assert values(window)["lr"] == 0.5
    click(box(window, "lr"))
    press(window, Key.Key_Home)
    for letter in "12":
        QTest.keyClicks(box(window, "lr"), letter)
    assert values(window)["lr"] == 0.5
    click(window.lab.runs_panel.name)
    assert values(window)["lr"] == 120.5


def test_up_and_down_step_a_box_by_a_tenth_of_its_size(window):
    enter(box(window, "lr"), "0.001")
    click(box(window, "lr"))
    press(window, Key.Key_Up)
    assert values(window)["lr"] == 0.0011
    press(window, Key.Key_Down)
    press(window, Key.Key_Down)
    assert values(window)["lr"] == pytest.approx(0.0009, rel=0.02)


def test_the_wheel_over_a_box_or_slider_that_was_not_clicked_changes_nothing(window):
    before = window.lab.player.scenario
    for widget in (box(window, "lr"), slider(window, "lr"), window.lab.surface_panel.domain[0]):
        wheel(window, widget.mapTo(window, widget.rect().center()), 3)
    assert window.lab.player.scenario == before


# ── Sliders ──────────────────────────────────────────────────────────────────────────────────────────────


def test_dragging_a_slider_changes_rate_box_list_and_race_at_once(window, qtbot):
    settle(qtbot, window)
    bar = slider(window, "lr")
    grip = bar.mapTo(window, QPoint(round(bar.width() * bar.value() / SLIDER_STEPS), bar.height() // 2))
    drag(window, grip, grip - QPoint(bar.width() // 3, 0))
    rate = values(window)["lr"]
    assert rate < 0.1
    assert float(box(window, "lr").text()) == rate
    assert listed(window)[0].split()[-1] == f"{rate:g}"
    settle(qtbot, window)
    assert_true_to_scenario(window)


def test_clicking_a_slider_jumps_there_and_the_arrows_go_on_from_there_until_enter(window, qtbot):
    settle(qtbot, window)
    bar = slider(window, "lr")
    click(bar, QPoint(2, bar.height() // 2))
    assert values(window)["lr"] == 1e-4
    click(bar, QPoint(bar.width() - 2, bar.height() // 2))
    assert values(window)["lr"] == 10
    press(window, Key.Key_Left)
    assert values(window)["lr"] == 9.9
    assert window.lab.player.cursor == 0
    press(window, Key.Key_Return)
    qtbot.waitUntil(window.lab.map_view.hasFocus)
    press(window, Key.Key_Right)
    assert values(window)["lr"] == 9.9
    qtbot.waitUntil(lambda: window.lab.player.cursor == 1)


@pytest.mark.parametrize(
    ("name", "begin", "key", "shift", "wanted"),
    [
        ("lr", 0.5, Key.Key_Right, False, 0.51),
        ("lr", 0.5, Key.Key_Up, False, 0.51),
        ("lr", 0.5, Key.Key_Left, False, 0.49),
        ("lr", 0.5, Key.Key_Down, True, 0.499),
        ("lr", 0.5, Key.Key_Right, True, 0.501),
        ("lr", 0.1, Key.Key_Left, False, 0.099),  # downwards from a power of ten, in the digits below
        ("lr", 0.1, Key.Key_PageUp, False, 0.2),
        ("lr", 10.0, Key.Key_Right, False, 10.0),  # the slider's end
        ("beta1", 0.9, Key.Key_Right, False, 0.901),  # a decay steps in what it lacks of 1
        ("beta1", 0.9, Key.Key_Left, False, 0.89),
        ("beta2", 0.999, Key.Key_Left, True, 0.99899),
    ],
)
def test_keys_step_a_slider_in_the_second_digit_and_with_shift_in_the_third(
    window, name, begin, key, shift, wanted
):
    select(window, ADAM)
    enter(box(window, name), repr(begin))
    slider(window, name).setFocus()
    press(window, key, SHIFT if shift else PLAIN)
    assert values(window, ADAM)[name] == wanted
    assert box(window, name).value() == wanted
    assert window.lab.player.cursor == 0


def test_the_wheel_steps_a_slider_that_was_clicked(window):
    bar = slider(window, "lr")
    click(bar)
    enter(box(window, "lr"), "0.5")
    bar.setFocus()
    at = bar.mapTo(window, bar.rect().center())
    wheel(window, at, 2)
    assert values(window)["lr"] == 0.52
    wheel(window, at, -3)
    assert values(window)["lr"] == 0.49


def test_a_dragged_slider_gives_round_values_all_along(window):
    bar, handle, seen = slider(window, "lr"), window.windowHandle(), []
    left = bar.mapTo(window, QPoint(2, bar.height() // 2))
    QTest.mousePress(handle, LEFT, PLAIN, left)
    for x in range(bar.width()):
        QTest.mouseMove(handle, left + QPoint(x, 0))
        seen.append(values(window)["lr"])
    QTest.mouseRelease(handle, LEFT, PLAIN, left + QPoint(bar.width(), 0))
    assert seen == sorted(seen)
    assert len(set(seen)) > 100
    assert {1e-4, 0.001, 0.01, 0.1, 1.0, 10.0} <= set(seen)
    assert all(value == float(f"{value:.2e}") for value in seen)
    assert sum(value == float(f"{value:.1e}") for value in seen) > 0.8 * len(seen)


def test_a_dragged_slider_snaps_at_its_limit_and_with_shift_moves_a_tenth_as_far(window, qtbot):
    bar = slider(window, "lr")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: bar.limit == pytest.approx(1.0))
    window.lab.player.set_scenario(window.lab.player.scenario.with_formula(own_surface("x^2/20 + 1.4 y^2")))
    settle(qtbot, window)
    limit = 2 / 2.8
    qtbot.waitUntil(lambda: bar.limit == pytest.approx(limit))
    middle, room = bar.height() // 2, bar.width() - 14
    at = bar.mapTo(window, QPoint(round(7 + place_of(bar.scale, limit) * room), middle))
    drag(window, at - QPoint(40, 0), at + QPoint(2, 0))
    assert values(window)["lr"] == float(f"{limit:.6g}")
    drag(window, at - QPoint(40, 0), at + QPoint(9, 0))
    assert values(window)["lr"] > limit
    enter(box(window, "lr"), "0.1")
    handle = QPoint(round(7 + place_of(bar.scale, 0.1) * room), middle)
    drag_with_shift(bar, handle, 30)
    assert place_of(bar.scale, values(window)["lr"]) == pytest.approx(place_of(bar.scale, 0.1) + 3 / room, abs=2e-3)


def test_space_plays_after_a_rate_was_typed_and_enter_pressed(window, qtbot):
    settle(qtbot, window)
    enter(box(window, "lr"), "0.5")
    qtbot.waitUntil(window.lab.map_view.hasFocus)
    press(window, Key.Key_Space)
    assert values(window)["lr"] == 0.5
    assert window.lab.player.clock.playing


def test_escape_in_a_box_takes_back_what_was_typed_and_leaves_it(window):
    click(box(window, "lr"))
    press(window, Key.Key_End)
    QTest.keyClicks(box(window, "lr"), "7")
    press(window, Key.Key_Escape)
    assert box(window, "lr").text() == "0.95"
    assert values(window)["lr"] == 0.95
    assert window.lab.map_view.hasFocus()


def test_sliders_and_boxes_agree_all_along_the_sliders(window):
    select(window, ADAM)
    assert list(window.lab.runs_panel.form.sliders) == ["lr", "beta1", "beta2", "eps"]
    for name, bar in window.lab.runs_panel.form.sliders.items():
        seen = []
        for place in range(0, SLIDER_STEPS + 1, 50):
            bar.setValue(place)
            assert box(window, name).value() == values(window, ADAM)[name]
            assert bar.value() == place
            seen.append(values(window, ADAM)[name])
        assert seen == sorted(seen)
        assert len(set(seen)) == len(seen)


def test_a_switch_switches(window, qtbot):
    select(window, ADAM)
    (name,) = window.lab.runs_panel.form.switches
    check = window.lab.runs_panel.form.switches[name]
    for on in (False, True):
        click(check, QPoint(8, check.height() // 2))
        assert values(window, ADAM)[name] is on
        settle(qtbot, window)
        assert_true_to_scenario(window)


# ── While playing ────────────────────────────────────────────────────────────────────────────────────────


def test_a_change_while_playing_is_kept_and_playing_goes_on_from_there(window, qtbot):
    shown = []
    choose(window, "faster")
    press(window, Key.Key_Space)
    qtbot.waitUntil(lambda: window.lab.player.cursor > 8)
    window.lab.player.moved.connect(lambda: shown.append(window.lab.map_view.snapshot.cursor))
    enter(box(window, "lr"), "0.2")
    assert window.lab.player.clock.playing
    assert values(window)["lr"] == 0.2
    begun = window.lab.player.cursor
    qtbot.waitUntil(lambda: window.lab.player.cursor > begun + 1)
    assert window.lab.player.clock.playing
    leave_fields(window)
    press(window, Key.Key_Space)
    settle(qtbot, window)
    assert_true_to_scenario(window)
    assert min(shown) > 7


def test_a_slider_dragged_while_playing_never_stops_or_rewinds_the_race(window, qtbot, monkeypatch):
    # however slow this machine is, the race does not end meanwhile, and catches up while the old picture stands
    enter(window.lab.transport.steps, "999")
    monkeypatch.setattr(player, "HOLD", 60.0)
    leave_fields(window)
    choose(window, "faster")
    press(window, Key.Key_Space)
    qtbot.waitUntil(lambda: window.lab.player.cursor > 5)
    bar = slider(window, "lr")
    for place in range(900, 300, -7):
        bar.setValue(place)
        QTest.qWait(1)
        assert window.lab.map_view.snapshot.cursor > 4
    press(window, Key.Key_Space)
    assert not window.lab.player.clock.playing
    settle(qtbot, window)
    assert window.lab.player.cursor > 5
    assert_true_to_scenario(window)


def test_a_change_at_rest_shows_the_same_step_of_the_new_race(window, qtbot):
    press(window, Key.Key_End)
    press(window, Key.Key_Left)
    settle(qtbot, window)
    old = window.lab.player.trajectories
    enter(box(window, "lr"), "0.2")
    settle(qtbot, window)
    assert window.lab.player.cursor == 29
    assert_true_to_scenario(window)
    assert window.lab.player.trajectories[0] is not old[0]
    assert window.lab.player.trajectories[1:] == old[1:]


def test_undoing_a_change_by_hand_gives_the_same_bits_again(window, qtbot):
    settle(qtbot, window)
    bits = window.lab.player.trajectories[0].x[:31].tobytes()
    enter(box(window, "lr"), "0.2")
    qtbot.waitUntil(lambda: settled(window))
    assert window.lab.player.trajectories[0].x[:31].tobytes() != bits
    enter(box(window, "lr"), "0.95")
    settle(qtbot, window)
    assert window.lab.player.trajectories[0].x[:31].tobytes() == bits


def test_each_run_has_its_own_form(window):
    names = []
    for row in range(5):
        select(window, row)
        form = window.lab.runs_panel.form
        shown = {name: field.value() for name, field in form.boxes.items()}
        shown |= {name: check.isChecked() for name, check in form.switches.items()}
        assert shown == values(window, row)
        names.append(window.lab.runs_panel.name.placeholderText())
    assert names == ["SGD", "Momentum", "AdaGrad", "RMSProp", "Adam"]
    press(window, Key.Key_Up, ALT)
    assert window.lab.player.scenario.runs[3].optimizer.name == "Adam"
    assert window.lab.runs_panel.name.placeholderText() == "Adam"
