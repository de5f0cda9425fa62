"""Inside the step: equations with their numbers, arrows, slow motion, the source."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from optisim.canvas.map.arrows import arrows
from optisim.canvas.text.numerals import numeral
from optisim.core.optimizers import OPTIMIZERS
from optisim.core.rules.rule import rule_of
from tests.ui.driver import (
    SHIFT,
    Key,
    choose,
    click,
    enter,
    leave_fields,
    picture,
    press,
    settle,
    shows_color,
    spot,
)

SLOW = ["sgd", "momentum", "adagrad", "rmsprop", "adam", "lbfgs", "rprop", "radam", "novograd", "sam-adam", "cg"]


def inspect(qtbot, window, slug, step=3):
    """Race one more method, look at it at a step, and wait until its formulas are typeset."""
    window.lab.runs_panel.add(slug)
    settle(qtbot, window)
    window.lab.player.seek(step)
    settle(qtbot, window)
    ready(qtbot, window)
    return window.lab.player.trajectories[-1]


def ready(qtbot, window):
    """Open the drawer at the inspector, and wait until it shows the numbers."""
    window.workspace.show_panel("inspector")
    view = window.lab.inspector.view
    qtbot.waitUntil(lambda: window.lab.inspection.awake and view.ready and bool(view.shown_numbers))


def grabbed(window):
    """What inspector and map show."""
    inspector = window.lab.inspector.grab().toImage()
    return picture(window), bytes(inspector.constBits()), window.lab.inspector.sentence.text()


def same(one, other):
    return np.array_equal(one[0], other[0]) and one[1:] == other[1:]


# ── Numbers ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow(keep=4)
@pytest.mark.parametrize("slug", [*OPTIMIZERS, "lookahead-adam"])
def test_every_method_shows_where_it_goes_in_the_numbers_of_the_trajectory(window, qtbot, slug):
    trajectory = inspect(qtbot, window, slug)
    view, lines = window.lab.inspector.view, rule_of(trajectory.run.optimizer).lines
    last = max(
        i for i, line in enumerate(lines) if line.symbol == "W" and any(window.lab.inspection.worked[i].applies)
    )
    for axis in (0, 1):
        assert view.numerals(last, axis)[-1] == numeral(float(trajectory.x[4, 0, axis]))
    assert all(text for row in view.shown_numbers for line in row for text in line)


def test_numbers_follow_the_cursor_both_ways(window, qtbot):
    trajectory = inspect(qtbot, window, "momentum")
    view = window.lab.inspector.view
    for step in (4, 5, 4, 3):
        press(window, Key.Key_Right if window.lab.player.cursor < step else Key.Key_Left)
        while window.lab.player.cursor != step:
            press(window, Key.Key_Right if window.lab.player.cursor < step else Key.Key_Left)
        v = trajectory.columns["v"][step, 0]
        assert [view.numerals(0, axis)[-1] for axis in (0, 1)] == [numeral(float(part)) for part in v]


def test_numbers_follow_a_rate_at_once(window, qtbot):
    inspect(qtbot, window, "sgd")
    enter(window.lab.runs_panel.form.boxes["lr"], "0.25")
    leave_fields(window)
    settle(qtbot, window)
    view = window.lab.inspector.view
    qtbot.waitUntil(lambda: view.ready and "0.25" in view.shown_numbers[0][0])


def test_each_ball_of_a_run_can_be_looked_at(window, qtbot):
    assert not window.lab.inspector.balls.isVisible()
    choose(window, "add_start")
    settle(qtbot, window)
    trajectory = inspect(qtbot, window, "adam")
    assert window.lab.inspector.balls.count() == 2
    window.lab.inspector.balls.setCurrentIndex(1)
    window.lab.inspector.balls.activated.emit(1)
    ready(qtbot, window)
    assert window.lab.inspector.view.numerals(0, 0)[-1] == numeral(float(trajectory.columns["m"][3, 1, 0]))


def test_a_ball_that_has_diverged_makes_no_step(window, qtbot):
    window.workspace.show_panel("inspector")
    window.lab.runs_panel.add("sgd")
    enter(window.lab.runs_panel.form.boxes["lr"], "9")
    leave_fields(window)
    settle(qtbot, window)
    press(window, Key.Key_End)
    settle(qtbot, window)
    assert window.lab.inspector.view.shown_numbers == []
    assert window.lab.inspector.sentence.text() == "The ball has stopped; no step is made any more."


def test_without_any_optimizer_the_inspector_says_what_to_do(window, qtbot):
    ready(qtbot, window)
    for _ in range(5):
        window.lab.runs_panel._remove_row(0)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: window.lab.inspector.sentence.text() == "Add an optimizer to look inside its steps.")


# ── Slow motion ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow(keep=1)
@pytest.mark.parametrize("slug", SLOW)
@pytest.mark.parametrize("step", [0, 7])
def test_slow_motion_forward_and_back_leaves_the_same_picture(window, qtbot, slug, step):
    inspect(qtbot, window, slug, step)
    press(window, Key.Key_Right, SHIFT)
    phases = len(window.lab.inspection.groups)
    seen = [grabbed(window)]
    for _ in range(phases):
        press(window, Key.Key_Right, SHIFT)
        seen.append(grabbed(window))
    assert all(not same(a, b) for a, b in itertools.pairwise(seen))
    assert window.lab.player.cursor == step
    for expected in reversed(seen[:-1]):
        press(window, Key.Key_Left, SHIFT)
        assert same(grabbed(window), expected)


def test_slow_motion_goes_on_into_the_next_step_and_back_into_the_one_before(window, qtbot):
    inspect(qtbot, window, "momentum", 3)
    for _ in range(3):
        press(window, Key.Key_Right, SHIFT)
    assert (window.lab.player.cursor, window.lab.inspection.phase) == (3, 2)
    press(window, Key.Key_Right, SHIFT)
    assert (window.lab.player.cursor, window.lab.inspection.phase) == (4, 0)
    press(window, Key.Key_Left, SHIFT)
    assert (window.lab.player.cursor, window.lab.inspection.phase) == (3, 2)


def test_slow_motion_stops_at_both_ends(window, qtbot):
    inspect(qtbot, window, "sgd", 0)
    press(window, Key.Key_Right, SHIFT)
    press(window, Key.Key_Left, SHIFT)
    assert (window.lab.player.cursor, window.lab.inspection.phase) == (0, 0)
    press(window, Key.Key_End)
    settle(qtbot, window)
    for _ in range(4):
        press(window, Key.Key_Right, SHIFT)
    assert (window.lab.player.cursor, window.lab.inspection.phase) == (30, 1)


@pytest.mark.parametrize("leave", [Key.Key_Escape, Key.Key_Right, Key.Key_Home, Key.Key_Space])
def test_whatever_moves_time_leaves_slow_motion(window, qtbot, leave):
    inspect(qtbot, window, "adam", 5)
    press(window, Key.Key_Right, SHIFT)
    press(window, Key.Key_Right, SHIFT)
    assert window.lab.inspection.phase == 1
    press(window, leave)
    qtbot.waitUntil(lambda: window.lab.inspection.phase is None)
    window.lab.player.clock.pause()


def test_each_phase_says_what_happens_and_shows_only_what_is_known(window, qtbot):
    inspect(qtbot, window, "momentum", 3)
    press(window, Key.Key_Right, SHIFT)
    assert window.lab.inspector.view.shown_numbers == [[[], []], [[], []]]
    assert [q.field for q in window.lab.map_view.snapshot.arrow_sets[0].quantities] == ["grad"]
    press(window, Key.Key_Right, SHIFT)
    assert "The velocity keeps the share α of what it was" in window.lab.inspector.sentence.text()
    assert [q.field for q in window.lab.map_view.snapshot.arrow_sets[0].quantities] == ["grad", "v"]
    assert window.lab.inspector.view.shown_numbers[1] == [[], []]
    press(window, Key.Key_Right, SHIFT)
    assert [q.field for q in window.lab.map_view.snapshot.arrow_sets[0].quantities] == ["grad", "v", "update"]


def test_a_line_that_is_clicked_is_gone_to(window, qtbot):
    inspect(qtbot, window, "adam", 3)
    view = window.lab.inspector.view
    click(view, view.line_box(2).center().toPoint())
    assert window.lab.inspection.phase == 3


def test_phases_are_told_in_chinese(window, qtbot):
    inspect(qtbot, window, "adam", 3)
    press(window, Key.Key_Right, SHIFT)
    press(window, Key.Key_Right, SHIFT)
    window.set_language("zh")
    qtbot.waitUntil(lambda: "滑动平均" in window.lab.inspector.sentence.text())


def test_cases_that_do_not_apply_are_passed_over(window, qtbot):
    inspect(qtbot, window, "lookahead-sgd", 3)
    worked = window.lab.inspection.worked
    idle = [number for number, line in enumerate(worked) if not any(line.applies)]
    assert idle
    assert not {number for group in window.lab.inspection.groups for number in group} & set(idle)


# ── Arrows ───────────────────────────────────────────────────────────────────────────────────────────────


def drawn(window):
    map_item = window.lab.map_view.map_item
    return {
        arrow.field: arrow for arrow in arrows(map_item.snapshot.arrow_sets, map_item.projection, map_item.theme)
    }


def test_the_update_ends_where_the_ball_will_be(window, qtbot):
    trajectory = inspect(qtbot, window, "sgd", 1)
    tip = window.lab.map_view.map_item.projection.to_pixels(trajectory.x[2, 0])
    assert drawn(window)["update"].tip == pytest.approx(tip.tolist())


def test_steps_too_short_to_be_seen_are_enlarged_by_a_round_number(window, qtbot):
    trajectory = inspect(qtbot, window, "adam", 4)
    arrow, projection = drawn(window)["update"], window.lab.map_view.map_item.projection
    across = (arrow.tip[0] - arrow.tail[0]) * projection.view.width / projection.width
    ratio = across / trajectory.columns["update"][4, 0, 0]
    assert np.isclose(ratio, (2, 5, 10)).any()
    assert 30 <= arrow.length <= 60


def test_arrows_have_the_colours_of_their_symbols(window, qtbot):
    inspect(qtbot, window, "momentum", 1)
    choose(window, "zoom_out")
    choose(window, "zoom_out")
    colors = window.lab.inspector.view._colors
    assert {field: arrow.color for field, arrow in drawn(window).items() if field != "update"} == colors
    tip = window.lab.map_view.map_item.projection.from_pixel(*drawn(window)["grad"].tip)
    at = window.lab.map_view.pixel_of(tip)
    image = picture(window)
    assert shows_color(image[at.y() - 8 : at.y() + 9, at.x() - 8 : at.x() + 9], colors["grad"], 30)


def test_gradient_and_memory_share_one_scale(window, qtbot):
    trajectory = inspect(qtbot, window, "adam", 4)
    projection = window.lab.map_view.map_item.projection
    ratios = []
    for field in ("grad", "m", "m_hat"):
        arrow, value = drawn(window)[field], trajectory.columns[field][4, 0]
        across = (arrow.tip[0] - arrow.tail[0]) * projection.view.width / projection.width
        ratios.append(across / value[0])
    assert ratios == pytest.approx([ratios[0]] * 3)
    assert np.isclose(ratios[0], (0.1, 0.2, 0.5, 1, 2, 5, 10)).any()


@pytest.mark.parametrize(
    ("name", "field"),
    [("arrow_gradient", "grad"), ("arrow_memory", "v"), ("arrow_update", "update")],
)
def test_each_kind_of_arrow_can_be_left_out(window, qtbot, name, field):
    inspect(qtbot, window, "momentum", 1)
    assert field in drawn(window)
    choose(window, name)
    assert field not in drawn(window)
    choose(window, name)
    assert field in drawn(window)


def test_all_arrows_can_be_left_out_by_key(window, qtbot):
    inspect(qtbot, window, "adam", 3)
    with_arrows = picture(window)
    press(window, Key.Key_A)
    assert window.lab.map_view.snapshot.arrow_sets == ()
    assert not np.array_equal(picture(window), with_arrows)
    press(window, Key.Key_A)
    assert np.array_equal(picture(window), with_arrows)


def test_all_visible_runs_can_have_arrows(window, qtbot):
    inspect(qtbot, window, "adam", 3)
    assert len(window.lab.map_view.snapshot.arrow_sets) == 1
    choose(window, "arrows_of_all")
    assert len(window.lab.map_view.snapshot.arrow_sets) == 6
    window.lab.runs_panel._toggle(0)
    settle(qtbot, window)
    assert len(window.lab.map_view.snapshot.arrow_sets) == 5


# ── Pointing ─────────────────────────────────────────────────────────────────────────────────────────────


def point_at(window, widget, place: QPoint):
    QTest.mouseMove(window.windowHandle(), widget.mapTo(window, place))


def test_pointing_at_a_symbol_lights_its_arrow_and_the_other_way_round(window, qtbot):
    inspect(qtbot, window, "momentum", 1)
    view = window.lab.inspector.view
    before = picture(window)
    point_at(window, view, view.place_of("v").toPoint())
    qtbot.waitUntil(lambda: window.lab.map_view.snapshot.lit == "v")
    assert not np.array_equal(picture(window), before)
    arrow = drawn(window)["grad"]
    middle = window.lab.map_view.map_item.projection.from_pixel(
        *(0.3 * a + 0.7 * b for a, b in zip(arrow.tail, arrow.tip, strict=True))
    )
    still = view.grab().toImage()
    QTest.mouseMove(window.windowHandle(), spot(window, middle))
    qtbot.waitUntil(lambda: window.lab.inspection.pointed == "grad")
    assert view.grab().toImage() != still
    QTest.mouseMove(window.windowHandle(), spot(window, (3.0, -2.5)))
    qtbot.waitUntil(lambda: window.lab.inspection.pointed == "")


# ── Source ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("slug", ["momentum", "rmsprop", "sam-adam", "lbfgs"])
def test_the_source_stands_beside_its_values(window, qtbot, slug):
    trajectory = inspect(qtbot, window, slug, 3)
    window.lab.inspector.code.trigger()
    text = window.lab.inspector.source.toPlainText()
    assert "def step(self, t: int, x: Array, objective: Objective, last: Any)" in text
    (line,) = (line for line in text.splitlines() if line.startswith("    loss, grad = objective(x, t)"))
    grad = [numeral(float(part)) for part in trajectory.grad[3, 0]]
    assert f"grad = ({grad[0].mantissa}, {grad[1].mantissa})" in line
    press(window, Key.Key_Right)
    assert window.lab.inspector.source.toPlainText() != text


def test_tracing_leaves_no_trace(window, qtbot):
    import sys

    inspect(qtbot, window, "adam", 3)
    before = sys.gettrace()
    window.lab.inspector.code.trigger()
    assert sys.gettrace() is before


# ── Own optimizers ───────────────────────────────────────────────────────────────────────────────────────

OWN = """
from dataclasses import dataclass
import optisim

