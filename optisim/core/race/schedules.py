"""Learning-rate schedules: what share of a run's learning rate each update gets.

A schedule is a pure function of t, the updates made so far, and of how many there will be. Every schedule may begin
with a linear warm-up, after which it has the rest of the updates for itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from optisim.core.base.arrays import Array
from optisim.core.base.hyperparameters import Catalogue, Hyper, Tunable, count, decay, number, share
from optisim.core.base.problems import N_


def _end() -> Any:
    return share(0.0, symbol=r"\eta_T", title=N_("share at the end"))


@dataclass(frozen=True)
class Schedule(Tunable):
    """A schedule with its warm-up. A subclass defines `share`."""

    warmup: int = count(0, symbol="w", title=N_("warm-up, in updates"), low=0, high=100)
    warmup_start: float = share(0.1, symbol="s", title=N_("share at the start of the warm-up"))

    @classmethod
    def hypers(cls) -> tuple[Hyper, ...]:
        """The hyperparameters, the warm-up's last."""
        warmup, warmup_start, *own = super().hypers()
        return (*own, warmup, warmup_start)

    def factor(self, t: int, steps: int) -> float:
        """The share of the learning rate for update t = 0 … steps − 1.

        The warm-up is that of `torch.optim.lr_scheduler.LinearLR`, put before the rest as by `SequentialLR`.
        """
        if t < self.warmup:
            return self.warmup_start + (1 - self.warmup_start) * t / self.warmup
        return self.share(t - self.warmup, max(steps - self.warmup, 1))

    def share(self, t: int, steps: int) -> float:
        """The share for update t of `steps`, the warm-up left out."""
        raise NotImplementedError

    def factors(self, steps: int) -> Array:
        """The shares for all updates, (steps,)."""
        return np.array([self.factor(t, steps) for t in range(steps)])


@dataclass(frozen=True)
class Constant(Schedule):
    """The same rate at every update."""

    name = N_("Constant")
    character = N_("the same rate throughout")

    def share(self, t: int, steps: int) -> float:
        return 1.0


@dataclass(frozen=True)
class LinearWarmUp(Constant):
    """The warm-up alone. `torch.optim.lr_scheduler.LinearLR`."""

    name = N_("Linear warm-up")
    character = N_("rises in a line to the full rate and stays there")
    spelling = "warm-up"
    warmup: int = count(10, symbol="w", title=N_("warm-up, in updates"), low=0, high=100)


