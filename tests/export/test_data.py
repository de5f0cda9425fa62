"""Trajectories as CSV, JSON and NPZ."""

import csv
import io
import json
import math
import re
from dataclasses import replace

import numpy as np
import pytest

import optisim
from optisim import OPTIMIZERS, Past, Run
from optisim.core.base.problems import Problem
from optisim.core.documents.kinds import from_json, to_json
from optisim.core.race.scenario import make_scenario
from optisim.core.race.simulate import Trajectory, race_to_end
from optisim.export import trajectories as data
from optisim.export.trajectories import TRAJECTORY_FORMATS, csv_header, quantities, save_data, units, write_csv

SURFACE = optisim.surface_named("x^2/20 + y^2 + 1/(1 + x)")
STARTS = [(-7.0, 2.0), (3.0, 1e-9), (0.0, 0.0)]


@pytest.fixture(scope="module")
def result():
    """Methods with different quantities, on a surface where some diverge and some heights are not numbers."""
    runs = ["sgd:lr=1.7", "adam:lr=0.3", "adagrad", "sgd:lr=0.1"]
    return optisim.simulate("x^2/20 + y^2 + 1/(1 + x)", runs, STARTS, steps=400)


def whole_table(trajectories, scenario=None):
    text = io.StringIO()
    write_csv(scenario or make_scenario(SURFACE, [t.run for t in trajectories]), trajectories, text)
    return text.getvalue()


def table(trajectories):
    """The table without the comments above it."""
    lines = whole_table(trajectories).splitlines(keepends=True)
    return "".join(lines[next(n for n, line in enumerate(lines) if not line.startswith("#")) :])


def rows(trajectories):
    return list(csv.DictReader(io.StringIO(table(trajectories))))


def names_of(trajectory):
    """The columns that a trajectory fills."""
    for name, column in trajectory.columns.items():
        yield from ("x", "y") if name == "x" else (f"{name}_x", f"{name}_y") if column.ndim == 3 else (name,)


def test_the_columns_are_those_of_any_optimizer_each_once(result):
    header = csv_header(result)
    assert header[:8] == ["run", "optimizer", "ball", "t", "x", "y", "loss", "grad_x"]
    assert len(set(header)) == len(header)
    assert set(header[4:]) == {name for trajectory in result for name in names_of(trajectory)}


def test_what_an_optimizer_does_not_have_stays_empty(result):
    filled = {f"{n} {trajectory.run.name}": {*names_of(trajectory)} for n, trajectory in enumerate(result, 1)}
    assert filled["1 SGD"] < filled["2 Adam"]
    for row in rows(result):
        empty = {name for name, value in row.items() if value == ""}
        assert empty == set(csv_header(result)[4:]) - filled[row["run"]]


def test_every_ball_has_a_row_for_every_step(result):
    keys = [(row["run"], int(row["ball"]), int(row["t"])) for row in rows(result)]
    assert keys == [
        (f"{n} {trajectory.run.name}", ball, t)
        for n, trajectory in enumerate(result, 1)
        for ball in range(1, len(STARTS) + 1)
        for t in range(401)
    ]
    assert len({row["run"] for row in rows(result)}) == 4, "two runs of one method can be told apart"


def test_every_number_reads_back_to_the_bit(result):
    read = iter(rows(result))
    odd = 0
    for trajectory in result:
        for ball in range(len(STARTS)):
            for t in range(len(trajectory)):
                row = next(read)
                wanted = np.concatenate([np.ravel(column[t, ball]) for column in trajectory.columns.values()])
                got = np.array([float(row[name]) for name in names_of(trajectory)])
                assert got.tobytes() == wanted.tobytes()
                odd += not 1e-3 < np.abs(wanted).max() < 1e3
    assert odd > 100, "the numbers were all tame"


def test_the_optimizer_column_can_be_run_again(result):
    for row in rows(result)[::200]:
        number = int(row["run"].split()[0])
        assert optisim.OPTIMIZERS.read(row["optimizer"]) == result[number - 1].run.optimizer


