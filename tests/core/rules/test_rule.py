"""The equations that are shown are the rules that are run, and the numbers in them belong together."""

import math

import numpy as np
import pytest

from optisim.canvas.text.numerals import numeral
from optisim.core.optimizers import OPTIMIZERS, Equation, Optimizer, Step
from optisim.core.race.scenario import Run, make_scenario, suited
from optisim.core.race.schedules import Cosine
from optisim.core.race.simulate import race_to_end
from optisim.core.rules.notation import GRADIENT, Unreadable, canonical
from optisim.core.rules.rule import quantities, rule_of, step_at, work
from optisim.core.rules.substitution import number_in, numbers_of
from optisim.core.surfaces import SURFACES
from tests.core.rules.calculator import calculate

STEPS = (0, 1, 2, 4, 9, 25)
OTHERS = [
    "lookahead-adam",
    "lookahead-radam",
    "lookahead-rprop",
    "lookahead-lbfgs",
    "rmsprop:centered=true",
    "adam:bias_correction=false",
    "adamw:weight_decay=0.2",
    "novograd:weight_decay=0.1",
    "adan:weight_decay=0.1",
    "rprop:lr=2",
    "newton:damping=0.5",
    "bb:lr=0.3",
]
each_rule = pytest.mark.parametrize("spec", [*OPTIMIZERS, *OTHERS])
each_surface = pytest.mark.parametrize("surface", ["bowl", "rosenbrock", "himmelblau"])


def run_of(spec, surface):
    surface = SURFACES[surface]
    optimizer = OPTIMIZERS.read(spec)
    if ":" not in spec:
        optimizer = suited(optimizer, surface)
    (trajectory,) = race_to_end(make_scenario(surface, [optimizer], steps=max(STEPS)))
    return optimizer, trajectory


def worked_at(optimizer, trajectory, t):
    kind = type(trajectory.state.last)
    step = step_at(trajectory.columns, kind, t)
    last = step_at(trajectory.columns, kind, t - 1) if t else None
    return work(optimizer, step, last, trajectory.state.objective)


def settled(trajectory, t):
    """Whether so little happens any more that rounding is all there is to see."""
    return np.abs(trajectory.columns["update"][max(t - 1, 0) : t + 1]).min() < 1e-7


@pytest.mark.slow(keep=34)
@each_surface
@each_rule
def test_what_a_line_says_is_what_the_step_has(spec, surface):
    optimizer, trajectory = run_of(spec, surface)
    compared = 0
    for t in STEPS:
        if settled(trajectory, t):
            continue
        for worked in worked_at(optimizer, trajectory, t):
            if worked.line.value is None or not worked.line.equation.target or not any(worked.applies):
                continue
            said, has = np.broadcast_arrays(worked.computed, worked.result)
            if said.ndim == 1:
                said, has = said[list(worked.applies)], has[list(worked.applies)]
            assert said == pytest.approx(has, rel=1e-8, abs=1e-8 * (1 + np.abs(has).max())), worked.line.equation
            compared += 1
    assert compared >= 2


@each_rule
def test_every_line_can_be_read(spec):
    rule = rule_of(OPTIMIZERS.read(spec))
    unread = [line.equation.latex for line in rule.lines if not line.readable]
    assert len(unread) <= ("BFGS" in "".join(unread))  # L-BFGS never writes its matrix down


@each_rule
def test_what_holds_of_a_searched_rate_holds(spec):
    optimizer, trajectory = run_of(spec, "bowl")
    for t in STEPS:
        if not settled(trajectory, t):
            assert all(worked.holds for worked in worked_at(optimizer, trajectory, t))


def shown(worked, axis, changed=None):
    """A line as it can be read, its number `changed` moved by what rounding may hide: left side, right side."""
    numbers = []

    def place(index, slot, leaf):
        return f"@{index}@"

    filled = numbers_of(worked, place)
    text = filled.latex
    for index, slot in enumerate(filled.slots):
        number = numeral(number_in(worked, slot, axis))
        value = number.value + (number.rounding if index == changed else 0.0)
        numbers.append(number)
        text = text.replace(f"@{index}@", f"({value!r})")
    return text, numbers


