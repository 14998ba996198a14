"""The score of targets as an exact distribution over what the evidence leaves possible."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sdgalign.scoring.alignment import TOP_LEVEL, Score

FloatArray = npt.NDArray[np.float64]

MIN_PROBABILITY = 0.1
"""Weaker evidence is left out: calibration is not measured below it, and thousands of segments at
one per mille each would add up to a certainty that nobody has seen."""

INTERVAL = 0.9
"""Mass of the interval around the score."""


def level_distribution(probabilities: FloatArray, commitments: FloatArray) -> FloatArray:
    """Compute how probable each status level of one target is.

    The level is the highest that any piece of evidence gives, evidence being independent given
    the model: ``P(level >= k) = 1 - prod_i (1 - p_i * P(commitment_i >= k - 1))``.

    Args:
        probabilities: Shape (n,), calibrated probability of each piece of evidence.
        commitments: Shape (n, 4), probabilities of commitment 0–3 of its segment.

    Returns:
        Shape (5,): probability of level 0 (absent) … 4 (measurable), summing to 1.
    """
    kept = probabilities >= MIN_PROBABILITY
    at_least = np.cumsum(commitments[kept][:, ::-1], axis=1)[:, ::-1]
    at_least = np.clip(at_least, 0.0, 1.0)
    none_reaches = np.prod(1.0 - probabilities[kept][:, None] * at_least, axis=0)
    tail = np.concatenate([[1.0], 1.0 - none_reaches, [0.0]])
    distribution: FloatArray = np.clip(tail[:-1] - tail[1:], 0.0, 1.0)
    return distribution


def score(reached: Sequence[int], levels: Sequence[FloatArray]) -> Score | None:
    """Compute the score of a set of targets: their mean level, 0–100, with a 90 % interval.

    The value is what the statuses say, so that a reader can recompute it. The interval is that of
    the sum of independent levels, convolved exactly, between its 5 % and 95 % quantiles; it is
    widened where the value lies outside.

    Args:
        reached: Level of each target's status, 0–4.
        levels: The distribution of each target's level, from `level_distribution`.

    Returns:
        The score, or None for no targets at all.
    """
    if not reached:
        return None
    total = np.ones(1)
    for level in levels:
        total = np.convolve(total, level)
    cumulative = np.cumsum(total / total.sum())
    tail = (1 - INTERVAL) / 2
    low, high = (
        min(int(np.searchsorted(cumulative, quantile - 1e-9)), len(total) - 1)
        for quantile in (tail, 1 - tail)
    )
    unit = 100 / (TOP_LEVEL * len(reached))
    value = sum(reached)
    return Score(unit * value, unit * min(low, value), unit * max(high, value))
