"""What only tests of the window need."""

import pyqtgraph
import pytest


@pytest.fixture(autouse=True)
def every_mouse_move_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pyqtgraph take mouse moves that follow each other faster than a hand can."""
    monkeypatch.setitem(pyqtgraph.CONFIG_OPTIONS, "mouseRateLimit", 0)
