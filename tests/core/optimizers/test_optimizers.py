"""Update rules against the chapter and against numbers worked out by hand; what every rule must keep to."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings

from optisim import OPTIMIZERS, SGD, SURFACES, AdaGrad, Adam, Momentum, Nesterov, Problem, RMSProp, Yogi
from optisim.core.race.scenario import make_scenario
from optisim.core.race.simulate import advance, begin, race_to_end, simulate
from tests.core.rules.typesetting import can_be_drawn
from tests.core.strategies import any_optimizer
from tests.fast import examples

each_optimizer = pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=OPTIMIZERS)
each_surface = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
HYPERS = [(kind, hyper) for kind in OPTIMIZERS.values() for hyper in kind.hypers()]
each_hyper = pytest.mark.parametrize(("kind", "hyper"), HYPERS, ids=[f"{k.slug()}-{h.name}" for k, h in HYPERS])


class Given:
    """A loss whose gradients are written down beforehand: the one for update t is `gradients[t]`."""

    def __init__(self, *gradients):
        self.gradients = [np.atleast_2d(np.array(gradient, dtype=float)) for gradient in gradients]

    def __call__(self, x, t):
        return np.zeros(len(x)), self.gradients[t].copy()

    def hessian(self, x):
        return np.zeros((len(x), 2, 2))


def steps_of(optimizer, objective, count, x=((0.0, 0.0),)):
    """The first `count` Steps, moved along by hand."""
    steps, x, last = [], np.array(x), None
    for t in range(count):
        last = optimizer.step(t, x, objective, last)
        steps.append(last)
        x = x + last.update
    return steps


def arrays(step):
    """The arrays of a Step by name."""
    return {field.name: getattr(step, field.name) for field in dataclasses.fields(step) if field.name != "t"}


def bits(columns, index=...):
    return {name: column[index].tobytes() for name, column in columns.items()}


# ── The chapter's table ──────────────────────────────────────────────────────────────────────────────────

CHAPTER = {  # optimizer: positions after 1, 29 and 30 updates on x²/20 + y² from (−7, 2)
    SGD(lr=0.95): ((-6.335, -1.8), (-0.387175, -0.094203), (-0.350393, 0.084782)),
    Momentum(lr=0.1, momentum=0.9): ((-6.93, 1.6), (0.814112, 0.272878), (0.896414, 0.088086)),
    AdaGrad(lr=1.5, eps=1e-7): ((-5.5, 0.5), (-0.136185, 0.0), (-0.120162, 0.0)),
    Adam(lr=0.3, beta1=0.9, beta2=0.999, eps=1e-8): ((-6.7, 1.7), (0.020157, 0.321957), (0.136015, 0.318245)),
}


@pytest.mark.parametrize("optimizer", CHAPTER, ids=lambda optimizer: optimizer.name)
def test_the_chapters_table(optimizer):
    x = simulate("bowl", [optimizer], start=(-7, 2), steps=30)[0].x
    np.testing.assert_allclose(x[[1, 29, 30], 0], CHAPTER[optimizer], rtol=0, atol=0.51e-6)


def test_the_chapters_table_where_adagrad_has_all_but_arrived():
    x = simulate("bowl", [AdaGrad()])[0].x
    assert f"{x[29, 0, 1]:.0e} {x[30, 0, 1]:.0e}" == "9e-17 2e-17"


def test_the_companion_programs_adam():
    """It adds ε = 1e-7 to the root of v before that is corrected, which moves x by the digits printed."""
    m, v, x = np.zeros(2), np.zeros(2), np.array([-7.0, 2.0])
    seen = []
    for t in range(1, 31):
        grad = x * (0.1, 2.0)
        m += 0.1 * (grad - m)
        v += 0.001 * (grad * grad - v)
        x = x - 0.3 * math.sqrt(1 - 0.999**t) / (1 - 0.9**t) * m / (np.sqrt(v) + 1e-7)
        seen.append(x)
    np.testing.assert_allclose(seen[-2:], [(0.020149, 0.321957), (0.136007, 0.318245)], rtol=0, atol=0.51e-6)
    paper = simulate("bowl", [Adam()])[0].x[-2:, 0]
    assert np.abs(paper - seen[-2:]).max() == pytest.approx(8e-6, rel=0.1)


# ── Worked out by hand ───────────────────────────────────────────────────────────────────────────────────
# Two gradients, chosen so that the roots come out even, and the two moves that follow from them.

BY_HAND = {
    "sgd": (
        SGD(lr=0.5),
        [(4.0, -1.0), (2.0, 0.0)],
        # −0.5 × 4, −0.5 × −1;  −0.5 × 2, 0
        [(-2.0, 0.5), (-1.0, 0.0)],
        {},
    ),
    "momentum": (
        Momentum(lr=0.5, momentum=0.5),
        [(4.0, -1.0), (2.0, 0.0)],
        # v₁ = −0.5 g₁ = (−2, 0.5);  v₂ = 0.5 v₁ − 0.5 g₂ = (−1 − 1, 0.25 − 0)
        [(-2.0, 0.5), (-2.0, 0.25)],
        {"v": [(-2.0, 0.5), (-2.0, 0.25)]},
    ),
    "nesterov": (
        Nesterov(lr=0.1, momentum=0.9),
        [(1.0, -2.0), (1.0, 0.0)],
        # v₁ = −0.1 g₁ = (−0.1, 0.2);             move: 0.9 v₁ − 0.1 g₁ = (−0.09 − 0.1, 0.18 + 0.2)
        # v₂ = 0.9 v₁ − 0.1 g₂ = (−0.19, 0.18);   move: 0.9 v₂ − 0.1 g₂ = (−0.171 − 0.1, 0.162 − 0)
        [(-0.19, 0.38), (-0.271, 0.162)],
        {"v": [(-0.1, 0.2), (-0.19, 0.18)]},
    ),
    "adagrad": (
        AdaGrad(lr=0.5, eps=0.5),
        [(3.0, 0.0), (4.0, -2.0)],
        # h₁ = (9, 0):   −0.5 × 3/(3 + 0.5) = −3/7, 0
        # h₂ = (25, 4):  −0.5 × 4/(5 + 0.5) = −4/11, 0.5 × 2/(2 + 0.5) = 0.4
        [(-3 / 7, 0.0), (-4 / 11, 0.4)],
        {"h": [(9.0, 0.0), (25.0, 4.0)]},
    ),
    "rmsprop": (
        RMSProp(lr=0.5, rho=0.75, eps=0.5),
        [(4.0, 0.0), (2.0, -2.0)],
        # h₁ = 0.25 × (16, 0) = (4, 0):                      −0.5 × 4/(2 + 0.5) = −0.8, 0
        # h₂ = 0.75 × (4, 0) + 0.25 × (4, 4) = (4, 1):       −0.5 × 2/(2 + 0.5) = −0.4, 0.5 × 2/(1 + 0.5) = 2/3
        [(-0.8, 0.0), (-0.4, 2 / 3)],
        {"h": [(4.0, 0.0), (4.0, 1.0)]},
    ),
    "adam without bias correction": (
        Adam(lr=1.0, beta1=0.5, beta2=0.75, eps=0.5, bias_correction=False),
        [(4.0, 0.0), (2.0, -2.0)],
        # m₁ = 0.5 × (4, 0) = (2, 0),              v₁ = (4, 0) as above:  −2/(2 + 0.5) = −0.8, 0
        # m₂ = 0.5 × (2, 0) + 0.5 × (2, −2),       v₂ = (4, 1) as above:  −2/(2 + 0.5) = −0.8, 1/(1 + 0.5) = 2/3
        [(-0.8, 0.0), (-0.8, 2 / 3)],
        {"m": [(2.0, 0.0), (2.0, -1.0)], "v": [(4.0, 0.0), (4.0, 1.0)]},
    ),
    "adam": (
        Adam(lr=1.0, beta1=0.5, beta2=0.75, eps=0.5),
        [(4.0, 0.0), (2.0, -2.0)],
        # first m/(1 − 0.5) = (4, 0) and v/(1 − 0.75) = (16, 0):    −4/(4 + 0.5) = −8/9, 0
        # then m/(1 − 0.5²) = (8/3, −4/3) and v/(1 − 0.75²) = (64/7, 16/7), whose roots are 8/√7 and 4/√7
        [(-8 / 9, 0.0), (-8 / 3 / (8 / math.sqrt(7) + 0.5), 4 / 3 / (4 / math.sqrt(7) + 0.5))],
        {"m_hat": [(4.0, 0.0), (8 / 3, -4 / 3)], "v_hat": [(16.0, 0.0), (64 / 7, 16 / 7)]},
    ),
}


@pytest.mark.parametrize(("optimizer", "gradients", "moves", "remembered"), BY_HAND.values(), ids=BY_HAND)
def test_the_first_two_steps_are_those_worked_out_by_hand(optimizer, gradients, moves, remembered):
    steps = steps_of(optimizer, Given(*gradients), 2)
    for name, expected in {"update": moves, "grad": gradients, **remembered}.items():
        np.testing.assert_allclose([getattr(step, name)[0] for step in steps], expected, rtol=1e-15, err_msg=name)


# ── Relations ────────────────────────────────────────────────────────────────────────────────────────────

RELATIONS = {
    "without momentum it is SGD": (Momentum(lr=0.3, momentum=0), SGD(lr=0.3)),
    "without momentum, Nesterov's is SGD": (Nesterov(lr=0.3, momentum=0), SGD(lr=0.3)),
    "RMSProp is an Adam that neither remembers gradients nor corrects": (
        RMSProp(lr=0.3, rho=0.8, eps=1e-3),
        Adam(lr=0.3, beta1=0, beta2=0.8, eps=1e-3, bias_correction=False),
    ),
}


@each_surface
@pytest.mark.parametrize("pair", RELATIONS.values(), ids=RELATIONS)
def test_relations_between_the_methods(surface, pair):
    one, other = simulate(surface, pair, steps=60)
    np.testing.assert_array_equal(one.x, other.x)
    np.testing.assert_array_equal(one.stopped, other.stopped)


# ── What every optimizer keeps to ────────────────────────────────────────────────────────────────────────

SIZES = (1, 3, 17, 1, 5, 16, 2, 6)  # 51 rows in odd batches


def crowd(surface, count=5):
    """The surface's own start and points scattered over its domain."""
    low, high = np.reshape(surface.domain, (2, 2)).T
    return (surface.start, *map(tuple, np.random.default_rng(3).uniform(low, high, size=(count - 1, 2)).tolist()))


