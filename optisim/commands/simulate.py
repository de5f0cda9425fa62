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
    simulating = commands.add_parser(
        "simulate",
        help=tr("compute trajectories, results or a script"),
        description=tr(
            "Compute trajectories and write them as CSV, to standard output without -o. The ending of the file"
            " chooses something else."
        ),
    )
    add_scenario(simulating)
    simulating.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help=tr(
            "trajectories as .csv, .json or .npz (- is standard output), results at the end as .md or .tex,"
            " a Python script as .py, the scenario as .optisim.json"
        ),
    )
    simulating.set_defaults(command=run)

    sharing = commands.add_parser(
        "share",
        help=tr("print a scenario as a line of text for chats and mails"),
        description=tr("Print a scenario as a line of text that OptiSim opens wherever it opens a file."),
    )
    add_scenario(sharing)
    sharing.set_defaults(command=share)


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
    raced = by_ending(output, OUTPUTS)(scenario, output)
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


OUTPUTS: dict[str, Callable[[Scenario, Path], Sequence[Trajectory]]] = {
    ".optisim.json": _write_scenario,  # before the other .json
    **dict.fromkeys((".csv", ".json", ".npz"), _write_data),
    **dict.fromkeys((".md", ".tex"), _write_table),
    ".py": _write_script,
}
"""File ending → what `simulate` writes there, and the trajectories that it took."""


def share(options: argparse.Namespace) -> int:
    print(to_share(scenario_of(options)))
    return 0
