"""Optimizers of the user's own: how they are loaded, and that a broken one harms nobody else."""

import importlib.metadata
import sys
from dataclasses import replace
from textwrap import dedent

import numpy as np
import pytest

from optisim import (
    OPTIMIZERS,
    SCHEDULES,
    SGD,
    SURFACES,
    Adam,
    Momentum,
    Problem,
    load_optimizers,
    read_run,
    simulate,
)
from optisim.core.documents.kinds import from_json, to_json
from optisim.core.optimizers import wrappers
from optisim.core.optimizers.plugins import GROUP, MAX_FILE, load_installed
from optisim.core.race.scenario import Run, make_scenario
from optisim.core.race.simulate import Trajectory, advance, begin, race_to_end

BUILT_IN = dict(OPTIMIZERS)

HEAVY_BALL = '''\
"""Two heavy balls, which are Momentum under other names."""
from dataclasses import dataclass

import optisim


@dataclass(slots=True)
class BallStep(optisim.Step):
    v: object


@dataclass(frozen=True)
class HeavyBall(optisim.Optimizer):
    name = "Heavy ball"
    paper = "Polyak 1964"
    lr: float = 0.1
    keep: float = 0.9

    def step(self, t, x, objective, last):
        loss, grad = objective(x, t)
        v = (self.keep * last.v if last else 0.0) - self.lr * grad
        return BallStep(t, x, loss, grad, v, v)


@dataclass(frozen=True)
class DeclaredBall(HeavyBall):
    name = "Declared ball"
    spelling = "declared-ball"
    equations = (optisim.Equation("v", r"v"), optisim.Equation("x", r"W \\leftarrow W + v"))
    lr: float = optisim.rate(0.2)
    keep: float = optisim.decay(0.9, symbol=r"\\alpha", title="share of velocity kept")
'''


@pytest.fixture(autouse=True)
def nothing_stays_loaded():
    """The catalogue, what is wrapped around its methods, and Python's modules are as before after each test."""
    made, modules = dict(wrappers._MADE), set(sys.modules)
    yield
    OPTIMIZERS.clear()
    OPTIMIZERS.update(BUILT_IN)
    wrappers._MADE.clear()
    wrappers._MADE.update(made)
    for name in set(sys.modules) - modules:
        if name.startswith("optisim_"):
            del sys.modules[name]


@pytest.fixture
def written(tmp_path):
    """Writes a plug-in and returns its path."""

    def written(source, name="mine.py"):
        path = tmp_path / name
        path.write_bytes(source) if isinstance(source, bytes) else path.write_text(dedent(source), encoding="utf-8")
        return path

    return written


def bits(columns, index=...):
    return {name: column[index].tobytes() for name, column in columns.items()}


# ── Loaded ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_loaded_optimizer_is_in_the_catalogue_like_any_other(written):
    kinds = load_optimizers(written(HEAVY_BALL))
    assert [kind.slug() for kind in kinds] == ["heavyball", "declared-ball"]
    assert list(OPTIMIZERS) == [*BUILT_IN, "heavyball", "declared-ball"]
    heavy, declared = kinds
    assert OPTIMIZERS.read("heavyball:lr=0.3") == heavy(lr=0.3)
    assert OPTIMIZERS.read("declared-ball:keep=0.5,lr=2") == declared(lr=2, keep=0.5)
    assert heavy(lr=0.3).spec == "heavyball:lr=0.3"
    assert heavy.family == declared.family == "own"
    for kind in kinds:
        runs = [kind(lr=0.05, keep=0.8), Momentum(lr=0.05, momentum=0.8)]
        own, momentum = simulate("bowl", runs, start=[(-7, 2), (3, 1)], steps=30)
        assert bits(own.columns) == bits(momentum.columns)
    with pytest.raises(Problem, match=r"Heavy ball has no “rho”; it has lr, keep\."):
        OPTIMIZERS.read("heavyball:rho=1")


def test_a_path_may_be_text(written):
    assert len(load_optimizers(str(written(HEAVY_BALL)))) == 2


