"""Numbers inside formulas: in few figures, in a form that does not jump, painted into the places kept for them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter

FIGURES = 4  # significant figures of a number of ordinary size
SMALL, LARGE = 1e-3, 1e4  # from where to where a size is ordinary
DECIMALS = 5  # no more than that
ZERO_HEIGHT = 0.653  # of the font's size: how high a 0 is, with what it reaches below the line
BELOW = 0.011  # of the font's size: how far a 0 reaches below the line
RAISED = 0.40  # of the font's size: how high an exponent stands
SMALLER = 0.7  # of the font's size: an exponent


@dataclass(frozen=True)
class Numeral:
    """A number as it is shown: mantissa and, if there is one, the exponent of the power of ten it is times."""

    mantissa: str
    exponent: int | None = None

    @property
    def value(self) -> float:
        """What is read."""
        number = float(self.mantissa.replace("−", "-"))
        return number if self.exponent is None else number * 10.0**self.exponent

    @property
    def rounding(self) -> float:
        """How far the number itself may be from what is read."""
        decimals = len(self.mantissa.partition(".")[2])
        return 0.5 * 10.0 ** ((self.exponent or 0) - decimals)


def numeral(value: float, figures: int = FIGURES) -> Numeral:
    """A number in so many significant figures; those of sizes that would need many zeros as a · 10ⁿ."""
    if not math.isfinite(value):
        return Numeral("–" if math.isnan(value) else "∞" if value > 0 else "−∞")
    size = abs(value)
    if size == 0:
        return Numeral("0")
    if SMALL <= size < LARGE:
        decimals = max(figures - 1 - math.floor(math.log10(size)), 0)
        return Numeral(_signed(f"{value:.{min(decimals, DECIMALS if size < 1e-2 else figures)}f}"))
    mantissa, _, exponent = f"{value:.{figures - 2}e}".partition("e")
    return Numeral(_signed(mantissa), int(exponent))


def setting(value: float) -> Numeral:
    """A hyperparameter as it was given: no more figures than it needs."""
    size = abs(value)
    if size == 0 or (1e-3 <= size < 1e5 and math.isfinite(value)):
        return Numeral(_signed(f"{value:.5g}"))
    mantissa, _, exponent = f"{value:.3e}".partition("e")
    return Numeral(_signed(f"{float(mantissa):g}"), int(exponent))


def _signed(text: str) -> str:
    return text.replace("-", "−")


@lru_cache(maxsize=1)
def _family() -> str:
    """The font of the formulas, which ziamath brings along."""
    found = find_spec("ziamath")
    folder = Path(found.origin).parent if found is not None and found.origin else Path()
    file = folder / "fonts" / "STIXTwoMath-Regular.ttf"
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    return families[0] if families else "OptiSim Sans"


@lru_cache(maxsize=64)
def _font(size: int) -> tuple[QFont, dict[str, float]]:
    """The font of that many pixels, and how wide its signs are: adding these up is faster than asking Qt."""
    font = QFont(_family())
    font.setPixelSize(max(size, 1))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    metrics = QFontMetricsF(font)
    return font, {sign: metrics.horizontalAdvance(sign) for sign in "0123456789.,−-–∞()·e+"}


def _width(text: str, widths: dict[str, float]) -> float:
    return sum([widths[sign] for sign in text])


@dataclass(frozen=True)
class Glyphs:
    """A text and where it stands."""

    text: str
    at: QPointF
    font: QFont


def placed(number: Numeral, box: QRectF, brackets: bool) -> list[Glyphs]:
    """Where the parts of a number stand in the place that zeros have kept for it.

    Args:
        number: what to show.
        box: the zeros' bounds.
        brackets: whether a negative number stands in brackets.
    """
    base = box.height() / ZERO_HEIGHT
    baseline = box.bottom() - BELOW * base
    negative = brackets and number.mantissa.startswith("−")
    opening, closing = ("(", ")") if negative else ("", "")
    times = "" if number.exponent is None else ("10" if number.mantissa == "1" else f"{number.mantissa}·10")
    text = opening + (times or number.mantissa)
    power = "" if number.exponent is None else f"{number.exponent}".replace("-", "−")
    for size in (base, 0.85 * base, 0.72 * base, 0.6 * base):
        font, widths = _font(round(size))
        small, small_widths = _font(round(SMALLER * size))
        first, second = _width(text, widths), _width(power, small_widths)
        width = first + second + _width(closing, widths)
        if width <= box.width() + 3:
            break
    x = box.center().x() - width / 2
    glyphs = [Glyphs(text, QPointF(x, baseline), font)]
    if power:
        glyphs.append(Glyphs(power, QPointF(x + first, baseline - RAISED * size), small))
    if closing:
        glyphs.append(Glyphs(closing, QPointF(x + first + second, baseline), font))
    return glyphs


def paint_glyphs(painter: QPainter, glyphs: list[Glyphs], color: QColor) -> None:
    """Paint a number."""
    painter.setPen(color)
    for glyph in glyphs:
        painter.setFont(glyph.font)
        painter.drawText(glyph.at, glyph.text)
