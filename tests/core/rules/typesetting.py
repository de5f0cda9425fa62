"""Whether a piece of LaTeX can be typeset as the program does it."""

from xml.etree import ElementTree

import ziamath


def can_be_drawn(latex):
    """Whether `latex` becomes a picture with at least one glyph in it."""
    picture = ElementTree.fromstring(ziamath.Latex(latex).svg())
    return any(element.tag.endswith("path") for element in picture.iter())