def test_a_loaded_optimizer_is_scheduled_saved_and_opened(written):
    load_optimizers(written(HEAVY_BALL))
    run = read_run("heavyball:lr=0.05@cosine:warmup=3")
    assert run.scheduled
    (own, momentum) = simulate("bowl", [run, read_run("momentum:lr=0.05@cosine:warmup=3")])
    assert own.x.tobytes() == momentum.x.tobytes()
    scenario = make_scenario(SURFACES["bowl"], [run])
    assert from_json(to_json(scenario)) == scenario
    OPTIMIZERS.pop("heavyball")
    with pytest.raises(Problem, match="heavyball"):
        from_json(to_json(scenario))


def test_fields_that_declare_nothing_get_what_their_default_tells(written):
    source = """\
        from dataclasses import dataclass
        from optisim import Optimizer

        @dataclass(frozen=True)
        class Mine(Optimizer):
            name = "Mine"
            paper = "none"
            lr: float = 0.1
            large: float = 250.0
            tilt: float = -2.0
            window: int = 200
            fast_mode: bool = True
        """
    (kind,) = load_optimizers(written(source))
    lr, large, tilt, window, fast = kind.hypers()
    assert (lr.name, lr.title, lr.default, lr.scale) == ("lr", "lr", 0.1, "log")
    assert (tilt.scale, window.scale, fast.scale, fast.title) == ("linear", "count", "switch", "fast mode")
    for hyper in (lr, large, tilt, window):
        assert hyper.low < hyper.default <= hyper.high
    assert kind().values == {"lr": 0.1, "large": 250.0, "tilt": -2.0, "window": 200, "fast_mode": True}
    assert kind(tilt=-1e9).tilt == -1e9
    assert kind(window="7").window == 7
    for wrong in ({"lr": -1}, {"window": 2.5}, {"window": -1}, {"fast_mode": 2}, {"tilt": float("nan")}):
        with pytest.raises(Problem, match=next(iter(wrong))):
            kind(**wrong)


def test_loading_again_replaces(written):
    (old, _) = load_optimizers(written(HEAVY_BALL))
    order = list(OPTIMIZERS)
    new, _ = load_optimizers(written(HEAVY_BALL.replace("lr: float = 0.1", "lr: float = 0.7")))
    assert OPTIMIZERS["heavyball"] is new is not old
    assert (OPTIMIZERS.read("heavyball").lr, old().lr) == (0.7, 0.1)
    assert list(OPTIMIZERS) == order


def test_a_plug_in_that_broke_leaves_the_one_that_worked(written):
    old, _ = load_optimizers(written(HEAVY_BALL))
    for broken in ("1/0", "x = )"):
        with pytest.raises(Problem, match="line 1"):
            load_optimizers(written(broken))
        assert OPTIMIZERS["heavyball"] is old
        assert sys.modules[old.__module__].HeavyBall is old
    new, _ = load_optimizers(written(HEAVY_BALL))
    assert OPTIMIZERS["heavyball"] is new


def test_what_a_plug_in_only_imports_is_not_its_own(written):
    source = "from optisim import SGD, Adam, Optimizer\nimport optisim\n" + HEAVY_BALL
    assert [kind.__name__ for kind in load_optimizers(written(source))] == ["HeavyBall", "DeclaredBall"]
    assert OPTIMIZERS["sgd"] is SGD


def test_lookahead_over_a_loaded_optimizer(written):
    load_optimizers(written(HEAVY_BALL))
    pair = ["lookahead-heavyball:lr=0.05,sync_period=3", "lookahead-momentum:lr=0.05,sync_period=3"]
    own, momentum = simulate("bowl", pair)
    assert own.run.name == "Lookahead (Heavy ball)"
    assert own.x.tobytes() == momentum.x.tobytes()
    assert OPTIMIZERS.read(own.run.spec) == own.run.optimizer
    # and over the one that replaced it
    load_optimizers(written(HEAVY_BALL.replace("lr: float = 0.1", "lr: float = 0.7")))
    assert OPTIMIZERS.read("lookahead-heavyball").lr == 0.7


# ── Refused ──────────────────────────────────────────────────────────────────────────────────────────────


def optimizer(
    body="    pass", name='name = "Mine"', paper='paper = "none"', title="Mine", decorator="(frozen=True)"
):
    """The source of a plug-in of one class."""
    above = "" if decorator is None else f"@dataclass{decorator}\n"
    return (
        "from dataclasses import dataclass, field\nfrom optisim import Equation, Optimizer\n\n"
        f"{above}class {title}(Optimizer):\n    {name}\n    {paper}\n{body}\n"
    )


