"""Random things done to panels, drawer, size, language, theme and text while a race plays.

Run as `python -m tests.ui.shell.panel_actions 20000 [seed]`, it does so many and tells how it went.
"""

import random
import resource
import sys
import tempfile
import time
from dataclasses import replace

from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from optisim.core.optimizers import OPTIMIZERS
from optisim.core.race.scenario import Run
from optisim.ui.parts.text_size import TEXT_SIZES, use_text_size


class PanelActions:
    """Does something to the panels of a window, chosen by its dice."""

    def __init__(self, window, seed):
        self.window, self.dice = window, random.Random(seed)
        self.names = list(window.workspace.pages)
        self.log = []

    def act(self):
        deeds = [name for name in dir(self) if name.startswith("do_")]
        deed = self.dice.choice(deeds)
        self.log = [*self.log[-19:], deed]
        getattr(self, deed)()

    def do_show_or_hide(self):
        self.window.commands.run(f"race.panel.{self.dice.choice(self.names)}")

    def do_move(self):
        self.window.workspace.move_panel(self.dice.choice(self.names))

    def do_choose_a_tab(self):
        area = self.dice.choice((self.window.workspace.side, self.window.workspace.drawer))
        if area.names:
            area.tabs.setCurrentIndex(self.dice.randrange(len(area.names)))

    def do_open_or_shut_the_drawer(self):
        self.window.commands.run("window.drawer")

    def do_hide_or_show_all(self):
        self.window.commands.run("window.panels")

    def do_restore_the_layout(self):
        self.window.commands.run("window.layout")

    def do_resize(self):
        self.window.resize(self.dice.randrange(640, 1600), self.dice.randrange(420, 1000))

    def do_delete_or_undo(self):
        if self.dice.random() < 0.5:
            self.window.lab.runs_panel.remove()
        else:
            self.window.commands.run("window.undo")

    def do_add(self):
        if len(self.window.lab.player.scenario.runs) < 6:
            self.window.lab.runs_panel.add(self.dice.choice(("polyak", "sgd", "adam", "newton")))

    def do_select(self):
        runs = self.window.lab.player.scenario.runs
        if runs:
            self.window.lab.player.select(self.dice.randrange(len(runs)))

    def do_seldom_things(self):
        window, dice = self.window, self.dice
        if dice.random() < 0.2:
            dice.choice(
                (
                    lambda: window.set_language(dice.choice(("en", "zh"))),
                    lambda: window.set_theme(dice.choice(("light", "dark"))),
                    lambda: window.set_text_size(dice.choice(TEXT_SIZES)),
                )
            )()

    def do_play_on(self):
        player = self.window.lab.player
        player.clock.set_speed(float("inf"))
        player.play()

    def do_wait(self):
        QTest.qWait(self.dice.choice((0, 1, 5)))


def begin(window):
    """Let a long race of two methods play, one of which has no learning rate."""
    player = window.lab.player
    runs = tuple(Run(OPTIMIZERS.kind(slug)()) for slug in ("polyak", "sgd"))
    player.set_scenario(replace(player.scenario, runs=runs, steps=20_000))
    player.clock.set_speed(float("inf"))
    player.play()


def _memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(count, seed):
    """Do `count` things and say what came of it."""
    from optisim.app import make_application, make_window
    from optisim.ui.parts.settings import Settings

    faults = []
    make_application(["optisim"])
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat))
        settings.language, settings.theme = "en", "light"
        window = make_window(settings)
        window.show()
        while not window.awake:
            QTest.qWait(10)
        begin(window)
        actions, started = PanelActions(window, seed), time.perf_counter()
        sys.excepthook = lambda kind, error, trace: faults.append((kind, error, actions.log))
        for number in range(1, count + 1):
            try:
                actions.act()
                if number % 4 == 0:
                    QApplication.processEvents()
            except Exception as error:
                faults.append((type(error), error, actions.log))
            if number % 100 == 0:
                print(
                    f"{number}: {time.perf_counter() - started:.0f} s, {_memory()} MB, {len(faults)} faults",
                    flush=True,
                )
        for kind, error, log in faults[:5]:
            print(kind.__name__, error, log[-6:])
        window.document.path = None
        window.close()
    use_text_size(100)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
