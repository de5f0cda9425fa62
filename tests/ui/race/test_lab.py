"""How the parts of the lab go together: arrows, legend, drawer, the buttons at the top, keys and focus."""

import itertools

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from optisim.canvas.map.parts import MAP_PARTS, MapPart
from optisim.core.documents.sharing import from_share
from optisim.core.surfaces import SURFACES
from optisim.ui.parts.commands import Commands
from optisim.ui.shell.gallery import Gallery
from tests.ui.driver import (
    ALT,
    CTRL,
    SHIFT,
    Key,
    choose,
    click,
    entry,
    leave_fields,
    picture,
    press,
    select,
    settle,
)


def arrow_sets(window):
    return window.lab.map_view.snapshot.arrow_sets


# ── Arrows ───────────────────────────────────────────────────────────────────────────────────────────────


def test_arrows_come_with_the_first_pause_and_not_before(window, qtbot):
    settle(qtbot, window)
    assert arrow_sets(window) == ()
    press(window, Key.Key_Space)
    qtbot.waitUntil(lambda: window.lab.player.cursor > 2)
    assert window.lab.player.clock.playing
    assert arrow_sets(window) == ()
    press(window, Key.Key_Space)
    assert len(arrow_sets(window)) == 1
    press(window, Key.Key_Home)
    assert len(arrow_sets(window)) == 1, "they stay"
    choose(window, "new")
    assert arrow_sets(window) == ()


def test_arrows_come_with_the_first_step(window, qtbot):
    settle(qtbot, window)
    press(window, Key.Key_Right)
    qtbot.waitUntil(lambda: len(arrow_sets(window)) == 1)


def test_arrows_come_with_the_choice_of_a_run(window, qtbot):
    settle(qtbot, window)
    select(window, 2)
    qtbot.waitUntil(lambda: len(arrow_sets(window)) == 1)
    assert window.lab.inspection.trajectory is window.lab.player.trajectories[2]
    assert window.lab.player.cursor == 0


# ── Legend and drawer ────────────────────────────────────────────────────────────────────────────────────


def test_the_map_has_a_legend_only_while_the_list_of_runs_is_away(window, qtbot, settings):
    settle(qtbot, window)

    def legend():
        return window.lab.map_view.map_item.display.shows("legend")

    assert not legend()
    width = picture(window).shape[1]
    press(window, Key.Key_F9)
    assert legend()
    assert not settings.display.shows("legend"), "what the user has chosen stays"
    qtbot.waitUntil(lambda: picture(window).shape[1] > width)
    press(window, Key.Key_F9)
    assert not legend()
    choose(window, "legend")
    assert legend()


def test_slow_motion_opens_the_drawer_at_its_panel_when_it_begins(window, qtbot):
    settle(qtbot, window)
    drawer = window.workspace.drawer
    assert drawer.shut
    press(window, Key.Key_Right, SHIFT)
    assert not drawer.shut
    assert drawer.front.row.name == "inspector"
    assert window.lab.inspector.isVisible()
    window.workspace.show_panel("charts")
    press(window, Key.Key_Right, SHIFT)
    assert window.lab.inspection.phase == 1
    assert drawer.front.row.name == "charts", "only when it begins"


# ── The buttons at the top ───────────────────────────────────────────────────────────────────────────────


def opened(button):
    """The menu of a button, filled as when it is clicked."""
    menu = button.menu()
    menu.aboutToShow.emit()
    return menu


def test_the_button_at_the_top_names_the_surface_and_offers_all(window):
    button = window.lab.header.surface
    assert button.text() == SURFACES["bowl"].name
    families = opened(button).findChildren(QMenu)
    offered = {action.text(): action for family in families for action in family.actions()}
    assert set(offered) == {surface.name.replace("&", "&&") for surface in SURFACES.values()}
    assert [text for text, action in offered.items() if action.isChecked()] == [button.text()]
    offered[SURFACES["himmelblau"].name].trigger()
    assert window.lab.player.scenario.surface.slug == "himmelblau"
    assert button.text() == SURFACES["himmelblau"].name
    assert window.lab.surface_panel.catalogue.currentData() == "himmelblau"
    again = opened(button)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(again.findChildren(QMenu)) == len(families), "those that were shown before are gone"


def test_a_formula_of_ones_own_is_typed_from_the_top_and_stands_there(window):
    entry(opened(window.lab.header.surface), "formula").trigger()
    field = window.lab.surface_panel.formula
    assert field.isVisible()
    assert field.hasFocus()
    field.insert("x^2 + 3 y^2")  # which replaces what is selected: all of it
    press(window, Key.Key_Return)
    assert window.lab.header.surface.text() == "f = x^2 + 3 y^2"


def test_examples_open_from_the_top(window):
    click(window.lab.header.examples)
    (gallery,) = (gallery for gallery in window.findChildren(Gallery) if gallery.isVisible())
    press(gallery, Key.Key_Escape)


