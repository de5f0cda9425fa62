"""What `--fast` runs: less of everything, and something of each."""

import itertools

import pytest

from tests import fast


@pytest.mark.parametrize("number", [1, 2, 3, 7, 100])
def test_cases_lie_evenly_apart_from_the_first_to_the_last(number):
    cases = list(range(50, 0, -1))
    kept = sorted(fast.spread(cases, number))
    assert len(set(kept)) == len(kept) == min(number, 50)
    assert kept[0] == 1, "the last, to which a catalogue grows"
    assert number == 1 or kept[-1] == 50
    steps = {b - a for a, b in itertools.pairwise(kept)}
    assert max(steps, default=0) - min(steps, default=0) <= 1


def test_no_cases_are_none():
    assert fast.spread([], 3) == fast.spread([1, 2], 0) == []


def test_there_is_something_of_each_file_but_not_everything(request):
    items = request.session.items
    kept = fast.selected(items)
    assert {item.path for item in kept} == {item.path for item in items}
    assert fast.wanted or len(items) < 1000 or len(kept) < len(items) / 2


def test_fewer_examples_are_tried_but_some(monkeypatch):
    monkeypatch.setattr(fast, "wanted", True)
    assert [fast.examples(number) for number in (300, 20)] == [30, 5]
    monkeypatch.setattr(fast, "wanted", False)
    assert fast.examples(300) == 300
