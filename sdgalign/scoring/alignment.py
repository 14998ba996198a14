"""What an alignment is made of. The definitions with their formulas: ``docs/method.md``."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from sdgalign.framework import Relevance

if TYPE_CHECKING:
    from sdgalign.model import Reason


class Status(StrEnum):
    """How firmly a document takes up a target."""

    MEASURABLE = "measurable"
    """An action or ambition with a number, a deadline or an amount."""
    ACTION = "action"
    """Something concrete that will be done."""
    AMBITION = "ambition"
    """A wish or a direction without an instrument."""
    MENTION = "mention"
    """The topic is named (context, analysis, results of the past), or the evidence of more than
    that is doubtful."""
    ABSENT = "absent"
    """No match."""
    NOT_ASSESSED = "not_assessed"
    """No match, and the model has not learnt the target: says nothing about the document."""

    @property
    def level(self) -> int:
        """Return 4 for measurable down to 1 for mention, 0 for the others."""
        return _LEVELS.get(self, 0)

    @property
    def depth(self) -> int:
        """Return what it adds to a score: 3 for measurable, 2 action, 1 ambition, 0 the others."""
        return max(self.level - 1, 0)

    @property
    def is_covered(self) -> bool:
        """Return whether it counts as taken up: ambition or firmer."""
        return self.depth > 0


_LEVELS = {Status.MEASURABLE: 4, Status.ACTION: 3, Status.AMBITION: 2, Status.MENTION: 1}
TOP_DEPTH = 3
STATUS_OF_COMMITMENT = (Status.MENTION, Status.AMBITION, Status.ACTION, Status.MEASURABLE)
"""Status that a match gives, by the commitment (0–3) of its segment."""


@dataclass(frozen=True, slots=True)
class Match:
    """A segment that addresses a target."""

    segment_id: str
    target_code: str
    probability: float
    """Calibrated probability that the segment addresses the target, 0–1."""
    commitment: int
    """0 none, 1 ambition, 2 action, 3 measurable."""
    strength: float
    """Probability times expected status level, 0–4: what evidence is ranked by."""
    against: float = 0.0
    """Probability that the segment moves against a target that it addresses, 0–1."""
    is_against: bool = False
    """Whether it is taken to; then it is shown apart and gives no more than a mention."""
    reason: Reason | None = None
    """What carried it; offsets count in the text of the segment."""

    @property
    def status(self) -> Status:
        """Return the status that this match alone gives its target."""
        return Status.MENTION if self.is_against else STATUS_OF_COMMITMENT[self.commitment]


@dataclass(frozen=True, slots=True)
class Score:
    """A score with its interval, each 0–100."""

    value: float
    low: float
    high: float
    distribution: tuple[float, ...] = field(default=(), repr=False, compare=False)
    """How probable each sum of depths is, from 0 up to the largest possible."""


@dataclass(frozen=True, slots=True)
class TargetAlignment:
    """What a document does for one target."""

    target_code: str
    relevance: Relevance
    status: Status
    is_trained: bool
    """Whether the model learnt the target from examples; else it compares with its description."""
    matches: tuple[Match, ...]
    """Strongest first."""
    levels: tuple[float, ...] = field(default=(1.0, 0.0, 0.0, 0.0, 0.0), repr=False, compare=False)
    """How probable each status level is, 0 (absent) to 4 (measurable)."""

    @property
    def expected_depth(self) -> float:
        """Return what it adds to a score, 0–1: 1/3, 2/3 and 1 by how probable each level is."""
        return sum(depth * p for depth, p in enumerate(self.levels[1:])) / TOP_DEPTH

    @property
    def supporting(self) -> tuple[Match, ...]:
        """Return the matches that do not move against the target."""
        return tuple(match for match in self.matches if not match.is_against)

    @property
    def opposing(self) -> tuple[Match, ...]:
        """Return the matches that move against the target."""
        return tuple(match for match in self.matches if match.is_against)

    @property
    def is_scored(self) -> bool:
        """Return whether it counts in the score: locally relevant and learnt from examples."""
        return self.relevance.is_local and self.is_trained

    @property
    def is_gap(self) -> bool:
        """Return whether it is locally relevant, assessed, and absent or only mentioned."""
        return self.is_scored and not self.status.is_covered


def coverage(targets: Sequence[TargetAlignment]) -> float | None:
    """Return the share of targets with status ambition or firmer, or None without any."""
    return sum(each.status.is_covered for each in targets) / len(targets) if targets else None


def depth(targets: Sequence[TargetAlignment]) -> float | None:
    """Return how firmly the covered targets are taken up, 0–1, or None without any.

    The mean over covered targets of ambition 1/3, action 2/3, measurable 1. Where nothing is
    doubtful, a score is 100 times coverage times depth.
    """
    depths = [each.status.depth for each in targets if each.status.is_covered]
    return sum(depths) / (TOP_DEPTH * len(depths)) if depths else None


def by_status(targets: Sequence[TargetAlignment]) -> dict[Status, int]:
    """Return the number of targets at each status, firmest status first, zeros included."""
    counts = Counter(target.status for target in targets)
    return {status: counts[status] for status in Status}


class _Scored(Protocol):
    @property
    def scored(self) -> tuple[TargetAlignment, ...]: ...


class _Coverage:
    """What a goal and a document say alike of their targets that count."""

    __slots__ = ()

    @property
    def coverage(self: _Scored) -> float | None:
        """Return the share of counting targets that are taken up, or None without any."""
        return coverage(self.scored)

    @property
    def depth(self: _Scored) -> float | None:
        """Return how firmly the covered targets are taken up, 0–1, or None without any."""
        return depth(self.scored)

    @property
    def by_status(self: _Scored) -> dict[Status, int]:
        """Return the number of counting targets at each status."""
        return by_status(self.scored)


@dataclass(frozen=True, slots=True)
class GoalAlignment(_Coverage):
    """What a document does for one goal."""

    goal_code: str
    score: Score | None
    """None when the goal has no target that counts in the score."""
    targets: tuple[TargetAlignment, ...]
    attention: float
    """Share of the classified words, 0–1; words of several goals are divided equally."""
    segments_matched: int

    @property
    def scored(self) -> tuple[TargetAlignment, ...]:
        """Return the targets that count in the score."""
        return tuple(target for target in self.targets if target.is_scored)

    @property
    def covered(self) -> tuple[TargetAlignment, ...]:
        """Return the targets that count and are taken up: ambition or firmer."""
        return tuple(target for target in self.scored if target.status.is_covered)

    @property
    def gaps(self) -> tuple[TargetAlignment, ...]:
        """Return the gaps in UN order."""
        return tuple(target for target in self.targets if target.is_gap)

    @property
    def strongest(self) -> Match | None:
        """Return the strongest evidence for the goal."""
        matches = [match for target in self.targets for match in target.supporting]
        return max(matches, key=lambda match: match.strength, default=None)


@dataclass(frozen=True, slots=True)
class Alignment(_Coverage):
    """What a document does for the goals."""

    score: Score
    goals: tuple[GoalAlignment, ...]
    words: int
    """Words in classified segments."""
    words_without_target: float
    """Share of those words in segments without a match, 0–1."""

    @property
    def targets(self) -> tuple[TargetAlignment, ...]:
        """Return all targets in UN order."""
        return tuple(target for goal in self.goals for target in goal.targets)

    @property
    def scored(self) -> tuple[TargetAlignment, ...]:
        """Return the targets that count in the score, in UN order."""
        return tuple(target for target in self.targets if target.is_scored)

    @property
    def balance(self) -> float:
        """Return how evenly attention is spread over the goals, 0 (one goal) to 1 (all alike).

        Pielou's evenness: the entropy of the shares of attention over its largest value.
        """
        total = sum(goal.attention for goal in self.goals)
        shares = [goal.attention / total for goal in self.goals if goal.attention > 0]
        if len(shares) < 2:
            return 0.0
        return -sum(share * math.log(share) for share in shares) / math.log(len(self.goals))

    @property
    def gaps(self) -> tuple[TargetAlignment, ...]:
        """Return all gaps, own competences first, then in UN order."""
        gaps = [gap for goal in self.goals for gap in goal.gaps]
        return tuple(sorted(gaps, key=lambda gap: gap.relevance is not Relevance.CORE))
