"""Yes or no per goal, on English texts of which one goal is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sdgalign.model.model import AlignmentModel
from sdgalign.model.predictor import GOALS
from sdgalign.training.metrics import Figure, Resampling, mean_of_labels

LEAST = 20
"""Texts that goal 17 needs: many collections of texts have hardly any."""


@dataclass(frozen=True, slots=True)
class GoalAnswers:
    """Share of right answers to "is this text about this goal?", half of them with yes."""

    texts: int
    asked: dict[str, int]
    """Goal → texts it was asked of: as many of other goals as of its own."""
    shipped: Figure
    """Mean over goals, yes from the goal's shipped threshold."""
    half: Figure
    """Likewise, yes from probability 0.5."""
    per_goal: dict[str, dict[str, float]]
    """Goal → ``shipped`` and ``half``."""


def goal_yes_no(
    model: AlignmentModel, texts: Sequence[tuple[str, int]], *, seed: int = 0, draws: int = 1000
) -> GoalAnswers:
    """Ask of every goal whether texts are about it: all of its own and as many of other goals.

    Args:
        model: To measure.
        texts: With the goal, 1 to 17.
        seed: Of which texts of other goals are drawn.
        draws: Bootstrap draws, by text.
    """
    found = model.classify([text for text, _ in texts])
    probabilities = np.array([list(one.goals.values()) for one in found]).reshape(-1, GOALS)
    own = np.array([goal for _, goal in texts], dtype=np.int64)
    asked = np.zeros((len(texts), GOALS))
    for goal in range(1, GOALS + 1):
        yes, no = np.flatnonzero(own == goal), np.flatnonzero(own != goal)
        if not len(yes) or not len(no) or (goal == GOALS and len(yes) < LEAST):
            continue
        size = min(len(yes), len(no))
        rng = np.random.default_rng([seed, goal])
        # As many of both, so that always saying yes, or always no, is right half the time.
        for rows in (yes, no):
            kept = rows if len(rows) == size else rng.choice(rows, size, replace=False)
            asked[kept, goal - 1] = 1
    truth = own[:, None] == np.arange(1, GOALS + 1)
    rules = {"shipped": np.asarray(model.predictor.goal_thresholds), "half": np.full(GOALS, 0.5)}
    right = {name: asked * ((probabilities >= least) == truth) for name, least in rules.items()}
    counts = asked.sum(axis=0)
    resampling = Resampling.of([str(row) for row in range(len(texts))], draws=draws)
    return GoalAnswers(
        texts=len(texts),
        asked={str(g + 1): int(n) for g, n in enumerate(counts) if n},
        shipped=mean_of_labels(right["shipped"], asked, resampling),
        half=mean_of_labels(right["half"], asked, resampling),
        per_goal={
            str(g + 1): {name: float(hits[:, g].sum() / n) for name, hits in right.items()}
            for g, n in enumerate(counts)
            if n
        },
    )
