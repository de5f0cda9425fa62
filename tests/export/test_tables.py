"""The table of results without a window, and tables as CSV, Markdown and LaTeX."""

import csv
import io
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import optisim
from optisim import Problem, Run
from optisim.core.race.scenario import make_scenario
from optisim.core.race.simulate import race_to_end
from optisim.export.results import HEADS, TEXTS, cells, results_at_end
from optisim.export.tables import TABLE_FORMATS, as_csv, as_latex, as_markdown, save_table
from optisim.language import use_language

SCENARIO = make_scenario(
    optisim.SURFACES["himmelblau"],
    [optisim.SGD(lr=0.9), optisim.Adam(), Run(optisim.Lion(), label="η & 50%_学习|率 {x}^2 \\ #1 $~<`*[a]")],
    starts=((-3.0, 3.0), (1.0, 1.0)),
)


@pytest.fixture(scope="module")
def rows():
    return cells(results_at_end(SCENARIO, race_to_end(SCENARIO)))


def markdown_cells(text):
    """The cells of a Markdown table as a reader of Markdown has them."""
    lines = text.splitlines()
    assert all(line.startswith("| ") and line.endswith(" |") for line in lines)
    split = [re.split(r" \| ", line[2:-2]) for line in lines]  # a bar of a text has a backslash before it
    return [[re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", cell) for cell in line] for line in split]


def latex_cells(text):
    """The cells of a tabular, its escapes undone."""
    undone = [(r"\textbackslash{}", "\0"), (r"\textasciitilde{}", "~"), (r"\textasciicircum{}", "^")]
    undone += [(rf"\{letter}", letter) for letter in "{}%#_$"] + [("\0", "\\")]
    begin, *lines, end = text.splitlines()
    assert re.fullmatch(r"\\begin\{tabular\}\{[lr]+\}", begin)
    assert end == r"\end{tabular}"
    found = []
    for line in lines:
        if line != r"\hline":
            assert line.endswith(r" \\")
            parts = re.split(r"(?<!\\) ?& ", line[:-3])
            for old, new in undone:
                parts = [part.replace(old, new) for part in parts]
            found.append([part.strip() for part in parts])
    return begin, found


def number_in(cell):
    """A number as it is written for reading."""
    power = re.fullmatch(r"\$(.*) \\times 10\^\{(-?\d+)\}\$", cell)
    text = f"{power[1]}e{power[2]}" if power else cell.strip("$")
    return float(text.replace("−", "-"))


# ── Results ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_results_have_a_row_for_every_run_and_start_and_the_numbers_of_the_end(rows):
    trajectories = race_to_end(SCENARIO)
    assert rows[0] == [head for head, _ in HEADS]
    assert len(rows) == 1 + 3 * 2
    for place, row in enumerate(rows[1:]):
        trajectory, ball = trajectories[place // 2], place % 2
        assert row[0] == f"{trajectory.run.name} · {ball + 1}"
        assert float(row[2]) == trajectory.loss[-1, ball]
        assert float(row[3]) == np.fmin.reduce(trajectory.loss[:, ball])
        assert [float(row[6]), float(row[7])] == trajectory.x[-1, ball].tolist()
    assert "diverged" in rows[1][1]


def test_the_heads_and_states_are_in_the_users_language(rows):
    use_language("zh")
    try:
        chinese = cells(results_at_end(SCENARIO, race_to_end(SCENARIO)))
    finally:
        use_language("en")
    assert chinese[0] != rows[0]
    assert all(before[1] != after[1] for before, after in zip(rows[1:], chinese[1:], strict=True))
    assert "损失" in as_markdown(chinese)
    assert "损失" in as_latex(chinese)


# ── Formats ──────────────────────────────────────────────────────────────────────────────────────────────


def test_csv_has_every_digit(rows):
    assert list(csv.reader(io.StringIO(as_csv(rows)))) == rows


def test_markdown_has_the_same_cells_with_four_digits_and_numbers_at_the_right(rows):
    head, rule, *body = markdown_cells(as_markdown(rows))
    assert head == rows[0]
    assert rule == ["---" if at in TEXTS else "---:" for at in range(len(HEADS))]
    assert_same(rows, body)


def test_latex_has_the_same_cells_with_four_digits_and_numbers_at_the_right(rows):
    begin, (head, *body) = latex_cells(as_latex(rows))
    assert begin.endswith("{llrrrrrrrl}")
    assert head[:3] == ["Optimizer", "Status", "Loss"]
    assert head[5:8] == [r"$\|\nabla f\|$", "$x$", "$y$"]
    plain = {"$\\eta$": "η", "$|$": "|", "$<$": "<", "$\\cdot$": "·", "--": "–", r"\&": "&", "$-$": "−"}
    for row in body:
        for at in TEXTS:
            for old, new in plain.items():
                row[at] = row[at].replace(old, new)
    assert_same(rows, body)


def assert_same(rows, body):
    for wanted, got in zip(rows[1:], body, strict=True):
        assert len(got) == len(HEADS)
        for at, cell in enumerate(wanted):
            if at in TEXTS or not cell:
                assert got[at] == cell
            else:
                assert number_in(got[at]) == float(f"{float(cell):.3e}")
                assert len(re.sub(r"[−-]|\$| \\times.*|e.*", "", got[at]).replace(".", "").strip("0")) <= 4


ORDERS = re.compile(r"\\[a-zA-Z]+(\{\})?|\\[{}%&#_$|]|\$\^[23]\$|\$_[0-9]\$")


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_no_label_whatever_breaks_a_table(label):
    rows = [["Optimizer", "Loss"], [label, "1.5"], ["Adam", ""]]
    lines = as_markdown(rows, texts=(0,)).splitlines()
    assert len(lines) == 4
    assert len(re.findall(r"(?<!\\)\|", re.sub(r"\\\\", "", lines[2]))) == 3, "a bar more is a cell more"
    tex = as_latex(rows, texts=(0,))
    lines = tex.splitlines()
    assert len(lines) == 8
    assert not lines[4].startswith(("[", "*")), "which the line break before would take for its own"
    inside = ORDERS.sub("", lines[4].removesuffix(r" & $1.5$ \\").removeprefix("{}"))
    assert not re.search(r"[\\{}%&#_^~]", inside)
    assert inside.count("$") % 2 == 0


def test_chinese_stays_and_symbols_become_formulas():
    tex = as_latex([["学习率 η", "损失"], ["β₁ ≥ 0.9 · ∇f − ∞…", "-1.23456e-7"]], texts=(0,))
    assert r"学习率 $\eta$ & 损失 \\" in tex
    assert r"$\beta$$_1$ $\geq$ 0.9 $\cdot$ $\nabla$f $-$ $\infty$\ldots{} & $-1.235 \times 10^{-7}$ \\" in tex


@pytest.mark.parametrize("ending", TABLE_FORMATS)
def test_a_table_is_saved_by_its_ending(rows, tmp_path, ending):
    save_table(rows, tmp_path / f"table{ending.upper()}")
    assert (tmp_path / f"table{ending.upper()}").read_text(encoding="utf-8") == TABLE_FORMATS[ending].write(rows)
    with pytest.raises(Problem, match=r"\.csv, \.md, \.tex"):
        save_table(rows, tmp_path / f"table{ending}.exe")
    with pytest.raises(Problem, match="does not exist"):
        save_table(rows, tmp_path / "nowhere" / f"table{ending}")
