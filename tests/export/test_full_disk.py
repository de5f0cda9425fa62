"""On a disk that is really full, every export is refused in one sentence, and what stood there before is intact."""

import pytest

from optisim.core.base.problems import Problem
from optisim.core.race.scenario import chapter_scenario
from optisim.core.race.simulate import race_to_end
from optisim.export.figures.figure import Figure
from optisim.export.figures.formats import FIGURE_FORMATS, painter_of, save_figure
from optisim.export.results import cells, results_at_end
from optisim.export.tables import TABLE_FORMATS, save_table
from optisim.export.trajectories import TRAJECTORY_FORMATS, save_data

OLD = b"what was there before"


def write(path):
    """Write something of the chapter's race, by the ending of the path."""
    scenario = chapter_scenario()
    ending = path.name.removeprefix("table").removeprefix("export")
    if path.name.startswith("table"):
        head, *rows = cells(results_at_end(scenario, race_to_end(scenario)))
        save_table([head, *rows * 40], path)
    elif ending in FIGURE_FORMATS:
        save_figure(painter_of(Figure(), scenario), scenario, path)
    else:
        save_data(scenario, race_to_end(scenario), path)


NAMES = [f"export{ending}" for ending in (*FIGURE_FORMATS, *TRAJECTORY_FORMATS)] + [
    f"table{e}" for e in TABLE_FORMATS
]


@pytest.mark.slow(keep=2)
@pytest.mark.parametrize("name", NAMES)
def test_a_full_disk_loses_nothing(qapp, small_disk, tmp_path, name):
    write(tmp_path / name)
    needed = (tmp_path / name).stat().st_size
    assert needed > 4096
    for share in (0.0, 0.5):
        disk = small_disk(int(needed * share) // 4096 * 4096 + 4096)  # a page for the older file
        (disk / name).write_bytes(OLD)
        with pytest.raises(Problem, match="disk is full") as caught:
            write(disk / name)
        assert "\n" not in str(caught.value)
        assert [(file.name, file.read_bytes()) for file in disk.iterdir()] == [(name, OLD)]
