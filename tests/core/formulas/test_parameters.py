"""Named parameters in formulas, and the scenarios that keep them, beside those from before there were any."""

import gc
import json
import math
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optisim import SGD, SURFACES, Adam, Domain, Momentum, NoNoise, Parameter, Problem, simulate
from optisim.core.base.problems import FormulaProblem
from optisim.core.documents.kinds import from_json, to_json
from optisim.core.documents.race_kind import VERSION
from optisim.core.formulas.formula import Compiled, parse
from optisim.core.race.scenario import Run, make_scenario
from optisim.core.race.schedules import Constant
from optisim.core.race.simulate import race_to_end
from optisim.core.surfaces import Surface, own_surface
from optisim.core.surfaces.data_formula import DataTable
from optisim.core.surfaces.surface import FAR
from tests.core.documents.dense import dense
from tests.core.rules.typesetting import can_be_drawn
from tests.fast import examples

finite = st.floats(-FAR, FAR)
ranges = st.tuples(finite, finite).filter(lambda ends: ends[0] != ends[1]).map(sorted)
POINTS = np.random.default_rng(11).uniform(-3, 3, size=(200, 2))


def names(surface):
    return [parameter.name for parameter in surface.parameters]


def values(surface):
    return {parameter.name: parameter.value for parameter in surface.parameters}


def with_values(surface, **numbers):
    for name, value in numbers.items():
        surface = surface.with_parameter(Parameter(name, value, -FAR, FAR))
    return surface


def same_bits(one, other):
    """Whether two surfaces have the same losses, gradients and Hessians to the last bit."""
    return all(
        getattr(one, function)(POINTS).tobytes() == getattr(other, function)(POINTS).tobytes()
        for function in ("value", "gradient", "hessian")
    )


def same_but_for_rounding(one, other, size=1.0):
    """Whether they have the same ones to rounding, of terms of the size given that may cancel."""
    for function in ("value", "gradient", "hessian"):
        found, expected = getattr(one, function)(POINTS), getattr(other, function)(POINTS)
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-14 * (1 + size), err_msg=function)


# ── In formulas ──────────────────────────────────────────────────────────────────────────────────────────

FOUND = {
    "a*x^2 + y^2": ["a"],
    "a x^2 + b y^2": ["a", "b"],
    "b y^2 + a x^2 + b": ["b", "a"],
    "(x^2 + κ y^2)/2": ["kappa"],
    "(x^2 + kappa y^2)/2": ["kappa"],
    "κx^2 + kappa y^2": ["kappa"],
    "a1 x^2 + a2 y^2": ["a1", "a2"],
    "λ1 x^2 + λ2 y^2": ["lambda1", "lambda2"],
    "A x^2 + a y^2": ["A", "a"],
    "sin(ω x) + y^2": ["omega"],
    "x^k + y^2": ["k"],
    "x^2 + y^2": [],
    "2pi x^2 + e y^2": [],
    "2πx": [],
    "k(x + 1)": ["k"],
    "2a(x + 1)": ["a"],
}


@pytest.mark.parametrize("formula", FOUND)
def test_letters_in_a_formula_are_parameters(formula):
    surface = own_surface(formula)
    assert names(surface) == FOUND[formula]
    assert all(value == 1 for value in values(surface).values())
    assert all(parameter.low < parameter.value < parameter.high for parameter in surface.parameters)


@pytest.mark.parametrize("formula", ["foo x", "ab x^2", "x1", "xa", "ax^2", "e1 x", "a_1 x", "kapa x", "éx", "ξ x"])
def test_other_words_are_no_parameters(formula):
    with pytest.raises(FormulaProblem) as caught:
        own_surface(formula)
    assert caught.value.column > 0


