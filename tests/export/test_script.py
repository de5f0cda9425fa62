"""A scenario as a Python program: run, it makes the same race, bit for bit."""

import contextlib
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import optisim
from optisim import OPTIMIZERS, SCHEDULES, SURFACES, Past, Problem, Run, chapter_scenario
from optisim.core.race.scenario import make_scenario
from optisim.core.race.simulate import race_to_end
from optisim.core.surfaces import own_surface
from optisim.export.script import script_of
from tests.core.strategies import any_scenario
from tests.fast import examples

PROJECT = Path(__file__).resolve().parents[2]


def run(program):
    """What a program prints, and the names that it leaves."""
    names = {}
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(program, "script", "exec"), names)
    return out.getvalue(), names


def assert_same_race(scenario):
    """The scenario's program makes its race: every column of every run, to the bit, and prints the ends."""
    out, names = run(script_of(scenario))
    wanted = race_to_end(scenario)
    made = race_to_end(names["scenario"])
    assert [trajectory.run.name for trajectory in made] == [trajectory.run.name for trajectory in wanted]
    for got, trajectory in zip(made, wanted, strict=True):
        assert got.columns.keys() == trajectory.columns.keys()
        for name, column in trajectory.columns.items():
            assert got.columns[name].tobytes() == column.tobytes(), (trajectory.run.spec, name)
    assert out == "".join(
        f"{trajectory.run.name}: x = {x!r}, y = {y!r}, loss = {loss!r}\n"
        for trajectory in wanted
        for (x, y), loss in zip(trajectory.x[-1].tolist(), trajectory.loss[-1].tolist(), strict=True)
    )


def test_the_chapters_program_runs_as_a_process_of_its_own(tmp_path):
    scenario = chapter_scenario()
    (tmp_path / "race.py").write_text(script_of(scenario), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [sys.executable, "race.py"], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    for line, trajectory in zip(lines, race_to_end(scenario), strict=True):
        x, y = (float(number) for number in re.findall(r"[xy] = ([^,]+)", line))
        assert (x, y) == tuple(trajectory.x[-1, 0])


def test_a_program_is_short_and_says_what_counts():
    program = script_of(chapter_scenario())
    assert len(program.splitlines()) < 25
    assert max(map(len, program.splitlines())) <= 116
    for words in ('optisim.surface_named("bowl")', "optisim.Momentum(lr=0.1)", "((-7.0, 2.0),)", "steps=30"):
        assert words in program
    assert "beta1" not in program, "what is as by default goes without saying"
    assert "circle" not in program, "looks do not change positions"


NOISY = {"noise": optisim.Gaussian(sigma=0.3, fading=0.25), "seed": 17, "seeds": 3}
BRANCHED = Run(
    optisim.Adam(lr=0.3),
    schedule=optisim.Cosine(end=0.01),
    label="学习率 “η”\n'\\",
    past=(Past(4, optisim.Adam(lr=0.1, beta1=0.5)), Past(9, optisim.Adam(), optisim.StepDecay(every=2))),
)
OWN = own_surface("a*x^2 + b*y^2", optisim.Domain(-3, 3, -2, 2.5))
SCENARIOS = {
    "every optimizer": make_scenario(SURFACES["himmelblau"], [kind() for kind in OPTIMIZERS.values()], steps=12),
    "wrappers": make_scenario(
        SURFACES["bowl"],
        [
            optisim.Lookahead.over(optisim.Adam)(lr=0.2, sync_period=3),
            optisim.SAM.over(optisim.SGD)(),
            optisim.Lookahead.over(optisim.SAM.over(optisim.Adam))(slow_step_size=0.75),
        ],
    ),
    "every schedule": make_scenario(
        SURFACES["bowl"], [Run(optisim.SGD(lr=0.4), schedule=kind(warmup=3)) for kind in SCHEDULES.values()]
    ),
    "branches": make_scenario(SURFACES["bowl"], [BRANCHED, optisim.SGD()]),
    "noise and seeds": make_scenario(SURFACES["bowl"], [optisim.SGD(), optisim.Adam(), BRANCHED], **NOISY),
    "the same noise for two": replace(
        make_scenario(SURFACES["bowl"], [], **NOISY),
        runs=(Run(optisim.SGD(), stream=5), Run(optisim.SGD(), stream=5)),
    ),
    "mini-batches": make_scenario(
        SURFACES["linear-regression"], [optisim.SGD()], noise=optisim.MiniBatches(size=7), seed=2, seeds=2
    ),
    "many starts": make_scenario(
        SURFACES["bowl"], [optisim.SGD()], starts=tuple((0.1 * k, 1 / (k + 1)) for k in range(20))
    ),
    "another domain": make_scenario(
        replace(SURFACES["saddle"], domain=optisim.Domain(-9, 9, -1e3, 1e3), log=True),
        [optisim.SGD(lr=1.0)],
        steps=200,
    ),
    "parameters": make_scenario(
        OWN.with_parameter(optisim.Parameter("a", 0.3)).with_parameter(optisim.Parameter("b", -2.0, -5.0, 5.0)),
        [optisim.Momentum(lr=0.05)],
    ),
    "a formula": make_scenario(own_surface("  sin(2pi x) − y²\n+ x^4 "), [optisim.SGD(lr=0.01)]),
    "a switch": make_scenario(
        SURFACES["bowl"], [optisim.Adam(bias_correction=False), optisim.RMSProp(centered=True)]
    ),
    "a diverging ball": make_scenario(SURFACES["bowl"], [optisim.SGD(lr=5.0)], steps=300),
    "nobody": make_scenario(SURFACES["bowl"], []),
}


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_the_program_makes_the_same_race(scenario):
    assert_same_race(scenario)


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_the_program_makes_the_same_race_on_every_surface(surface):
    assert_same_race(replace(chapter_scenario(surface), steps=20))


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_scenario)
def test_the_program_of_any_scenario_makes_what_the_positions_depend_on(scenario):
    """Without racing, which may take 100,000 steps; `cause` is all that a trajectory depends on."""
    program = script_of(scenario).partition("\nfor trajectory")[0]
    _, names = run(program)
    made = names["scenario"]
    assert [repr(made.cause(run)) for run in made.runs] == [repr(scenario.cause(run)) for run in scenario.runs]
    assert [run.label for run in made.runs] == [run.label for run in scenario.runs]
    assert (made.starts, made.steps, made.surface.log) == (scenario.starts, scenario.steps, scenario.surface.log)


