"""From probabilities to an answer: statuses, scores, gaps, claims, comparisons. All pure."""

from sdgalign.scoring.align import align
from sdgalign.scoring.alignment import (
    Alignment,
    GoalAlignment,
    Match,
    Score,
    Status,
    TargetAlignment,
)
from sdgalign.scoring.budget import BudgetAlignment, Costed, Spending, align_budget
from sdgalign.scoring.claims import Claim, Verdict, claims
from sdgalign.scoring.compare import (
    Comparison,
    Difference,
    GoalComparison,
    TargetComparison,
    compare,
)
from sdgalign.scoring.gaps import Gap, Near, PeerTarget, find_gaps

__all__ = [
    "Alignment",
    "BudgetAlignment",
    "Claim",
    "Comparison",
    "Costed",
    "Difference",
    "Gap",
    "GoalAlignment",
    "GoalComparison",
    "Match",
    "Near",
    "PeerTarget",
    "Score",
    "Spending",
    "Status",
    "TargetAlignment",
    "TargetComparison",
    "Verdict",
    "align",
    "align_budget",
    "claims",
    "compare",
    "find_gaps",
]