def test_a_parameter_is_1_until_it_is_changed():
    assert same_bits(own_surface("a x^2 + b y^2"), own_surface("x^2 + y^2"))
    surface = with_values(own_surface("a x^2 + b y^2"), b=3.0)
    assert values(surface) == {"a": 1, "b": 3}
    assert surface.value((2, 1)) == 7
    assert surface.gradient((2, 1)).tolist() == [4, 6]
    assert surface.hessian((2, 1)).tolist() == [[2, 0], [0, 6]]


FORMULAS = (  # in A, which is in the name of no function
    "A*x^2 + y^2",
    "(x^2 + A y^2)/2",
    "sin(A x) + cos(y)/2",
    "x^2 - A + y^2",
    "exp(-(x - A)^2) + A y",
    "abs(x - A) + max(y, A x)",
    "x^2 + A^2 y^2 - -A",
)


@settings(max_examples=examples(40), deadline=None)
@given(st.sampled_from(FORMULAS), st.floats(-1e6, 1e6))
def test_a_parameter_is_the_number_written_out(formula, value):
    number = repr(value) if math.copysign(1, value) > 0 else f"({value!r})"
    written_out = own_surface(formula.replace("A", number))
    assert written_out.parameters == ()
    # an input of what is compiled, it is not multiplied out with other numbers beforehand
    same_but_for_rounding(with_values(own_surface(formula), A=value), written_out, abs(value))


def test_greek_letters_may_be_typed_or_spelt():
    typed = with_values(own_surface("(x^2 + κ y^2)/2"), kappa=7.5)
    spelt = with_values(own_surface("(x^2 + kappa y^2)/2"), kappa=7.5)
    assert same_bits(typed, spelt)
    assert typed.latex == spelt.latex


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("x^2 + kappa y^2", r"\kappa"),
        ("x^2 + κ y^2", r"\kappa"),
        ("a1 x + y", "a_{1}"),
        ("a12 x + y", "a_{12}"),
        ("λ2 x + y", r"\lambda_{2}"),
        ("x^a", "^{a}"),
    ],
)
def test_parameters_are_set_as_on_paper(formula, shown):
    latex = own_surface(formula).latex
    assert shown in latex
    assert can_be_drawn(latex)


def test_the_formula_that_is_shown_keeps_the_letter():
    surface = SURFACES["kappa-bowl"]
    assert r"\kappa" in surface.latex
    assert with_values(surface, kappa=400.0).latex == surface.latex


@pytest.mark.parametrize("kappa", [1.0, 25.0, 400.0, 1000.0, 2.5])
def test_the_bowls_condition_number_is_its_parameter(kappa):
    surface = with_values(SURFACES["kappa-bowl"], kappa=kappa)
    for matrix in surface.hessian(POINTS[:5]):
        assert np.linalg.cond(matrix) == pytest.approx(kappa, rel=1e-14)
    assert surface.curvature == pytest.approx(max(kappa, 1.0), rel=1e-5)


def test_every_parameter_of_the_catalogue_is_in_its_formula_and_moves_the_surface():
    found = 0
    for surface in SURFACES.values():
        assert set(names(surface)) == {name for name, _ in surface.parsed.parameters}
        for parameter in surface.parameters:
            assert Parameter.checked(*parameter) == parameter
            assert parameter.low <= parameter.value <= parameter.high
            assert not same_bits(surface, surface.with_parameter(parameter._replace(value=parameter.high)))
            for end in (parameter.low, parameter.high):
                assert np.isfinite(surface.with_parameter(parameter._replace(value=end)).value(surface.start))
            found += 1
    assert found >= 1


def test_a_race_goes_by_the_value():
    # on (x² + κ y²)/2 a rate of 1/κ takes y to 0 at once and leaves 1 − 1/κ of x
    surface = with_values(SURFACES["kappa-bowl"], kappa=4.0)
    x = simulate(surface, [SGD(lr=0.25)], start=(8, 3), steps=2)[0].x[:, 0]
    np.testing.assert_array_equal(x, [(8, 3), (6, 0), (4.5, 0)])
    plain = simulate("(x^2 + 4y^2)/2", [Adam()], start=(8, 3))[0].x
    assert simulate(surface, [Adam()], start=(8, 3))[0].x.tobytes() == plain.tobytes()


