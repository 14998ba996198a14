"""The score of targets, with the interval that the evidence leaves open."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sdgalign.scoring.alignment import TOP_DEPTH, Score
from sdgalign.scoring.levels import WEIGHTS, FloatArray

INTERVAL = 0.9
"""Mass of the interval around the score."""
_ROUNDING = 1e-9


def score(depths: Sequence[int], levels: FloatArray) -> Score | None:
    """Compute the score of a set of targets: their mean depth, 0–100, with a 90 % interval.

    The value is what the statuses say, so that a reader can recompute it. The interval is that of
    the sum of the targets' depths between its 5 % and 95 % quantiles, widened where the value lies
    outside: within a case of doubt the depths are independent and convolved exactly, and the
    cases are mixed.

    Args:
        depths: Of each target's status, 0–3.
        levels: Shape (cases, targets, 5), from `level_distributions`, of the same targets.

    Returns:
        The score, or None for no targets at all.
    """
    if not depths:
        return None
    # Absent and mention are both of depth 0.
    by_depth = np.concatenate([levels[..., :2].sum(axis=-1, keepdims=True), levels[..., 2:]], -1)
    sums = WEIGHTS @ np.array([_sum(case) for case in by_depth])
    cumulative = np.cumsum(sums / sums.sum())
    tail = (1 - INTERVAL) / 2
    low, high = (
        min(int(np.searchsorted(cumulative, quantile - _ROUNDING)), len(sums) - 1)
        for quantile in (tail, 1 - tail)
    )
    unit = 100 / (TOP_DEPTH * len(depths))
    value = sum(depths)
    return Score(
        unit * value, unit * min(low, value), unit * max(high, value), tuple(sums / sums.sum())
    )


def _sum(distributions: FloatArray) -> FloatArray:
    total = np.ones(1)
    for distribution in distributions:
        total = np.convolve(total, distribution)
    return total
