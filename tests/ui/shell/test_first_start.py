"""What a first start shows, and the chapter's race from its first step to its last."""

import pytest

from optisim.core.race.scenario import chapter_scenario
from tests.ui.driver import (
    Key,
    assert_true_to_scenario,
    choose,
    column,
    listed,
    positions,
    press,
    settle,
    settled,
    table,
)

CHAPTER = {  # the chapter's positions after some updates
    "SGD": {1: (-6.335, -1.8), 29: (-0.387175, -0.094203), 30: (-0.350393, 0.084782)},
    "Momentum": {1: (-6.93, 1.6), 29: (0.814112, 0.272878), 30: (0.896414, 0.088086)},
    "AdaGrad": {1: (-5.5, 0.5), 29: (-0.136185, 0.0), 30: (-0.120162, 0.0)},
    "Adam": {1: (-6.7, 1.7), 29: (0.020157, 0.321957), 30: (0.136015, 0.318245)},
}


def test_the_first_start_shows_the_chapters_bowl_and_five_runs_at_step_0(window, qtbot):
    settle(qtbot, window)
    assert window.lab.player.scenario == chapter_scenario()
    assert window.lab.player.cursor == 0
    assert not window.lab.player.clock.playing
    assert window.lab.surface_panel.catalogue.currentData() == "bowl"
    assert window.lab.surface_panel.formula.text() == "x^2/20 + y^2"
    assert listed(window) == ["SGD  η 0.95", "Momentum  η 0.1", "AdaGrad  η 1.5", "RMSProp  η 0.3", "Adam  α 0.3"]
    qtbot.waitUntil(lambda: len(table(window)) == 5)
    assert positions(window) == [[-7.0, 2.0]] * 5


def test_space_plays_the_chapters_race_to_its_end_pauses_it_and_starts_again(window, qtbot):
    for _ in range(2):
        press(window, Key.Key_BracketRight)
    press(window, Key.Key_Space)
    assert window.lab.player.clock.playing
    qtbot.waitUntil(lambda: window.lab.player.cursor > 2)
    press(window, Key.Key_Space)
    assert not window.lab.player.clock.playing
    held = window.lab.player.cursor
    assert 2 < held < 30
    press(window, Key.Key_Space)
    qtbot.waitUntil(lambda: not window.lab.player.clock.playing)
    assert window.lab.player.cursor == 30
    press(window, Key.Key_Space)
    assert window.lab.player.clock.playing
    assert window.lab.player.cursor < 30


@pytest.mark.parametrize("step", [1, 29, 30])
def test_trajectories_and_table_have_the_chapters_numbers(window, qtbot, step):
    press(window, Key.Key_End)
    if step == 29:
        press(window, Key.Key_Left)
    elif step == 1:
        press(window, Key.Key_Home)
        press(window, Key.Key_Right)
    settle(qtbot, window)
    assert window.lab.player.cursor == step
    by_name = {trajectory.run.name: trajectory for trajectory in window.lab.player.trajectories}
    for name, places in CHAPTER.items():
        assert by_name[name].x[step, 0] == pytest.approx(places[step], abs=6e-7), name

    def table_is_right():
        shown = dict(zip(column(window, "Optimizer"), positions(window), strict=True))
        assert len(shown) == 5
        for name, places in CHAPTER.items():
            assert shown[name] == pytest.approx(places[step], abs=6e-6), name

    qtbot.waitUntil(table_is_right)


def test_the_menu_brings_the_chapters_experiment_back(window, qtbot):
    window.lab.surface_panel.catalogue.setFocus()
    for _ in range(3):
        press(window, Key.Key_Down)
    press(window, Key.Key_End)
    choose(window, "remove")
    assert window.lab.player.scenario != chapter_scenario()
    choose(window, "new")
    assert window.lab.player.scenario == chapter_scenario()
    assert window.lab.player.cursor == 0
    qtbot.waitUntil(lambda: settled(window))
    assert_true_to_scenario(window)