@pytest.mark.slow(keep=34)
@each_surface
@each_rule
def test_shown_numbers_recompute_each_shown_equation(spec, surface):
    optimizer, trajectory = run_of(spec, surface)
    recomputed = 0
    for t in STEPS:
        if settled(trajectory, t):
            continue
        for worked in worked_at(optimizer, trajectory, t):
            filled = numbers_of(worked, lambda *_: "0")
            if filled is None:
                continue
            for axis in (0, 1) if filled.by_axis else (0,):
                finite = all(math.isfinite(number_in(worked, slot, axis)) for slot in filled.slots)
                recomputed += worked.applies[axis] and finite and recomputes(worked, axis)
    assert recomputed


def recomputes(worked, axis):
    """Whether the line has something to recompute; fails unless the result is within rounding."""
    text, numbers = shown(worked, axis)
    if worked.line.holds:
        check_relations(worked, text)
        return True
    sides = text.removeprefix("{}=").split("{}=")
    if len(sides) != 2:
        return False
    left, right = (calculate(side) for side in sides)
    slack = np.zeros(len(left))
    for changed in range(len(numbers)):
        moved, _ = shown(worked, axis, changed)
        a, b = (calculate(side) for side in moved.removeprefix("{}=").split("{}="))
        slack += np.abs(np.subtract(a, left)) + np.abs(np.subtract(b, right))
    off = np.abs(np.subtract(left, right))
    assert (off <= 1.2 * slack + 1e-12).all(), (worked.line.equation.latex, text)
    return True


def check_relations(worked, text):
    """Relations hold of the shown numbers, but for what rounding hides."""
    _, _, relations = text.removesuffix(r"\quad \checkmark").rpartition(":\\ ")
    for relation in relations.split(r",\quad "):
        left, right = (calculate(side)[0] for side in relation.split(r"\le "))
        assert left <= right + 2e-3 * max(abs(left), abs(right), 1e-9)


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────


class Mine(Optimizer):
    name = "Mine"
    paper = "none"


def rule_with(*equations, **attributes):
    kind = type("Mine", (Mine,), {"equations": tuple(equations), "__module__": __name__, **attributes})
    return rule_of(kind())


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"W \leftarrow W - 2 g", [-1.0, -4.0]),
        (r"W \leftarrow -\frac{g}{2} \odot g", [-0.5, -2.0]),
        (r"W \leftarrow W + \left(g - 1\right)^2", [1.0, 1.0]),
        (r"W \leftarrow W (g \cdot g)", [5.0, 0.0]),
        (r"W \leftarrow W \left\|g\right\|^2", [5.0, 0.0]),
        (r"W \leftarrow \max\left(W,\ g\right)", [1.0, 2.0]),
        (r"W \leftarrow \min(0.5, W)", [0.5, 0.0]),
        (r"W \leftarrow \operatorname{sgn}(W - g) \odot g", [0.0, -2.0]),
        (r"W \leftarrow |W - g| + \sqrt{4}", [2.0, 4.0]),
        (r"W \leftarrow 2^{t} g", [2.0, 4.0]),
        (r"W \leftarrow (I + g g^T) W", [2.0, 2.0]),
        (r"W \leftarrow \frac{\partial L}{\partial W}", [1.0, 2.0]),
        (r"W \leftarrow \nabla L(W + 1)", [7.0, 7.0]),
        (r"W \leftarrow L(W) g", [9.0, 18.0]),
    ],
)
def test_a_line_means_what_a_textbook_means(latex, expected):
    class Objective:
        def __call__(self, x, t):
            return np.full(len(x), 9.0), np.full((len(x), 2), 7.0)

        def hessian(self, x):
            raise NotImplementedError

    kind = type("Mine", (Mine,), {"equations": (Equation("x", latex),), "__module__": __name__})
    x, g = np.array([[1.0, 0.0]]), np.array([[1.0, 2.0]])
    step = Step(0, x, np.array([3.0]), g, -g)
    (worked,) = work(kind(), step, None, Objective())
    assert worked.computed == pytest.approx(np.array(expected))