def test_the_export_button_offers_what_the_menus_do(window):
    def offered():
        return [action.objectName() for action in opened(window.lab.header.export).actions() if action.objectName()]

    first = offered()
    taken = ("race.export", "race.film", "race.csv", "race.copy", "window.copy_share", "race.copy_script")
    assert sorted(first) == sorted(taken)
    assert all(window.commands.action(id_).isEnabled() for id_ in first)
    assert offered() == first, "it is filled once"
    QGuiApplication.clipboard().clear()
    window.commands.action("window.copy_share").trigger()
    assert from_share(QGuiApplication.clipboard().text()) == window.lab.player.scenario


# ── Keys ─────────────────────────────────────────────────────────────────────────────────────────────────

OF_FIELDS = {"window.undo", "window.redo", "window.paste", "race.next", "race.previous"}
"""The commands whose keys mean something else to whoever types: undoing, pasting, moving by words."""


def shortcuts(window):
    """Key, modifiers and command of all shortcuts with Ctrl or Alt."""
    for command in window.commands:
        for keys in filter(None, command.keys.split("|")):
            combination = QKeySequence(keys)[0]
            if combination.keyboardModifiers() & (CTRL | ALT):
                yield combination.key(), combination.keyboardModifiers(), command.id


@pytest.mark.parametrize("field", ["formula", "name", "rate", "slider"])
def test_keys_with_ctrl_mean_in_fields_what_the_menus_say(window, qtbot, monkeypatch, field):
    settle(qtbot, window)
    select(window, 2)  # one that can go up and down
    lab, ran = window.lab, []
    widget = {
        "formula": lab.surface_panel.formula,
        "name": lab.runs_panel.name,
        "rate": lab.runs_panel.form.boxes["lr"],
        "slider": lab.runs_panel.form.sliders["lr"],
    }[field]
    click(widget)
    wanted = [
        (key, modifiers, command)
        for key, modifiers, command in shortcuts(window)
        if command not in OF_FIELDS and window.commands.action(command).isEnabled()
    ]
    tried = {command for *_, command in wanted}
    assert {"race.export", "race.duplicate", "race.branch", "race.toggle", "window.palette"} <= tried
    monkeypatch.setattr(Commands, "run", lambda self, id_, **_: ran.append(id_))
    before = lab.player.scenario
    for key, modifiers, command in wanted:
        ran.clear()
        assert widget.hasFocus()
        press(window, key, modifiers)
        assert ran == [command]
    assert lab.player.scenario == before


# ── Focus ────────────────────────────────────────────────────────────────────────────────────────────────


def in_sight(widget):
    """Whether some of a widget lies within all that it is in."""
    seen, place = widget.rect(), widget
    while place is not widget.window():
        seen.translate(place.pos())
        place = place.parentWidget()
        seen &= place.rect()
    return widget.isVisible() and not seen.isEmpty()


@pytest.mark.parametrize("panel", ["charts", "inspector", "results", "side"])
@pytest.mark.parametrize("shut", [True, False], ids=["shut", "open"])
def test_tab_goes_only_to_what_is_seen_and_comes_round(window, qtbot, panel, shut):
    settle(qtbot, window)
    window.workspace.show_panel(panel)
    if shut:
        press(window, Key.Key_F8)
    leave_fields(window)
    seen = []
    for _ in range(100):
        press(window, Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert in_sight(focus), f"{type(focus).__name__} {focus.accessibleName()}"
        seen.append(focus)
    assert seen.count(window.lab.map_view) >= 2
    assert window.lab.player.cursor == 0


def test_the_table_is_one_stop_on_the_way_round(window, qtbot):
    settle(qtbot, window)
    window.workspace.show_panel("results")
    leave_fields(window)
    table, inside = window.lab.results.view, []
    for _ in range(100):
        press(window, Key.Key_Tab)
        focus = QApplication.focusWidget()
        inside.append(focus is table or table.isAncestorOf(focus))
    assert any(inside)
    assert not any(now and after for now, after in itertools.pairwise(inside))


@pytest.mark.parametrize("still", [False, True])
def test_a_part_that_cannot_be_painted_ends_nothing(window, qtbot, still):
    def fail(painter, race_map):
        raise ArithmeticError("a mistake in a part")

    view, display, theme = window.lab.map_view, window.lab.display.value, window.theme
    before = picture(window)
    MAP_PARTS.register(MapPart("broken", "Broken", paint=fail, still=still))
    try:
        with qtbot.captureExceptions() as faults:
            view.show_display(display.with_parts(broken=True), theme)
            picture(window)
        assert faults
        assert all(kind is ArithmeticError for kind, *_ in faults)
        with qtbot.captureExceptions() as faults:
            view.show_display(display, theme)
            assert (picture(window) == before).all()
        assert not faults
    finally:
        del MAP_PARTS["broken"]
