"""What a window can do whatever lab is in front, by id."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from optisim.canvas.theme import THEMES
from optisim.core.base.problems import N_
from optisim.language import LANGUAGES, system_language
from optisim.ui.parts import text_size
from optisim.ui.parts.commands import Argument, Command
from optisim.ui.parts.settings import Settings
from optisim.ui.shell import help
from optisim.ui.shell.opening import Opening
from optisim.ui.shell.workspace import Workspace

if TYPE_CHECKING:
    from optisim.ui.shell.window import MainWindow


def window_commands(opening: Opening, settings: Settings, window: MainWindow) -> Iterator[Command]:
    """The commands of documents, of the window's look, and of help."""
    yield Command("window.new", N_("&New"), lambda: window.document.new(), "Ctrl+N")
    yield Command("window.open", N_("&Open…"), opening.open, "Ctrl+O", "open")
    yield Command("window.open_share", N_("Open s&hare string…"), opening.open_share)
    yield Command("window.examples", N_("E&xamples…"), window.open_gallery, "Ctrl+Shift+O", "gallery")
    yield Command("window.save", N_("&Save"), lambda: window.document.save(), "Ctrl+S", "save")
    yield Command("window.save_as", N_("Save &as…"), lambda: window.document.save_as(), "Ctrl+Shift+S")
    yield Command("window.quit", N_("&Quit"), window.close, "Ctrl+Q")
    yield Command("window.undo", N_("&Undo"), lambda: window.history.undo(), "Ctrl+Z", "undo")
    yield Command("window.redo", N_("&Redo"), lambda: window.history.redo(), "Ctrl+Shift+Z|Ctrl+Y", "redo")
    yield Command("window.copy_share", N_("&Share string"), lambda: window.document.copy_share(), "Ctrl+Shift+L")
    yield Command("window.paste", N_("&Paste share string"), opening.paste_share, "Ctrl+V")
    yield Command("window.palette", N_("&Commands…"), window.open_palette, "Ctrl+K|Ctrl+Shift+P", in_palette=False)
    yield Command("window.layout", N_("Restore &layout"), window.restore_layout)
    yield Command(
        "window.panels",
        N_("&All panels"),
        lambda on: window.workspace.set_bare(not on),
        "F9",
        checked=lambda: not window.workspace.bare,
    )
    yield Command("window.drawer", N_("&Drawer"), lambda: window.workspace.toggle_drawer(), "F8")
    yield Command("window.full", N_("&Full screen"), window.toggle_full_screen, "F11")
    yield Command(
        "window.theme",
        N_("&Appearance"),
        lambda name: window.set_theme(name),
        arguments=(Argument("name", N_("Appearance"), _themes, current=lambda: settings.theme),),
    )
    yield Command(
        "window.text_size",
        N_("&Text size"),
        lambda percent: window.set_text_size(percent),
        arguments=(Argument("percent", text_size.TITLE, _text_sizes, current=lambda: settings.text_size),),
    )
    for name, title, keys, by in (
        ("larger_text", N_("&Larger text"), "Ctrl+Shift++|Ctrl+Shift+=", 1),
        ("smaller_text", N_("S&maller text"), "Ctrl+Shift+-|Ctrl+Shift+_", -1),
    ):
        yield Command(f"window.{name}", title, partial(_change_text, window, by), keys)
    yield Command(
        "window.language",
        "&Language · 语言",
        lambda code: window.set_language(code),
        arguments=(
            Argument(
                "code",
                N_("Language"),
                lambda: LANGUAGES,
                current=lambda: settings.language or system_language(),
                also={"en": "英语 英文", "zh": "Chinese 中文"},
            ),
        ),
    )
    if len(window.kinds) > 1:
        yield Command(
            "window.lab",
            N_("Lab"),
            lambda name: window.bring_to_front(name),
            arguments=(
                Argument(
                    "name",
                    N_("Lab"),
                    lambda: {name: lab.title for name, lab in window.kinds.items()},
                    current=lambda: window.session.lab.name,
                ),
            ),
        )
    yield Command("window.keys", N_("&Keyboard and mouse"), lambda: help.show_keys(window), "F1", "keyboard")
    yield Command("window.about", N_("&About OptiSim"), lambda: help.show_about(window), "", "info")


def _text_sizes() -> dict[int, str]:
    return {size: f"{size} %" for size in text_size.TEXT_SIZES}


def _change_text(window: MainWindow, by: int) -> None:
    window.set_text_size(text_size.neighbour(window.settings.text_size, by))


def _themes() -> dict[str, str]:
    return {"": N_("As the system"), **THEMES.titles}


def panel_commands(workspace: Workspace) -> Iterator[Command]:
    """Each panel of a lab: a tick for its tab, and, in the palette, going there."""
    lab = workspace.lab
    for name, page in workspace.pages.items():
        yield Command(
            f"{lab.name}.panel.{name}",
            page.row.title,
            partial(workspace.show_or_hide, name),
            checked=partial(workspace.is_shown, name),
            in_palette=False,
        )
        yield Command(f"{lab.name}.to.{name}", page.row.title, partial(workspace.show_panel, name))
