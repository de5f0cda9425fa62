"""A user's hands and eyes: mouse and keys go to the windows as the system would send them."""

from __future__ import annotations

import itertools
import math
import time

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QPushButton, QScrollArea

from optisim.core.race.simulate import race_to_end
from optisim.core.surfaces import Domain
from optisim.ui.shell.workspace import Page

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
Key = Qt.Key
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)

# ── Keys and fields ──────────────────────────────────────────────────────────────────────────────────────


def press(window, key, modifiers=PLAIN):
    """Press a key; it goes where the focus is."""
    QTest.keyClick(window.windowHandle(), key, modifiers)


def bring_to_front(widget):
    """Click the tab of the panel that a widget is in, unless it is in front already."""
    page = widget
    while page is not None and not isinstance(page, Page):
        page = page.parent()
    if page is not None and not page.isVisible():
        widget.window().workspace.show_panel(page.row.name)
        QApplication.processEvents()


def click(widget, at=None, button=LEFT):
    """Click a widget, in the middle unless said, after having brought its panel to the front and scrolled to it."""
    bring_to_front(widget)
    scrolled = widget.parent()
    while scrolled is not None and not isinstance(scrolled, QScrollArea):
        scrolled = scrolled.parent()
    if scrolled is not None:
        QApplication.processEvents()  # it may have just appeared, and have no place yet
    place = widget.rect().center() if at is None else at
    if scrolled is not None:
        inside = widget.mapTo(scrolled.widget(), place)
        scrolled.ensureVisible(inside.x(), inside.y(), 4, 16)
    QTest.mouseClick(widget.window().windowHandle(), button, PLAIN, widget.mapTo(widget.window(), place))


def enter(box, text, leave_with=Key.Key_Return):
    """Put the mouse into a field, type over what stands there, and leave it with a key."""
    click(box)
    press(box.window(), Key.Key_A, CTRL)
    press(box.window(), Key.Key_Delete)
    for letter in text:
        QTest.keyClicks(box, letter)
    press(box.window(), leave_with)


def leave_fields(window):
    """Take the keys away from the field that was typed into, as a click on the map does."""
    window.lab.map_view.setFocus()


def pick(combo: QComboBox, text):
    """Open a combo box and click the entry `text`."""
    bring_to_front(combo)
    combo.showPopup()
    view = combo.view()
    index = view.model().index(combo.findText(text), 0)
    assert index.isValid(), text
    view.scrollTo(index)
    QTest.qWaitForWindowExposed(view.window())
    view.setCurrentIndex(index)  # as when the mouse comes over it
    row = view.visualRect(index) & view.viewport().rect()
    QTest.mouseClick(view.viewport(), LEFT, PLAIN, row.center())


# ── Menus and dialogs ────────────────────────────────────────────────────────────────────────────────────


def plain(text):
    """A menu text without the marks of its keys."""
    return text.replace("&", "").rstrip("…")


def entries(menu):
    """All entries of a menu or menu bar and of the menus in it."""
    for action in menu.actions():
        if action.menu() is None:
            yield action
        else:
            yield from entries(action.menu())


def entry(menu, words):
    """The entry of a menu in whose text `words` occur."""
    (found,) = (action for action in menu.actions() if words in plain(action.text()))
    return found


def choose(window, name):
    """Choose an entry of the menu bar by its command, with or without the scope, or by its text."""
    ids = [f"{scope}{name}" for scope in ("", "window.", "race.", "race.show.", "race.panel.")]
    found = [
        action for action in entries(window.menuBar()) if action.objectName() in ids or plain(action.text()) == name
    ]
    assert len(found) == 1, name
    assert found[0].isEnabled()
    assert found[0].isVisible()
    found[0].trigger()