# every third pair: each method meets all families of surfaces, and the suite stays a habit
PAIRS = [
    pytest.param(surface, kind, id=f"{kind.slug()}-{slug}")
    for i, kind in enumerate(OPTIMIZERS.values())
    for j, (slug, surface) in enumerate(SURFACES.items())
    if (i + j) % 3 == 0
]


@pytest.mark.slow(keep=37)
@pytest.mark.parametrize(("surface", "kind"), PAIRS)
def test_a_race_is_the_same_bits_however_it_is_run(surface, kind):
    scenario = make_scenario(surface, [kind()], starts=crowd(surface), steps=sum(SIZES) - 1)
    (whole,) = race_to_end(scenario)
    assert len(whole) == sum(SIZES)
    # again
    (again,) = race_to_end(scenario)
    assert bits(again.columns) == bits(whole.columns)
    # in batches
    state = begin(scenario, scenario.runs[0])
    batches = []
    for size in SIZES:
        state, columns = advance(state, size)
        batches.append(columns)
    together = {name: np.concatenate([batch[name] for batch in batches]) for name in whole.columns}
    assert bits(together) == bits(whole.columns)
    np.testing.assert_array_equal(state.stopped, whole.stopped)
    # one ball at a time
    for ball, start in enumerate(scenario.starts):
        (alone,) = race_to_end(dataclasses.replace(scenario, starts=(start,)))
        assert bits(alone.columns) == bits(whole.columns, np.s_[:, ball])
        assert alone.stopped == whole.stopped[ball]
    # and every row says what came of it
    np.testing.assert_array_equal(whole.x[0], scenario.starts)
    for ball in range(5):
        moved = whole.stopped[ball] if whole.stopped[ball] >= 0 else len(whole) - 1
        x, update = whole.x[:, ball], whole.columns["update"][:, ball]
        np.testing.assert_array_equal(x[1 : moved + 1], x[:moved] + update[:moved])
        assert np.isfinite(x).all()


