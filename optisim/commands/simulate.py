"""`optisim simulate` and `optisim share`: trajectories, results, a script, a scenario; and a scenario as text."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from optisim.commands.messages import reported
from optisim.commands.scenario import add_scenario, scenario_of
from optisim.core.base.problems import N_, Problem
from optisim.core.documents.kinds import to_json
from optisim.core.documents.sharing import to_share
from optisim.core.race.scenario import Scenario
from optisim.core.race.simulate import Trajectory, race_to_end
from optisim.export.files import by_ending, write_safely
from optisim.language import tr


def add(commands: Any) -> None:
    """Put the commands into the parser's list."""
    commands.add_parser(
        "simulate",
        fill=_options,
        help=tr("compute trajectories, results or a script"),
        description=tr(
            "Compute trajectories and write them as CSV, to standard output without -o. The ending of the file"
            " chooses something else."
        ),
    )
    sharing = commands.add_parser(
        "share",
        help=tr("print a scenario as a line of text for chats and mails"),
        description=tr("Print a scenario as a line of text that OptiSim opens wherever it opens a file."),
    )
    add_scenario(sharing)
    sharing.set_defaults(command=share)


def _options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `simulate`."""
    from optisim.export.trajectories import TRAJECTORY_FORMATS

    add_scenario(parser)
    about = tr(
        "trajectories as {trajectories} (- is standard output), results at the end as {tables},"
        " a Python script as .py, the scenario as .optisim.json",
        trajectories=", ".join(TRAJECTORY_FORMATS),
        tables=", ".join(_of_tables()),
    )
    parser.add_argument("-o", "--output", metavar="FILE", help=about)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    scenario = scenario_of(options)
    if options.output in (None, "-"):
        from optisim.export.trajectories import write_csv

        if sys.stdout is None:
            raise Problem(N_("There is no standard output to write to; name a file with -o."))
        trajectories = race_to_end(scenario)
        write_csv(scenario, trajectories, sys.stdout)
        return reported(trajectories)
    output = Path(options.output)
    raced = by_ending(output, _outputs())(scenario, output)
    print(output)
    return reported(raced)


def _write_data(scenario: Scenario, output: Path) -> Sequence[Trajectory]:
    from optisim.export.trajectories import save_data

    trajectories = race_to_end(scenario)
    save_data(scenario, trajectories, output)
    return trajectories


def _write_table(scenario: Scenario, output: Path) -> Sequence[Trajectory]:
    from optisim.export.results import cells, results_at_end
    from optisim.export.tables import save_table

    trajectories = race_to_end(scenario)
    save_table(cells(results_at_end(scenario, trajectories)), output)
    return trajectories


def _write_script(scenario: Scenario, output: Path) -> Sequence[Trajectory]:
    from optisim.export.script import script_of

    _write_text(script_of(scenario), output)
    return ()


def _write_scenario(scenario: Scenario, output: Path) -> Sequence[Trajectory]:
    _write_text(to_json(scenario) + "\n", output)
    return ()


def _write_text(text: str, output: Path) -> None:
    write_safely(output, lambda temporary: temporary.write_text(text, encoding="utf-8"))


def _of_tables() -> list[str]:
    """The endings of tables of results, but for those that mean trajectories here."""
    from optisim.export.tables import TABLE_FORMATS
    from optisim.export.trajectories import TRAJECTORY_FORMATS

    return [ending for ending in TABLE_FORMATS if ending not in TRAJECTORY_FORMATS]


def _outputs() -> dict[str, Callable[[Scenario, Path], Sequence[Trajectory]]]:
    """File ending → what `simulate` writes there, and the trajectories that it took."""
    from optisim.export.trajectories import TRAJECTORY_FORMATS

    return {
        ".optisim.json": _write_scenario,  # before the other .json
        **dict.fromkeys(TRAJECTORY_FORMATS, _write_data),
        **dict.fromkeys(_of_tables(), _write_table),
        ".py": _write_script,
    }


def share(options: argparse.Namespace) -> int:
    print(to_share(scenario_of(options)))
    return 0