def test_another_value_is_another_cause():
    scenario = make_scenario(own_surface("a x^2 + y^2"), [SGD()])
    (run,) = scenario.runs
    changed = replace(scenario, surface=with_values(scenario.surface, a=2.0))
    assert scenario.cause(run) != changed.cause(run)


def test_values_for_letters_that_are_not_there_are_left_out():
    assert parse("a x", (("a", 2.0), ("b", 3.0))).parameters == (("a", 2.0),)
    assert parse("x", (("b", 3.0),)).parameters == ()


# ── Inputs of what is compiled ───────────────────────────────────────────────────────────────────────────


def count_compiled(monkeypatch):
    """A list that grows with everything that is compiled."""
    compiled, init = [], Compiled.__init__
    monkeypatch.setattr(Compiled, "__init__", lambda self, *names: (compiled.append(names), init(self, *names))[1])
    return compiled


def used(surface):
    """All functions of a surface, asked for."""
    return surface.value(POINTS), surface.gradient(POINTS), surface.hessian(POINTS)


@pytest.mark.parametrize(
    "formula", ["a x^2 + b y^2 + sin(a x y)", "exp(-a x)/b + y/(a + b)", "sqrt(a x + y^2) + 2^a x"]
)
def test_a_move_of_a_parameter_compiles_nothing(formula, monkeypatch):
    surface = own_surface(formula)
    before = used(surface)
    compiled = count_compiled(monkeypatch)
    for value in np.linspace(0.3, 3, 20):
        surface = with_values(surface, a=value)
        assert not np.array_equal(used(surface)[0], before[0])
    assert compiled == []


def test_data_formulas_too_compile_nothing(monkeypatch):
    surface = Surface(
        "", "a (x u + y - v)^2", parameters=(Parameter("a"),), table=DataTable(("u", "v"), ((1.0, 2.0), (3.0, 5.0)))
    )
    before = used(surface)
    compiled = count_compiled(monkeypatch)
    for one, other in zip(used(surface.with_parameter(Parameter("a", 3.0))), before, strict=True):
        np.testing.assert_allclose(one, 3 * other, rtol=1e-13)
    assert compiled == []


# a value → what the formula is with it: where a coefficient is 0, what it stands before is gone, even where that is
# infinite or no number; exponents are as if they had been written
SPECIAL = {
    ("a*x^2 + y", 0.0): "y",
    ("a log(x) + y^2", 0.0): "y^2",
    ("a/x + y^2", 0.0): "y^2",
    ("(a - 2) sqrt(x) + y", 2.0): "y",
    ("exp(a/x) + y", 0.0): "1 + y",
    ("x^a + y", 0.0): "1 + y",
    ("x^a + y", 1.0): "x + y",
    ("x^a + y", 2.0): "x^2 + y",
    ("x^a + y", 0.5): "x^0.5 + y",
    ("x^a + y", -1.0): "1/x + y",
    ("(a x)^2 + y", -3.0): "9 x^2 + y",
    ("(a x + y)^a", 3.0): "(3 x + y)^3",
    ("a^x + y", 1.0): "1 + y",
    ("a^x + y", 2.0): "2^x + y",
    ("abs(x)^a + a y", 1.5): "abs(x)^1.5 + 1.5 y",
    ("max(a, x) + min(y, a)", 0.0): "max(0, x) + min(y, 0)",
    ("x/(a y + 1)", 0.0): "x",
}
AXES = np.array([(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (0.0, -2.0), (-1.0, 0.0), (1.0, 1.0), (-1.5, 2.0)])


@pytest.mark.parametrize(("formula", "value"), SPECIAL, ids=lambda part: str(part))
def test_special_values_mean_what_the_formula_with_them_means(formula, value):
    surface, meant = with_values(own_surface(formula), a=value), own_surface(SPECIAL[formula, value])
    for points in (AXES, POINTS):
        for function in ("value", "gradient", "hessian"):
            found, expected = getattr(surface, function)(points), getattr(meant, function)(points)
            np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-13, err_msg=function)


