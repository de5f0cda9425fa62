"""View → Text size: all texts of the window grow at once, figures do not."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from optisim.canvas.text.fonts import canvas_font
from optisim.ui.parts.text_size import TEXT_SIZES, allowed, neighbour, use_text_size
from tests.ui.driver import CTRL, SHIFT, Key, press


@pytest.fixture(autouse=True)
def usual_size_afterwards(qapp):
    yield
    use_text_size(100)


def sizes(window):
    """Sizes that follow the texts, by what they are of."""
    lab = window.lab
    return {
        "label": lab.runs_panel.schedule.title.fontMetrics().height(),
        "map": lab.map_view.font_used.pixelSize(),
        "axis": lab.map_view.getPlotItem().getAxis("left").width(),
        "list": lab.runs_panel.list.sizeHintForRow(0),
        "table": lab.results.view.verticalHeader().defaultSectionSize(),
        "facts": lab.side_view.facts.width(),
        "rate": lab.runs_panel.form.boxes["lr"].width(),
        "steps": lab.transport.steps.width(),
        "button": lab.transport.findChildren(type(lab.runs_panel.color))[0].iconSize().width(),
    }


def set_size(window, percent):
    window.commands.run("window.text_size", percent=percent)
    QApplication.processEvents()


def test_everything_grows_and_comes_back(window):
    window.lab.player.select(0)
    window.workspace.show_panel("side")
    usual = sizes(window)
    set_size(window, 150)
    large = sizes(window)
    assert {name for name in usual if not 1.2 < large[name] / usual[name] < 1.7} == set()
    set_size(window, 100)
    assert sizes(window) == usual


def test_formulas_grow(window, qtbot):
    window.lab.player.select(0)
    window.workspace.show_panel("inspector")
    view = window.lab.inspector.view
    qtbot.waitUntil(lambda: view.natural_height > 40)
    before = view._rows[0].formula.box.height()
    set_size(window, 200)
    assert view._rows[0].formula.box.height() == pytest.approx(2 * before, rel=0.05)


def test_it_is_remembered(window, open_window, settings):
    set_size(window, 130)
    large = QApplication.font().pointSizeF()
    window.close()
    use_text_size(100)
    again = open_window(settings)
    assert QApplication.font().pointSizeF() == pytest.approx(large)
    assert again.lab.map_view.font_used.pixelSize() == round(1.3 * canvas_font().pixelSize())


def test_keys_go_from_size_to_size(window):
    press(window, Key.Key_Plus, CTRL | SHIFT)
    assert window.settings.text_size == 115
    for _ in range(3):
        press(window, Key.Key_Minus, CTRL | SHIFT)
    assert window.settings.text_size == 80


def test_figures_stay_as_they_are(window):
    set_size(window, 200)
    assert canvas_font().pixelSize() == 12


def test_a_size_that_is_none_of_them_is_the_nearest():
    assert [allowed(percent) for percent in (-5, 84, 107, 108, 10**6)] == [80, 80, 100, 115, 200]
    assert neighbour(TEXT_SIZES[-1], 1) == TEXT_SIZES[-1]
    assert neighbour(TEXT_SIZES[0], -1) == TEXT_SIZES[0]


@pytest.mark.parametrize("percent", [80, 150, 200])
def test_no_label_is_cut_off_at_the_side(window, percent):
    window.resize(1280, 800)
    window.lab.player.select(0)
    set_size(window, percent)
    panel = window.lab.runs_panel
    cut = [
        label.text()
        for label in panel.findChildren(QLabel)
        if label.isVisible()
        and not label.wordWrap()
        and label.text()
        and label.width() < label.minimumSizeHint().width()
    ]
    assert cut == []
