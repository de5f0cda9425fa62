"""Whatever is done to the panels while a race plays, nothing fails; `panel_actions` does more of it."""

import pytest
from PySide6.QtWidgets import QApplication

from optisim.ui.parts.text_size import use_text_size
from tests.fast import examples
from tests.ui.shell.panel_actions import PanelActions, begin


@pytest.mark.slow(keep=1)
def test_random_panel_actions_leave_the_window_whole(window):
    begin(window)
    actions = PanelActions(window, seed=1)
    try:
        for _ in range(examples(60)):
            actions.act()
            QApplication.processEvents()
    finally:
        use_text_size(100)
    window.lab.player.clock.pause()
    window.commands.run("window.layout")
    workspace = window.workspace
    assert sorted(workspace.side.names + workspace.drawer.names) == sorted(workspace.pages)
    focus = QApplication.focusWidget()
    assert focus is None or focus.isVisible()
