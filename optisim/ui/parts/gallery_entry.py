"""What a lab has to offer in the gallery."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from optisim.canvas.pixels import Pixels
from optisim.core.base.progress import Progress

Paint = Callable[[str, int, int, float, Progress], Pixels]


@dataclass(frozen=True)
class GalleryEntry:
    """Something that can be opened.

    Attributes:
        name: what it is known by.
        title: its name, for people.
        says: one to three sentences on what to watch.
        paint: theme, width, height, pixels of the picture to each of those, progress → picture; work for a process.
        open: shows it.
    """

    name: str
    title: str
    says: str
    paint: Paint
    open: Callable[[], object]
