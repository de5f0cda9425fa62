"""Scenarios that come with the program, each with one thing to see.

Adding one is a file in `resources/scenarios` and its entry here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from optisim.core.base.problems import N_
from optisim.core.base.resources import resources
from optisim.core.documents.kinds import from_json
from optisim.core.race.scenario import Scenario


@dataclass(frozen=True)
class Example:
    """A scenario with what it teaches.

    Attributes:
        name: that of its file.
        title: for people, to be translated.
        says: one to three sentences on what to watch, to be translated.
    """

    name: str
    title: str
    says: str

    @property
    def path(self) -> Path:
        """Its file."""
        return resources() / "scenarios" / f"{self.name}.optisim.json"

    def scenario(self) -> Scenario:
        """The scenario, read anew, with its title and what there is to see."""
        scenario: Scenario = from_json(self.path.read_text(encoding="utf-8"))
        return replace(scenario, title=self.title, says=self.says)


EXAMPLES: dict[str, Example] = {
    example.name: example
    for example in (
        Example(
            "bowl",
            N_("Five methods in a stretched bowl"),
            N_(
                "SGD zigzags between the steep walls, Momentum swings past the minimum, AdaGrad and RMSProp go"
                " almost straight. Play it, then drag the start."
            ),
        ),
        Example(
            "zigzag",
            N_("Why SGD zigzags"),
            N_(
                "In the steep direction each update multiplies y by 1 − 2η: at 0.5 it is gone at once, at 0.9 it"
                " changes sign each time and fades. At η = 1, which is 2/λ, it swings for ever, and above it grows."
            ),
        ),
        Example(
            "condition",
            N_("Condition number 50"),
            N_(
                "The curvature is fifty times as large along y as along x, so a rate that y can bear is small for"
                " x. With the best rate for each, Momentum is several times as fast as SGD."
            ),
        ),
        Example(
            "friction",
            N_("How much friction?"),
            N_(
                "At α = 0.5 the ball soon forgets its speed and creeps, at 0.9 it swings a little and arrives"
                " first, at 0.99 it keeps rolling to and fro."
            ),
        ),
        Example(
            "nesterov",
            N_("Nesterov looks ahead"),
            N_(
                "With the same rate and friction, Nesterov takes the slope where its speed is about to carry it."
                " It brakes before the turn, so its swings die out sooner."
            ),
        ),
        Example(
            "dying-rate",
            N_("AdaGrad's dying rate"),
            N_(
                "The slope hardly changes here, yet AdaGrad's steps shrink like 1/√t, for it adds up all squared"
                " gradients and forgets none. RMSProp forgets, keeps its pace, and overtakes at the bookmark."
            ),
        ),
        Example(
            "turn",
            N_("After the turn"),
            N_(
                "Both slide down the steep wall and turn into the valley. AdaGrad still remembers the wall and"
                " creeps, RMSProp has forgotten it and walks on."
            ),
        ),
        Example(
            "bias-correction",
            N_("Adam's bias correction"),
            N_(
                "m and v begin at zero. Left as they are, v is far too small at first: the first step is √10 times"
                " as long, and the ball shoots past the minimum."
            ),
        ),
        Example(
            "rosenbrock",
            N_("Along Rosenbrock's valley"),
            N_(
                "Finding the valley is easy, following its flat, bent floor is not: SGD creeps, Adam and Momentum"
                " get on, L-BFGS learns the curvature and arrives in about thirty steps."
            ),
        ),
        Example(
            "saddle",
            N_("Who escapes from the saddle?"),
            N_(
                "The start is only a thousandth beside the line that leads into the saddle at (0, 0). SGD and"
                " Momentum are drawn in first; RMSProp and Adam, whose steps hardly depend on the slope, turn away"
                " at once."
            ),
        ),
        Example(
            "himmelblau",
            N_("One start, three minima"),
            N_(
                "Four minima are equally deep. Which one a ball ends in depends on the method and its rate as much"
                " as on the start: drag it a little."
            ),
        ),
        Example(
            "plateau",
            N_("Stuck on a plateau"),
            N_(
                "Where the stairs are level the gradient all but vanishes, and SGD stands still. RMSProp and Adam"
                " divide by its size, and walk on."
            ),
        ),
        Example(
            "cliff",
            N_("Thrown off a cliff"),
            N_(
                "At the cliff of a recurrent net gradients explode, and one single step throws SGD far away."
                " Adam's steps stay about as long as its rate."
            ),
        ),
        Example(
            "kink",
            N_("No rest at a kink"),
            N_(
                "The slope does not fade towards the minimum, so at a constant rate SGD hops across the kink for"
                " ever. With a falling rate, or with Rprop's steps that shrink at each change of sign, the hops die"
                " out."
            ),
        ),
        Example(
            "curvature",
            N_("What curvature is worth"),
            N_(
                "The valley lies askew, so a rate for each axis does not help Adam. Newton knows the curvature and"
                " is there in one step; conjugate gradient and L-BFGS learn it on the way and need a few."
            ),
        ),
        Example(
            "signs",
            N_("Only the sign counts"),
            N_(
                "signSGD, Lion and Rprop look only at the sign of the slope, so they are as fast on the flat floor"
                " as at the steep rim. signSGD never rests, Lion overshoots, Rprop halves its step when the sign"
                " changes."
            ),
        ),
        Example(
            "weight-decay",
            N_("Weight decay beside the slope"),
            N_(
                "AdamW also pulls both weights towards zero. The larger λ, the farther from the lowest loss it"
                " comes to rest, and the nearer to the origin."
            ),
        ),
        Example(
            "schedules",
            N_("Falling rates against noise"),
            N_(
                "Every gradient is noisy. At a constant rate the ball wanders about the minimum for ever; with a"
                " falling rate it comes to rest there."
            ),
        ),
        Example(
            "mini-batches",
            N_("The luck of the draw"),
            N_(
                "Eight balls fit a line, each to mini-batches of its own. At a constant rate they stay scattered;"
                " with a rate that falls like 1/t, all of them end in nearly the same place."
            ),
        ),
        Example(
            "lookahead",
            N_("Lookahead steadies"),
            N_(
                "After every five steps Lookahead goes half the way back, and what swings is averaged out. At η ="
                " 1 SGD alone would swing for ever; with Lookahead it comes to rest."
            ),
        ),
        Example(
            "branch",
            N_("A branch at step 12"),
            N_(
                "The faint trail is SGD at 0.95. At step 12 a branch goes on at 0.5: the zigzag is gone at once,"
                " and half of the pace along the valley with it."
            ),
        ),
    )
}
"""Name → example, in the order in which they are shown."""
