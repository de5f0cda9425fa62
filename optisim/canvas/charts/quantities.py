"""What charts show: loss, distance, rate and more of all runs against the steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from optisim.canvas.charts.charts import Curve, Plot
from optisim.core.base.arrays import Array
from optisim.core.base.problems import N_
from optisim.core.base.tables import Table
from optisim.core.race.diagnostics import Diagnostics
from optisim.core.race.groups import Group, groups
from optisim.core.race.scenario import Scenario
from optisim.core.surfaces import Surface
from optisim.language import tr

CROWD = 200  # with more groups than that, the starts of a run share one curve


@dataclass(frozen=True)
class ChartQuantity:
    """What a chart can show: a row of CHART_QUANTITIES. All texts are to be translated.

    Attributes:
        name: in settings, files and on the command line.
        short: on the button.
        title: above the chart.
        tip: what it is.
        column: its values for every ball at every step, (T + 1, N); None if the surface does not allow it.
        shown: the window shows it at the first start.
        log: on a logarithmic axis.
        limits: of the axis; None for what the values ask for.
        adapted: its plot, made to suit a surface.
    """

    name: str
    short: str
    title: str
    tip: str
    column: Callable[[Diagnostics], Array | None]
    shown: bool = False
    log: bool = True
    limits: tuple[float, float] | None = None
    adapted: Callable[[Plot, Surface], Plot] = lambda plot, surface: plot


def _above_lowest(plot: Plot, surface: Surface) -> Plot:
    """The plot of losses: logarithmic above the lowest one if that is known, else as they are."""
    if not surface.minima:
        return replace(plot, log=False)
    return replace(plot, title=tr("Loss above the lowest"), above=surface.lowest)


def _to_known_minima(plot: Plot, surface: Surface) -> Plot:
    return plot if surface.minima else replace(plot, message=tr("No minimum of this surface is known"))


CHART_QUANTITIES = Table(
    (
        ChartQuantity(
            "loss",
            N_("Loss"),
            N_("Loss"),
            N_("The loss, above the lowest one if that is known"),
            lambda run: run.loss,
            shown=True,
            adapted=_above_lowest,
        ),
        ChartQuantity(
            "distance",
            N_("Distance"),
            N_("Distance to minimum"),
            N_("The distance to the nearest known minimum"),
            lambda run: run.distance,
            shown=True,
            adapted=_to_known_minima,
        ),
        ChartQuantity(
            "slope",
            "‖∇f‖",
            N_("Gradient ‖∇f‖"),
            N_("The length of the gradient that the optimizer saw"),
            lambda run: run.slope,
        ),
        ChartQuantity(
            "step",
            N_("Step length"),
            N_("Step length ‖Δ‖"),
            N_("The length of the update about to be made"),
            lambda run: run.step,
        ),
        ChartQuantity(
            "rate",
            N_("Rate"),
            N_("Effective rate ‖Δ‖ / ‖∇f‖"),
            N_("How long the update is compared to the gradient: the learning rate in effect"),
            lambda run: run.rate,
            shown=True,
        ),
        ChartQuantity(
            "cosine",
            N_("Direction"),
            N_("Cosine to steepest descent"),
            N_("The cosine of the angle between update and −∇f: 1 is straight downhill, below 0 is uphill"),
            lambda run: run.cosine,
            log=False,
            limits=(-1.1, 1.1),
        ),
    ),
    unknown=N_("There is no chart of “{name}”; choose one of {names}."),
)


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
        name: one of CHART_QUANTITIES.
        shown: whose curves.
        scenario: what the groups are of.
        selected: the run that stands out among several, by its place in the list; −1 for none.
    """
    quantity = CHART_QUANTITIES[name]
    plot = Plot(
        tr(quantity.title),
        tr(quantity.short),
        steps=scenario.steps,
        log=quantity.log,
        limits=quantity.limits,
    )
    plot = quantity.adapted(plot, scenario.surface)
    bold = selected if len(scenario.runs) > 1 else -1
    curves = []
    for group in shown:
        values = group.diagnostics.median(quantity.column, group.balls)
        if values is not None:
            stopped = group.diagnostics.trajectory.stopped[group.balls]
            ended = bool((stopped >= 0).all())
            known = values[: stopped.max() + 1] if ended else values
            key = (group.diagnostics, group.balls.start, group.balls.stop)
            curves.append(Curve(key, group.name, group.run.color, known, group.place == bold, ended))
    return replace(plot, curves=curves)
