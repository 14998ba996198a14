"""What a model says of one text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sdgalign.model.explain import Reason

Basis = Literal["classifier", "exemplars", "description"]
"""How a target is judged: by a head that learnt from real segments, by one that learnt mostly
from written exemplars, or by likeness with its description only."""

_LEAST = 0.01
"""Probabilities of targets below this are left out of rows."""


@dataclass(frozen=True, slots=True)
class Classification:
    """Probabilities and predictions for one text."""

    id: str
    goals: dict[str, float]
    """Calibrated probability per goal code, all 17; never below that of one of its targets."""
    targets: dict[str, float]
    """Calibrated probability per target code, all 169, UN order."""
    goals_predicted: tuple[str, ...]
    """Most probable first; holds the goal of every predicted target."""
    targets_predicted: tuple[str, ...]
    """Most probable first."""
    none: float
    """Probability that the text addresses no target."""
    commitment: int
    """0 none, 1 ambition, 2 action, 3 measurable."""
    commitment_probabilities: tuple[float, float, float, float]
    """Of commitment 0, 1, 2 and 3; sum to 1."""
    against: float = 0.0
    """Probability that the text moves against a target that it addresses."""
    against_predicted: bool = False
    """Whether it is so probable that the text is taken to; never without a predicted target."""
    reasons: dict[str, Reason] = field(default_factory=dict, compare=False)
    """Per predicted target, what carried it."""

    def as_row(self) -> dict[str, object]:
        """Return a JSON object, rounded to four decimals, improbable targets left out."""
        return {
            "id": self.id,
            "goals": {code: round(p, 4) for code, p in self.goals.items()},
            "targets": {code: round(p, 4) for code, p in self.targets.items() if p >= _LEAST},
            "goals_predicted": list(self.goals_predicted),
            "targets_predicted": list(self.targets_predicted),
            "none": round(self.none, 4),
            "commitment": self.commitment,
            "commitment_probabilities": [round(p, 4) for p in self.commitment_probabilities],
            "against": round(self.against, 4),
            "against_predicted": self.against_predicted,
        }
