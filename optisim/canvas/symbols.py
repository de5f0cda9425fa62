"""Symbols of hyperparameters as plain text, for places where no formula can be typeset."""

from __future__ import annotations

from optisim.core.optimizers import Optimizer

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


def plain_symbol(latex: str) -> str:
    r"""A symbol such as `\beta_1` as plain text, β₁."""
    name, _, index = latex.lstrip("\\").partition("_")
    return _GREEK.get(name, name) + index.strip("{}").translate(_SUBSCRIPTS)


def rate_text(optimizer: Optimizer) -> str:
    """The optimizer's learning rate as "η 0.1", or nothing if it has none."""
    hyper = next((h for h in optimizer.hypers() if h.name == "lr"), None)
    return "" if hyper is None else f"{plain_symbol(hyper.symbol)} {optimizer.values['lr']:.4g}"