@dataclass(slots=True)
class HeavyStep(optisim.Step):
    q: optisim.Array

@dataclass(frozen=True)
class Heavy(optisim.Optimizer):
    '''A ball that is pushed.'''
    name = "Heavy"
    character = "is pushed"
    paper = "mine"
    lr: float = optisim.rate(0.1)
    equations = (
        optisim.Equation("q", r"q \\leftarrow \\frac{q + g}{2}", "Half of it is new.", "slope"),
        optisim.Equation("x", r"W \\leftarrow W - \\eta q"),
    )

    def step(self, t, x, objective, last):
        loss, grad = objective(x, t)
        q = ((last.q if last else 0.0) + grad) / 2
        return HeavyStep(t, x, loss, grad, -self.lr * q, q)
"""


def test_an_own_optimizer_has_numbers_arrows_phases_and_source(window, qtbot, tmp_path):
    import optisim

    file = tmp_path / "heavy.py"
    file.write_text(OWN)
    (kind,) = optisim.load_optimizers(file)
    try:
        trajectory = inspect(qtbot, window, kind.slug(), 2)
        view = window.lab.inspector.view
        assert view.numerals(0, 0)[-1] == numeral(float(trajectory.columns["q"][2, 0, 0]))
        assert "q" in drawn(window)
        press(window, Key.Key_Right, SHIFT)
        press(window, Key.Key_Right, SHIFT)
        assert window.lab.inspector.sentence.text().endswith("Half of it is new.")
        press(window, Key.Key_Right, SHIFT)
        assert window.lab.inspector.sentence.text().endswith("This line computes W.")
        window.lab.inspector.code.trigger()
        assert "return HeavyStep" in window.lab.inspector.source.toPlainText()
    finally:
        OPTIMIZERS.pop(kind.slug())


ROUGH = """
from dataclasses import dataclass
import numpy as np
import optisim

