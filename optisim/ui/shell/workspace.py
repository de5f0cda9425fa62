"""The workspace of a lab: its view, a side with panels at the right, and a drawer with panels below.

The view keeps the room: the drawer is as high as what is in it, and both can be put away by a key. A panel stands
in one of the two places, behind a tab, and can be moved to the other one. What is behind another tab, or in a
drawer that is shut, is hidden to Qt, too, and so never has the focus.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from optisim.language import tr
from optisim.ui.parts.icons import set_icon
from optisim.ui.parts.lab import Lab, PanelRow, Place
from optisim.ui.parts.panel import Panel, ScrolledPanel, focus_by_tab
from optisim.ui.parts.text_size import factor, scaled

SIDE_WIDTH = 316  # pixels, at first
LEAST_DRAWER = 96  # pixels of a drawer that is open, without its tabs
MOST_SIDE = 0.44  # of the workspace's width, where larger texts make it wider
MOST_DRAWER = 0.38  # of the workspace's height, unless the user drags it higher
LOW = 640  # pixels of a workspace below which the drawer is shut at first


class Page(QWidget):
    """A panel in its place; `panel` is None until it has been made."""

    def __init__(self, row: PanelRow) -> None:
        super().__init__()
        self.row = row
        self.panel: Panel | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.setAccessibleName(tr(row.title))

    def fill(self) -> None:
        """Make the panel."""
        if self.panel is not None:
            return
        self.panel = panel = self.row.make()
        layout = self.layout()
        assert layout is not None
        layout.addWidget(ScrolledPanel(panel) if self.row.scrolled else panel)
        self.take_back_tools()

    def take_back_tools(self) -> None:
        """Keep the panel's tools out of sight while the page is not in front."""
        if self.panel is not None and self.panel.tools is not None:
            self.panel.tools.setParent(self)
            self.panel.tools.hide()

    def wanted_height(self) -> int:
        """How high the panel would like to be."""
        return self.panel.wanted_height() if self.panel is not None else 0