def test_the_same_part_is_one_coefficient():
    (x, y, *inputs) = parse("a x + a y + (a + 1) x^2 + (1 + a) y^2 + (a + 1) x", (("a", 3.0),)).program.names
    assert (x, y, len(inputs)) == ("x", "y", 3)


def test_what_was_compiled_for_the_values_of_an_exponent_is_forgotten_again():
    def alive():
        gc.collect()
        return sum(type(thing) is Compiled for thing in gc.get_objects())

    before = alive()
    for value in np.linspace(1.1, 2.9, 200):
        with_values(own_surface("abs(x)^p + y"), p=value)
    assert alive() < before + 100


# ── Refused ──────────────────────────────────────────────────────────────────────────────────────────────

BAD = {
    "a variable": (("x", 1.0, 0.0, 2.0), "“x” is a variable"),
    "the other variable": (("y", 1.0, 0.0, 2.0), "“y” is a variable"),
    "a word": (("foo", 1.0, 0.0, 2.0), "“foo” cannot be a parameter"),
    "a constant": (("pi", 1.0, 0.0, 2.0), "“pi” cannot be a parameter"),
    "the other constant": (("e", 1.0, 0.0, 2.0), "“e” cannot be a parameter"),
    "a function": (("sin", 1.0, 0.0, 2.0), "“sin” cannot be a parameter"),
    "a number": (("1", 1.0, 0.0, 2.0), "“1” cannot be a parameter"),
    "a numbered variable": (("x1", 1.0, 0.0, 2.0), "“x1” cannot be a parameter"),
    "no name": (("", 1.0, 0.0, 2.0), "cannot be a parameter"),
    "no number": (("a", math.nan, 0.0, 2.0), "a needs finite numbers"),
    "infinity": (("a", math.inf, 0.0, 2.0), "a needs finite numbers"),
    "too large": (("a", 2 * FAR, 0.0, 2.0), "a needs finite numbers"),
    "no lower end": (("a", 1.0, math.nan, 2.0), "a needs finite numbers"),
    "no upper end": (("a", 1.0, 0.0, math.inf), "a needs finite numbers"),
    "a reversed range": (("a", 1.0, 2.0, 0.0), "must begin below its end, not at 2 and 0"),
    "an empty range": (("a", 1.0, 2.0, 2.0), "must begin below its end, not at 2 and 2"),
}


@pytest.mark.parametrize(("parts", "mentions"), BAD.values(), ids=BAD)
def test_a_parameter_without_sense_is_refused_and_told(parts, mentions):
    with pytest.raises(Problem) as caught:
        Parameter.checked(*parts)
    told = str(caught.value)
    assert mentions in told
    assert told.endswith(".")


DIVIDES = ("x^2/a + y", "x^2 + y/(a - 0)", "x/(2a)", "x + y/a^2", "y + a^-1 x", "x + a^(-1/2) y", "y + log(a) x")


@pytest.mark.parametrize("formula", DIVIDES)
def test_what_makes_no_finite_number_is_refused_and_the_surface_stays(formula):
    surface = own_surface(formula)
    before, copy = surface.value(POINTS).tobytes(), replace(surface)
    with pytest.raises(Problem) as caught:
        surface.with_parameter(Parameter("a", 0.0))
    told = str(caught.value)
    assert told.endswith(".")
    assert "zero" in told or "finite real number" in told
    assert surface == copy
    assert surface.value(POINTS).tobytes() == before
    assert surface.with_parameter(Parameter("a", 2.0)).value((1.0, 1.0)) != surface.value((1.0, 1.0))


