"""What hypothesis draws optimizers and scenarios from."""

import sys
from dataclasses import replace

from hypothesis import strategies as st

from optisim.core.optimizers import OPTIMIZERS
from optisim.core.race.scenario import MARKERS, MAX_STEPS, Past, Run, Scenario
from optisim.core.race.schedules import SCHEDULES
from optisim.core.surfaces import SURFACES, Domain, own_surface


def values_of(hyper):
    """Everything that a hyperparameter may be."""
    if hyper.scale == "switch":
        return st.booleans()
    if hyper.scale == "decay":
        return st.floats(0, 1, exclude_max=True)
    if hyper.scale == "count":
        return st.integers(int(hyper.least), int(hyper.most))
    return st.floats(max(hyper.least, -sys.float_info.max), min(hyper.most, sys.float_info.max))


def all_of(kind):
    """Everything of one kind that has hyperparameters."""
    return st.builds(
        lambda values: kind(**values),
        st.fixed_dictionaries({}, optional={hyper.name: values_of(hyper) for hyper in kind.hypers()}),
    )


any_optimizer = st.sampled_from(list(OPTIMIZERS.values())).flatmap(all_of)
any_schedule = st.sampled_from(list(SCHEDULES.values())).flatmap(all_of)


def pasts_of(kind):
    """What a run of one kind of optimizer may have been before."""
    phase = st.tuples(all_of(kind), any_schedule)
    phases = st.dictionaries(st.integers(1, MAX_STEPS), phase, max_size=3)
    return phases.map(lambda found: tuple(Past(until, *found[until]) for until in sorted(found)))


any_run = st.sampled_from(list(OPTIMIZERS.values())).flatmap(
    lambda kind: st.builds(
        Run,
        all_of(kind),
        color=st.from_regex(r"#[0-9A-Fa-f]{6}", fullmatch=True),
        marker=st.sampled_from(MARKERS),
        visible=st.booleans(),
        label=st.text(max_size=80),
        schedule=any_schedule,
        past=pasts_of(kind),
        ghost=st.booleans(),
    )
)

sides = st.tuples(st.floats(-1e9, 1e9), st.floats(10, 1e9)).map(lambda side: (side[0], side[0] + side[1]))
any_domain = st.builds(lambda across, up: Domain.checked(*across, *up), sides, sides)

FORMULAS = (
    "x",
    "x^2 + y^2",
    "sin(2pi x) − y²",
    "  abs(x) + 1e-3 ",
    "log(x)/y",
    "max(x, y)^0.5",
    "(1 - x)² + 1e300y",
)
any_surface = st.one_of(
    st.sampled_from(list(SURFACES.values())),
    st.builds(replace, st.sampled_from(list(SURFACES.values())), domain=any_domain, log=st.booleans()),
    st.builds(own_surface, st.sampled_from(FORMULAS), any_domain).flatmap(
        lambda surface: st.builds(replace, st.just(surface), log=st.booleans())
    ),
)

coordinate = st.floats(-1e12, 1e12, exclude_min=True, exclude_max=True)
any_scenario = st.builds(
    Scenario,
    any_surface,
    starts=st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=4).map(tuple),
    runs=st.lists(any_run, max_size=4).map(tuple),
    steps=st.integers(1, MAX_STEPS),
    bookmarks=st.lists(st.integers(0, MAX_STEPS), max_size=5).map(tuple),
)
