"""How thorough tests are. `--fast` asks for what one wants to know at each change; conftest.py sees to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import pytest

wanted = False
CASES = 5  # of a test that is not marked slow, at the most
WINDOWS = 10  # every so many tests that open a window: that takes a quarter of a second, and hundreds do
Case = TypeVar("Case")


def examples(number: int) -> int:
    """How many examples hypothesis is to try where `number` are thorough."""
    return max(number // 10, 5) if wanted else number


def selected(items: Sequence[pytest.Item]) -> set[pytest.Item]:
    """The tests of `--fast`.

    Of a test marked `slow(keep=…)` there are as many cases as it says, of any other CASES at the most, and of those
    that open a window every few in each file. What is kept lies evenly apart, so that there is something of
    everything, and what was added to the end of a catalogue is among it.
    """
    groups: dict[str, list[pytest.Item]] = {}
    for item in items:
        with_window = "open_window" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("slow")
        groups.setdefault(item.nodeid.partition("::" if with_window else "[")[0], []).append(item)
    kept: set[pytest.Item] = set()
    for name, group in groups.items():
        if marker := group[0].get_closest_marker("slow"):
            keep = marker.kwargs.get("keep", 0)
        else:
            keep = CASES if "::" in name else -(-len(group) // WINDOWS)
        kept |= set(spread(group, keep))
    return kept


def spread(cases: Sequence[Case], number: int) -> list[Case]:
    """So many of the cases at the most, evenly apart, with the last one and, if there are several, the first."""
    last = len(cases) - 1
    number = min(number, len(cases))
    return [cases[last - i * last // max(number - 1, 1)] for i in range(number)]
