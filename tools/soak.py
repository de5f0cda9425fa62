#!/usr/bin/env python3
"""Random use of the real window for a while: what becomes of its memory, its threads, and the console.

    python tools/soak.py                     three minutes, 50 actions a second
    python tools/soak.py --minutes 60 --seed 7
    python tools/soak.py --minutes 5 --trace  also say which lines of Python hold what has come

Not part of the tests. Exit code 1 if an exception or a Qt warning was seen, or memory grew by more than --growth
from a third of the time on.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import os
import random
import sys
import tempfile
import threading
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent.parent))

from PySide6.QtCore import QEventLoop, QPointF, QSettings, QSize, QTimer, qInstallMessageHandler
from PySide6.QtGui import QPixmapCache

from optisim.app import make_application, make_window
from optisim.core.optimizers import OPTIMIZERS
from optisim.core.race.scenario import chapter_scenario, suited
from optisim.core.surfaces import SURFACES, surface_named
from optisim.ui.parts.clock import SPEEDS
from optisim.ui.parts.settings import Settings
from optisim.ui.shell.palette import Palette
from optisim.ui.shell.window import MainWindow

ACTIONS_PER_SECOND = 50
HARMLESS = ("propagateSizeHints",)  # what Qt says without a screen
FORMULAS = ("x^2 + {a} y^2", "sin({a} x) y + x^2/10", "abs(x) + {a} abs(y)", "log(x) + {a} y^2", "{a}/(x y)")


class Soak:
    """Does something, chosen by its dice; what it did is counted."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self.window, self.dice = window, random.Random(seed)
        self.done: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()
        self._deeds: list[Callable[[], object]] = [
            getattr(self, name) for name in dir(self) if name.startswith("do_")
        ]

    def act(self) -> None:
        """Do something."""
        deed = self.dice.choice(self._deeds)
        self.done[deed.__name__] += 1
        try:
            deed()
        except Exception as error:
            self.failed[f"{deed.__name__}: {error!r}"] += 1

    @property
    def lab(self) -> Any:
        """The race lab, which has a player and a map."""
        return self.window.lab

    @property
    def player(self) -> Any:
        return self.lab.player

    def do_panel(self) -> None:
        self._trigger("race.panel.")

    def do_part_of_the_map(self) -> None:
        self._trigger("race.show.")

    def _trigger(self, prefix: str) -> None:
        names = [command.id for command in self.window.commands if command.id.startswith(prefix)]
        self.window.commands.action(self.dice.choice(names)).trigger()

    def do_surface(self) -> None:
        surface = SURFACES[self.dice.choice(list(SURFACES))]
        self.player.set_scenario(self.player.scenario.with_surface(surface))

    def do_formula(self) -> None:
        formula = self.dice.choice(FORMULAS).format(a=round(self.dice.random() + 0.1, 3))
        self.player.set_scenario(self.player.scenario.with_surface(surface_named(formula)))

    def do_rate(self) -> None:
        scenario = self.player.scenario
        if scenario.runs:
            number = self.dice.randrange(len(scenario.runs))
            run = scenario.runs[number]
            if run.optimizer.has_rate():
                rate = 10 ** self.dice.uniform(-4, 0)
                self.player.set_scenario(
                    scenario.with_run(number, run.with_optimizers(lambda o: o.with_value("lr", rate)))
                )

    def do_add_a_run(self) -> None:
        scenario = self.player.scenario
        if len(scenario.runs) < 12:
            kind = self.dice.choice(list(OPTIMIZERS.values()))
            self.player.set_scenario(scenario.with_added(suited(kind(), scenario.surface)))

    def do_remove_a_run(self) -> None:
        if len(self.player.scenario.runs) > 1:
            number = self.dice.randrange(len(self.player.scenario.runs))
            self.player.set_scenario(self.player.scenario.without(number))

    def do_select(self) -> None:
        if self.player.scenario.runs:
            self.player.select(self.dice.randrange(len(self.player.scenario.runs)))

    def do_steps(self) -> None:
        steps = self.dice.choice((1, 7, 30, 200, 1500, 5000))
        self.player.set_scenario(replace(self.player.scenario, steps=steps))

    def do_start(self) -> None:
        seen = self.lab.map_view.seen
        point = (seen.left + self.dice.random() * seen.width, seen.bottom + self.dice.random() * seen.height)
        self.player.set_scenario(self.player.scenario.with_nearest_start(point))

    def do_scrub(self) -> None:
        self.player.seek(self.dice.random() * self.player.scenario.steps)

    def do_step(self) -> None:
        self.dice.choice((self.player.step_back, self.player.step_forward))()

    def do_play_or_pause(self) -> None:
        self.player.toggle()

    def do_speed(self) -> None:
        self.player.clock.set_speed(self.dice.choice(SPEEDS))

    def do_zoom(self) -> None:
        view = self.lab.map_view
        self.dice.choice((lambda: view.zoom(1.25), lambda: view.zoom(0.8), view.reset_view))()

    def do_point_at_the_map(self) -> None:
        view = self.lab.map_view
        view._on_moved(QPointF(self.dice.random() * view.width(), self.dice.random() * view.height()))

    def do_undo_or_redo(self) -> None:
        self.window.commands.action(self.dice.choice(("window.undo", "window.redo"))).trigger()

    def do_palette(self) -> None:
        if self.dice.random() < 0.1:
            self.window.open_palette()
            QTimer.singleShot(50, self._close_palette)

    def _close_palette(self) -> None:
        palette = self.window.findChild(Palette)
        if palette is not None:
            palette.hide()

    def do_theme(self) -> None:
        if self.dice.random() < 0.1:
            self.window.set_theme(self.dice.choice(("light", "dark")))

    def do_language(self) -> None:
        if self.dice.random() < 0.05:
            self.window.set_language(self.dice.choice(("en", "zh")))

    def do_size(self) -> None:
        if self.dice.random() < 0.1:
            self.window.resize(QSize(self.dice.randrange(900, 1300), self.dice.randrange(620, 820)))

    def do_new(self) -> None:
        if self.dice.random() < 0.05:
            self.player.set_scenario(chapter_scenario())

    def do_copy_the_figure(self) -> None:
        if self.dice.random() < 0.02:
            self.window.commands.action("race.copy").trigger()