GOOD = optimizer(title="Good")
REFUSED = {
    "a syntax error": ("x = 1\ny = (\n", "line 2: '(' was never closed"),
    "an exception": ("x = 1\n\n1/0\n", "line 3: ZeroDivisionError: division by zero"),
    "an exception in a call": ("def f():\n    return {}[1]\n\nf()\n", "line 2: KeyError: 1"),
    "an exception in a library": ("import math\nmath.sqrt(-1)\n", "line 2: ValueError"),
    "a missing module": ("import no_such_module_at_all", "line 1: ModuleNotFoundError"),
    "an empty file": ("", "defines no optimizer"),
    "no optimizer": ("class Mine:\n    pass\n", "defines no optimizer"),
    "only optisim's": ("from optisim import SGD", "defines no optimizer"),
    "no dataclass": (optimizer(decorator=None), "Mine in “mine.py” must be a frozen dataclass"),
    "a dataclass that is not frozen": (optimizer(decorator=""), "line 4: TypeError: cannot inherit non-frozen"),
    "no name": (optimizer(name=""), "Mine in “mine.py” needs a text called “name”"),
    "a name that is no text": (optimizer(name="name = 7"), "needs a text called “name”"),
    "no paper": (optimizer(paper=""), "Mine in “mine.py” needs a text called “paper”"),
    "a field without default": (optimizer("    lr: float"), "Every field of Mine in “mine.py” needs a default"),
    "a field with a made default": (
        optimizer("    lr: list = field(default_factory=list)"),
        "Every field of Mine in “mine.py” needs a default",
    ),
    "a field of text": (optimizer('    lr: str = "fast"'), "“lr” needs a default that is a number, true or false"),
    "a field without end": (optimizer('    lr: float = float("inf")'), "lr must be"),
    "equations that are none": (optimizer("    equations = (1, 2)"), "Mine in “mine.py” cannot be made"),
    "equations that fail": (
        optimizer("    @property\n    def equations(self):\n        return 1/0"),
        "Mine in “mine.py” cannot be made: division by zero",
    ),
    "the class name of a built-in method": (optimizer(title="Adam"), "would replace the method “adam”"),
    "the spelling of a built-in method": (optimizer('    spelling = "cg"'), "would replace the method “cg”"),
    "one good and one bad": (GOOD + optimizer(paper=""), "needs a text called “paper”"),
    "zeros": (b"\0\0\0", "mine.py"),
    "no text": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "mine.py"),
    "too large": ("#" * (MAX_FILE + 1), "“mine.py” is too large"),
}


