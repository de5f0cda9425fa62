"""What is shown and how: parts of the map, colours, axes, themes, panels, languages."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QMessageBox,
    QWidget,
)

from optisim.canvas.colormaps import COLORMAPS
from optisim.canvas.map.parts import MAP_PARTS
from optisim.canvas.map.snapshot import Display
from optisim.canvas.theme import DARK, LIGHT
from optisim.language import LANGUAGES, tr
from tests.ui.driver import (
    Key,
    assert_true_to_scenario,
    choose,
    click,
    column,
    enter,
    entries,
    picture,
    pixel,
    plain,
    press,
    settle,
    shows_color,
    spot,
    table,
    view_of,
    wheel,
)


def option(text):
    """The text of an option in the menus."""
    return plain(tr(text))


def canvas_ground(window):
    """The colour in the canvas's top left corner, outside the map."""
    return tuple(picture(window)[1, 1])


def rgb(color):
    return tuple(int(color[i : i + 2], 16) for i in (1, 3, 5))


# ── Parts of the map ─────────────────────────────────────────────────────────────────────────────────────


# at the first start; at the end of a race there are no arrows
SEEN = [name for name, part in MAP_PARTS.items() if part.shown and part.menu != "arrows"]


def test_every_part_of_the_map_can_be_taken_away_and_put_back(window, qtbot):
    settle(qtbot, window)  # so that the trails are painted in one go, as they will be when they are put back
    press(window, Key.Key_End)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: column(window, "Status") == ["at the end"] * 5)
    whole = picture(window)
    for part in SEEN:
        choose(window, part)
        assert not window.lab.map_view.map_item.display.shows(part)
        assert (picture(window) != whole).any(), part
        choose(window, part)
        qtbot.waitUntil(lambda: (picture(window) == whole).all())
    assert window.lab.map_view.map_item.display == Display()


def test_a_map_without_anything_shows_only_balls(window, qtbot):
    press(window, Key.Key_End)
    settle(qtbot, window)
    for part in SEEN:
        if part != "balls":
            choose(window, part)
    rect = window.lab.map_view.view.sceneBoundingRect().toRect()
    image = picture(window)[rect.top() + 3 : rect.bottom() - 3, rect.left() + 3 : rect.right() - 3]
    bare = (image == 255).all(axis=-1).mean()
    assert 0.97 < bare < 1
    assert shows_color(image, window.lab.runs_panel.selected.color)
    choose(window, "balls")
    image = picture(window)[rect.top() + 3 : rect.bottom() - 3, rect.left() + 3 : rect.right() - 3]
    assert not shows_color(image, window.lab.runs_panel.selected.color)


def test_colour_maps_differ_and_only_one_is_checked(window, qtbot):
    settle(qtbot, window)
    pictures = []
    titles = [tr(title) for title in COLORMAPS.titles.values()]
    for name in (*list(COLORMAPS)[1:], next(iter(COLORMAPS))):
        choose(window, option(COLORMAPS[name].title))
        assert window.lab.map_view.map_item.display.colormap == name
        pictures.append(picture(window))
        checked = [a.text() for a in entries(window.menuBar()) if a.isChecked()]
        assert [text for text in checked if text in titles] == [tr(COLORMAPS[name].title)]
    for number, image in enumerate(pictures):
        for other in pictures[:number]:
            assert (image != other).any(axis=-1).mean() > 0.4
    grey = pictures[list(COLORMAPS).index("grey") - 1][150:-150, 150:-200].astype(int)
    assert (np.ptp(grey, axis=-1) <= 3).mean() > 0.8


def test_equal_axes_give_both_directions_the_same_scale_and_can_be_undone(window, qtbot):
    def stretch():
        x, y = pixel(window)
        return x / y

    before = view_of(window)
    assert abs(stretch() - 1) > 0.1
    choose(window, "equal")
    assert stretch() == pytest.approx(1, rel=1e-6)
    wheel(window, spot(window, (0.0, 0.0)), 3)
    assert stretch() == pytest.approx(1, rel=1e-6)
    choose(window, "reset_view")
    assert stretch() == pytest.approx(1, rel=1e-6)
    view = view_of(window)
    domain = window.lab.player.scenario.surface.domain
    assert max(view.left - domain.left, view.bottom - domain.bottom) <= 0.001
    assert max(domain.right - view.right, domain.top - view.top) <= 0.001
    choose(window, "equal")
    assert view_of(window) == pytest.approx(before)
    settle(qtbot, window)
    assert_true_to_scenario(window)


