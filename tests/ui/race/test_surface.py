"""The surface: the catalogue, formulas of one's own, the range shown, the scale of heights."""

from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from optisim.core.documents.kinds import to_json
from optisim.core.race.scenario import chapter_scenario, suited
from optisim.core.surfaces import SURFACES, Domain, own_surface
from tests.ui.driver import (
    CTRL,
    Key,
    assert_true_to_scenario,
    choose,
    click,
    click_map,
    column,
    enter,
    leave_fields,
    near,
    patch,
    pick,
    picture,
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


def surface(window):
    return window.lab.player.scenario.surface


def catalogue_text(window, slug):
    catalogue = window.lab.surface_panel.catalogue
    return catalogue.itemText(catalogue.findData(slug))


def type_formula(window, text):
    """Type a formula in place of the one that stands there; nothing is entered yet."""
    click(window.lab.surface_panel.formula)
    press(window, Key.Key_A, CTRL)
    press(window, Key.Key_Delete)
    for letter in text:
        QTest.keyClicks(window.lab.surface_panel.formula, letter)


def paste_formula(window, text):
    """Put a formula into the field all at once."""
    QApplication.clipboard().setText(text)
    click(window.lab.surface_panel.formula)
    press(window, Key.Key_A, CTRL)
    press(window, Key.Key_V, CTRL)
    assert window.lab.surface_panel.formula.text() == text


# ── Catalogue ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_every_surface_of_the_catalogue_is_drawn_raced_and_gets_rates_that_suit_it(window, qtbot):
    panel = window.lab.surface_panel
    panel.catalogue.setFocus()
    seen = []
    while True:
        settle(qtbot, window)
        now = surface(window)
        seen.append(now.slug)
        assert now == SURFACES[now.slug]
        assert panel.formula.text() == now.formula
        assert tuple(box.value() for box in panel.domain) == now.domain
        assert panel.log.isChecked() == now.log
        assert view_of(window) == pytest.approx(now.domain)
        assert window.lab.player.scenario.starts == (now.start,)
        assert window.lab.player.scenario.steps == now.steps
        for run in window.lab.player.scenario.runs:
            assert run.optimizer == suited(run.optimizer, now)
        window.lab.player.to_end()
        settle(qtbot, window)
        picture(window)
        assert_true_to_scenario(window)
        if len(seen) == len(SURFACES):
            break
        press(window, Key.Key_Down)
    assert seen == list(SURFACES)


def test_a_surface_is_chosen_from_the_open_list(window, qtbot):
    pick(window.lab.surface_panel.catalogue, catalogue_text(window, "himmelblau"))
    assert surface(window) == SURFACES["himmelblau"]
    settle(qtbot, window)
    assert window.lab.map_view.snapshot.scenario.surface == SURFACES["himmelblau"]


def test_rates_that_were_set_by_hand_stay_when_the_surface_changes(window):
    enter(window.lab.runs_panel.form.boxes["lr"], "0.123")
    rates = {run.name: run.optimizer.values["lr"] for run in window.lab.player.scenario.runs}
    pick(window.lab.surface_panel.catalogue, catalogue_text(window, "rosenbrock"))
    after = {run.name: run.optimizer.values["lr"] for run in window.lab.player.scenario.runs}
    assert after["SGD"] == 0.123
    assert all(after[name] != rates[name] for name in ("Momentum", "AdaGrad", "RMSProp", "Adam"))
    pick(window.lab.surface_panel.catalogue, catalogue_text(window, "bowl"))
    assert {run.name: run.optimizer.values["lr"] for run in window.lab.player.scenario.runs} == rates


def test_a_number_of_steps_that_was_set_by_hand_stays_when_the_surface_changes(window):
    pick(window.lab.surface_panel.catalogue, catalogue_text(window, "rosenbrock"))
    assert window.lab.player.scenario.steps == SURFACES["rosenbrock"].steps
    enter(window.lab.transport.steps, "77")
    pick(window.lab.surface_panel.catalogue, catalogue_text(window, "bowl"))
    assert window.lab.player.scenario.steps == 77


def test_another_surface_resets_the_view(window, qtbot):
    wheel(window, spot(window, (1.0, 1.0)), 4)
    pick(window.lab.surface_panel.catalogue, catalogue_text(window, "rosenbrock"))
    settle(qtbot, window)
    assert view_of(window) == pytest.approx(SURFACES["rosenbrock"].domain)


def test_the_known_minima_are_marked(window, qtbot):
    choose(window, "heat")
    choose(window, "contours")
    pick(window.lab.surface_panel.catalogue, catalogue_text(window, "himmelblau"))
    settle(qtbot, window)
    for minimum in SURFACES["himmelblau"].minima:
        assert shows_color(patch(window, minimum, 8), "#141418", 40)
    choose(window, "minima")
    for minimum in SURFACES["himmelblau"].minima:
        assert not shows_color(patch(window, minimum, 8), "#141418", 40)


# ── A formula of one's own ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["sin(x)*y + x^2/10", "exp(-(x^2+y^2)) + abs(x - y)/3"])
def test_a_formula_typed_key_by_key_shows_the_last_good_surface_and_names_what_is_wrong(window, qtbot, text):
    field, error = window.lab.surface_panel.formula, window.lab.surface_panel.error
    click(field)
    press(window, Key.Key_A, CTRL)
    good, wrong = surface(window).formula, 0
    for end in range(1, len(text) + 1):
        QTest.keyClicks(field, text[end - 1])
        assert field.text() == text[:end]
        if error.isVisible():
            wrong += 1
            assert error.text()
            assert field.y() < error.y() < field.y() + 60
        else:
            good = text[:end].strip()
        assert surface(window).formula == good
    assert wrong > 0
    assert surface(window).formula == text
    assert not error.isVisible()
    settle(qtbot, window)
    assert window.lab.map_view.snapshot.scenario.surface.formula == text
    assert window.lab.surface_panel.catalogue.currentData() == ""
    assert_true_to_scenario(window)


def test_the_map_keeps_the_last_good_surface_while_the_formula_is_wrong(window, qtbot):
    type_formula(window, "x^2 + 3y^2")
    settle(qtbot, window)
    good = picture(window)
    for letter in " + (x":
        QTest.keyClicks(window.lab.surface_panel.formula, letter)
    assert window.lab.surface_panel.error.isVisible()
    settle(qtbot, window)
    assert surface(window).formula == "x^2 + 3y^2"
    assert view_of(window) == pytest.approx(SURFACES["bowl"].domain)
    for _ in " + (x":
        press(window, Key.Key_Backspace)
    assert not window.lab.surface_panel.error.isVisible()
    settle(qtbot, window)
    assert (picture(window) == good).mean() > 0.999


def test_what_is_no_formula_is_refused_with_a_sentence(window):
    before = window.lab.player.scenario
    for text in (
        "z + 1",
        "x +",
        "5",
        "import os",
        "__import__('os')",
        "9**9**9**9 x",
        "x; y",
        "(" * 300,
        "x" * 5000,
    ):
        paste_formula(window, text)
        assert window.lab.surface_panel.error.isVisible(), text
        assert len(window.lab.surface_panel.error.text()) > 15
        assert window.lab.player.scenario == before


def test_choosing_a_surface_clears_a_wrong_formula_even_if_it_is_the_one_that_is_shown(window):
    for slug in ("bowl", "rosenbrock"):
        click(window.lab.surface_panel.formula)
        press(window, Key.Key_End)
        QTest.keyClicks(window.lab.surface_panel.formula, "(")
        assert window.lab.surface_panel.error.isVisible()
        pick(window.lab.surface_panel.catalogue, catalogue_text(window, slug))
        assert not window.lab.surface_panel.error.isVisible()
        assert window.lab.surface_panel.formula.text() == SURFACES[slug].formula
        assert surface(window) == SURFACES[slug]


def test_own_formula_in_the_catalogue_puts_the_cursor_into_the_field(window):
    pick(window.lab.surface_panel.catalogue, catalogue_text(window, ""))
    assert window.lab.surface_panel.formula.hasFocus()
    assert surface(window) == SURFACES["bowl"]
    QTest.keyClicks(window.lab.surface_panel.formula, "x^4 + y^2")
    assert surface(window).formula == "x^4 + y^2"


def test_an_own_formula_keeps_range_start_steps_and_scale(window):
    click_map(window, (3.0, 4.0))
    before = window.lab.player.scenario
    type_formula(window, "x^2 + y^2")
    after = window.lab.player.scenario
    assert (after.starts, after.steps) == (before.starts, before.steps)
    assert (after.surface.domain, after.surface.log) == (before.surface.domain, before.surface.log)


NASTY = [
    "log(x)",
    "sqrt(-1 - x^2)",
    "1/x",
    "sqrt(x y)",
    "0 x + 5",
    "x",
    "log(log(log(x)))",
    "exp(exp(x))",
    "1e308 x",
    "1e-320 x",
    "1e300 (x^2 + y^2)",
    "-1e-300 (x^2 + y^2)",
    "tan(x) / y",
    "abs(x) + abs(y)",
    "max(x, y)",
    "x^0.5 + y^-3",
    "sign(x) y",
]


@pytest.mark.slow
@pytest.mark.parametrize("log", [False, True])
def test_surfaces_with_holes_poles_cliffs_or_no_heights_are_drawn_and_raced(window, qtbot, log):
    for text in NASTY:
        paste_formula(window, text)
        leave_fields(window)
        assert surface(window).formula == text
        if surface(window).log != log:
            window.lab.surface_panel.log.click()
        assert surface(window).log == log
        press(window, Key.Key_Home)
        press(window, Key.Key_End)
        settle(qtbot, window)
        press(window, Key.Key_Minus, CTRL)
        picture(window)
        QTest.mouseMove(window.windowHandle(), spot(window, (0.0, 0.0)))
        assert_true_to_scenario(window)


def test_where_a_formula_is_not_defined_the_ground_shows(window, qtbot):
    for text, left, right in (("sqrt(-1 - x^2)", True, True), ("log(x)", True, False), ("x^2 + y^2", False, False)):
        type_formula(window, text)
        settle(qtbot, window)
        for x, bare in ((-6.0, left), (6.0, right)):
            assert (patch(window, (x, -6.3)) == 255).all() == bare, (text, x)


def test_balls_on_an_undefined_surface_stop_at_once_and_the_table_says_so(window, qtbot):
    type_formula(window, "sqrt(-1 - x^2)")
    press(window, Key.Key_Return)
    leave_fields(window)
    press(window, Key.Key_End)
    settle(qtbot, window)
    assert all(t.stopped.tolist() == [0] for t in window.lab.player.trajectories)
    qtbot.waitUntil(lambda: column(window, "Loss") == ["–"] * 5)
    assert column(window, "Status") == ["diverged at step 0"] * 5


# ── Range and scale ──────────────────────────────────────────────────────────────────────────────────────


def test_the_range_shown_can_be_typed(window, qtbot):
    left, right, bottom, top = window.lab.surface_panel.domain
    for box, text in ((left, "-3"), (right, "5,5"), (bottom, "-1e-1"), (top, "2.5")):
        enter(box, text)
    assert surface(window).domain == (-3.0, 5.5, -0.1, 2.5)
    settle(qtbot, window)
    assert view_of(window) == pytest.approx((-3.0, 5.5, -0.1, 2.5))
    assert_true_to_scenario(window)


def test_a_range_in_the_wrong_order_is_refused_until_it_is_mended(window):
    left, right, *_ = window.lab.surface_panel.domain
    before = surface(window).domain
    enter(left, "20")
    assert window.lab.surface_panel.domain_error.isVisible()
    assert "20" in window.lab.surface_panel.domain_error.text()
    assert surface(window).domain == before
    enter(right, "30")
    assert not window.lab.surface_panel.domain_error.isVisible()
    assert surface(window).domain == (20.0, 30.0, before.bottom, before.top)


def test_a_range_that_is_empty_or_too_thin_is_refused(window):
    _, right, *_ = window.lab.surface_panel.domain
    before = window.lab.player.scenario
    for text in ("-10", "-9.9999999999999"):
        enter(right, text)
        assert window.lab.surface_panel.domain_error.isVisible()
        assert window.lab.player.scenario == before
    enter(right, "10")
    assert not window.lab.surface_panel.domain_error.isVisible()


def test_the_logarithmic_scale_changes_the_picture_and_no_trajectory(window, qtbot):
    settle(qtbot, window)
    old, before = window.lab.player.trajectories, picture(window)
    window.lab.surface_panel.log.click()
    assert surface(window).log is False
    settle(qtbot, window)
    assert window.lab.player.trajectories == old
    assert (picture(window) != before).any(axis=-1).mean() > 0.3
    window.lab.surface_panel.log.click()
    settle(qtbot, window)
    assert (picture(window) == before).all()


def test_a_scenario_with_an_own_formula_is_shown_as_such(open_window, settings, qtbot):
    own = own_surface("x^2 + x y + y^2", Domain(-2.0, 3.0, -4.0, 5.0))
    settings.scenario = to_json(replace(chapter_scenario(), surface=own))
    window = open_window(settings)
    settle(qtbot, window)
    assert window.lab.surface_panel.formula.text() == "x^2 + x y + y^2"
    assert window.lab.surface_panel.catalogue.currentData() == ""
    assert view_of(window) == pytest.approx(own.domain)
    click_map(window, (1.0, 1.0))
    assert near(window, window.lab.player.scenario.starts[0], (1.0, 1.0))