@pytest.mark.parametrize(("source", "mentions"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_used_is_told_and_nothing_is_added(written, source, mentions):
    modules = set(sys.modules)
    with pytest.raises(Problem) as caught:
        load_optimizers(written(source))
    told = str(caught.value)
    assert mentions in told
    assert told.endswith(".")
    assert "\n" not in told
    assert "None" not in told
    assert dict(OPTIMIZERS) == BUILT_IN
    assert simulate("bowl", ["adam"])[0].x.tobytes() == simulate("bowl", [Adam()])[0].x.tobytes()
    assert {name for name in set(sys.modules) - modules if name.startswith("no_such")} == set()


@pytest.mark.parametrize(
    "spelling", ["Heavy", "heavy:ball", "heavy@ball", " heavy", "lookahead-adam", "lookahead-mine"]
)
def test_a_spelling_that_no_text_could_name_is_refused_or_read(written, spelling):
    """Else a scenario with that method is saved, and never opened again."""
    try:
        (kind,) = load_optimizers(written(optimizer(f'    lr: float = 0.1\n    spelling = "{spelling}"')))
    except Problem:
        assert dict(OPTIMIZERS) == BUILT_IN
        return
    run = Run(kind(lr=0.3))
    assert read_run(run.spec) == run
    scenario = make_scenario(SURFACES["bowl"], [run])
    assert from_json(to_json(scenario)) == scenario


def test_two_classes_of_one_spelling_are_refused_or_both_reached(written):
    source = GOOD + optimizer('    spelling = "good"')
    try:
        kinds = load_optimizers(written(source))
    except Problem:
        assert dict(OPTIMIZERS) == BUILT_IN
        return
    assert [OPTIMIZERS[kind.slug()] for kind in kinds] == kinds


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path):
    for path in (tmp_path / "nowhere.py", tmp_path, tmp_path / "nowhere" / "mine.py"):
        with pytest.raises(Problem, match=f"“{path.name}” cannot be read"):
            load_optimizers(path)
    assert dict(OPTIMIZERS) == BUILT_IN


def test_another_file_may_not_replace_a_loaded_optimizer(written):
    first, _ = load_optimizers(written(HEAVY_BALL))
    with pytest.raises(Problem, match="would replace the method “heavyball”"):
        load_optimizers(written(HEAVY_BALL, "other.py"))
    assert OPTIMIZERS["heavyball"] is first


# ── Broken on the way ────────────────────────────────────────────────────────────────────────────────────

WAYWARD = """\
from dataclasses import dataclass, replace

import numpy as np
import optisim


@dataclass(slots=True)
class WaywardStep(optisim.Step):
    v: object


@dataclass(frozen=True)
class Wayward(optisim.Optimizer):
    name = "Wayward"
    paper = "none"
    lr: float = 0.1

    def step(self, t, x, objective, last):
        loss, grad = objective(x, t)
        good = WaywardStep(t, x, loss, grad, -self.lr * grad, 2 * grad)
        if t < FROM:
            return good
        return WRONG  # this is line 23
"""
LINE = 1 + WAYWARD[: WAYWARD.index("return WRONG")].count("\n")

# what a step returns from some step on, and what is told of it; the line is known where Python was in the file
RAISES = {
    "an exception": "[][t]",
    "a division by zero": "1 // (t - t)",
    "an unknown name": "speed",
    "shapes that do not fit": "x @ x @ x",
    "too few fields": "WaywardStep(t, x)",
}
WRONG = {
    "nothing": "None",
    "a tuple": "(x, loss, grad)",
    "an array": "x",
    "an update for too few balls": "replace(good, update=grad[:, :1])",
    "an update for one ball": "replace(good, update=grad[0])",
    "an update of one ball for all": "replace(good, update=grad[:1])",
    "an update turned round": "replace(good, update=grad.T)",
    "an update with a third dimension": "replace(good, update=grad[:, :, None])",
    "a number for an update": "replace(good, update=0.5)",
    "no update": "replace(good, update=None)",
    "text for an update": "replace(good, update=grad.astype(str) + 'x')",
    "one loss for all": "replace(good, loss=0.5)",
    "a loss too many": "replace(good, loss=np.append(loss, 1.0))",
    "text to remember": "replace(good, v=grad.astype(str) + 'x')",
    "nothing to remember": "replace(good, v=None)",
    "quantities for too few balls": "replace(good, v=grad[:1])",
}


@pytest.fixture
def wayward(written):
    """Loads an optimizer that goes wrong from some step on."""

    def wayward(wrong, first=3):
        source = WAYWARD.replace("FROM", str(first)).replace("WRONG", wrong)
        return load_optimizers(written(source, "wayward.py"))[0]

    return wayward


def raced(kind, steps=10, starts=((-7.0, 2.0), (3.0, 1.0), (1.0, -2.0))):
    return make_scenario(SURFACES["bowl"], [SGD(lr=0.1), kind(), Adam()], starts=starts, steps=steps)


def in_batches(scenario, run, sizes):
    trajectory = Trajectory(run, begin(scenario, run))
    for rows in sizes:
        trajectory.append(*advance(trajectory.state, rows))
    return trajectory


@pytest.mark.parametrize("wrong", RAISES.values(), ids=RAISES)
@pytest.mark.parametrize("first", [0, 1, 3, 10])
def test_an_exception_is_told_with_its_step_and_line(wayward, wrong, first):
    scenario = raced(wayward(wrong, first))
    trajectory = race_to_end(scenario)[1]
    told = str(trajectory.failure)
    assert told.startswith(f"Wayward failed at step {first} in line {LINE} of wayward.py: ")
    assert told.endswith(".")
    assert trajectory.failure.at == first
    assert trajectory.stopped.tolist() == [first] * 3
    assert isinstance(trajectory.failure, Problem)


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("first", [0, 1, 3, 10])
def test_what_is_no_step_is_told_with_the_step(wayward, wrong, first):
    trajectory = race_to_end(raced(wayward(wrong, first)))[1]
    assert trajectory.failure is not None
    assert str(trajectory.failure).startswith(f"Wayward failed at step {first}")
    assert trajectory.stopped.tolist() == [first] * 3


ALL_WRONG = RAISES | WRONG
each_wrong = pytest.mark.parametrize("wrong", ALL_WRONG.values(), ids=ALL_WRONG)


@each_wrong
@pytest.mark.parametrize("first", [0, 3])
def test_a_failure_is_no_concern_of_the_other_runs(wayward, wrong, first):
    scenario = raced(wayward(wrong, first))
    sgd, _, adam = race_to_end(scenario)
    alone = race_to_end(scenario.without(1))
    assert [bits(sgd.columns), bits(adam.columns)] == [bits(other.columns) for other in alone]
    assert sgd.failure is adam.failure is None
    assert sgd.stopped.tolist() == [-1, -1, -1]


@each_wrong
@pytest.mark.parametrize("first", [0, 3])
def test_after_a_failure_the_balls_rest_until_the_end(wayward, wrong, first):
    sgd, trajectory, _ = race_to_end(raced(wayward(wrong, first)))
    assert len(trajectory) == 11
    assert all(len(column) == 11 for column in trajectory.columns.values())
    assert np.isfinite(trajectory.x).all()
    assert (trajectory.columns["update"][first:] == 0).all()
    for name in ("x", "loss", "grad"):
        column = trajectory.columns[name]
        assert (column[first:] == column[first]).all()
        assert column[:first].tobytes() == sgd.columns[name][:first].tobytes(), "until then it is plain SGD"


@pytest.mark.parametrize("first", [0, 1, 3, 10])
def test_a_ball_rests_where_its_last_update_has_taken_it(wayward, first):
    """Every row is where the update of the row before leads, the one at which the method failed, too."""
    sgd, trajectory, _ = race_to_end(raced(wayward("1/0", first)))
    update = trajectory.columns["update"]
    np.testing.assert_array_equal(trajectory.x[1:], trajectory.x[:-1] + update[:-1])
    assert trajectory.x[first].tobytes() == sgd.x[first].tobytes()
    np.testing.assert_array_equal(trajectory.loss, SURFACES["bowl"].value(trajectory.x))


@each_wrong
@pytest.mark.parametrize("first", [0, 3])
def test_a_failure_is_the_same_in_batches(wayward, wrong, first):
    scenario = raced(wayward(wrong, first))
    run = scenario.runs[1]
    whole = race_to_end(scenario)[1]
    for sizes in ([3, 8], [1] * 11, [2, 2, 7], [4, 7], [10, 1]):
        trajectory = in_batches(scenario, run, sizes)
        assert bits(trajectory.columns) == bits(whole.columns)
        assert trajectory.stopped.tolist() == whole.stopped.tolist()
        assert (trajectory.failure is None) == (whole.failure is None)


def test_a_failure_with_one_ball_and_after_another_has_flown_away(wayward):
    kind = wayward("1/0", 6)
    (alone,) = simulate("bowl", [kind()], steps=10)
    assert alone.stopped.tolist() == [6]
    # with a rate that throws a ball out of the valley within a few steps, and lets one at the bottom creep
    scenario = make_scenario(SURFACES["rosenbrock"], [kind(lr=0.0015)], starts=((-9.0, -9.0), (0.9, 0.8)), steps=10)
    (trajectory,) = race_to_end(scenario)
    assert 0 <= trajectory.stopped[0] < 6
    assert trajectory.stopped[1] == 6
    assert len(trajectory) == 11
    assert trajectory.failure.at == 6
    for sizes in ([1] * 11, [6, 5], [7, 4]):
        assert bits(in_batches(scenario, scenario.runs[0], sizes).columns) == bits(trajectory.columns)


@pytest.mark.parametrize("first", [0, 3])
def test_a_failure_under_a_schedule_noise_and_lookahead(wayward, first):
    kind = wayward("1/0", first)
    run = Run(kind(), schedule=SCHEDULES.read("cosine"))
    for spec in (run, "lookahead-wayward@cosine", "lookahead-wayward"):
        (trajectory,) = simulate("bowl", [spec], steps=8, noise="gaussian", seeds=2)
        assert trajectory.failure.at == first
        assert f"line {LINE} of wayward.py" in str(trajectory.failure)
        assert trajectory.x.shape == (9, 2, 2)
        assert (trajectory.columns["update"][first:] == 0).all()


def test_a_mended_plug_in_runs(wayward):
    broken = wayward("1/0", 0)
    assert simulate("bowl", [broken()])[0].failure is not None
    mended = wayward("good", 0)
    own, sgd = simulate("bowl", [mended(), SGD(lr=0.1)])
    assert own.failure is None
    assert own.x.tobytes() == sgd.x.tobytes()


def test_a_step_that_answers_with_nan_stops_its_balls_without_a_failure(wayward):
    (trajectory,) = simulate("bowl", [wayward("replace(good, update=grad * np.nan)", 2)()], steps=6)
    assert trajectory.failure is None
    assert trajectory.stopped.tolist() == [2]


# ── Installed ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def installed(monkeypatch, written):
    """Pretends that packages offer these entry points."""
    asked = importlib.metadata.entry_points

    def installed(**entries):
        known = [importlib.metadata.EntryPoint(name, value, GROUP) for name, value in entries.items()]
        monkeypatch.setattr(
            importlib.metadata,
            "entry_points",
            lambda **wanted: known if wanted.get("group") == GROUP else asked(**wanted),
        )

    monkeypatch.syspath_prepend(written(HEAVY_BALL, "optisim_heavy.py").parent)
    return installed


def test_the_optimizers_of_installed_packages_are_loaded(installed):
    installed(heavy="optisim_heavy:HeavyBall", declared="optisim_heavy:DeclaredBall")
    assert load_installed() == []
    assert list(OPTIMIZERS) == [*BUILT_IN, "heavyball", "declared-ball"]
    own, momentum = simulate("bowl", ["heavyball", "momentum"])
    assert own.x.tobytes() == momentum.x.tobytes()
    kind = OPTIMIZERS["heavyball"]
    assert load_installed() == [], "a second time changes nothing"
    assert OPTIMIZERS["heavyball"] is kind


def test_a_broken_package_is_told_and_the_others_are_loaded(installed, written):
    written(optimizer(paper=""), "optisim_lazy.py")
    written("raise RuntimeError('not today')", "optisim_moody.py")
    installed(
        moody="optisim_moody:Mine",
        absent="optisim_absent:Mine",
        nameless="optisim_heavy:Missing",
        number="math:pi",
        other="decimal:Decimal",
        lazy="optisim_lazy:Mine",
        good="optisim_heavy:HeavyBall",
    )
    problems = load_installed()
    assert list(OPTIMIZERS) == [*BUILT_IN, "heavyball"]
    assert all(isinstance(problem, Problem) for problem in problems)
    told = list(map(str, problems))
    mentions = (
        ("optisim_moody:Mine", "not today"),
        ("optisim_absent:Mine", "optisim_absent"),
        ("optisim_heavy:Missing", "Missing"),
        ("math:pi", "is not an optimizer"),
        ("decimal:Decimal", "is not an optimizer"),
        ("optisim_lazy:Mine", "“paper”"),
    )
    assert len(told) == len(mentions)
    for sentence, words in zip(told, mentions, strict=True):
        assert all(word in sentence for word in words)


def test_a_package_may_not_replace_a_built_in_method(installed, written):
    written(optimizer(title="Adam"), "optisim_adam.py")
    installed(adam="optisim_adam:Adam")
    (problem,) = load_installed()
    assert "would replace the method “adam”" in str(problem)
    assert dict(OPTIMIZERS) == BUILT_IN


def test_nothing_installed_is_no_problem(installed):
    installed()
    assert load_installed() == []
    assert dict(OPTIMIZERS) == BUILT_IN


def test_a_scenario_is_not_changed_by_what_is_loaded(written):
    scenario = make_scenario(SURFACES["bowl"], [Adam()])
    before = replace(scenario)
    load_optimizers(written(HEAVY_BALL))
    assert scenario == before
    assert from_json(to_json(scenario)) == scenario