@pytest.mark.parametrize("label", ['a "b", c;\n=1+1 学习率', "#1", "# a comment?", "plain"])
def test_a_label_of_ones_own_survives_with_commas_quotes_and_lines(result, label):
    trajectory = Trajectory(replace(result[1].run, label=label), result[1].state)
    trajectory.append(result[1].state, result[1].columns)
    assert {row["run"] for row in rows([trajectory])} == {f"1 {label}"}
    comments = [line for line in whole_table([trajectory]).splitlines() if line.startswith("# ")]
    assert len(comments) == 2 + len(csv_header([trajectory])), "no label breaks a comment, or begins one"


def test_a_table_without_runs_is_its_header():
    assert table([]) == "run,optimizer,ball,t\n"


def test_the_file_is_the_table_in_utf8_with_plain_line_ends(result, tmp_path):
    save_data(result.scenario, result, tmp_path / "paths.csv")
    assert (tmp_path / "paths.csv").read_bytes() == whole_table(result, result.scenario).encode()
    assert b"\r" not in (tmp_path / "paths.csv").read_bytes()


# ── What stands above the table ──────────────────────────────────────────────────────────────────────────


def test_above_the_table_stand_the_program_the_scenario_and_every_column(result):
    program, scenario, *columns = [
        line for line in whole_table(result, result.scenario).splitlines() if line.startswith("#")
    ]
    assert f"OptiSim {optisim.__version__}" in program
    assert from_json(scenario.removeprefix("# scenario: ")) == from_json(to_json(result.scenario))
    assert [line.removeprefix("# ").partition(":")[0] for line in columns] == csv_header(result)
    about = dict(line.removeprefix("# ").split(": ", 1) for line in columns)
    assert about["loss"].startswith("[f], ")
    assert about["y"] == about["x"]
    assert about["v_x"] == "([f]/[x])^2 in 2 Adam"


def test_a_column_of_several_rules_says_whose_it_is():
    trajectories = race_to_end(
        make_scenario(SURFACE, [optisim.Momentum(), optisim.Adam(), optisim.Nesterov()], steps=2)
    )
    (line,) = [line for line in whole_table(trajectories).splitlines() if line.startswith("# v_y: ")]
    assert line == "# v_y: [x] in 1 Momentum, 3 Nesterov; ([f]/[x])^2 in 2 Adam"


def test_numpy_reads_the_table_past_the_comments(tmp_path):
    """As in the README."""
    result = optisim.simulate("bowl", ["adam"], steps=50)
    save_data(result.scenario, result, tmp_path / "paths.csv")
    read = np.loadtxt(tmp_path / "paths.csv", delimiter=",", comments="#", usecols=(4, 5), dtype="U30")
    assert read[0].tolist() == ["x", "y"]
    assert read[1:].astype(float).tobytes() == result[0].x[:, 0].tobytes()


# ── Units ────────────────────────────────────────────────────────────────────────────────────────────────

EVERY = [*OPTIMIZERS, "lookahead-adam", "lookahead-sam-adam"]


@pytest.mark.parametrize("slug", EVERY)
def test_what_is_said_to_be_a_slope_or_its_square_grows_with_the_heights_and_shrinks_with_the_lengths(slug):
    """At the first step, where all stand at the same place; a height is measured in other units, then a length."""
    optimizer = OPTIMIZERS.read(slug)
    if "eps" in optimizer.values:
        optimizer = optimizer.with_value("eps", 1e-30)
    wider = optimizer.with_value("radius", 8 * optimizer.radius) if "radius" in optimizer.values else optimizer
    start, bowl = (-1.3, 1.2), "((x^4/20 + y^4) * 1000)"
    (here,) = optisim.simulate(bowl, optimizer, start, steps=1)
    (high,) = optisim.simulate(f"8*{bowl}", optimizer, start, steps=1)
    wide_bowl = bowl.replace("x", "(x/8)").replace("y", "(y/8)")
    (wide,) = optisim.simulate(wide_bowl, wider, tuple(8 * c for c in start), steps=1)
    powers = {"[f]": (1, 0), "[f]/[x]": (1, -1), "([f]/[x])^2": (2, -2)}
    checked = set()
    for name, unit in units(here).items():
        if unit in powers:
            of_height, of_length = powers[unit]
            first = here.columns[name][0]
            assert high.columns[name][0] == pytest.approx(8.0**of_height * first, rel=1e-3), name
            assert wide.columns[name][0] == pytest.approx(8.0**of_length * first, rel=1e-3), name
            checked.add(name)
    assert checked >= {"loss", "grad"}


