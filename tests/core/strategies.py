"""What hypothesis draws optimizers and scenarios from."""

import sys
from dataclasses import replace

from hypothesis import strategies as st

from optisim.core.optimizers import OPTIMIZERS
from optisim.core.scenario import MARKERS, MAX_STEPS, Run, Scenario
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


any_optimizer = st.sampled_from(list(OPTIMIZERS.values())).flatmap(
    lambda kind: st.builds(
        lambda values: kind(**values),
        st.fixed_dictionaries({}, optional={hyper.name: values_of(hyper) for hyper in kind.hypers()}),
    )
)

any_run = st.builds(
    Run,
    any_optimizer,
    color=st.from_regex(r"#[0-9A-Fa-f]{6}", fullmatch=True),
    marker=st.sampled_from(MARKERS),
    visible=st.booleans(),
    label=st.text(max_size=80),
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
)
