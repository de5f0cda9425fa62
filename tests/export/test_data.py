"""Trajectories as CSV."""

import csv
import io

import numpy as np
import pytest

import optisim
from optisim.core.problems import Problem
from optisim.export.data import csv_header, save_csv, write_csv

STARTS = [(-7.0, 2.0), (3.0, 1e-9), (0.0, 0.0)]


@pytest.fixture(scope="module")
def result():
    """Methods with different quantities, on a surface where some diverge and some heights are not numbers."""
    runs = ["sgd:lr=1.7", "adam:lr=0.3", "adagrad", "sgd:lr=0.1"]
    return optisim.simulate("x^2/20 + y^2 + 1/(1 + x)", runs, STARTS, steps=400)


def table(trajectories):
    text = io.StringIO()
    write_csv(trajectories, text)
    return text.getvalue()


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


def test_a_label_of_ones_own_survives_with_commas_quotes_and_lines(result):
    from dataclasses import replace

    from optisim.core.simulate import Trajectory

    label = 'a "b", c;\n=1+1 学习率'
    trajectory = Trajectory(replace(result[1].run, label=label), result[1].state)
    trajectory.append(result[1].state, result[1].columns)
    assert {row["run"] for row in rows([trajectory])} == {f"1 {label}"}


def test_a_table_without_runs_is_its_header():
    assert table([]) == "run,optimizer,ball,t\n"


def test_the_file_is_the_table_in_utf8_with_plain_line_ends(result, tmp_path):
    save_csv(result, tmp_path / "paths.csv")
    assert (tmp_path / "paths.csv").read_bytes() == table(result).encode()
    assert b"\r" not in (tmp_path / "paths.csv").read_bytes()


def test_a_folder_that_is_missing_is_told(result, tmp_path):
    with pytest.raises(Problem, match="does not exist"):
        save_csv(result, tmp_path / "missing" / "paths.csv")
