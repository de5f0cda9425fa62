"""Icons, drawn for this project and painted in the colours of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from optisim.canvas.markers import paint_marker
from optisim.language import resources

SIDE = 20
_NAME = "optisim_icon"  # the dynamic property that remembers which icon a widget or action shows


def set_icon(target: QAction | QAbstractButton, name: str) -> None:
    """Show the icon `name`, now and after the theme has changed."""
    target.setProperty(_NAME, name)
    target.setIcon(icon(name))


def set_icon_later(target: QAction, name: str) -> None:
    """Show the icon `name` once `recolor` is called: the first frame need not wait for what stands in menus."""
    target.setProperty(_NAME, name)


def show_at_once(target: QAction | QAbstractButton) -> None:
    """Show an icon that was to come later."""
    name = target.property(_NAME)
    if name:
        target.setIcon(icon(name))


def recolor(window: QWidget) -> None:
    """Paint all icons of a window again, in the colours of the palette in force."""
    targets: list[QAction | QAbstractButton] = [
        *window.findChildren(QAction),
        *window.findChildren(QAbstractButton),
    ]
    for target in targets:
        show_at_once(target)


def icon(name: str) -> QIcon:
    """The icon `name` in the text colours of the palette."""
    palette = QGuiApplication.palette()
    role = QPalette.ColorRole.ButtonText
    return _icon(
        name,
        palette.color(QPalette.ColorGroup.Active, role).name(),
        palette.color(QPalette.ColorGroup.Disabled, role).name(),
    )


def _screen_ratio() -> float:
    app = QApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


@lru_cache(maxsize=256)
def _icon(name: str, color: str, dimmed: str) -> QIcon:
    result = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, color), (QIcon.Mode.Disabled, dimmed)):
        for side in (SIDE, 2 * SIDE):  # the larger one for larger texts
            for ratio in {1.0, _screen_ratio()}:
                result.addPixmap(icon_pixmap(name, ink, side, ratio), mode)
    return result


@lru_cache(maxsize=512)
def icon_pixmap(name: str, color: str, side: int, ratio: float) -> QPixmap:
    """The icon in one colour, `side` device-independent pixels wide."""
    svg = (resources() / "icons" / f"{name}.svg").read_bytes().replace(b"currentColor", color.encode())
    pixmap = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg)).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def app_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(resources() / "icons" / "app.svg"))


@lru_cache(maxsize=128)
def marker_pixmap(marker: str, color: str, side: int = 18) -> QPixmap:
    """A run's ball for lists and tables."""
    ratio = _screen_ratio()
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.translate(side / 2, side / 2)
    paint_marker(painter, marker, QColor(color).name(), 5.2 * side / 18)
    painter.end()
    return pixmap