@dataclass(slots=True)
class RoughStep(optisim.Step):
    q: optisim.Array
    n: optisim.Array
    w: optisim.Array

@dataclass(frozen=True)
class Rough(optisim.Optimizer):
    name = "Rough"
    character = "says little of itself"
    paper = "mine"
    limit_formula = "1/λ"
    lr: float = optisim.rate(0.1)
    equations = (
        optisim.Equation("q", r"q = 2 g"),
        optisim.Equation("n", r"n = \\left\\|g\\right\\|", "A length.", "slope"),
        optisim.Equation("w", r"w = g", "A kind that is none.", "sloping"),
        optisim.Equation("x", r"W \\leftarrow W - \\eta q"),
    )

    def limit(self, curvature):
        raise RuntimeError

    def step(self, t, x, objective, last):
        loss, grad = objective(x, t)
        if t == 4:
            raise ValueError("enough")
        return RoughStep(t, x, loss, grad, -2 * self.lr * grad, 2 * grad, np.hypot(*grad.T), grad)
"""


def test_an_own_optimizer_that_says_little_or_fails_is_shown_as_far_as_it_goes(window, qtbot, tmp_path):
    import optisim

    file = tmp_path / "rough.py"
    file.write_text(ROUGH, encoding="utf-8")
    (kind,) = optisim.load_optimizers(file)
    try:
        inspect(qtbot, window, kind.slug(), 2)
        assert set(drawn(window)) == {
            "grad",
            "q",
            "update",
        }  # an arrow for what is a vector and not said to be none
        press(window, Key.Key_Right, SHIFT)
        press(window, Key.Key_Right, SHIFT)
        press(window, Key.Key_Escape)
        window.lab.inspector.code.trigger()
        for step in (3, 4):  # the method fails in the second of them
            window.lab.player.seek(step)
            settle(qtbot, window)
            assert "loss, grad = objective(x, t)" in window.lab.inspector.source.toPlainText()
        window.lab.player.seek(9)
        settle(qtbot, window)
        assert "stopped" in window.lab.inspector.sentence.text()
    finally:
        OPTIMIZERS.pop(kind.slug())


def test_keys_for_time_still_mean_time_after_a_click_on_the_formulas(window, qtbot):
    inspect(qtbot, window, "adam", 3)
    view = window.lab.inspector.view
    click(view, view.line_box(0).center().toPoint())
    press(window, Key.Key_Right)
    assert window.lab.player.cursor == 4