# ── Light and dark ───────────────────────────────────────────────────────────────────────────────────────


def test_dark_and_light_recolour_window_and_map_and_back(window, qtbot):
    settle(qtbot, window)
    light = picture(window)
    icon = window.commands.action("race.play").icon().pixmap(20, 20).toImage()
    choose(window, option(DARK.title))
    assert canvas_ground(window) == rgb(DARK.base)
    assert QApplication.palette().window().color().name() == DARK.window
    assert window.commands.action("race.play").icon().pixmap(20, 20).toImage() != icon
    assert window.lab.runs_panel.palette().window().color().name() == DARK.window
    choose(window, option(LIGHT.title))
    assert canvas_ground(window) == rgb(LIGHT.base)
    assert (picture(window) == light).all()
    assert window.commands.action("race.play").icon().pixmap(20, 20).toImage() == icon


def test_the_theme_of_the_system_is_followed_only_when_asked_for(window):
    system = DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    other = LIGHT if system is DARK else DARK
    choose(window, option(other.title))
    QGuiApplication.styleHints().colorSchemeChanged.emit(QGuiApplication.styleHints().colorScheme())
    assert canvas_ground(window) == rgb(other.base)
    choose(window, option("As the system"))
    assert canvas_ground(window) == rgb(system.base)


# ── Panels ───────────────────────────────────────────────────────────────────────────────────────────────


def test_panels_can_be_closed_reopened_moved_and_the_layout_restored(window, qtbot):
    workspace = window.workspace
    width, height = window.lab.map_view.width(), window.lab.map_view.height()
    for name in workspace.pages:
        choose(window, name)  # its entry in View → Panels
        assert not workspace.is_shown(name)
        assert not workspace.pages[name].isVisible()
    qtbot.waitUntil(lambda: window.lab.map_view.width() > width)
    qtbot.waitUntil(lambda: window.lab.map_view.height() > height)
    press(window, Key.Key_Space)
    assert window.lab.player.clock.playing
    press(window, Key.Key_Space)
    for name in workspace.pages:
        choose(window, name)
        assert workspace.pages[name].isVisible()
    workspace.move_panel("charts")
    assert workspace.side.names == ["runs", "surface", "charts"]
    choose(window, "layout")
    assert workspace.side.names == ["runs", "surface"]
    assert workspace.drawer.names == ["charts", "inspector", "results", "side"]
    assert workspace.drawer.shut
    qtbot.waitUntil(lambda: (window.lab.map_view.width(), window.lab.map_view.height()) == (width, height))


def test_one_key_puts_all_panels_away_and_back(window, qtbot):
    width = window.lab.map_view.width()
    press(window, Key.Key_F9)
    assert window.workspace.bare
    qtbot.waitUntil(lambda: window.lab.map_view.width() == window.width())
    press(window, Key.Key_F9)
    qtbot.waitUntil(lambda: window.lab.map_view.width() == width)


def test_the_drawer_opens_to_its_content_and_shuts(window, qtbot):
    height = window.lab.map_view.height()
    press(window, Key.Key_F8)
    for name in window.workspace.drawer.names:
        window.workspace.show_panel(name)
        qtbot.wait(20)
        area = window.workspace.drawer
        assert area.height() <= 0.4 * window.workspace.height()
        assert window.workspace.pages[name].height() >= min(
            window.workspace.pages[name].wanted_height(), 0.3 * window.workspace.height()
        )
    press(window, Key.Key_F8)
    qtbot.waitUntil(lambda: window.lab.map_view.height() == height)
    assert not any(window.workspace.pages[name].isVisible() for name in window.workspace.drawer.names)


def test_full_screen_is_entered_and_left(window):
    for full in (True, False):
        choose(window, "full")
        assert window.isFullScreen() == full


# ── Languages ────────────────────────────────────────────────────────────────────────────────────────────


