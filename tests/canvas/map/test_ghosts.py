"""Ghosts, and where branches begin: faint and below the others, on the screen and in figures alike."""

from dataclasses import replace

import numpy as np
import pytest

from optisim.canvas.map.snapshot import Display, Snapshot
from optisim.canvas.markers import BALL
from optisim.canvas.theme import DARK, LIGHT
from optisim.core.optimizers import SGD, Momentum
from optisim.core.race.scenario import make_scenario
from optisim.core.race.simulate import race_to_end
from optisim.core.surfaces import SURFACES
from tests.canvas.pictures import count, difference, map_item_of, painted

BARE = Display().with_parts(heat=False, contours=False, minima=False, starts=False, legend=False)
pytestmark = pytest.mark.usefixtures("qapp")
each_way = pytest.mark.parametrize("vector", [False, True], ids=["pixels", "vectors"])


def picture(scenario, cursor=30.0, vector=False, theme=LIGHT, display=BARE):
    """What the map paints of a race at an instant."""
    map_item = map_item_of(Snapshot(scenario, tuple(race_to_end(scenario)), cursor))
    map_item.show_display(display, theme)
    map_item.vector = vector
    return painted(map_item)


def faint(scenario, *rows):
    """The scenario in which these runs are ghosts."""
    for row in rows:
        scenario = scenario.with_run(row, replace(scenario.runs[row], ghost=True))
    return scenario


@pytest.mark.parametrize("selected", [-1, 0, 1, 2])
def test_ghosts_are_below_all_others_even_a_selected_one(selected):
    scenario = faint(make_scenario(SURFACES["bowl"], [SGD(lr=0.1), SGD(lr=0.2), SGD(lr=0.3)]), 0, 1)
    shown = Snapshot(scenario, tuple(race_to_end(scenario)), 3.0, selected).shown
    assert [trajectory.run.ghost for trajectory in shown] == [True, True, False]


@each_way
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("cursor", [30.0, 3.5])
def test_a_ghost_is_there_but_nowhere_in_its_full_colour(vector, theme, cursor):
    scenario = make_scenario(SURFACES["bowl"], [SGD(lr=0.3)])
    plain, ghost, nothing = (
        picture(shown, cursor, vector, theme)
        for shown in (scenario, faint(scenario, 0), replace(scenario, runs=()))
    )
    color = scenario.runs[0].color
    assert count(plain, color, 20) > 30
    assert count(ghost, color, 20) == 0
    changed = [(difference(shown, nothing) > 30).sum() for shown in (plain, ghost)]
    assert 0.2 * changed[0] < changed[1] < 0.9 * changed[0]


@each_way
def test_a_ghost_is_faint_in_the_legend(vector):
    scenario = make_scenario(SURFACES["bowl"], [SGD(lr=0.3)])
    legend = BARE.with_parts(trails=False, legend=True)
    plain, ghost = (picture(shown, 0.0, vector, display=legend) for shown in (scenario, faint(scenario, 0)))
    assert count(plain, LIGHT.text, 40) > 20
    assert count(ghost, LIGHT.text, 40) == 0
    assert count(ghost, scenario.runs[0].color, 10) == 0


@each_way
@pytest.mark.parametrize(("cursor", "seen"), [(7.0, False), (8.0, False), (8.5, True), (20.0, True)])
def test_a_ring_stands_where_a_branch_has_begun_and_nothing_else_is_added(vector, cursor, seen):
    branch = make_scenario(SURFACES["bowl"], [Momentum(lr=0.1)]).with_branch(0, 8).without(0)
    plain = branch.with_run(0, replace(branch.runs[0], past=()))  # goes the same way
    changed = np.argwhere(difference(picture(branch, cursor, vector), picture(plain, cursor, vector)))
    assert bool(len(changed)) == seen
    if seen:
        x, y = map_item_of(Snapshot(branch)).projection.to_pixels(race_to_end(branch)[0].x[8])[0]
        assert np.abs(changed - (y, x)).max() < 1.5 * BALL
        assert len(changed) > 20
        off = BARE.with_parts(trails=False)
        assert not difference(*(picture(one, cursor, vector, display=off) for one in (branch, plain))).any()