HARSH = (*DIVIDES, "x^a", "a^x", "(a x)^b y", "x^(a b)", "sqrt(a) x", "asin(a) + x", "exp(exp(a)) x", "x^2/(a + b)")


@settings(max_examples=examples(60), deadline=None)
@given(st.sampled_from(HARSH), finite, finite)
def test_whatever_a_parameter_is_it_is_taken_or_told(formula, a, b):
    surface = own_surface(formula)
    for name, value in zip(names(surface), (a, b), strict=False):
        with suppress(Problem):
            surface = surface.with_parameter(Parameter.checked(name, value, -FAR, FAR))
    # whatever it has become, it can be shown
    assert surface.value(POINTS).shape == (200,)
    assert surface.hessian(POINTS).shape == (200, 2, 2)


@pytest.mark.parametrize("name", ["b", "kappa", "x", ""])
def test_a_parameter_that_the_formula_does_not_have_is_refused(name):
    surface = own_surface("a x^2 + y^2")
    with pytest.raises(Problem, match=f"no parameter “{name}”"):
        surface.with_parameter(Parameter(name, 2.0))
    assert values(surface) == {"a": 1}


# ── Saved and opened ─────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=examples(60), deadline=None)
@given(st.sampled_from(["a x^2 + y^2", "κx^2 + a1 y^2", "sin(a x) + b y", "kappa-bowl"]), st.data())
def test_a_scenario_with_parameters_survives_being_written(text, data):
    surface = SURFACES.get(text) or own_surface(text)
    for name in names(surface):
        surface = surface.with_parameter(Parameter.checked(name, data.draw(finite), *data.draw(ranges)))
    scenario = make_scenario(surface, [SGD(), Adam()])
    read = from_json(to_json(scenario))
    assert read == scenario
    assert to_json(read) == to_json(scenario)
    assert hash(read) == hash(scenario)
    assert read.surface.gradient(POINTS).tobytes() == surface.gradient(POINTS).tobytes()


def test_a_parameter_of_the_catalogue_that_a_file_does_not_mention_is_as_in_the_catalogue():
    data = dense(make_scenario(SURFACES["kappa-bowl"], [SGD()]))
    data["surface"]["parameters"] = {}
    assert from_json(json.dumps(data)).surface == SURFACES["kappa-bowl"]


DAMAGE = {
    "no dictionary": [],
    "nothing": None,
    "one number": {"a": 2.0},
    "two numbers": {"a": [2.0, 0.0]},
    "four numbers": {"a": [2.0, 0.0, 5.0, 7.0]},
    "text": {"a": ["2", 0.0, 5.0]},
    "true": {"a": [True, 0.0, 5.0]},
    "nothing for a number": {"a": [None, 0.0, 5.0]},
    "not a number": {"a": [math.nan, 0.0, 5.0]},
    "too large": {"a": [10**400, 0.0, 5.0]},
    "a reversed range": {"a": [2.0, 5.0, 0.0]},
    "another letter": {"b": [2.0, 0.0, 5.0]},
    "a variable": {"x": [2.0, 0.0, 5.0]},
    "a word": {"foo": [2.0, 0.0, 5.0]},
    "no name": {"": [2.0, 0.0, 5.0]},
    "a division by zero": {"a": [0.0, 0.0, 5.0]},
}


@pytest.mark.parametrize("parameters", DAMAGE.values(), ids=DAMAGE)
def test_wrong_parameters_in_a_file_are_told(parameters):
    data = dense(make_scenario(own_surface("x^2/a + y^2"), [SGD()]), VERSION)
    assert data["surface"]["parameters"] == {"a": [1.0, 0.0, 10.0]}
    data["surface"]["parameters"] = parameters
    with pytest.raises(Problem):
        from_json(json.dumps(data))


