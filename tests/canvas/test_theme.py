"""Light and dark: everything that must be read can be."""

import itertools
import re

import pytest
from PySide6.QtGui import QColor, QPalette

from optisim.canvas.theme import DARK, LIGHT, THEMES, mixed
from optisim.core.race.scenario import LOOKS

READABLE = 4.5  # WCAG 2.2, success criterion 1.4.3


def luminance(color):
    """The relative luminance of WCAG."""
    channels = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in color.getRgbF()[:3]
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one, other):
    light, dark = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)


def test_the_measure_of_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#123456", "#123456") == 1


@each_theme
@pytest.mark.parametrize("ground", ["window", "base", "raised"])
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "error"])
def test_text_can_be_read_on_every_ground(theme, ink, ground):
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= READABLE


@each_theme
def test_text_can_be_read_on_the_accent(theme):
    assert contrast(theme.on_accent, theme.accent) >= READABLE


@each_theme
def test_colours_are_written_in_full(theme):
    for name in ("window", "base", "raised", "border", "text", "muted", "accent", "on_accent", "error"):
        assert re.fullmatch("#[0-9a-f]{6}", getattr(theme, name))
    assert THEMES[theme.name] is theme


def test_light_is_light_and_dark_is_dark():
    for ground in ("window", "base", "raised"):
        assert luminance(QColor(getattr(LIGHT, ground))) > 0.8
        assert luminance(QColor(getattr(DARK, ground))) < 0.05


@each_theme
def test_the_palette_of_every_state_can_be_read(theme):
    palette, role = theme.palette(), QPalette.ColorRole
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        for ink, ground in (
            (role.WindowText, role.Window),
            (role.Text, role.Base),
            (role.Text, role.AlternateBase),
            (role.ButtonText, role.Button),
            (role.PlaceholderText, role.Base),
            (role.ToolTipText, role.ToolTipBase),
            (role.HighlightedText, role.Highlight),
            (role.Link, role.Window),
        ):
            assert contrast(palette.color(group, ink), palette.color(group, ground)) >= READABLE, ink
    for ink in (role.WindowText, role.Text, role.ButtonText):
        disabled = palette.color(QPalette.ColorGroup.Disabled, ink)
        assert 2 < contrast(disabled, theme.window) < contrast(theme.text, theme.window) / 1.5


def test_no_two_runs_look_alike():
    for one, other in itertools.combinations(LOOKS, 2):
        assert one.marker != other.marker
        a, b = QColor(one.color).getRgb(), QColor(other.color).getRgb()
        assert max(abs(p - q) for p, q in zip(a, b, strict=True)) > 50


def test_mixing_goes_from_the_ground_to_the_colour():
    assert mixed("#ff0000", "#0000ff", 0.0) == QColor("#0000ff")
    assert mixed("#ff0000", "#0000ff", 1.0) == QColor("#ff0000")
    assert mixed("#ff8000", "#000000", 0.5) == QColor(128, 64, 0)
