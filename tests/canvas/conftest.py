"""What tests of pictures share."""

import pytest


@pytest.fixture(autouse=True)
def fonts_and_pixmaps(qapp):
    """What paints needs a QApplication, without which Qt crashes, and the program's fonts."""