def undecayed(kind):
    """The optimizer without a pull of the weights towards 0."""
    return kind(**{hyper.name: 0.0 for hyper in kind.hypers() if hyper.name == "weight_decay"})


@each_optimizer
def test_without_a_slope_nothing_moves(kind):
    # Yogi's averages begin at 10⁻⁶ rather than 0, as optax's do, and take it a little on its way
    most, drift = (1e-3, 0.1) if kind is Yogi else (0.0, 0.0)
    for step in steps_of(undecayed(kind), Given(*[np.zeros((3, 2))] * 4), 4, x=np.ones((3, 2))):
        assert np.abs(step.update).max() <= most
    assert np.abs(simulate("bowl", [kind()], start=(0, 0))[0].x).max() <= drift


@each_optimizer
def test_each_step_is_made_of_new_arrays(kind):
    """Nothing handed out is written again, and asking twice gives the same answer."""
    optimizer, objective = kind(), Given(*np.random.default_rng(5).normal(size=(6, 4, 2)))
    x, last, seen = np.ones((4, 2)), None, []
    for t in range(6):
        step = optimizer.step(t, x, objective, last)
        again = optimizer.step(t, x, objective, last)
        assert bits(arrays(step)) == bits(arrays(again))
        seen.append((step, bits(arrays(step))))
        x, last = x + step.update, step
        for earlier, written in seen:
            assert bits(arrays(earlier)) == written
    for name, array in arrays(last).items():
        assert array.dtype == np.float64
        assert array.shape[0] == 4
        assert name not in ("x", "grad", "update") or array.shape == (4, 2)