def main() -> int:
    """Soak, and say what was seen."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--growth", type=float, default=0.05, help="share that memory may grow by; 0.05")
    parser.add_argument("--trace", action="store_true", help="say which lines hold what has come; slow")
    options = parser.parse_args()
    faulthandler.enable()
    said: Counter[str] = Counter()
    raised: Counter[str] = Counter()
    qInstallMessageHandler(lambda kind, context, text: said.update([text]))
    sys.excepthook = lambda kind, error, trace: raised.update([repr(error)])
    app = make_application(["optisim"])
    with tempfile.TemporaryDirectory(prefix="optisim-soak-", ignore_cleanup_errors=True) as folder:
        window = make_window(Settings(QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)))
        window.show()
        soak = Soak(window, options.seed)
        samples = _run(soak, options.minutes, options.trace)
        window.close_labs()
        app.processEvents()
    warnings = {text: count for text, count in said.items() if not any(word in text for word in HARMLESS)}
    for title, found in (("warnings", warnings), ("exceptions", raised), ("failed actions", soak.failed)):
        print(f"{title}: {sum(found.values())}")
        for text, count in sorted(found.items(), key=lambda item: -item[1])[:10]:
            print(f"  {count:6}  {text[:200]}")
    settled = samples[len(samples) // 3 :]
    growth = settled[-1] / settled[0] - 1
    print(f"{sum(soak.done.values())} actions; memory from a third of the time on: {growth:+.1%}")
    print(f"{os.getloadavg()[0]:.1f} processes were at work on {os.cpu_count()} cores, these included")
    return int(bool(warnings or raised or soak.failed) or growth > options.growth)


def _run(soak: Soak, minutes: float, trace: bool) -> list[float]:
    """Act and look at memory now and then; the megabytes seen."""
    samples: list[float] = []
    timer = QTimer()
    timer.timeout.connect(soak.act)
    timer.start(1000 // ACTIONS_PER_SECOND)
    began, before, kinds = time.perf_counter(), None, _kinds()
    every = minutes * 60 / 12
    for number in range(12):
        loop = QEventLoop()
        QTimer.singleShot(round(every * 1000), loop.quit)
        loop.exec()
        gc.collect()
        samples.append(_resident())
        print(
            f"{time.perf_counter() - began:6.0f} s  {samples[-1]:6.0f} MB  {threading.active_count()} threads of"
            f" Python, {_threads()} in all  {len(gc.get_objects()):,} objects",
            flush=True,
        )
        if trace and number == 2:
            tracemalloc.start()
        if number == 3:
            kinds = _kinds()
            before = tracemalloc.take_snapshot() if trace else None
    timer.stop()
    QPixmapCache.clear()
    print(
        "what there is more of:",
        ", ".join(f"{count:+,} {kind}" for kind, count in (_kinds() - kinds).most_common(12)),
    )
    if before is not None:
        for line in tracemalloc.take_snapshot().compare_to(before, "lineno")[:15]:
            print(line)
    return samples


def _kinds() -> Counter[str]:
    """How many objects there are of each class."""
    return Counter(f"{type(one).__module__}.{type(one).__qualname__}" for one in gc.get_objects())


def _resident() -> float:
    """Megabytes that the process holds; 0 where the system does not say."""
    return _status("VmRSS") / 1024


def _threads() -> int:
    return int(_status("Threads"))


def _status(name: str) -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    return float(next(line for line in status.read_text().splitlines() if line.startswith(name)).split()[1])


if __name__ == "__main__":
    sys.exit(main())
