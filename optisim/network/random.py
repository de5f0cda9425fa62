"""Random numbers that are a pure function of a seed and of what they are for.

Like the noise of a race they are NumPy's Philox (Salmon et al. 2011), whose counter says the use and the place:
what update 700 draws does not depend on whether update 699 was ever made.
"""

from __future__ import annotations

import numpy as np

from optisim.core.race.noise import MAX_SEED

INITIAL, ORDER, DROPOUT, SPLIT, POINTS, INPUTS, DIRECTIONS, TRIALS = range(100, 108)  # what they are for


def generator(seed: int, use: int, place: int = 0) -> np.random.Generator:
    """The generator for `place` of a use, such as the number of a layer, an epoch or an update."""
    return np.random.Generator(np.random.Philox(key=(seed, 0), counter=(0, 0, place, use)))


__all__ = ["MAX_SEED", "generator"]