@each_optimizer
def test_every_equation_shows_a_quantity_and_can_be_drawn(kind):
    switches = [hyper.name for hyper in kind.hypers() if hyper.scale == "switch"]
    for values in ({}, *({name: on} for name in switches for on in (False, True))):
        optimizer = kind(**values)
        (step,) = steps_of(optimizer, Given((1.0, 2.0)), 1)
        assert optimizer.equations[-1].target == "x"
        for equation in optimizer.equations:
            assert not equation.target or equation.target in arrays(step)
            assert can_be_drawn(equation.latex)
            assert not equation.when or can_be_drawn(equation.when)
            assert equation.says.endswith((".", "…"))
        shown = " ".join(f"{equation.latex} {equation.when} {equation.start}" for equation in optimizer.equations)
        assert all(hyper.symbol in shown for hyper in kind.hypers())


@each_optimizer
def test_every_optimizer_introduces_itself(kind):
    assert kind.name
    assert kind.paper
    assert kind.__doc__
    assert OPTIMIZERS[kind.slug()] is kind
    assert OPTIMIZERS.make(f" {kind.slug().upper()} ", {}) == kind()
    assert list(kind().values) == [hyper.name for hyper in kind.hypers()]
    assert {field.name for field in dataclasses.fields(kind)} == set(kind().values)


# ── Hyperparameters ──────────────────────────────────────────────────────────────────────────────────────

NO_NUMBERS = (math.nan, math.inf, -math.inf, -1e-9, -1, 10**400, "fast", "", "nan", "-inf", None, [0.1], 1j, {})


