"""Opens one window, says when it is first painted, and ends: `python first_paint.py optisim`.

Run by startup.py, in a process of its own each time. Prints the seconds since Python began for the stages on
the way, then "painted".
"""

from __future__ import annotations

import gc
import os
import sys
import time
from typing import Any

BEGUN = time.perf_counter()
SIZE = (1280, 800)


def reached(name: str) -> None:
    """Say how far the start is."""
    print(f"{name} {time.perf_counter() - BEGUN:.4f}", flush=True)


def end_at_first_paint(kind: Any) -> None:
    """End the process once a widget of this class has been painted."""
    paint = kind.paintEvent

    def painted(self: object, event: object) -> None:
        paint(self, event)
        reached("painted")
        os._exit(0)

    kind.paintEvent = painted


def optisim() -> None:
    """What `optisim` does without arguments, with the settings of a first start."""
    import tempfile

    from PySide6.QtCore import QSettings

    import optisim.cli  # noqa: F401

    gc.disable()  # as the command does
    from optisim.app import make_application, make_window
    from optisim.canvas.map.map_view import MapView
    from optisim.ui.parts.settings import Settings

    end_at_first_paint(MapView)
    reached("imports")
    app = make_application(["optisim"])
    reached("application")
    file = os.path.join(tempfile.gettempdir(), "optisim-benchmark-no-such-folder", "settings.ini")
    window = make_window(Settings(QSettings(file, QSettings.Format.IniFormat)))
    reached("window")
    window.show()
    reached("shown")
    app.exec()


def pyqtgraph() -> None:
    """An empty pyqtgraph plot."""
    import pyqtgraph as pg

    end_at_first_paint(pg.PlotWidget)
    reached("imports")
    app = pg.mkQApp()
    reached("application")
    window = pg.PlotWidget()
    window.resize(*SIZE)
    reached("window")
    window.show()
    reached("shown")
    app.exec()


def matplotlib() -> None:
    """The scene of OptiSim's first start as a figure: filled contours, and five lines of 31 points."""
    import matplotlib.pyplot as plt
    import numpy as np
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
    from PySide6.QtWidgets import QApplication

    end_at_first_paint(FigureCanvasQTAgg)
    reached("imports")
    app = QApplication([])  # matplotlib would make one, but only where there is a screen
    reached("application")
    plt.switch_backend("QtAgg")
    figure, axes = plt.subplots(figsize=(SIZE[0] / 100, SIZE[1] / 100), dpi=100)
    x, y = np.meshgrid(np.linspace(-10, 10, 320), np.linspace(-10, 10, 320))
    axes.contourf(x, y, np.log1p(x**2 / 20 + y**2), levels=14)
    t = np.arange(31)
    for method in range(5):
        shrink = (0.93 - 0.02 * method) ** t
        axes.plot(-7 * shrink, 2 * shrink * np.cos(t * (1 + method)), label=str(method))
    axes.legend()
    figure.colorbar(axes.collections[0])
    reached("window")
    plt.show(block=False)
    reached("shown")
    app.exec()


if __name__ == "__main__":
    {"optisim": optisim, "pyqtgraph": pyqtgraph, "matplotlib": matplotlib}[sys.argv[1]]()