# ── Optimizers of one's own ──────────────────────────────────────────────────────────────────────────────

PLUGIN = """
from dataclasses import dataclass
import optisim

@dataclass(frozen=True)
class Halver(optisim.Optimizer):
    name = "Halver"
    paper = "none"
    lr: float = optisim.rate(0.5)

    def step(self, t, x, objective, last):
        loss, grad = objective(x, t)
        return optisim.Step(t, x, loss, grad, -self.lr * x)
"""


@pytest.fixture
def plugin(tmp_path):
    file = tmp_path / 'my "own" 1.py'
    file.write_text(PLUGIN, encoding="utf-8")
    (kind,) = optisim.load_optimizers(file)
    yield file, kind
    del OPTIMIZERS[kind.slug()]
    sys.modules.pop(kind.__module__, None)


def test_an_optimizer_from_a_file_is_loaded_from_it(plugin, tmp_path):
    file, kind = plugin
    scenario = make_scenario(
        SURFACES["bowl"], [kind(lr=0.25), optisim.Lookahead.over(kind)(lr=0.125), optisim.SGD()]
    )
    program = script_of(scenario)
    assert program.count("load_optimizers") == 1
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stderr == ""
    ends = [float(x) for x in re.findall(r"x = ([^,]+)", done.stdout)]
    assert ends == [trajectory.x[-1, 0, 0] for trajectory in race_to_end(scenario)]
    file.unlink()
    with pytest.raises(Problem, match="cannot be read"):
        run(program)


def test_an_optimizer_of_a_package_is_imported(tmp_path, monkeypatch):
    (tmp_path / "halvers.py").write_text(PLUGIN, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    import halvers

    try:
        scenario = make_scenario(SURFACES["bowl"], [halvers.Halver(lr=0.25)])
        assert "import halvers" in script_of(scenario)
        assert_same_race(scenario)
    finally:
        del sys.modules["halvers"]


def test_what_comes_from_nowhere_is_told_in_a_comment(plugin):
    _, kind = plugin
    del sys.modules[kind.__module__]
    program = script_of(make_scenario(SURFACES["bowl"], [kind()]))
    assert re.search(r'^# Load "halver" here: .*load_optimizers', program, re.MULTILINE)
    run(program)  # as it is loaded here
