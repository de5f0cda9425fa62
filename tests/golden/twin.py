"""Weights and batches by formula, for two programs to begin with the same ones."""

from itertools import pairwise

import numpy as np

SIZES = (64, 20, 16, 10)
BATCHES, BATCH = 40, 32
EXAMPLES = 1797


def _scattered(count, salt):
    """Numbers from −1 to 1 without any order to be seen."""
    k = np.arange(1.0, count + 1.0)
    return 2.0 * np.modf(np.abs(np.sin(12.9898 * k + 78.233 * salt)) * 437.58)[0] - 1.0


def parameters():
    """Name → array: weights with about He's spread, biases that are not 0."""
    made = {}
    for number, (inputs, outputs) in enumerate(pairwise(SIZES), start=1):
        made[f"W{number}"] = _scattered(inputs * outputs, number).reshape(inputs, outputs) * np.sqrt(6 / inputs)
        made[f"b{number}"] = _scattered(outputs, 10 + number) * 0.1
    return made


def rows():
    """The examples of every batch, (BATCHES, BATCH)."""
    return np.array([[(331 * t + 57 * k + t * k) % EXAMPLES for k in range(BATCH)] for t in range(BATCHES)])