def popup():
    """The menu that is open."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def click_entry(menu, words):
    """Click the entry of an open menu in whose text `words` occur."""
    QTest.mouseClick(menu, LEFT, PLAIN, menu.actionGeometry(entry(menu, words)).center())


def in_dialog(window, open_it, use):
    """Call `open_it`, which blocks as long as a dialog is open, and meanwhile `use` the dialog."""
    seen, problems = [], []
    timer = QTimer()

    def look():
        dialog = QApplication.activeModalWidget()
        if dialog is None or not dialog.isActiveWindow():
            return
        timer.stop()
        seen.append(dialog)
        try:
            use(dialog)
        except BaseException as problem:
            problems.append(problem)
        if dialog.isVisible():
            dialog.reject()

    timer.timeout.connect(look)
    timer.start(1)
    open_it()
    timer.stop()
    if problems:
        raise problems[0]
    assert seen
    window.activateWindow()  # which the desktop does when a dialog closes
    QTest.qWaitForWindowActive(window)


def click_button(dialog, text):
    """Click the button `text` of a dialog."""
    (button,) = (b for b in dialog.findChildren(QPushButton) if plain(b.text()) == text)
    click(button)


# ── The map ──────────────────────────────────────────────────────────────────────────────────────────────


def spot(window, point):
    """Where a surface point is in the window."""
    return window.lab.map_view.viewport().mapTo(window, window.lab.map_view.pixel_of(point))


def click_map(window, point, button=LEFT):
    QTest.mouseClick(window.windowHandle(), button, PLAIN, spot(window, point))


def double_click_map(window, point):
    QTest.mouseDClick(window.windowHandle(), LEFT, PLAIN, spot(window, point))


def drag(window, start: QPoint, end: QPoint, button=LEFT):
    """Drag from one place in the window to another."""
    handle = window.windowHandle()
    QTest.mouseMove(handle, start)
    QTest.mousePress(handle, button, PLAIN, start)
    for part in (0.3, 0.6, 1.0):
        QTest.mouseMove(handle, start + part * (end - start))
    QTest.mouseRelease(handle, button, PLAIN, end)


def wheel(window, at: QPoint, notches, by=1):
    """Turn the wheel away from the user or (negative) towards them, `by` notches an event."""
    for _ in range(abs(notches)):
        turn = QPoint(0, int(math.copysign(120 * by, notches)))
        QTest.wheelEvent(window.windowHandle(), QPointF(at), turn)


def view_of(window):
    """The part of the plane that is in view."""
    return Domain(*itertools.chain(*window.lab.map_view.view.viewRange()))


def pixel(window):
    """The size of a pixel on the surface, (x, y)."""
    rect = window.lab.map_view.view.rect()
    return view_of(window).width / rect.width(), view_of(window).height / rect.height()


def near(window, point, wanted):
    """Whether two surface points lie within the rounding of a mouse position to whole pixels."""
    return all(abs(a - b) <= size for a, b, size in zip(point, wanted, pixel(window), strict=True))


# ── What is shown ────────────────────────────────────────────────────────────────────────────────────────


def picture(window):
    """The canvas as it is painted, (height, width, 3)."""
    image = (
        window.lab.map_view.grab()
        .toImage()
        .convertToFormat(window.lab.map_view.grab().toImage().Format.Format_RGB888)
    )
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def patch(window, point, radius=2):
    """The pixels about a surface point, (n, 3)."""
    at = window.lab.map_view.pixel_of(point)
    image = picture(window)
    rows = slice(max(at.y() - radius, 0), at.y() + radius + 1)
    columns = slice(max(at.x() - radius, 0), at.x() + radius + 1)
    return image[rows, columns].reshape(-1, 3)


def shows_color(pixels, color, tolerance=24):
    """Whether one of the pixels (…, 3) has a colour."""
    wanted = np.array(QColor(color).getRgb()[:3])
    return bool((np.abs(pixels.astype(int) - wanted).max(axis=-1) <= tolerance).any())


def table(window):
    """The texts of the table, row by row. It is looked at, which brings it to the front."""
    window.workspace.show_panel("results")
    QApplication.processEvents()
    model = window.lab.results.view.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def column(window, head):
    """The texts of one column of the table, by what stands above it."""
    model = window.lab.results.view.model()
    heads = [
        model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        for section in range(model.columnCount())
    ]
    return [row[heads.index(head)] for row in table(window)]


def positions(window):
    """Where the balls are, as the table shows it."""
    return [list(place) for place in zip(numbers(column(window, "x")), numbers(column(window, "y")), strict=True)]


def numbers(texts):
    """The numbers that some texts show."""
    return [float(text.replace("−", "-")) for text in texts]


def listed(window):
    """The texts of the list of runs."""
    model = window.lab.runs_panel.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def row_place(window, row, x=60):
    """Where row `row` of the list of runs is, in the list; from its right end if `x` is negative."""
    runs = window.lab.runs_panel.list
    rect = runs.visualRect(runs.model().index(row, 0))
    return QPoint(rect.left() + x if x >= 0 else rect.right() + x, rect.center().y())


def select(window, row):
    """Click a run in the list."""
    click(window.lab.runs_panel.list.viewport(), row_place(window, row))


# ── Jobs ─────────────────────────────────────────────────────────────────────────────────────────────────


def finish_jobs(window):
    """Wait until all jobs of the window are done."""
    wait_until(lambda: not window.jobs.running)


def show_preview(dialog):
    """Wait until the preview of a dialog shows what is described, or says why not."""
    wait_until(lambda: not dialog.preview.busy)


def wait_until(so, patience=60.0):
    """Let the program go on until something is so; the wait is generous, for a process has to start."""
    end = time.monotonic() + patience
    while not so():
        assert time.monotonic() < end, "it did not come"
        QTest.qWait(2)


# ── What is so ───────────────────────────────────────────────────────────────────────────────────────────


def settled(window):
    """Whether everything is computed, and the canvas shows it."""
    player, race = window.lab.player, window.lab.map_view.snapshot
    return (
        race.scenario == player.scenario
        and race.trajectories == player.trajectories
        and race.cursor == player.cursor
        and all(len(trajectory) > player.scenario.steps for trajectory in player.trajectories)
    )


def settle(qtbot, window):
    qtbot.waitUntil(lambda: settled(window))


def same_bits(trajectory, fresh):
    """Whether a trajectory has every column of a freshly computed one, bit for bit as far as that reaches."""
    rows = len(fresh)
    return trajectory.columns.keys() == fresh.columns.keys() and all(
        trajectory.columns[name][:rows].tobytes() == column.tobytes() for name, column in fresh.columns.items()
    )


def assert_true_to_scenario(window):
    """The canvas shows the player's race, which is what its scenario gives when computed anew."""
    player = window.lab.player
    assert window.lab.map_view.snapshot.scenario == player.scenario
    assert window.lab.map_view.snapshot.trajectories == player.trajectories
    assert window.lab.map_view.snapshot.cursor == player.cursor
    assert [trajectory.run for trajectory in player.trajectories] == list(player.scenario.runs)
    for trajectory, fresh in zip(player.trajectories, race_to_end(player.scenario), strict=True):
        assert same_bits(trajectory, fresh), trajectory.run.optimizer.spec
