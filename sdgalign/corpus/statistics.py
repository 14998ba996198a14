"""Means, ranks and outliers of scores that have intervals; all intervals hold 90 %."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

FEW = 2
"""Documents up to which the spread between documents says too little for an interval."""

LEAST_FOR_OUTLIERS = 8
"""Values below which nothing can be called unusual."""

OUTLYING = 3.5
"""Robust distances from the median beyond which a value is an outlier (Iglewicz and Hoaglin)."""

_MAD_TO_DEVIATION = 1.4826
"""What makes the median absolute deviation of normal values their standard deviation."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its 90 % interval, which holds it."""

    value: float
    low: float
    high: float

    @property
    def down(self) -> float:
        """Return how far the interval reaches below the value."""
        return self.value - self.low

    @property
    def up(self) -> float:
        """Return how far the interval reaches above the value."""
        return self.high - self.value


@dataclass(frozen=True, slots=True)
class Ranks:
    """A rank, 1 for the highest value, and the ranks that cannot be told from it."""

    rank: int
    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class Unusual:
    """A value far from the others."""

    at: int
    """Its place in the sequence."""
    value: float
    median: float
    deviation: float
    """Of the values around the median, by their median absolute deviation."""

    @property
    def distance(self) -> float:
        """Return how many deviations the value lies from the median; negative below it."""
        return (self.value - self.median) / self.deviation


def mean(values: Sequence[Interval], *, top: float = 100.0) -> Interval:
    """Return the mean of values that have intervals of their own.

    Of one value it is that value. Of two the interval runs from the mean of the lower bounds to
    the mean of the upper ones: as if both were off in the same direction. Of three or more it adds
    two things as squares: the spread between the values (Student's t times the standard error of
    their mean) and the doubt in each of them (taken as independent).

    Args:
        values: At least one.
        top: Largest possible value; the smallest is 0.

    Raises:
        ValueError: When there is no value.
    """
    if not values:
        raise ValueError("a mean needs at least one value")
    number = len(values)
    middle = sum(each.value for each in values) / number
    if number <= FEW:
        low, high = (sum(getattr(each, end) for each in values) / number for end in ("low", "high"))
        return Interval(middle, min(low, middle), max(high, middle))
    square = sum((each.value - middle) ** 2 for each in values) / (number - 1)
    spread = _student(number - 1) * math.sqrt(square / number)
    down = math.hypot(spread, math.hypot(*(each.down for each in values)) / number)
    up = math.hypot(spread, math.hypot(*(each.up for each in values)) / number)
    return Interval(middle, max(0.0, middle - down), min(top, middle + up))


def difference(first: Interval, second: Interval) -> Interval:
    """Return how much the second value is above the first; both are taken as independent."""
    value = second.value - first.value
    return Interval(
        value,
        value - math.hypot(second.down, first.up),
        value + math.hypot(second.up, first.down),
    )


def ranks(values: Sequence[Interval]) -> tuple[Ranks, ...]:
    """Rank values, highest first, and tell which ranks are open to each.

    Two values can be told apart when the interval of their difference does not hold 0. The best
    rank open to a value is behind all that are clearly above it, the worst before all clearly
    below. Pairs are judged one by one: of many pairs one in ten can seem different by chance.
    """
    value, low, high = (
        np.array([getattr(each, name) for each in values], dtype=float)
        for name in ("value", "low", "high")
    )
    down, up = value - low, high - value
    found = []
    for at in range(len(values)):
        ahead = value - value[at]
        above = int(np.count_nonzero(ahead > np.hypot(down, up[at])))
        below = int(np.count_nonzero(-ahead > np.hypot(up, down[at])))
        rank = 1 + int(np.count_nonzero(ahead > 0))
        found.append(Ranks(rank, 1 + above, len(values) - below))
    return tuple(found)


def unusual(values: Sequence[float], *, least: float) -> tuple[Unusual, ...]:
    """Find the values that lie further than 3.5 robust deviations from the median.

    The deviation is 1.4826 times the median absolute deviation: what a few wild values cannot
    stretch.

    Args:
        values: At least 8; nothing is found among fewer.
        least: Taken for the deviation where that is smaller: among values that are nearly the
            same, a small difference is not unusual.

    Returns:
        The furthest first.
    """
    if len(values) < LEAST_FOR_OUTLIERS:
        return ()
    array = np.asarray(values, dtype=float)
    median = float(np.median(array))
    deviation = max(_MAD_TO_DEVIATION * float(np.median(np.abs(array - median))), least)
    found = [
        Unusual(at, float(value), median, deviation)
        for at, value in enumerate(array)
        if abs(value - median) > OUTLYING * deviation
    ]
    return tuple(sorted(found, key=lambda each: -abs(each.distance)))


@cache
def _student(freedom: int) -> float:
    """Return the 95 % quantile of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.95))
