"""Two or more documents side by side, with the differences that exceed their doubt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sdgalign.scoring.alignment import Alignment, Score, Status, TargetAlignment
from sdgalign.scoring.score import INTERVAL


@dataclass(frozen=True, slots=True)
class Difference:
    """How much a second score is above a first one, with its interval, each -100 to 100."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Return whether it exceeds the doubt: the interval lies on one side of 0."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class GoalComparison:
    """One goal in several documents."""

    goal_code: str
    scores: tuple[Score | None, ...]
    differences: tuple[Difference | None, ...]
    """Of each document after the first with the first."""


@dataclass(frozen=True, slots=True)
class TargetComparison:
    """One target in several documents."""

    target_code: str
    statuses: tuple[Status, ...]
    is_clear: tuple[bool, ...]
    """Of each document after the first: whether its level differs from that of the first with a
    probability of at least 90 %."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Documents side by side; the first is what the others are compared with."""

    score: GoalComparison
    """Of the whole documents; its goal code is empty."""
    goals: tuple[GoalComparison, ...]
    targets: tuple[TargetComparison, ...]


def compare(alignments: Sequence[Alignment]) -> Comparison:
    """Compare documents with the first of them.

    Args:
        alignments: At least two, made with the same framework and model.

    Raises:
        ValueError: When there are fewer than two.
    """
    if len(alignments) < 2:
        raise ValueError("a comparison needs at least two documents")
    return Comparison(
        score=_goal("", [alignment.score for alignment in alignments]),
        goals=tuple(
            _goal(same[0].goal_code, [goal.score for goal in same])
            for same in zip(*(alignment.goals for alignment in alignments), strict=True)
        ),
        targets=tuple(
            _target(same)
            for same in zip(*(alignment.targets for alignment in alignments), strict=True)
        ),
    )


def difference(first: Score, second: Score) -> Difference:
    """Return how much the second score is above the first, with a 90 % interval.

    The documents are taken as independent: the distributions of both sums are convolved. Of a score
    that was read back from a report only the interval is known; then the half widths are added as
    squares (MOVER: Zou and Donner 2008).

    Raises:
        ValueError: When the scores are not of the same targets.
    """
    if not first.distribution or not second.distribution:
        return _from_intervals(first, second)
    if len(first.distribution) != len(second.distribution):
        raise ValueError("the scores are of different numbers of targets")
    steps = len(first.distribution) - 1
    spread = np.convolve(second.distribution, first.distribution[::-1])
    cumulative = np.cumsum(spread / spread.sum())
    tail = (1 - INTERVAL) / 2
    low, high = (
        (min(int(np.searchsorted(cumulative, quantile)), 2 * steps) - steps) * 100 / steps
        for quantile in (tail, 1 - tail)
    )
    value = second.value - first.value
    return Difference(value, min(low, value), max(high, value))


def _from_intervals(first: Score, second: Score) -> Difference:
    value = second.value - first.value
    below = math.hypot(second.value - second.low, first.high - first.value)
    above = math.hypot(second.high - second.value, first.value - first.low)
    return Difference(value, value - below, value + above)


def _goal(code: str, scores: Sequence[Score | None]) -> GoalComparison:
    first = scores[0]
    differences = tuple(
        difference(first, other) if first and other else None for other in scores[1:]
    )
    return GoalComparison(code, tuple(scores), differences)


def _target(same: Sequence[TargetAlignment]) -> TargetComparison:
    first, *others = same
    return TargetComparison(
        first.target_code,
        tuple(each.status for each in same),
        tuple(
            each.status is not first.status and _unlike(first.levels, each.levels) >= INTERVAL
            for each in others
        ),
    )


def _unlike(first: Sequence[float], second: Sequence[float]) -> float:
    """Return how probable it is that two independent levels differ in the more likely direction."""
    joint = np.outer(first, second)
    return float(max(np.triu(joint, 1).sum(), np.tril(joint, -1).sum()))
