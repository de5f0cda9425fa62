"""The examples of races, as the gallery shows them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from optisim.core.documents.examples import EXAMPLES, Example
from optisim.core.race.scenario import Scenario
from optisim.export.tasks import PackedScenario, picture
from optisim.language import tr
from optisim.ui.parts.gallery_entry import GalleryEntry


def gallery_entries(open_scenario: Callable[[Scenario], object]) -> list[GalleryEntry]:
    """What the gallery shows of races; opening an entry hands its scenario to `open_scenario`."""

    def entry(example: Example) -> GalleryEntry:
        packed = PackedScenario(example.path.read_text(encoding="utf-8"), ())
        return GalleryEntry(
            example.name,
            tr(example.title),
            tr(example.says),
            partial(picture, packed),
            lambda: open_scenario(example.scenario()),
        )

    return [entry(example) for example in EXAMPLES.values()]
