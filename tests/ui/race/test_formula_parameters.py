"""Sliders for the named numbers of a formula."""

import pytest

from optisim.core.surfaces import Parameter
from tests.ui.driver import assert_true_to_scenario, enter, leave_fields, picture, settle
from tests.ui.race.test_surface import type_formula


def rows(window):
    return [row for row in window.lab.surface_panel.parameters.rows if row.isVisible()]


def values(window):
    return {p.name: p.value for p in window.lab.player.scenario.surface.parameters}


def test_a_letter_in_the_formula_gets_a_slider(window, qtbot):
    assert not rows(window)
    type_formula(window, "a*x^2 + y^2 + kappa")
    assert values(window) == {"a": 1.0, "kappa": 1.0}
    assert [row.name.text() for row in rows(window)] == ["a =", "κ ="]
    settle(qtbot, window)
    before = picture(window)
    enter(rows(window)[0].value, "1000")
    leave_fields(window)
    assert values(window)["a"] == 1000
    settle(qtbot, window)
    assert_true_to_scenario(window)
    assert (picture(window) != before).any()


def test_the_slider_moves_within_its_ends_which_can_be_set(window):
    type_formula(window, "a*x^2 + y^2")
    (row,) = rows(window)
    enter(row.low, "1")
    enter(row.high, "1000")
    leave_fields(window)
    assert window.lab.player.scenario.surface.parameters == (Parameter("a", 1.0, 1.0, 1000.0),)
    row.slider.setValue(row.slider.maximum())
    assert values(window) == {"a": 1000.0}
    row.slider.setValue(row.slider.maximum() // 2)
    assert values(window)["a"] == pytest.approx(31.6, rel=0.01)  # by factors, as the ends are decades apart
    enter(row.low, "2000")
    assert "begin below its end" in row.error.text()
    assert window.lab.player.scenario.surface.parameters[0].low == 1.0


def test_values_stay_while_the_formula_is_changed(window):
    type_formula(window, "a*x^2 + y^2")
    enter(rows(window)[0].value, "5")
    type_formula(window, "a*x^4 + b*y^2")
    assert values(window) == {"a": 5.0, "b": 1.0}
    type_formula(window, "x^4 + b*y^2")
    assert values(window) == {"b": 1.0}


def test_a_value_that_makes_no_sense_is_told_and_the_old_one_stays(window):
    type_formula(window, "x^2/a + y^2")
    enter(rows(window)[0].value, "0")
    assert "divides by zero" in window.lab.surface_panel.error.text()
    assert values(window) == {"a": 1.0}
    assert rows(window)[0].value.value() == 1.0