class PanelArea(QWidget):
    """Pages behind tabs, with the tools of the one in front beside them.

    Signals:
        changed(): another page is in front, or the area was opened, shut, filled or emptied.
        menuAsked(name, position): the right mouse button on a tab.
    """

    changed = Signal()
    menuAsked = Signal(str, QPoint)

    def __init__(self, can_be_shut: bool) -> None:
        super().__init__()
        self._shut = False
        self._can_be_shut = can_be_shut
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(not can_be_shut)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setDocumentMode(True)
        focus_by_tab(self.tabs)
        self.tabs.currentChanged.connect(self._on_tab)
        self.tabs.tabBarClicked.connect(self._on_clicked)
        self.tabs.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tabs.customContextMenuRequested.connect(self._on_menu)
        self._stack = QStackedWidget()
        self._tools = QHBoxLayout()
        self._tools.setContentsMargins(8, 0, 6, 0)
        self.fold = QToolButton(self)
        self.fold.setAutoRaise(True)
        self.fold.setIconSize(QSize(16, 16))
        focus_by_tab(self.fold)
        self.fold.clicked.connect(lambda: self.set_shut(not self._shut))
        self.fold.setVisible(can_be_shut)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 4 if can_be_shut else 0, 0)
        head.setSpacing(4)
        head.addWidget(self.tabs, 0 if can_be_shut else 1)
        if can_be_shut:
            head.addLayout(self._tools, 1)
            head.addWidget(self.fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)

    # ── Reading ──────────────────────────────────────────────────────────────────────────────────────────

    @property
    def names(self) -> list[str]:
        """The pages from left to right."""
        return [self.tabs.tabData(index) for index in range(self.tabs.count())]

    @property
    def front(self) -> Page | None:
        """The page in front; it is to be seen unless the area is shut."""
        page = self._stack.currentWidget()
        return page if isinstance(page, Page) else None

    @property
    def shut(self) -> bool:
        """Whether only the tabs are to be seen."""
        return self._shut

    def head_height(self) -> int:
        """The height of the tabs, with what stands beside them."""
        return self._head.sizeHint().height()

    # ── Changing ─────────────────────────────────────────────────────────────────────────────────────────

    def add(self, page: Page, at: int = -1) -> None:
        """Put a page behind a tab, at the end or at a place."""
        at = at if 0 <= at <= self.tabs.count() else self.tabs.count()
        with QSignalBlocker(self.tabs):
            self.tabs.insertTab(at, tr(page.row.title))
            self.tabs.setTabData(at, page.row.name)
        self._stack.insertWidget(at, page)
        if self.tabs.count() == 1:
            self._on_tab(0)
        self.changed.emit()

    def take(self, page: Page) -> None:
        """Take a page away."""
        at = self._stack.indexOf(page)
        if at < 0:
            return
        page.take_back_tools()
        self._stack.removeWidget(page)
        page.setParent(self)
        page.hide()
        with QSignalBlocker(self.tabs):
            self.tabs.removeTab(at)
        self._on_tab(self.tabs.currentIndex())

    def show_page(self, name: str) -> None:
        """Bring a page to the front, and open the area."""
        self.tabs.setCurrentIndex(self.names.index(name))
        self.set_shut(False)

    def set_shut(self, shut: bool) -> None:
        """Leave only the tabs, or show the page in front again."""
        if shut != self._shut:
            self._shut = shut
            self._arrange()
            self.changed.emit()

    def show_tools(self) -> None:
        """Put the tools of the page in front beside the tabs."""
        for index in range(self._stack.count()):
            page = self._stack.widget(index)
            if isinstance(page, Page):
                page.take_back_tools()
        page = self.front
        if page is not None and page.panel is not None and page.panel.tools is not None and self._can_be_shut:
            self._tools.addWidget(page.panel.tools)
            page.panel.tools.setVisible(not self._shut)

    def _on_tab(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self._arrange()
        self.changed.emit()

    def _on_clicked(self, index: int) -> None:
        """A click on the tab in front of a shut area opens it."""
        if index >= 0 and self._shut:
            self.tabs.setCurrentIndex(index)
            self.set_shut(False)

    def _on_menu(self, at: QPoint) -> None:
        index = self.tabs.tabAt(at)
        if index >= 0:
            self.menuAsked.emit(self.tabs.tabData(index), self.tabs.mapToGlobal(at))

    def _arrange(self) -> None:
        self._stack.setVisible(not self._shut)
        set_icon(self.fold, "up" if self._shut else "down")
        self.show_tools()
        page = self.front
        if page is not None and page.panel is not None and not self._shut:
            page.panel.catch_up()

    def retranslate(self) -> None:
        """Set all texts."""
        for index in range(self.tabs.count()):
            page = self._stack.widget(index)
            if isinstance(page, Page):
                self.tabs.setTabText(index, tr(page.row.title))
                page.setAccessibleName(tr(page.row.title))
        self.fold.setToolTip(tr("Open or shut the drawer (F8)"))


class Workspace(QWidget):
    """View, side and drawer of one lab.

    Signals:
        changed(): a panel was shown, hidden or moved.
        painted(): its first picture is on the screen; what can wait may begin now.
    """

    changed = Signal()
    painted = Signal()

    def __init__(self, lab: Lab) -> None:
        super().__init__()
        self.lab = lab
        self.pages = {row.name: Page(row) for row in lab.panels}
        self._place = {row.name: row.place for row in lab.panels}
        self._dragged: int | None = None  # the drawer's height, if the user has dragged it
        self._painted = False
        self.side, self.drawer = PanelArea(can_be_shut=False), PanelArea(can_be_shut=True)
        self.side.setObjectName("side")
        self.drawer.setObjectName("drawer")
        self._rows = QSplitter(Qt.Orientation.Vertical)
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        for splitter, first, second in (
            (self._rows, lab.view, self.drawer),
            (self._columns, self._rows, self.side),
        ):
            splitter.addWidget(first)
            splitter.addWidget(second)
            splitter.setChildrenCollapsible(False)
            splitter.setStretchFactor(0, 1)
            splitter.setStretchFactor(1, 0)
            splitter.setHandleWidth(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._columns)
        self._rows.splitterMoved.connect(self._on_dragged)
        for area in (self.side, self.drawer):
            area.changed.connect(self._on_changed)
            area.menuAsked.connect(self._open_menu)
        self.restore("")

    # ── Panels ───────────────────────────────────────────────────────────────────────────────────────────

    def area_of(self, name: str) -> PanelArea:
        """The area that a panel belongs to, whether it is shown or not."""
        return self.side if self._place[name] is Place.SIDE else self.drawer

    def is_shown(self, name: str) -> bool:
        """Whether a panel has a tab."""
        return name in self.area_of(name).names

    def show_panel(self, name: str) -> None:
        """Give a panel a tab if it has none, and bring it to the front."""
        area = self.area_of(name)
        if not self.is_shown(name):
            listed = [other for other in self.pages if other in area.names or other == name]
            area.add(self.pages[name], listed.index(name))
        area.show()
        area.show_page(name)

    def hide_panel(self, name: str) -> None:
        """Take a panel's tab away."""
        self.area_of(name).take(self.pages[name])

    def show_or_hide(self, name: str, on: bool) -> None:
        """Show a panel, or hide it."""
        self.show_panel(name) if on else self.hide_panel(name)

    def move_panel(self, name: str) -> None:
        """Move a panel to the other place."""
        self.hide_panel(name)
        self._place[name] = Place.DRAWER if self._place[name] is Place.SIDE else Place.SIDE
        self.show_panel(name)

    def fill(self, later: bool) -> None:
        """Make the panels: those of the first frame, or those that can wait."""
        for page in self.pages.values():
            if page.row.later == later:
                page.fill()
                assert page.panel is not None
                page.panel.wantedHeightChanged.connect(partial(self._make_room, page))
        for area in (self.side, self.drawer):
            area.show_tools()
        self._fit_drawer()

    # ── All at once ──────────────────────────────────────────────────────────────────────────────────────

    @property
    def bare(self) -> bool:
        """Whether the view has all the room."""
        return not (self.side.isVisibleTo(self) or self.drawer.isVisibleTo(self))

    def set_bare(self, bare: bool) -> None:
        """Give the view all the room, or show the areas again."""
        for area in (self.side, self.drawer):
            area.setVisible(not bare and bool(area.names))
        self._fit_drawer()
        self.changed.emit()

    def toggle_drawer(self) -> None:
        """Open or shut the drawer."""
        self.drawer.show()
        self.drawer.set_shut(not self.drawer.shut)

    # ── Sizes ────────────────────────────────────────────────────────────────────────────────────────────

    def _fit_drawer(self) -> None:
        """Let the drawer be as high as what is in front in it, or as high as it was dragged."""
        head, whole = self.drawer.head_height(), self.height()
        if self.drawer.shut:
            self.drawer.setFixedHeight(head)
            self._rows.setSizes([whole - head, head])
            return
        self.drawer.setMinimumHeight(head + scaled(LEAST_DRAWER))
        self.drawer.setMaximumHeight(16777215)
        page = self.drawer.front
        wanted = head + max(page.wanted_height() if page is not None else 0, scaled(LEAST_DRAWER))
        height = self._dragged if self._dragged is not None else min(wanted, round(MOST_DRAWER * whole))
        self._rows.setSizes([whole - height, height])

    def _make_room(self, page: Page) -> None:
        """Let the drawer grow with what is in front in it; it does not shrink under the eyes of the user."""
        if self.drawer.front is page and page.wanted_height() > page.height():
            self._fit_drawer()

    def _on_dragged(self, position: int, _: int) -> None:
        self._dragged = self._rows.height() - position

    def _on_changed(self) -> None:
        for area in (self.side, self.drawer):
            if not area.names:
                area.hide()
        self._fit_drawer()
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_drawer()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:  # what is in it is painted before the next event
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    # ── Remembering ──────────────────────────────────────────────────────────────────────────────────────

    def state(self) -> str:
        """How the panels are arranged, as `restore` takes it."""
        data = {
            "side": self.side.names,
            "drawer": self.drawer.names,
            "front": [area.front.row.name for area in (self.side, self.drawer) if area.front is not None],
            "places": {name: place.value for name, place in self._place.items()},
            "shut": self.drawer.shut,
            "width": self._columns.sizes()[1],
            "height": self._dragged,
        }
        return json.dumps(data)

    def restore(self, text: str) -> None:
        """Arrange the panels as they were, or, for a text that says nothing that can be, as at the first start."""
        data = _read(text)
        for name, page in self.pages.items():
            self.hide_panel(name)
            self._place[name] = data.places.get(name, page.row.place)
        for area, names in ((self.side, data.side), (self.drawer, data.drawer)):
            ordered = names if names is not None else [n for n in self.pages if self.area_of(n) is area]
            for name in ordered:
                if name in self.pages and self.area_of(name) is area:
                    area.add(self.pages[name])
            for name in data.front:
                if name in area.names:
                    area.tabs.setCurrentIndex(area.names.index(name))
            area.setVisible(bool(area.names))
        self._dragged = data.height
        self.drawer.set_shut(data.shut)
        self._columns.setSizes([10_000, data.width if data.width is not None else _side_width()])
        self._fit_drawer()

    def fit_to_text(self, change: float) -> None:
        """Take the size of text that is in use, `change` times what it was: the side is as much wider."""
        width = self._columns.sizes()[1]
        wider = round(width * change) if change > 1 else max(round(width * change), min(width, SIDE_WIDTH))
        self._columns.setSizes([10_000, min(wider, round(MOST_SIDE * self.width()))])
        self._fit_drawer()

    def retranslate(self) -> None:
        """Set all texts."""
        self.side.retranslate()
        self.drawer.retranslate()

    # ── Mouse ────────────────────────────────────────────────────────────────────────────────────────────

    def _open_menu(self, name: str, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        to = tr("Move to the drawer") if self._place[name] is Place.SIDE else tr("Move to the side")
        menu.addAction(to).triggered.connect(lambda: self.move_panel(name))
        menu.addAction(tr("Close this panel")).triggered.connect(lambda: self.hide_panel(name))
        menu.popup(at)


def _side_width() -> int:
    """The side's width at first: wider with larger texts, but the view is to keep the most of a small window."""
    return round(SIDE_WIDTH * min(max(factor(), 1.0), 1.6))


@dataclass(frozen=True)
class _Arrangement:
    """What is remembered of a workspace; None where everything is as at the first start."""

    side: list[str] | None = None
    drawer: list[str] | None = None
    front: list[str] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    shut: bool = True
    width: int | None = None
    height: int | None = None


def _read(text: str) -> _Arrangement:
    try:
        data = json.loads(text)
        height = data["height"]
        return _Arrangement(
            [str(name) for name in data["side"]],
            [str(name) for name in data["drawer"]],
            [str(name) for name in data["front"]],
            {str(name): Place(place) for name, place in data["places"].items()},
            bool(data["shut"]),
            min(max(int(data["width"]), 120), 4000),
            None if height is None else min(max(int(height), LEAST_DRAWER), 4000),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return _Arrangement()
