"""What is remembered from one start to the next, and what is done with it when it is damaged."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from optisim.canvas.colormaps import COLORMAPS
from optisim.canvas.map.snapshot import Display
from optisim.canvas.theme import DARK
from optisim.core.documents.kinds import to_json
from optisim.core.race.scenario import chapter_scenario
from optisim.language import LANGUAGES, tr
from optisim.ui.parts.settings import Settings
from tests.ui.driver import (
    CTRL,
    Key,
    assert_true_to_scenario,
    choose,
    click_map,
    enter,
    leave_fields,
    press,
    select,
    settle,
)


@pytest.fixture
def again(open_window, settings):
    """Closes a window and opens another one, as at the next start."""

    def opened(window):
        window.close()
        settings.store.sync()
        return open_window(Settings(QSettings(settings.store.fileName(), QSettings.Format.IniFormat)))

    return opened


def test_the_users_own_settings_are_out_of_reach_of_tests(window, again):
    path = Path(Settings().store.fileName())
    assert path.is_relative_to(os.environ["XDG_CONFIG_HOME"])
    before = path.read_bytes() if path.exists() else b""
    enter(window.lab.transport.steps, "44")
    again(window)
    assert (path.read_bytes() if path.exists() else b"") == before


def test_the_scenario_comes_back_with_runs_starts_formula_and_steps(window, again, qtbot):
    enter(window.lab.surface_panel.formula, "x^2 + 3 y^2")
    click_map(window, (3.0, 2.0))
    choose(window, "add_start")
    select(window, 1)
    press(window, Key.Key_D, CTRL)
    press(window, Key.Key_H, CTRL)
    enter(window.lab.runs_panel.form.boxes["lr"], "0.012345678901234567")
    enter(window.lab.runs_panel.name, "mine")
    enter(window.lab.transport.steps, "44")
    scenario = window.lab.player.scenario
    other = again(window)
    assert to_json(other.lab.player.scenario) == to_json(scenario)
    assert (other.lab.player.scenario.runs, other.lab.player.scenario.starts) == (scenario.runs, scenario.starts)
    assert other.lab.player.scenario.runs[2].label == "mine"
    assert other.lab.player.cursor == 0
    settle(qtbot, other)
    assert_true_to_scenario(other)


def test_language_theme_speed_and_what_is_shown_come_back(window, again):
    choose(window, "heat")
    choose(window, "legend")  # which the window does not show unless asked to
    choose(window, "equal")
    choose(window, tr(COLORMAPS["magma"].title))
    choose(window, tr(DARK.title))
    press(window, Key.Key_BracketRight)
    choose(window, LANGUAGES["zh"])
    other = again(window)
    assert other.lab.map_view.map_item.display == Display(colormap="magma").with_parts(heat=False, legend=True)
    assert other.theme == DARK
    assert other.lab.map_view.map_item.theme == DARK
    assert other.lab.player.clock.speed == 2.0
    assert other.lab.transport.speed.currentText() == "2×"
    assert not other.commands.action("race.show.heat").isChecked()
    assert other.commands.action("race.equal").isChecked()
    assert other.lab.map_view.view.state["aspectLocked"]
    assert other.settings.language == "zh"
    assert any("\u4e00" <= letter <= "\u9fff" for letter in other.menuBar().actions()[0].text())


def test_size_and_panels_come_back(window, again, qtbot):
    window.resize(700, 600)
    window.workspace.hide_panel("results")
    window.workspace.move_panel("charts")
    window.workspace.drawer.set_shut(False)
    size = window.size()
    other = again(window)
    assert other.size() == size
    assert not other.workspace.is_shown("results")
    assert other.workspace.side.names == ["runs", "surface", "charts"]
    assert other.workspace.drawer.names == ["inspector", "side"]
    assert other.workspace.pages["charts"].isVisible()  # it was in front
    assert not other.workspace.drawer.shut
    choose(other, "layout")
    assert other.workspace.side.names == ["runs", "surface"]
    assert other.workspace.drawer.names == ["charts", "inspector", "results", "side"]
    assert other.workspace.drawer.shut


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "{}",
        '{"format": "optisim-scenario", "version": 1}',
        '{"format": "optisim-scenario", "version": 99}',
    ],
)
def test_a_damaged_scenario_gives_the_chapters(open_window, settings, qtbot, text):
    settings.scenario = text
    window = open_window(settings)
    assert window.lab.player.scenario == chapter_scenario()
    settle(qtbot, window)


def test_damaged_values_give_the_first_starts(open_window, settings, qtbot):
    for key, value in {
        "window/geometry": QByteArray(b"\x01\x02nonsense"),
        "window/layout": "nonsense",
        "theme": "purple",
        "language": "tlh",
        "speed": "fast",
        "display/colormap": "rainbow",
        "display/heat": "perhaps",
        "display/equal_axes": "",
        "export/width": "wide",
        "scenario": 17,
    }.items():
        settings.store.setValue(key, value)
    window = open_window(settings)
    assert window.lab.player.scenario == chapter_scenario()
    assert window.lab.player.clock.speed == 1.0
    assert window.lab.map_view.map_item.display.colormap == "viridis"
    assert window.workspace.side.names == ["runs", "surface"]
    assert window.workspace.drawer.names == ["charts", "inspector", "results", "side"]
    settle(qtbot, window)
    leave_fields(window)
    press(window, Key.Key_Space)
    assert window.lab.player.clock.playing
