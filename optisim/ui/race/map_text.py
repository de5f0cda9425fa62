"""The size of the texts on the map: axes, contour values, captions of arrows, legend."""

from __future__ import annotations

from optisim.canvas.map.map_view import MapView
from optisim.ui.parts.text_size import canvas_pixels, scaled

LEFT_AXIS = 52  # pixels at the usual size


def fit_map_text(view: MapView) -> None:
    """Write on the map in the size of the window's texts."""
    font = view.font_used  # which all parts of the map share
    if font.pixelSize() == canvas_pixels():
        return
    font.setPixelSize(canvas_pixels())
    plot = view.getPlotItem()
    for side in ("bottom", "left"):
        axis = plot.getAxis(side)
        axis.setStyle(tickFont=font)
        axis.label.setFont(font)
    plot.getAxis("left").setWidth(scaled(LEFT_AXIS))
    plot.getAxis("bottom").setHeight(None)
    view.colorbar.refit()
    view.colorbar.update()
    view.map_item.forget_terrain()
