"""Typeset formulas: what LaTeX says, or the text itself where it says nothing."""

import pytest

from optisim.canvas.text.mathtext import typeset


def test_a_formula_is_drawn_and_its_box_holds_it(qapp):
    text = typeset(r"W \leftarrow W - \eta \frac{\partial L}{\partial W}", 20.0)
    assert text.box.height() > 30
    assert text.box.adjusted(-1, -1, 1, 1).contains(text.path.boundingRect())


@pytest.mark.parametrize("latex", [r"\frac{a", r"a}{", r"\left( x"])
def test_what_is_no_latex_is_shown_as_it_is(qapp, latex):
    text = typeset(latex, 20.0)
    assert text.path.elementCount() > 10
    assert text.box.contains(text.path.boundingRect())


def test_twice_the_size_is_twice_as_wide(qapp):
    assert typeset("x^2", 40.0).box.width() == pytest.approx(2 * typeset("x^2", 20.0).box.width(), rel=0.05)
