"""The budget of a formula: what would take seconds to differentiate and compile is refused at once."""

import numpy as np
import pytest

from optisim.core.base.problems import FormulaProblem
from optisim.core.formulas.formula import MOST_WORK, MUCH_WORK, parse
from optisim.core.formulas.syntax import VARIABLES, Parser, tokenized
from optisim.core.formulas.work import Work, work_of
from optisim.core.surfaces import SURFACES


def work(text):
    return work_of(Parser(tokenized(text), ()).parse(), VARIABLES)


def product(count, factor="(x+{})"):
    return "*".join(factor.format(number) for number in range(1, count + 1))


def test_second_derivatives_of_a_product_are_counted_by_their_factors():
    assert work("2") == Work(1)
    assert work("x + y") == Work(2, 2)
    assert work("(x + 1)(x + 2)") == Work(4, 2 + 4, 8)  # 2 terms of 2 factors; 4 terms, with those that are 0
    assert work("a b c") == Work(3)
    sizes = [work(product(count)).second for count in (10, 20, 40)]
    assert sizes == [10**3, 20**3, 40**3]


def test_what_is_inside_a_function_counts_once_however_often_it_is_mentioned():
    nested = [work("sigmoid(" * depth + "x" + ")" * depth).first for depth in (1, 2, 3)]
    assert nested[2] - nested[1] == nested[1] - nested[0]
    assert work("sin(2)") == Work(2)


TOO_LARGE = r"^The derivatives of this formula grow too large; multiply fewer factors\.$"


@pytest.mark.parametrize("text", [product(60), product(130), product(40, "sin({}x y)"), f"sin({product(50)})"])
def test_a_product_of_many_factors_is_refused_in_one_sentence(text):
    with pytest.raises(FormulaProblem, match=TOO_LARGE):
        parse(text)


@pytest.mark.parametrize(
    "text", [product(20), "+".join(f"sigmoid({k}x+y)" for k in range(1, 60)), "*".join(["x"] * 400)]
)
def test_what_is_long_but_can_be_done_is_done(text):
    """Also where it is compiled without optimizing; the value is the same to the last few digits."""
    formula = parse(text)
    point = np.array([[0.3, -0.4]])
    step = 1e-6
    around = point + step * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]])
    value = formula.value_and_gradient(around)
    slope = [(value[0, 0] - value[1, 0]) / (2 * step), (value[2, 0] - value[3, 0]) / (2 * step)]
    np.testing.assert_allclose(formula.value_and_gradient(point)[0, 1:], slope, rtol=1e-6, atol=1e-9)
    bend = (value[0, 1] - value[1, 1]) / (2 * step)
    np.testing.assert_allclose(formula.hessian(point)[0, 0], bend, rtol=1e-5, atol=1e-9)


def test_no_surface_of_the_catalogue_comes_near():
    works = [work(surface.formula) for surface in SURFACES.values() if not surface.table]
    assert max(each.second for each in works) < MOST_WORK / 10
    assert max(each.first for each in works) < MUCH_WORK
