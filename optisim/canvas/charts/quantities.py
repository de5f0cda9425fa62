"""What charts show: loss, distance, rate and more of all runs against the steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from optisim.canvas.charts.charts import Curve, Plot
from optisim.core.base.problems import N_
from optisim.core.race.diagnostics import Diagnostics
from optisim.core.race.groups import Group, groups
from optisim.core.race.scenario import Scenario
from optisim.language import tr

CROWD = 200  # with more groups than that, the starts of a run share one curve


@dataclass(frozen=True)
class ChartQuantity:
    """What a chart can show: its name on the button, its title, and what it is, all to be translated."""

    short: str
    title: str
    tip: str
    log: bool = True
    limits: tuple[float, float] | None = None


CHART_QUANTITIES = {
    "loss": ChartQuantity(N_("Loss"), N_("Loss"), N_("The loss, above the lowest one if that is known")),
    "distance": ChartQuantity(
        N_("Distance"), N_("Distance to minimum"), N_("The distance to the nearest known minimum")
    ),
    "slope": ChartQuantity("‖∇f‖", N_("Gradient ‖∇f‖"), N_("The length of the gradient that the optimizer saw")),
    "step": ChartQuantity(
        N_("Step length"), N_("Step length ‖Δ‖"), N_("The length of the update about to be made")
    ),
    "rate": ChartQuantity(
        N_("Rate"),
        N_("Effective rate ‖Δ‖ / ‖∇f‖"),
        N_("How long the update is compared to the gradient: the learning rate in effect"),
    ),
    "cosine": ChartQuantity(
        N_("Direction"),
        N_("Cosine to steepest descent"),
        N_("The cosine of the angle between update and −∇f: 1 is straight downhill, below 0 is uphill"),
        log=False,
        limits=(-1.1, 1.1),
    ),
}


def shown_groups(scenario: Scenario, runs: Sequence[Diagnostics], selected: int = -1) -> list[Group]:
    """The visible groups from the bottom up: the first in the list on top, but for the selected one."""
    found = [group for group in groups(scenario, runs) if group.run.visible]
    if len(found) > CROWD:
        found = [
            replace(group, balls=slice(0, group.diagnostics.trajectory.x.shape[1]), name=group.run.name)
            for group in found
            if group.start == 0
        ]
    return sorted(found, key=lambda group: (group.place == selected, -group.place, -group.start))


def plot_of(name: str, shown: Sequence[Group], scenario: Scenario, selected: int = -1) -> Plot:
    """The plot of a quantity, with a curve of each group from the bottom up; that of `selected` stands out.

    Args:
        name: a key of QUANTITIES.
        shown: whose curves.
        scenario: what the groups are of.
        selected: the run that stands out among several, by its place in the list; −1 for none.
    """
    quantity, surface = CHART_QUANTITIES[name], scenario.surface
    plot = Plot(
        tr(quantity.title),
        tr(quantity.short),
        steps=scenario.steps,
        log=quantity.log,
        limits=quantity.limits,
    )
    if name == "distance" and not surface.minima:
        return replace(plot, message=tr("No minimum of this surface is known"))
    if name == "loss" and surface.minima:
        plot = replace(plot, title=tr("Loss above the lowest"), above=surface.lowest)
    elif name == "loss":
        plot = replace(plot, log=False)
    bold = selected if len(scenario.runs) > 1 else -1
    curves = []
    for group in shown:
        values = group.diagnostics.median(name, group.balls)
        if values is not None:
            stopped = group.diagnostics.trajectory.stopped[group.balls]
            ended = bool((stopped >= 0).all())
            known = values[: stopped.max() + 1] if ended else values
            key = (group.diagnostics, group.balls.start, group.balls.stop)
            curves.append(Curve(key, group.name, group.run.color, known, group.place == bold, ended))
    return replace(plot, curves=curves)
