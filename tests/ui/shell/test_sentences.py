"""The sentences about optimizers and surfaces fit into the lines that are kept for them."""

import pytest
from PySide6.QtCore import QRect, Qt

from optisim.core.optimizers import OPTIMIZERS, SAM, Lookahead
from optisim.core.surfaces import SURFACES
from optisim.language import LANGUAGES, tr
from tests.ui.driver import settle


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_fits(window, qtbot, code):
    settle(qtbot, window)
    window.set_language(code)
    kinds = {kind.character for kind in (*OPTIMIZERS.values(), SAM, Lookahead)}
    lessons = {surface.teaches for surface in SURFACES.values()}
    for label, sentences in ((window.lab.runs_panel.character, kinds), (window.lab.surface_panel.teaches, lessons)):
        room = QRect(0, 0, label.width(), 1000)
        for sentence in map(tr, sentences):
            assert sentence
            text = sentence[:1].upper() + sentence[1:]
            needed = label.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, text)
            assert needed.height() <= label.height(), sentence
