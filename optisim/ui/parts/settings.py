"""What is remembered between two starts. Every setting is declared here once, with its type and default."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from optisim.canvas.colormaps import COLORMAPS
from optisim.canvas.map.parts import MAP_PARTS
from optisim.canvas.map.snapshot import Display

T = TypeVar("T")


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One stored value, used as an attribute of Settings."""

    key: str
    default: T

    @overload
    def __get__(self, owner: None, kind: type) -> Setting[T]: ...
    @overload
    def __get__(self, owner: Settings, kind: type) -> T: ...
    def __get__(self, owner: Settings | None, kind: type) -> Any:
        if owner is None:
            return self
        value = owner.store.value(self.key, self.default)
        kind_wanted = type(self.default)
        if kind_wanted is bool:
            return value if isinstance(value, bool) else str(value).lower() in ("true", "1")
        try:
            return value if isinstance(value, kind_wanted) else kind_wanted(value)  # type: ignore[call-arg]
        except (TypeError, ValueError):
            return self.default

    def __set__(self, owner: Settings, value: T) -> None:
        owner.store.setValue(self.key, value)


class Settings:
    """The user's settings."""

    language = Setting("language", "")  # "" follows the system
    theme = Setting("theme", "")  # "" follows the system
    scenario = Setting("scenario", "")  # JSON of the race; see `of_documents`
    text_size = Setting("text_size", 100)  # percent
    geometry = Setting("window/geometry", QByteArray())
    greeted = Setting("window/greeted", False)  # whether there was a start before
    lab = Setting("window/lab", "")  # the one in front
    equal_axes = Setting("display/equal_axes", False)
    speed = Setting("speed", 1.0)
    side_view = Setting("side_view/way", "update")  # a key of optisim.core.race.cross_section.SECTIONS
    plugins = Setting("plugins", "")  # JSON: file → what its content was when the user agreed to run it
    plugin_folder = Setting("plugins/folder", "")
    document = Setting("document", "")  # the file that the race is in
    recent = Setting("document/recent", "")  # JSON: files, the newest first
    export_folder = Setting("export/folder", "")
    figure = Setting("export/figure", "")  # JSON: how the last figure was, see ui/race/figure_form.py
    figure_format = Setting("export/figure_format", ".png")
    film_figure = Setting("export/film_figure", "")  # likewise, of the last film
    film = Setting("export/film", "")  # JSON, see ui/race/film_form.py
    film_format = Setting("export/film_format", ".mp4")
    charts = Setting("charts", "")  # names of the quantities that are shown; "" for the usual ones
    tolerance = Setting("results/tolerance", 1e-3)

    def __init__(self, store: QSettings | None = None) -> None:
        self.store = store if store is not None else QSettings("OptiSim", "OptiSim")

    @property
    def folder(self) -> Path:
        """Where to store what is no setting: beside a settings file of one's own, else where the system has it."""
        if self.store.format() == QSettings.Format.IniFormat:
            return Path(self.store.fileName()).parent
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))

    def layout(self, lab: str) -> str:
        """How the panels of a lab were arranged; "" if they were not touched yet."""
        return str(self.store.value(f"window/layout/{lab}", ""))

    def set_layout(self, lab: str, layout: str) -> None:
        """Remember how the panels of a lab are arranged."""
        self.store.setValue(f"window/layout/{lab}", layout)

    def of_documents(self, kind: str) -> DocumentSettings:
        """What is remembered of the document of a kind, given the kind's name."""
        return DocumentSettings(self, kind)

    @property
    def display(self) -> Display:
        """What the canvas shows; one key for each part of the map, and one for the colour map."""
        plain = Display()
        colormap = Setting("display/colormap", plain.colormap).__get__(self, Settings)
        parts = {
            name: Setting(f"display/{name}", part.shown).__get__(self, Settings) for name, part in MAP_PARTS.items()
        }
        return replace(plain, colormap=colormap if colormap in COLORMAPS else plain.colormap).with_parts(**parts)

    @display.setter
    def display(self, display: Display) -> None:
        self.store.setValue("display/colormap", display.colormap)
        for name in MAP_PARTS:
            self.store.setValue(f"display/{name}", display.shows(name))


class DocumentSettings:
    """What is remembered of the document of a kind."""

    def __init__(self, settings: Settings, kind: str) -> None:
        self._settings = settings
        if kind == "race":  # which was there before there were kinds
            self._content, self._file = Settings.scenario, Settings.document
        else:
            self._content, self._file = Setting(f"{kind}/document", ""), Setting(f"{kind}/file", "")

    @property
    def content(self) -> str:
        """What the next start goes on with, as JSON; "" if there is nothing."""
        return self._content.__get__(self._settings, Settings)

    @content.setter
    def content(self, text: str) -> None:
        self._content.__set__(self._settings, text)

    @property
    def file(self) -> str:
        """The path of the file that it is in; "" if it is in none."""
        return self._file.__get__(self._settings, Settings)

    @file.setter
    def file(self, path: str) -> None:
        self._file.__set__(self._settings, path)
