"""What all panels share: texts that follow the language, focus that leaves the keys to the race, unhurried text."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QScrollArea, QScrollBar, QWidget

from optisim.canvas.theme import Theme
from optisim.ui.parts.plain import Label

TEXT_INTERVAL = 100  # milliseconds; numbers that change faster cannot be read


class Panel(QWidget):
    """A widget whose texts are set in `retranslate`, at the start and whenever the language changes.

    `tools` is what stands beside its tab, if anything.

    Signals:
        wantedHeightChanged(): it would like to be higher or lower than before.
    """

    wantedHeightChanged = Signal()

    tools: QWidget | None = None

    def wanted_height(self) -> int:
        """How high the panel is when all of it is seen, at the width that it has."""
        return self.heightForWidth(self.width()) if self.hasHeightForWidth() else self.sizeHint().height()

    def retranslate(self) -> None:
        """Set all texts."""

    def show_theme(self, theme: Theme) -> None:
        """Paint light or dark; for panels that paint by themselves."""

    @property
    def seen(self) -> bool:
        """Whether it is in sight. Behind another panel's tab, it is visible to Qt but lies outside the window."""
        place = QRect(self.mapTo(self.window(), QPoint(0, 0)), self.size())
        return self.isVisible() and self.window().rect().intersects(place)

    def catch_up(self) -> None:
        """Show what was left out while the panel could not be seen; called when its dock comes or goes."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class _QuietBar(QScrollBar):
    """A scroll bar that keeps its place, but is not to be seen, when there is nothing to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)


class ScrolledPanel(QScrollArea):
    """A panel that is scrolled up and down where it is higher than its place.

    The bar always has its room: what is in a panel gets higher when it gets narrower, so a bar that comes and goes
    could change its mind for ever.
    """

    def __init__(self, panel: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(_QuietBar(Qt.Orientation.Vertical))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWidget(panel)


class Caption(Label):
    """A muted sentence that wraps; with `lines`, it always takes as many, so that what is below it stays put."""

    def __init__(self, lines: int = 0) -> None:
        super().__init__()
        self._lines = lines
        self.setObjectName("caption")
        self.setWordWrap(True)
        if lines:
            self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self.fit_text()

    def fit_text(self) -> None:
        """Take the size of text that is in use."""
        if self._lines:
            self.setFixedHeight(self._lines * self.fontMetrics().lineSpacing() + 2)


def caption(lines: int = 0) -> Caption:
    """A muted sentence that wraps; with `lines`, it always takes as many, so that what is below it stays put."""
    return Caption(lines)


_OWN_KEYS = {
    # keys that mean time to the window, but something else to these widgets while they have the focus
    QAbstractButton: (Qt.Key.Key_Space,),
    QComboBox: (Qt.Key.Key_Space, Qt.Key.Key_Home, Qt.Key.Key_End),
    QAbstractSlider: (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End),
}


class _KeyKeeper(QObject):
    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            kinds = (keys for kind, keys in _OWN_KEYS.items() if isinstance(target, kind))
            if any(event.key() in keys for keys in kinds):
                event.accept()
                return True
        return False


@cache
def _keeper() -> _KeyKeeper:
    return _KeyKeeper()


def focus_by_tab(widget: QWidget) -> None:
    """Let a click leave the focus, and so Space and the arrow keys, to the race.

    Reached with Tab, the widget has its usual keys.
    """
    widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    widget.installEventFilter(_keeper())


class Throttle(QObject):
    """Calls `action` at most ten times a second, however often it is asked to, and once more at the end."""

    def __init__(self, action: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TEXT_INTERVAL)
        self._timer.timeout.connect(action)

    def ask(self) -> None:
        """Call the action soon."""
        if not self._timer.isActive():
            self._timer.start()