@pytest.mark.parametrize(
    "latex",
    [r"W \leftarrow W - \zeta g", r"W \leftarrow \frac{g", "no equation at all", "", r"W \leftarrow W +", "%&"],
)
def test_what_cannot_be_read_is_still_a_line_with_its_result(latex):
    kind = type("Mine", (Mine,), {"equations": (Equation("x", latex),), "__module__": __name__})
    (line,) = rule_of(kind()).lines
    assert not line.readable
    x = np.array([[1.0, 2.0]])
    (worked,) = work(kind(), Step(0, x, x[:, 0], x, x), None, None)
    if line.symbol:
        filled = numbers_of(worked, lambda *_: "0")
        assert [number_in(worked, slot, 1) for slot in filled.slots] == [4.0]
        with pytest.raises(Unreadable):
            _ = worked.computed


def test_a_symbol_has_its_new_value_from_the_next_line_on():
    rule = rule_with(Equation("v", r"v \leftarrow 2 v + g"), Equation("x", r"W \leftarrow W + v"))
    assert rule.fields["v"] == "v"
    assert rule.groups == [[0], [1]]


def test_cases_of_one_assignment_are_one_group():
    rule = rule_with(
        Equation("x", r"W \leftarrow W", when="t = 1"),
        Equation("x", r"W \leftarrow g", when="t > 1"),
        Equation("", r"p = g"),
    )
    assert rule.groups == [[0, 1], [2]]


def test_symbols_have_one_name_however_they_are_written():
    assert canonical(r"\beta_{1}") == canonical(r"\beta _1") == r"\beta_1"
    assert canonical(r"\hat{m}") == r"\hat{m}"
    assert canonical(r"\mu_{t+1}") == r"\mu_{t+1}"


def test_a_schedule_puts_its_rate_into_the_equation():
    surface = SURFACES["bowl"]
    run = Run(OPTIMIZERS.read("sgd:lr=0.5"), schedule=Cosine())
    (trajectory,) = race_to_end(make_scenario(surface, [run], steps=10))
    step = step_at(trajectory.columns, Step, 5)
    (worked,) = work(run.optimizer_at(5, 10), step, None, trajectory.state.objective)
    assert worked.before[r"\eta"] == pytest.approx(0.25)
    assert worked.computed == pytest.approx(worked.result)


def test_each_ball_has_its_own_numbers():
    surface = SURFACES["bowl"]
    scenario = make_scenario(surface, [OPTIMIZERS.read("adam")], starts=((-7.0, 2.0), (3.0, -4.0)), steps=5)
    (trajectory,) = race_to_end(scenario)
    kind = type(trajectory.state.last)
    step, last = (step_at(trajectory.columns, kind, t) for t in (3, 2))
    for ball in (0, 1):
        worked = work(trajectory.run.optimizer, step, last, trajectory.state.objective, ball)
        assert worked[-1].result == pytest.approx(trajectory.x[4, ball])
        assert worked[0].before["m"] == pytest.approx(trajectory.columns["m"][2, ball])


@each_rule
def test_what_can_be_drawn_is_in_the_step_and_has_a_symbol(spec):
    optimizer, trajectory = run_of(spec, "bowl")
    kind = type(trajectory.state.last)
    drawn = quantities(optimizer, kind)
    assert drawn[0].field == "grad"
    assert drawn[-1].field == "update"
    assert len({quantity.field for quantity in drawn}) == len(drawn)
    for quantity in drawn:
        assert trajectory.columns[quantity.field].shape[1:] == (1, 2)
        if quantity.kind == "square":
            assert (trajectory.columns[quantity.field] >= 0).all()
    assert drawn[0].symbol in (GRADIENT, "g")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1.000"),
        (-0.63, "−0.6300"),
        (0.04294, "0.0429"),
        (0.001234, "0.00123"),
        (12.345, "12.35"),
        (1234.5, "1234"),
        (123456.0, "1.23·10^5"),
        (1e-7, "1.00·10^-7"),
        (math.nan, "–"),
        (-math.inf, "−∞"),
    ],
)
def test_numbers_have_few_figures(value, text):
    number = numeral(value)
    assert (number.mantissa if number.exponent is None else f"{number.mantissa}·10^{number.exponent}") == text
    if math.isfinite(value):
        assert abs(number.value - value) <= number.rounding * (1 + 1e-9)