@dataclass(frozen=True)
class StepDecay(Schedule):
    """γ^⌊t/k⌋: a drop every k updates. `torch.optim.lr_scheduler.StepLR`."""

    name = N_("Step")
    character = N_("drops by a factor every so many updates")
    spelling = "step"
    every: int = count(10, symbol="k", title=N_("updates between drops"))
    gamma: float = share(0.5, symbol=r"\gamma", title=N_("factor of each drop"))

    def share(self, t: int, steps: int) -> float:
        return self.gamma ** (t // self.every)


@dataclass(frozen=True)
class Exponential(Schedule):
    """γ^t. `torch.optim.lr_scheduler.ExponentialLR`."""

    name = N_("Exponential")
    character = N_("falls by the same factor at every update")
    gamma: float = decay(0.95, symbol=r"\gamma", title=N_("factor at each update"))

    def share(self, t: int, steps: int) -> float:
        return self.gamma**t


@dataclass(frozen=True)
class InverseTime(Schedule):
    """1 / (1 + γ t), the rate of Robbins and Monro 1951 for which noise averages out."""

    name = N_("Inverse time")
    character = N_("falls like 1/t: slowly enough to arrive, fast enough to let noise average out")
    spelling = "inverse-time"
    gamma: float = number(0.1, symbol=r"\gamma", title=N_("speed of the fall"), low=1e-3, high=10.0, log=True)

    def share(self, t: int, steps: int) -> float:
        return 1 / (1 + self.gamma * t)


@dataclass(frozen=True)
class Polynomial(Schedule):
    """end + (1 − end) (1 − t/T)^p. `torch.optim.lr_scheduler.PolynomialLR` where end = 0."""

    name = N_("Polynomial")
    character = N_("falls to the end of the run, in a line or along a power")
    power: float = number(1.0, symbol="p", title=N_("power"), low=0.25, high=4.0, least=1e-3, most=100.0)
    end: float = _end()

    def share(self, t: int, steps: int) -> float:
        left: float = max(1 - t / steps, 0.0) ** self.power
        return self.end + (1 - self.end) * left


@dataclass(frozen=True)
class Cosine(Schedule):
    """Half a cosine wave down to the end. `torch.optim.lr_scheduler.CosineAnnealingLR`."""

    name = N_("Cosine")
    character = N_("falls along half a wave: gently, then fast, then gently to the end")
    end: float = _end()

    def share(self, t: int, steps: int) -> float:
        return _wave(min(t / steps, 1.0), self.end)


@dataclass(frozen=True)
class WarmRestarts(Schedule):
    """Cosine waves that begin anew, each `growth` times as long as the one before. Loshchilov and Hutter 2017.

    `torch.optim.lr_scheduler.CosineAnnealingWarmRestarts`.
    """

    name = N_("Warm restarts")
    character = N_("cosine waves one after the other: each restart can leap out of a hollow")
    spelling = "restarts"
    period: int = count(10, symbol="T_0", title=N_("length of the first wave, in updates"))
    growth: int = count(2, symbol="m", title=N_("how much longer each next wave is"), high=4, most=10)
    end: float = _end()

    def share(self, t: int, steps: int) -> float:
        length = self.period
        while t >= length:
            t -= length
            length *= self.growth
            if self.growth == 1:
                t %= length
        return _wave(t / length, self.end)


@dataclass(frozen=True)
class OneCycle(Schedule):
    """Up to the full rate and down to next to nothing. Smith and Topin 2018.

    `torch.optim.lr_scheduler.OneCycleLR`.
    """

    name = N_("One cycle")
    character = N_("climbs to the full rate, then falls to next to nothing by the end")
    spelling = "one-cycle"
    rise: float = share(0.3, symbol="r", title=N_("share of the updates before the peak"))
    start_div: float = number(
        25.0, symbol="d", title=N_("initial divisor"), low=1.0, high=100.0, least=1.0, log=True
    )
    end_div: float = number(
        1e4, symbol="D", title=N_("further divisor at the end"), low=1.0, high=1e5, least=1.0, log=True
    )

    def share(self, t: int, steps: int) -> float:
        start = 1 / self.start_div
        top = self.rise * steps - 1  # torch counts from 0 and ends at the last update
        if t <= top:
            return _wave(1 - t / top if top > 0 else 0.0, start)
        return _wave((t - top) / max(steps - 1 - top, 1e-12), start / self.end_div)


@dataclass(frozen=True)
class Cyclic(Schedule):
    """Up and down in straight lines. Smith 2017, "triangular"; `torch.optim.lr_scheduler.CyclicLR`."""

    name = N_("Triangular cycles")
    character = N_("climbs and falls in straight lines, again and again")
    low: float = share(0.1, symbol=r"\eta_\min", title=N_("share at the bottom"))
    half_period: int = count(10, symbol="k", title=N_("updates from bottom to top"))

    def share(self, t: int, steps: int) -> float:
        place = t % (2 * self.half_period) / self.half_period
        return self.low + (1 - self.low) * (1 - abs(1 - place))


def _wave(place: float, end: float) -> float:
    """From 1 at place 0 to `end` at place 1 along half a cosine."""
    return end + (1 - end) * (1 + math.cos(math.pi * place)) / 2


SCHEDULES: Catalogue[Schedule] = Catalogue(
    (
        *(Constant, LinearWarmUp, StepDecay, Exponential, InverseTime),
        *(Polynomial, Cosine, WarmRestarts, OneCycle, Cyclic),
    ),
    unknown=N_("There is no schedule “{name}”; choose one of {names}."),
    example="cosine:warmup=5",
)
"""Slug → class, in the order of the menu."""
