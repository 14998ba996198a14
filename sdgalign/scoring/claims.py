"""What a document claims about the goals beside what it supports with promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sdgalign.scoring.alignment import Alignment


class Verdict(StrEnum):
    """How claim and support go together."""

    BOTH = "both"
    """Named, and taken up."""
    CLAIMED_ONLY = "claimed_only"
    """Named, and no target of the goal is taken up with an ambition or more."""
    SUPPORTED_ONLY = "supported_only"
    """Taken up without being named."""
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a document says of one goal, and what it does for it."""

    goal_code: str
    mentions: int
    """Explicit mentions of the goal or of its targets ("SDG 11", "SDG1107")."""
    targets_covered: int
    """Targets of the goal with status ambition or firmer, local or not."""

    @property
    def verdict(self) -> Verdict:
        """Return how claim and support go together."""
        if self.mentions:
            return Verdict.BOTH if self.targets_covered else Verdict.CLAIMED_ONLY
        return Verdict.SUPPORTED_ONLY if self.targets_covered else Verdict.NEITHER


def claims(alignment: Alignment, codes: Iterable[str]) -> tuple[Claim, ...]:
    """Put claims beside support, goal by goal.

    Args:
        alignment: Of the document.
        codes: Of the goals and targets that it names, one per mention.

    Returns:
        One claim per goal, in UN order.
    """
    named = Counter(code.partition(".")[0] for code in codes)
    return tuple(
        Claim(
            goal.goal_code,
            named[goal.goal_code],
            sum(target.status.is_covered for target in goal.targets),
        )
        for goal in alignment.goals
    )
