"""A caption: all that defines an experiment, in words and symbols."""

from __future__ import annotations

import re

from optisim.canvas.scales import number_text
from optisim.canvas.text.symbols import plain_symbol
from optisim.core.base.hyperparameters import Hyper, Tunable, Value
from optisim.core.optimizers import Optimizer
from optisim.core.race.scenario import Run, Scenario, follows
from optisim.core.race.schedules import Schedule
from optisim.language import tr

EQUALS = "\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}"
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def caption_of(scenario: Scenario) -> str:
    """The surface, starts, updates, noise, and every visible run with all its hyperparameters."""
    surface = scenario.surface
    formula = plain_formula(surface.formula)
    parts = [f"f(x, y) = {formula}"]
    parts += [f"{parameter.name}{EQUALS}{number(parameter.value)}" for parameter in surface.parameters]
    comma = tr(", ")
    starts = comma.join(f"({number(x)}, {number(y)})" for x, y in scenario.starts[:4])
    if len(scenario.starts) > 4:
        starts = tr("{count} starts", count=len(scenario.starts))
    parts.append(tr("from {starts}", starts=starts))
    parts.append(tr("{steps} updates", steps=scenario.steps))
    if scenario.noisy:
        noise = f"{tr(scenario.noise.name)} {_values(scenario.noise)}".rstrip()
        parts.append(tr("noise: {noise}, seed {seed}", noise=noise, seed=scenario.seed))
        if scenario.seeds > 1:
            parts.append(tr("{count} balls per start", count=scenario.seeds))
    runs = (_run(run) for run in scenario.runs if run.visible)
    sentences = (tr("; ").join(parts), *runs)
    return "".join(tr("{sentence}. ", sentence=sentence) for sentence in sentences).strip()


def plain_formula(formula: str) -> str:
    """A formula as plain text with true minus signs, raised digits and dots: x²/20 + y²."""
    text = re.sub(r"(?:\^|\*\*)\s*(\d+)(?![\d.])", lambda found: found[1].translate(_SUPERSCRIPTS), formula)
    return text.replace("*", "·").replace("-", "−")


def number(value: float) -> str:
    """A number as books write it: 0.3, −7, 10⁻⁷."""
    return number_text(float(f"{value:.6g}"))


def _run(run: Run) -> str:
    before = "".join(
        tr("{what} up to step {step}, then ", what=_phase(past.optimizer, past.schedule), step=past.until)
        for past in run.past
    )
    # of a branch, the name says from which step on it is one; the values do so, too
    name = run.label or run.optimizer.name
    what = before + _phase(run.optimizer, run.schedule)
    return tr("{name}: {what}", name=name, what=what) if what else name


def _phase(optimizer: Optimizer, schedule: Schedule) -> str:
    values = _values(optimizer)
    if not follows(optimizer, schedule):
        return values
    return tr(", ").join(filter(None, (values, f"{tr(schedule.name)} {_values(schedule)}".strip())))


def _values(tunable: Tunable) -> str:
    """All hyperparameters as "α = 0.9, η = 0.1"; where there is no warm-up, nothing is said of it."""
    silent = ("warmup", "warmup_start") if isinstance(tunable, Schedule) and not tunable.warmup else ()
    said = (_said(hyper, tunable.values[hyper.name]) for hyper in tunable.hypers() if hyper.name not in silent)
    return tr(", ").join(filter(None, said))


def _said(hyper: Hyper, value: Value) -> str:
    """A hyperparameter and its value; of a switch, whether it differs from what is usual."""
    title = _title(hyper.title)
    if isinstance(value, bool):
        without = tr("without {what}", what=title) if hyper.default else ""
        return tr("with {what}", what=title) if value else without
    return f"{plain_symbol(hyper.symbol) or title}{EQUALS}{number(value)}"


def _title(title: str) -> str:
    """What something is called, without the explanation that may follow."""
    return re.split("[:：]", tr(title))[0]
