"""No warning reaches the console, whatever the surface: tests turn warnings into errors, and so does `-W error`."""

import subprocess
import sys
from dataclasses import replace

import pytest

from optisim.core.optimizers import OPTIMIZERS
from optisim.core.race.scenario import Run
from optisim.core.surfaces import SURFACES, own_surface
from tests.ui.driver import Key, choose, press, settle

HARD = {
    # what overflows or is not defined somewhere on the way
    "steep": own_surface("1e300*x^2+y^2"),
    "high power": own_surface("x^99+y^2"),
    "flat": own_surface("1e-300*x^2+y^2"),
    "half defined": own_surface("log(x)+y^2"),
    "tower": own_surface("exp(exp(x))+y^2"),
    "ReLU neuron": SURFACES["relu-neuron"],
}
METHODS = ("sam-sgd", "adam", "newton", "bfgs", "polyak")


@pytest.mark.parametrize("name", HARD)
def test_inspector_side_view_and_local_picture_are_silent(window, qtbot, name):
    player = window.lab.player
    runs = tuple(Run(OPTIMIZERS.kind(slug)()) for slug in METHODS)
    player.set_scenario(replace(player.scenario, surface=HARD[name], runs=runs))
    choose(window, "local")
    for seek in (Key.Key_Home, Key.Key_Right, Key.Key_End):
        window.lab.map_view.setFocus()
        press(window, seek)
        settle(qtbot, window)
        for row in range(len(runs)):
            player.select(row)
            for panel in ("inspector", "side"):
                window.workspace.show_panel(panel)
                window.grab()
        assert window.lab.side_view.facts.values["f"].text()


PROGRAM = """
import sys
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtTest import QTest
from optisim.app import make_application, make_window
from optisim.ui.parts.settings import Settings
app = make_application(["optisim"])
window = make_window(Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat)))
window.show()
while not window.awake:
    QTest.qWait(10)
window.lab.player.select(0)
for panel in ("inspector", "side", "charts", "results"):
    window.workspace.show_panel(panel)
    window.grab()
print(window.lab.inspector.view.natural_height > 40)
window.close()
"""


def test_a_window_is_silent_with_warnings_as_errors(tmp_path):
    """In a process of its own: what others have imported before has warned already."""
    arguments = [sys.executable, "-W", "error", "-c", PROGRAM, str(tmp_path / "settings.ini")]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.strip() == "True", done.stderr
    assert "Warning" not in done.stderr
