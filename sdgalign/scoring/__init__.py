"""From probabilities to an answer: matches, statuses, scores with intervals, gaps. All pure."""

from sdgalign.scoring.align import align
from sdgalign.scoring.alignment import (
    Alignment,
    GoalAlignment,
    Match,
    Score,
    Status,
    TargetAlignment,
)

__all__ = ["Alignment", "GoalAlignment", "Match", "Score", "Status", "TargetAlignment", "align"]
