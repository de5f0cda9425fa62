"""The sentences about bad input: what they quote is short, and hides nothing."""

from pathlib import Path

import pytest

from optisim import Problem
from optisim.core.base.problems import LONGEST, QUOTED, shortened


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("学习率 η", "学习率 η"),
        ("two\nlines\t", "two\\nlines\\t"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\ud800", "\\ud800"),
        ("a\0b", "a\\x00b"),
        ("x" * QUOTED, "x" * QUOTED),
        ("x" * (QUOTED + 1), "x" * QUOTED + "…"),
        ("\n" * 9, "\\n" * 9),
    ],
)
def test_what_cannot_be_seen_is_spelled_out_and_what_is_too_long_is_cut_off(text, shown):
    assert shortened(text) == shown
    assert str(Problem("There is no “{name}”.", name=text)) == f"There is no “{shown}”."


def test_a_sentence_stays_short_whatever_it_is_about():
    assert len(str(Problem("“{a}” has no “{b}”: {c}.", a="<b>" * 10**6, b=["x"] * 10**5, c="y" * 10**6))) < 1200
    assert len(str(Problem("It must be 1, not {value}.", value=10**4000))) < 1200


def test_lists_paths_and_numbers_are_shown_as_they_are():
    names, path = ", ".join(["optimizer"] * 20), Path("/home/" + "x" * 100)
    assert QUOTED < len(names) < LONGEST
    assert names in str(Problem("Choose one of {names}.", names=names))
    assert str(path) in str(Problem("“{path}” cannot be read.", path=path))
    assert str(Problem("From {low:g} to {high}.", low=2.5, high=100_000)) == "From 2.5 to 100000."
