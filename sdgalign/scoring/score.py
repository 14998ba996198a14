"""The score of targets, with the interval that the evidence leaves open."""

from __future__ import annotations

import numpy as np

from sdgalign.scoring.alignment import TOP_DEPTH, Score
from sdgalign.scoring.levels import WEIGHTS, FloatArray

INTERVAL = 0.9
"""Mass of the interval around the score."""
_ROUNDING = 1e-9


def score(levels: FloatArray) -> Score | None:
    """Compute the score of a set of targets: their mean expected depth, 0–100, with an interval.

    Within a case of doubt the depths of the targets are independent and convolved exactly; the
    cases are mixed. The score is the mean of that distribution, the interval lies between its 5 %
    and 95 % quantiles and holds the mean. On labelled documents the mean was nearer to the score
    of the labels than the depths of the statuses, which leave out what is doubtful
    (``docs/method.md``).

    Args:
        levels: Shape (cases, targets, 5), from `level_distributions`.

    Returns:
        The score, or None for no targets at all.
    """
    targets = levels.shape[1]
    if not targets:
        return None
    # Absent and mention are both of depth 0.
    by_depth = np.concatenate([levels[..., :2].sum(axis=-1, keepdims=True), levels[..., 2:]], -1)
    sums = WEIGHTS @ np.array([_sum(case) for case in by_depth])
    sums /= sums.sum()
    cumulative = np.cumsum(sums)
    tail = (1 - INTERVAL) / 2
    low, high = (
        min(int(np.searchsorted(cumulative, quantile - _ROUNDING)), len(sums) - 1)
        for quantile in (tail, 1 - tail)
    )
    unit = 100 / (TOP_DEPTH * targets)
    value = min(float(sums @ np.arange(len(sums))), len(sums) - 1)
    return Score(
        unit * value,
        unit * min(low, value),
        unit * max(high, value),
        tuple(float(share) for share in sums),
    )


def _sum(distributions: FloatArray) -> FloatArray:
    total = np.ones(1)
    for distribution in distributions:
        total = np.convolve(total, distribution)
    return total