def test_every_quantity_has_a_unit_and_what_nobody_can_know_is_said_to_be_the_rules_own():
    known = {"[x]", "[f]", "[f]/[x]", "([f]/[x])^2", "1", "the rule's own"}
    for slug in EVERY:
        run = Run(OPTIMIZERS.read(slug))
        (trajectory,) = race_to_end(make_scenario(optisim.SURFACES["bowl"], [run], steps=3))
        assert units(trajectory).keys() == quantities(trajectory).keys()
        assert set(units(trajectory).values()) <= known
    (adam,) = optisim.simulate("bowl", "adam@cosine", noise="gaussian", steps=3)
    assert units(adam) == {
        **{"x": "[x]", "loss": "[f]", "grad": "[f]/[x]", "update": "[x]"},
        **{"m": "[f]/[x]", "v": "([f]/[x])^2", "m_hat": "[f]/[x]", "v_hat": "([f]/[x])^2"},
        **{"lr": "the rule's own", "seed": "1"},
    }
    (newton,) = optisim.simulate("bowl", "newton", steps=3)
    assert units(newton)["d"] == units(newton)["H"] == "the rule's own"


# ── JSON and NPZ ─────────────────────────────────────────────────────────────────────────────────────────

STORM = {
    "rules": make_scenario(optisim.SURFACES["rosenbrock"], [kind() for kind in OPTIMIZERS.values()], steps=12),
    "a fan with schedules and branches": make_scenario(
        optisim.SURFACES["bowl"],
        [
            Run(optisim.SGD(lr=0.1), label="一 # 1", schedule=optisim.SCHEDULES.read("cosine:warmup=2")),
            Run(optisim.Adam(lr=0.1), past=(Past(4, optisim.Adam(lr=1.0)),)),
        ],
        starts=((-7.0, 2.0), (1.0, 1.0)),
        noise=optisim.Gaussian(),
        seeds=3,
        steps=9,
    ),
    "one that leaves the numbers": make_scenario(SURFACE, [optisim.SGD(lr=1.7)], starts=tuple(STARTS), steps=400),
    "nobody": make_scenario(optisim.SURFACES["bowl"], []),
}


@pytest.fixture(params=STORM.values(), ids=STORM)
def raced(request):
    return request.param, race_to_end(request.param)


def test_json_has_every_number_its_unit_and_the_scenario(raced, tmp_path, monkeypatch):
    scenario, trajectories = raced
    monkeypatch.setattr(data, "ROWS", 7)
    save_data(scenario, trajectories, tmp_path / "race.json")
    text = (tmp_path / "race.json").read_text(encoding="utf-8")
    read = json.loads(text, parse_constant=pytest.fail)  # neither NaN nor Infinity, which JSON does not know
    assert from_json(json.dumps(read["scenario"])) == scenario
    assert read["program"] == f"OptiSim {optisim.__version__}"
    for run, trajectory in zip(read["runs"], trajectories, strict=True):
        assert (run["name"], run["optimizer"]) == (trajectory.run.name, trajectory.run.spec)
        assert run["stopped"] == trajectory.stopped.tolist()
        assert run["seeds"] == list(trajectory.seeds)
        assert run["units"] == {"t": "updates", **units(trajectory)}
        assert run["columns"].pop("t") == list(range(scenario.steps + 1))
        assert run["columns"].keys() == quantities(trajectory).keys() == run["units"].keys() - {"t"}
        for name, column in quantities(trajectory).items():
            got = np.array(run["columns"][name], dtype=float)  # null becomes NaN
            assert got.shape == column.shape
            assert np.array_equal(got, np.where(np.isfinite(column), column, np.nan), equal_nan=True)


