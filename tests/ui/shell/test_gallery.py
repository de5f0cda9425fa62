"""The gallery of examples."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from optisim.core.documents.examples import EXAMPLES
from optisim.core.documents.kinds import to_json
from optisim.core.race.scenario import chapter_scenario
from optisim.core.surfaces import SURFACES
from optisim.export.figures.formats import thumbnail
from optisim.ui.parts import messages
from optisim.ui.shell.gallery import GAP, PICTURE, Gallery
from tests.ui.driver import (
    CTRL,
    LEFT,
    PLAIN,
    SHIFT,
    Key,
    assert_true_to_scenario,
    choose,
    click_button,
    press,
    settle,
)

NAMES = list(EXAMPLES)
Button = messages.Button


@pytest.fixture
def opened(window, qtbot):
    """Opens the gallery with its keys."""

    def do():
        press(window, Key.Key_O, CTRL | SHIFT)
        gallery = next(g for g in window.findChildren(Gallery) if g.isVisible())
        qtbot.waitActive(gallery)
        return gallery

    return do


def shown(window):
    return any(gallery.isVisible() for gallery in window.findChildren(Gallery))


def pictures(gallery):
    return [gallery.cards.item(row).data(Qt.ItemDataRole.DecorationRole) for row in range(gallery.cards.count())]


def painted(qtbot, gallery):
    qtbot.waitUntil(lambda: all(isinstance(picture, QImage) for picture in pictures(gallery)), timeout=60_000)


def test_the_gallery_is_there_at_once_and_its_pictures_follow(window, opened, qtbot):
    choose(window, "examples")
    (gallery,) = window.findChildren(Gallery)
    assert gallery.isVisible()
    assert pictures(gallery) == [None] * len(EXAMPLES)
    assert [gallery.cards.item(row).text() for row in range(len(EXAMPLES))] == [e.title for e in EXAMPLES.values()]
    painted(qtbot, gallery)
    painted_once = pictures(gallery)
    press(gallery, Key.Key_Escape)
    choose(window, "examples")
    again = next(gallery for gallery in window.findChildren(Gallery) if gallery.isVisible())
    assert pictures(again) == painted_once, "they are kept"
    press(again, Key.Key_Escape)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pictures_are_of_the_examples_in_the_windows_theme_and_sharp(window, opened, qtbot, theme):
    window.set_theme(theme)
    gallery = opened()
    painted(qtbot, gallery)
    for row in (0, len(NAMES) - 1):
        ratio = gallery.devicePixelRatioF()
        wanted = thumbnail(EXAMPLES[NAMES[row]].scenario(), theme, PICTURE.width(), PICTURE.height(), ratio)
        assert pictures(gallery)[row] == wanted
        assert wanted.size() == PICTURE * ratio
    press(gallery, Key.Key_Escape)


def test_arrows_choose_and_enter_opens(window, opened, qtbot):
    before = window.lab.player.scenario
    window.lab.player.seek(12)
    gallery = opened()
    assert gallery.chosen.name == NAMES[0]
    press(gallery, Key.Key_Right)
    assert gallery.chosen.name == NAMES[1]
    press(gallery, Key.Key_Down)
    below, above = (
        gallery.cards.visualItemRect(item) for item in (gallery.cards.currentItem(), gallery.cards.item(1))
    )
    assert below.left() == above.left()
    assert below.top() > above.bottom()
    assert gallery.title.text() == gallery.chosen.title
    assert gallery.says.text() == gallery.chosen.says
    wanted = EXAMPLES[gallery.chosen.name].scenario()
    press(gallery, Key.Key_Return)
    assert not shown(window)
    assert window.lab.player.scenario == wanted
    assert window.lab.player.step == 0
    assert window.document.path is None
    settle(qtbot, window)
    assert_true_to_scenario(window)
    with qtbot.waitActive(window):
        window.activateWindow()  # which the desktop does when a dialog closes
    press(window, Key.Key_Z, CTRL)
    assert window.lab.player.scenario == before


def test_a_double_click_opens(window, opened):
    gallery = opened()
    place = gallery.cards.visualItemRect(gallery.cards.item(3)).center()
    viewport = gallery.cards.viewport()
    QTest.mouseClick(viewport, LEFT, PLAIN, place)
    assert gallery.chosen.name == NAMES[3]
    QTest.mouseDClick(viewport, LEFT, PLAIN, place)
    assert not shown(window)
    assert window.lab.player.scenario == EXAMPLES[NAMES[3]].scenario()


@pytest.mark.parametrize("way", ["escape", "cancel"])
def test_who_thinks_better_of_it_has_changed_nothing(window, opened, way):
    gallery = opened()
    press(gallery, Key.Key_Right)
    press(gallery, Key.Key_Escape) if way == "escape" else click_button(gallery, "Cancel")
    assert not shown(window)
    assert window.lab.player.scenario == chapter_scenario()


@pytest.mark.parametrize(("answer", "left"), [(Button.Cancel, False), (Button.Discard, True)])
def test_what_is_not_saved_is_asked_about(window, opened, qtbot, tmp_path, monkeypatch, answer, left):
    asked = []
    monkeypatch.setattr(messages, "ask", lambda *rest: asked.append(rest[1]) or answer)
    file = tmp_path / "mine.optisim.json"
    file.write_text(to_json(chapter_scenario(SURFACES["himmelblau"])), encoding="utf-8")
    window.opening.open_file(file)
    window.lab.player.set_scenario(window.lab.player.scenario.with_start(0, (1.0, 1.0)))
    changed = window.lab.player.scenario
    gallery = opened()
    press(gallery, Key.Key_Right)
    click_button(gallery, "Open")
    assert len(asked) == 1
    assert window.lab.player.scenario == (EXAMPLES[NAMES[1]].scenario() if left else changed)
    assert window.document.path == (None if left else file)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_title_and_every_text_has_room(window, opened, qtbot, language):
    window.set_language(language)
    gallery = opened()
    titles = [gallery.cards.item(row).text() for row in range(gallery.cards.count())]
    room = PICTURE.width()
    assert [title for title in titles if gallery.cards.fontMetrics().horizontalAdvance(title) > room] == []
    for row in range(gallery.cards.count()):
        gallery.cards.setCurrentRow(row)
        frame = QRect(0, 0, gallery.says.width(), 1000)
        needed = gallery.says.fontMetrics().boundingRect(frame, Qt.TextFlag.TextWordWrap, gallery.says.text())
        assert needed.height() <= gallery.says.height(), gallery.says.text()
    card = gallery.cards.visualItemRect(gallery.cards.item(0))
    assert card.width() >= PICTURE.width() + 2 * GAP
    press(gallery, Key.Key_Escape)


def test_in_chinese_every_example_speaks_chinese(window, opened, qtbot):
    window.set_language("zh")
    gallery = opened()
    for row, example in enumerate(EXAMPLES.values()):
        gallery.cards.setCurrentRow(row)
        for said, source in ((gallery.title.text(), example.title), (gallery.says.text(), example.says)):
            assert any("\u4e00" <= letter <= "\u9fff" for letter in said), source
    press(gallery, Key.Key_Escape)


def test_the_gallery_fits_a_small_window(window, opened):
    window.resize(1024, 700)
    gallery = opened()
    assert gallery.width() <= 1024
    assert gallery.height() <= 700
    press(gallery, Key.Key_Escape)