# ── Scenarios of version 1 ───────────────────────────────────────────────────────────────────────────────
# What OptiSim wrote before there were schedules, noise and parameters.

CHAPTER_1 = """\
{"format": "optisim-scenario", "version": 1,
 "surface": {"slug": "bowl", "formula": "x^2/20 + y^2", "domain": [-10.0, 10.0, -10.0, 10.0], "log": true},
 "starts": [[-7.0, 2.0], [1.0, 1.0]], "steps": 30,
 "runs": [{"optimizer": "sgd", "hyperparameters": {"lr": 0.95},
           "color": "#E69F00", "marker": "circle", "visible": true, "label": ""},
          {"optimizer": "adam", "hyperparameters": {"lr": 0.3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-08,
                                                    "bias_correction": true},
           "color": "#D55E00", "marker": "pentagon", "visible": false, "label": "mine"}]}
"""
OWN_1 = """\
{"format": "optisim-scenario", "version": 1,
 "surface": {"slug": "", "formula": "x^2 + 3y^2", "domain": [-2, 2, -2, 2], "log": false},
 "starts": [[-1.6, 1.2000000000000002]], "steps": 7,
 "runs": [{"optimizer": "momentum", "hyperparameters": {"lr": 0.05, "momentum": 0.5},
           "color": "#E69F00", "marker": "circle", "visible": true, "label": ""}]}
"""


def test_a_scenario_of_version_1_means_what_it_meant():
    scenario = from_json(CHAPTER_1)
    assert scenario.surface == SURFACES["bowl"]
    assert scenario.starts == ((-7, 2), (1, 1))
    assert scenario.steps == 30
    assert (scenario.noise, scenario.seed, scenario.seeds) == (NoNoise(), 0, 1)
    assert scenario.runs == (
        Run(SGD(lr=0.95), "#E69F00", "circle", schedule=Constant(), stream=0),
        Run(Adam(), "#D55E00", "pentagon", visible=False, label="mine", schedule=Constant(), stream=1),
    )
    sgd, adam = race_to_end(scenario)
    # the chapter's table
    np.testing.assert_allclose(sgd.x[30, 0], (-0.350393, 0.084782), rtol=0, atol=0.51e-6)
    np.testing.assert_allclose(adam.x[30, 0], (0.136015, 0.318245), rtol=0, atol=0.51e-6)
    # and the very bits that version 1 got
    assert sgd.x[-1].tolist() == [
        [-0.3503929957523195, 0.0847823165504322],
        [0.05005614225033138, 0.0423911582752161],
    ]


def test_a_formula_of_version_1_means_what_it_meant():
    scenario = from_json(OWN_1)
    assert scenario.surface == own_surface("x^2 + 3y^2", Domain(-2.0, 2.0, -2.0, 2.0))
    assert scenario.surface.parameters == ()
    assert scenario.runs == (Run(Momentum(lr=0.05, momentum=0.5)),)
    (trajectory,) = race_to_end(scenario)
    assert trajectory.x[-1].tolist() == [[-0.31417984, -0.09632543999999998]]


@pytest.mark.parametrize("text", [CHAPTER_1, OWN_1], ids=["chapter", "own formula"])
def test_a_scenario_of_version_1_is_saved_as_one_of_today(text):
    scenario = from_json(text)
    assert json.loads(to_json(scenario))["version"] > 1
    assert from_json(to_json(scenario)) == scenario


@pytest.mark.parametrize("part", ["surface", "starts", "steps", "runs"])
def test_a_scenario_of_version_1_without_a_part_is_told(part):
    for value in (None, 7, "text", [7], {"a": 7}):
        data = json.loads(CHAPTER_1)
        if part == "steps" and value == 7:
            continue
        data[part] = value
        with pytest.raises(Problem):
            from_json(json.dumps(data))
    del data[part]
    with pytest.raises(Problem):
        from_json(json.dumps(data))
