"""What the README shows does what it says."""

import re
from pathlib import Path

import numpy as np
import pytest

import optisim
from optisim.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
PYTHON = [text for language, text in BLOCKS if language == "python"]
SHELL = "\n".join(text for language, text in BLOCKS if not language).replace("\\\n", " ")


@pytest.fixture
def catalogue():
    """The catalogue as it is, again afterwards."""
    before = dict(optisim.OPTIMIZERS)
    yield
    optisim.OPTIMIZERS.clear()
    optisim.OPTIMIZERS.update(before)


def test_the_example_in_python_runs():
    names = {}
    exec(PYTHON[0], names)
    assert names["result"]["sgd"].x.shape == (31, 1, 2)
    assert names["fan"][0].x.shape == (31, 8, 2)
    assert len(np.unique(names["fan"][0].x[-1, :, 0])) == 8


def test_the_example_of_an_own_optimizer_runs_and_keeps_its_limit(catalogue, tmp_path, capsys):
    (code,) = (block for block in PYTHON if "class Clipped" in block)
    path = tmp_path / "mine.py"
    path.write_text(code, encoding="utf-8")
    (kind,) = optisim.load_optimizers(path)
    run = optisim.simulate("rosenbrock", [kind(lr=0.01, limit=0.125)], steps=100)[0]
    moves = np.hypot(*np.moveaxis(run.columns["update"], -1, 0))
    assert moves.max() == pytest.approx(0.125)
    assert run.loss[-1, 0] < run.loss[0, 0] / 5
    assert run.failure is None
    assert main(["simulate", "--plugin", str(path), "--run", "clipped:limit=0.1", "--steps", "3"]) == 0
    assert "clipped:limit=0.1" in capsys.readouterr().out


@pytest.mark.slow
def test_the_commands_run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = (line.partition("  #")[0] for line in SHELL.splitlines())
    commands = [line for line in lines if re.match(r"python3 main.py (render|simulate|share|list)\b", line)]
    assert len(commands) >= 8
    for command in commands:
        arguments = re.findall(r'"[^"]*"|\S+', command)[2:]
        assert main([argument.strip('"') for argument in arguments]) == 0, command
    made = {path.name for path in tmp_path.iterdir()}
    assert made >= {"optisim.png", "fig.svg", "fig.pdf", "race.gif", "paths.csv", "results.md"}