def texts_of(window):
    """All that can be read in the window, by what says it."""
    said = []
    for action in window.findChildren(QAction):
        said += [("action", action.text()), ("action tip", action.toolTip())]
    for widget in window.findChildren(QWidget):
        said += [("tip", widget.toolTip()), ("name", widget.accessibleName())]
        if isinstance(widget, QLabel | QAbstractButton):
            said.append(("text", widget.text()))
        if isinstance(widget, QComboBox):
            said += [("item", widget.itemText(index)) for index in range(widget.count())]
    model = window.lab.results.view.model()
    said += [
        ("header", model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole))
        for section in range(model.columnCount())
    ]
    said += [("cell", cell) for row in table(window) for cell in row]
    return said


def texts_at_rest(qtbot, window):
    """The same, once no number follows any more in its own time."""
    seen = []

    def at_rest():
        seen.append(sorted(texts_of(window)))
        qtbot.wait(150)
        return sorted(texts_of(window)) == seen[-1]

    qtbot.waitUntil(at_rest)
    return seen[-1]


def test_the_language_switches_at_once_and_back(window, qtbot):
    press(window, Key.Key_Right)
    settle(qtbot, window)
    for name in window.workspace.pages:  # what is behind a tab shows the numbers it showed when it was seen
        window.workspace.show_panel(name)
        qtbot.wait(150)
    english = texts_at_rest(qtbot, window)
    assert column(window, "Status") == ["running"] * 5
    choose(window, LANGUAGES["zh"])
    menus = [action.text() for action in window.menuBar().actions()]
    qtbot.waitUntil(lambda: [action.text() for action in window.menuBar().actions()] != menus)
    chinese = texts_at_rest(qtbot, window)
    assert len(chinese) == len(english)
    for kind in {kind for kind, _ in english}:
        before = [text for k, text in english if k == kind]
        after = [text for k, text in chinese if k == kind]
        assert before != after, f"no {kind} was translated"
    tabs = [area.tabs for area in (window.workspace.side, window.workspace.drawer)]
    titles = [bar.tabText(index) for bar in tabs for index in range(bar.count())]
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in title) for title in titles)
    choose(window, LANGUAGES["en"])
    qtbot.waitUntil(lambda: [action.text() for action in window.menuBar().actions()] == menus)
    assert texts_at_rest(qtbot, window) == english


def test_sentences_that_are_shown_change_their_language_too(window, qtbot):
    for _ in range(5):
        choose(window, "remove")
    window.lab.surface_panel.domain[0].setFocus()
    enter(window.lab.surface_panel.domain[0], "20")
    click(window.lab.surface_panel.formula)
    press(window, Key.Key_End)
    press(window, Key.Key_ParenLeft)
    labels = window.lab.runs_panel.empty, window.lab.surface_panel.domain_error, window.lab.surface_panel.error
    english = [label.text() for label in labels]
    assert all(label.isVisibleTo(label.parentWidget()) for label in labels)
    choose(window, LANGUAGES["zh"])
    qtbot.waitUntil(lambda: all(label.text() != text for label, text in zip(labels, english, strict=True)))
    choose(window, LANGUAGES["en"])
    qtbot.waitUntil(lambda: [label.text() for label in labels] == english)
    assert all(label.isVisibleTo(label.parentWidget()) for label in labels)


def test_playing_goes_on_while_the_language_changes(window, qtbot):
    press(window, Key.Key_Space)
    for code in ("zh", "en", "zh", "en"):
        choose(window, LANGUAGES[code])
        before = window.lab.player.cursor
        qtbot.waitUntil(lambda before=before: window.lab.player.cursor > before)
    assert window.lab.player.clock.playing


# ── Help ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_help_opens_and_closes_and_names_the_keys(window, qtbot):
    press(window, Key.Key_F1)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
    dialog = QApplication.activeModalWidget()
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Home" in said
    assert "Ctrl+E" in said
    press(dialog, Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_about_names_the_version(window, qtbot):
    import optisim

    choose(window, "about")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    box = QApplication.activeModalWidget()
    assert optisim.__version__ in box.text()
    press(box, Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_every_menu_entry_has_a_text_and_no_key_means_two_things(window):
    actions = [a for a in entries(window.menuBar()) if not a.isSeparator()]
    assert all(plain(action.text()) for action in actions)
    keys = [keys.toString() for action in actions for keys in action.shortcuts()]
    assert len(keys) == len(set(keys))
    assert len(keys) > 20