def test_json_says_null_where_a_number_is_not_finite(tmp_path):
    (trajectory,) = race_to_end(make_scenario(SURFACE, [optisim.SGD(lr=0.1)], starts=((-1.0, 1.0),), steps=3))
    assert not math.isfinite(trajectory.loss[0, 0])
    save_data(make_scenario(SURFACE, []), [trajectory], tmp_path / "race.json")
    read = json.loads((tmp_path / "race.json").read_text(encoding="utf-8"))
    assert read["runs"][0]["columns"]["loss"][0] == [None]
    assert read["null"] == "a number that is not finite"


def test_npz_has_every_number_its_unit_and_the_scenario(raced, tmp_path):
    scenario, trajectories = raced
    save_data(scenario, trajectories, tmp_path / "race.npz")
    with np.load(tmp_path / "race.npz", allow_pickle=False) as read:
        assert from_json(str(read["scenario"])) == scenario
        assert read["runs"].tolist() == [trajectory.run.name for trajectory in trajectories]
        assert read["optimizers"].tolist() == [trajectory.run.spec for trajectory in trajectories]
        told = json.loads(str(read["units"]))
        arrays = {"program", "scenario", "runs", "optimizers", "units"}
        for number, trajectory in enumerate(trajectories, start=1):
            for name, column in quantities(trajectory).items():
                assert read[f"run{number}_{name}"].tobytes() == column.tobytes()
                assert read[f"run{number}_{name}"].shape == column.shape
                assert told[f"run{number}_{name}"] == units(trajectory)[name]
                arrays.add(f"run{number}_{name}")
            assert read[f"run{number}_stopped"].tolist() == trajectory.stopped.tolist()
            arrays.add(f"run{number}_stopped")
        assert set(read.files) == arrays


def test_the_three_formats_agree_to_the_bit(result, tmp_path):
    for ending in TRAJECTORY_FORMATS:
        save_data(result.scenario, result, tmp_path / f"race{ending}")
    read = json.loads((tmp_path / "race.json").read_text(encoding="utf-8"))["runs"]
    with np.load(tmp_path / "race.npz") as arrays:
        for number, run in enumerate(read, start=1):
            x = np.array(run["columns"]["x"])
            assert x.tobytes() == arrays[f"run{number}_x"].tobytes()
            own = [row for row in rows(result) if row["run"].startswith(f"{number} ")]
            assert [float(row["x"]) for row in own] == x[:, :, 0].T.ravel().tolist()


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("ending", TRAJECTORY_FORMATS)
def test_a_folder_that_is_missing_is_told(result, tmp_path, ending):
    with pytest.raises(Problem, match="does not exist"):
        save_data(result.scenario, result, tmp_path / "missing" / f"paths{ending}")


def test_an_unknown_ending_is_told_with_those_that_there_are(result, tmp_path):
    for name in ("paths.txt", "paths", "paths.csv.exe"):
        with pytest.raises(Problem, match=re.escape(", ".join(TRAJECTORY_FORMATS))):
            save_data(result.scenario, result, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
    save_data(result.scenario, result, tmp_path / "PATHS.JSON")
    assert json.loads((tmp_path / "PATHS.JSON").read_text(encoding="utf-8"))["runs"]


@pytest.mark.parametrize("ending", TRAJECTORY_FORMATS)
def test_a_label_that_utf8_cannot_have_is_written_all_the_same(tmp_path, ending):
    scenario = make_scenario(optisim.SURFACES["bowl"], [Run(optisim.SGD(), label="\ud800")], steps=1)
    save_data(scenario, race_to_end(scenario), tmp_path / f"race{ending}")
    assert (tmp_path / f"race{ending}").stat().st_size > 100
