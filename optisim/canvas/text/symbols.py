"""Symbols of hyperparameters as plain text, for places where no formula can be typeset."""

from __future__ import annotations

import math
from functools import lru_cache

from optisim.canvas.scales import number_text
from optisim.core.optimizers import Optimizer
from optisim.core.race.scenario import Run, follows
from optisim.language import tr

_GREEK = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "varepsilon": "ε",
    "eta": "η",
    "theta": "θ",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "nu": "ν",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "omega": "ω",
}
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SPECIAL = {
    **{r"\eta^-": "η⁻", r"\eta^+": "η⁺", "f^*": "f*", r"\eta_T": "η end", r"d_\min": "d min", r"d_\max": "d max"},
    **{r"\eta_\min": "η min", r"\eta_\max": "η max", "T_0": "T₀"},
}


def plain_symbol(latex: str) -> str:
    r"""A symbol such as `\beta_1` as plain text, β₁."""
    if latex in _SPECIAL:
        return _SPECIAL[latex]
    if latex.startswith(r"\mathrm"):  # a plug-in's field that says no more than its name
        return ""
    name, _, index = latex.lstrip("\\").partition("_")
    return _GREEK.get(name, name) + index.strip("{}").translate(_SUBSCRIPTS)


def run_text(run: Run) -> str:
    """A run's learning rate and schedule as "η 0.1 · Cosine", or nothing if it has none."""
    rate = rate_text(run.optimizer)
    return f"{rate} · {tr(run.schedule.name)}" if follows(run.optimizer, run.schedule) else rate


def short_text(run: Run) -> str:
    """A run's learning rate as "η 0.1", "η(t)" with a schedule, or nothing if it has none."""
    rate = rate_text(run.optimizer)
    return rate.partition(" ")[0] + "(t)" if follows(run.optimizer, run.schedule) else rate


@lru_cache(maxsize=512)
def rate_text(optimizer: Optimizer) -> str:
    """The optimizer's learning rate as "η 0.1", or nothing if it has none."""
    if "lr" not in optimizer.values:
        return ""
    rate = float(f"{optimizer.values['lr']:.4g}")
    return f"{rate_symbol(optimizer)} {number_text(rate)}"


def rate_symbol(optimizer: Optimizer) -> str:
    """The symbol of the optimizer's learning rate, or nothing if it has none."""
    return next((plain_symbol(hyper.symbol) for hyper in optimizer.hypers() if hyper.name == "lr"), "")


def three_digits(value: float) -> str:
    """A number in three digits, with a true minus sign: 2.00, 0.0512, 1030, 1.30e5, ∞; – for NaN."""
    if math.isnan(value):
        return "–"
    if 999.5 <= abs(value) < 1e5:
        text = f"{value:.0f}"
    else:
        mantissa, e, exponent = f"{value:#.3g}".rstrip(".").partition("e")
        text = f"{mantissa}e{int(exponent)}" if e else mantissa
    return text.replace("-", "−").replace("inf", "∞")
