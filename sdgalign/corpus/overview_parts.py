"""What an overview of a corpus is made of. How it is made: `sdgalign.corpus.overview`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sdgalign.corpus.assessed import TAKEN_UP, Assessed
from sdgalign.corpus.statistics import Interval, Ranks, Unusual


@dataclass(frozen=True, slots=True)
class Group:
    """Documents of one kind taken together."""

    name: str
    documents: int
    score: Interval | None
    coverage: Interval | None
    lowest: float | None
    """Score of the document with the lowest one."""
    highest: float | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A municipality, a party in a municipality or whoever else wrote documents of a kind."""

    group: Group
    """Of its most recent documents."""
    current: tuple[Assessed, ...]
    """Those documents: of the last year of which it has any."""
    goals: Mapping[str, Interval]
    """Mean score per goal."""
    ranks: Ranks | None = None
    """Among the units with a score; None without one, or alone."""

    @property
    def name(self) -> str:
        """Return what people know it by."""
        return self.group.name

    @property
    def year(self) -> int | None:
        """Return the year of its documents."""
        return self.current[0].year

    @property
    def euro(self) -> Mapping[str, float] | None:
        """Return euro per goal, and under ``""`` without any; None when nothing shows amounts."""
        return add_euro(self.current)


@dataclass(frozen=True, slots=True)
class TargetShares:
    """How many documents have a target at each status."""

    code: str
    documents: int
    by_status: Mapping[str, int]

    @property
    def taken_up(self) -> float:
        """Return the share that takes it up: ambition or firmer, 0–1."""
        return sum(self.by_status.get(status, 0) for status in TAKEN_UP) / self.documents

    @property
    def shares(self) -> dict[str, float]:
        """Return the share of the documents at each status; they sum to 1."""
        return {status: number / self.documents for status, number in self.by_status.items()}


@dataclass(frozen=True, slots=True)
class Outlier:
    """A unit with a figure far from that of the others."""

    unit: Unit
    measure: str
    """``score``, ``words``, or the code of a goal."""
    found: Unusual
    """Of words, their logarithm."""
    words: float | None = None
    median_words: float | None = None

    @property
    def value(self) -> float:
        """Return the figure itself."""
        return self.found.value if self.words is None else self.words

    @property
    def median(self) -> float:
        """Return the median of all units."""
        return self.found.median if self.median_words is None else self.median_words


@dataclass(frozen=True, slots=True)
class Trend:
    """One maker's documents of a kind over the years."""

    name: str
    years: tuple[tuple[int, Interval], ...]
    """Score per year, ascending; at least two."""
    change: Interval
    """From the first year to the last."""

    @property
    def is_clear(self) -> bool:
        """Return whether the change exceeds the doubt."""
        return self.change.low > 0 or self.change.high < 0


@dataclass(frozen=True, slots=True)
class Money:
    """Where the expenditure of all plans with amounts goes."""

    documents: int
    total: float
    without_goal: float
    by_goal: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class KindOverview:
    """All documents of one kind."""

    kind: str
    documents: int
    """With those of earlier years."""
    whole: Group
    """Of the most recent documents of every maker; so is all that follows, but years and trends."""
    units: tuple[Unit, ...]
    """Highest score first."""
    municipalities: tuple[Group, ...]
    """Highest score first; empty where none has several documents: its unit says it all."""
    parties: tuple[Group, ...]
    """Likewise."""
    years: tuple[Group, ...]
    goals: Mapping[str, Group]
    targets: tuple[TargetShares, ...]
    """In UN order."""
    outliers: tuple[Outlier, ...]
    trends: tuple[Trend, ...]
    money: Money | None

    @property
    def most_covered(self) -> tuple[TargetShares, ...]:
        """Return the targets, the most taken up first."""
        return tuple(sorted(self.targets, key=lambda each: -each.taken_up))

    @property
    def least_covered(self) -> tuple[TargetShares, ...]:
        """Return the targets, the least taken up first."""
        return tuple(sorted(self.targets, key=lambda each: each.taken_up))


@dataclass(frozen=True, slots=True)
class Overview:
    """A corpus at a glance."""

    kinds: tuple[KindOverview, ...]
    """Most documents first."""
    states: Mapping[str, int]
    """Number of documents per state of the run."""

    @property
    def documents(self) -> int:
        """Return the number of documents that were analysed."""
        return sum(each.documents for each in self.kinds)


def add_euro(documents: Iterable[Assessed]) -> dict[str, float] | None:
    """Return euro per goal, and under ``""`` without any; None when nothing shows amounts."""
    known = [each.euro for each in documents if each.euro]
    if not known:
        return None
    codes = sorted({code for euro in known for code in euro.by_goal}, key=int)
    by_goal = {code: sum(euro.by_goal.get(code, 0.0) for euro in known) for code in codes}
    return {**by_goal, "": sum(euro.without_goal for euro in known)}