def unsuitable(hyper):
    if hyper.scale == "switch":
        return (*NO_NUMBERS, 2, 0.5)
    beyond = {"decay": (1.0, 1, "1", 1.5), "count": (1.5, "2.5", hyper.least - 1)}.get(hyper.scale, ())
    numbers = NO_NUMBERS if hyper.least >= 0 else tuple(value for value in NO_NUMBERS if value not in (-1, -1e-9))
    return (*numbers, True, False, *beyond)


@each_hyper
def test_a_hyperparameter_refuses_what_makes_no_sense_and_names_itself(kind, hyper):
    for value in unsuitable(hyper):
        with pytest.raises(Problem, match=hyper.name):
            kind(**{hyper.name: value})
        with pytest.raises(Problem, match=hyper.name):
            kind().with_value(hyper.name, value)


@each_hyper
def test_a_hyperparameter_takes_what_its_slider_reaches(kind, hyper):
    assert hyper.title
    assert kind().values[hyper.name] == hyper.default
    if hyper.scale == "switch":
        values = {value: value for value in (False, True)} | {"off": False, "Yes": True, "0": False, "true": True}
    else:
        values = {value: value for value in (hyper.least, hyper.low, hyper.high)}
        values[repr(hyper.default)] = hyper.default
        assert hyper.low <= hyper.default <= hyper.high
        assert can_be_drawn(hyper.symbol)
    original = kind()
    for given_value, kept in values.items():
        changed = original.with_value(hyper.name, given_value)
        assert changed == kind(**{hyper.name: given_value})
        assert changed.values == {**original.values, hyper.name: kept}
        assert type(changed.values[hyper.name]) is type(hyper.default)
    assert original == kind()


@settings(max_examples=examples(150), deadline=None)
@given(any_optimizer)
def test_what_is_written_is_read_back(optimizer):
    assert OPTIMIZERS.read(optimizer.spec) == optimizer
    assert OPTIMIZERS.make(optimizer.slug(), optimizer.values) == optimizer


@each_optimizer
def test_the_defaults_need_no_words(kind):
    assert kind().spec == kind.slug()


@pytest.mark.parametrize(
    ("text", "optimizer"),
    [
        ("sgd", SGD()),
        (" SGD : lr = .5 ", SGD(lr=0.5)),
        ("momentum:momentum=0,lr=1e-3", Momentum(lr=0.001, momentum=0)),
        ("adam:bias_correction=no, beta1=0.5,", Adam(beta1=0.5, bias_correction=False)),
        ("sgd:", SGD()),
    ],
)
def test_optimizers_are_read_from_text(text, optimizer):
    assert OPTIMIZERS.read(text) == optimizer


def test_only_what_differs_from_the_defaults_is_written():
    assert (
        Adam(lr=0.5, eps=1e-8, beta2=0, bias_correction=False).spec == "adam:lr=0.5,beta2=0,bias_correction=false"
    )


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("", "sgd, momentum"),
        ("tiger", "sgd, momentum"),
        (":lr=1", "sgd, momentum"),
        ("sgd lr=1", "sgd lr=1"),
        ("sgd:0.1", "“0.1”"),
        ("sgd:lr", "name=value"),
        ("sgd:lr=", "name=value"),
        ("sgd:=1", "name=value"),
        ("sgd:lr=1=2", "“1=2”"),
        ("sgd:lr=1,lr=2", "twice"),
        ("sgd:momentum=0.9", "SGD has no “momentum”; it has lr"),
        ("sgd:slug=1", "no “slug”"),
        ("sgd:lr=nan", "lr"),
        ("sgd:lr=0x10", "lr"),
        ("momentum:momentum=1", "below 1"),
        ("adam:bias_correction=maybe", "true or false"),
        ("{0}:{1}={2}", "{0}"),
    ],
)
def test_a_mistake_in_the_text_is_told(text, mentions):
    with pytest.raises(Problem) as caught:
        OPTIMIZERS.read(text)
    assert mentions in str(caught.value)


def test_optimizers_are_values():
    assert SGD(lr=1) == SGD(lr=1.0)
    assert len({SGD(lr=1), SGD(lr=1.0), SGD(lr=2)}) == 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        SGD().lr = 2
