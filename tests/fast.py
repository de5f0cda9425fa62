"""How thorough tests are. `--fast` asks for what one wants to know at each change; conftest.py sees to it."""

from collections.abc import Sequence
from typing import TypeVar

wanted = False
Case = TypeVar("Case")


def examples(number: int) -> int:
    """How many examples hypothesis is to try where `number` are thorough."""
    return max(number // 10, 5) if wanted else number


def spread(cases: Sequence[Case], number: int) -> list[Case]:
    """So many of the cases at the most, evenly apart, with the last one and, if there are several, the first."""
    last = len(cases) - 1
    number = min(number, len(cases))
    return [cases[last - i * last // max(number - 1, 1)] for i in range(number)]
