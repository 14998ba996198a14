"""What a system says of annotated segments, in rows: the model, and anything that only scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sdgalign.model.calibration import sigmoid
from sdgalign.model.model import AlignmentModel
from sdgalign.model.predictor import GOALS
from sdgalign.training.annotations import Annotation
from sdgalign.training.baselines import choose, decide
from sdgalign.training.truth import Truth

Doubles = NDArray[np.float64]

Scorer = Callable[[Sequence[Annotation]], tuple[Doubles, Doubles | None]]
"""Scores of targets, and of goals where they have their own."""

_BATCH = 512


@dataclass(frozen=True, slots=True)
class Outputs:
    """What one system says of some texts, in rows."""

    scores: Doubles
    """Text × target, for ranking."""
    targets: Doubles
    """Text × target, 0 or 1."""
    goal_scores: Doubles
    goals: Doubles
    goals_before: Doubles | None = None
    """Probability of each goal before calibration; None where there is no calibration."""
    none: Doubles | None = None
    """Probability; None where the system gives none."""
    commitment: NDArray[np.int64] | None = None
    against: Doubles | None = None
    """Probability."""
    against_decided: Doubles | None = None
    """0 or 1."""


def model_outputs(model: AlignmentModel, items: Sequence[Annotation]) -> Outputs:
    """Classify annotated segments with their contexts."""
    found = model.classify([a.text for a in items], contexts=[a.context for a in items])
    position = {code: i for i, code in enumerate(model.target_codes)}
    targets = np.zeros((len(items), len(position)))
    goals = np.zeros((len(items), GOALS))
    for row, one in enumerate(found):
        targets[row, [position[code] for code in one.targets_predicted]] = 1
        goals[row, [int(code) - 1 for code in one.goals_predicted]] = 1
    return Outputs(
        scores=np.array([list(one.targets.values()) for one in found]),
        targets=targets,
        goal_scores=np.array([list(one.goals.values()) for one in found]),
        goals=goals,
        goals_before=goals_before_calibration(model, items),
        none=np.array([one.none for one in found]),
        commitment=np.array([one.commitment for one in found], dtype=np.int64),
        against=np.array([one.against for one in found]),
        against_decided=np.array([float(one.against_predicted) for one in found]),
    )


def goals_before_calibration(model: AlignmentModel, items: Sequence[Annotation]) -> Doubles:
    """Return what the network, or the linear head of a model without one, gives by itself."""
    predictor = model.predictor
    first = len(predictor.layout.trained)
    found = np.zeros((len(items), GOALS))
    for start in range(0, len(items), _BATCH):
        part = items[start : start + _BATCH]
        features = model.featurizer.transform([a.text for a in part], [a.context for a in part])
        scores = predictor.scores(features)
        raw = scores.linear if predictor.network is None else sigmoid(scores.network)
        found[start : start + _BATCH] = raw[:, first : first + GOALS]
    return np.clip(found, 0, 1)


def scored_outputs(
    score: Scorer,
    items: Sequence[Annotation],
    dev: Sequence[Annotation],
    codes: Sequence[str],
) -> Outputs:
    """Decide by the threshold, and the number of labels a text, that are best on ``dev``.

    The goals of a system without scores of its own for them are those of its targets.
    """
    known = Truth.of(dev, codes)
    # All at once: some systems read the descriptions of all targets first.
    every, every_goal = score([*dev, *items])
    scores = every[len(dev) :]
    targets = decide(scores, *choose(every[: len(dev)], known.targets))
    if every_goal is not None:
        goal_scores = every_goal[len(dev) :]
        goals = decide(goal_scores, *choose(every_goal[: len(dev)], known.goals))
        return Outputs(scores, targets, goal_scores, goals)
    goals = np.zeros((len(items), GOALS))
    goal_scores = np.full((len(items), GOALS), -1.0)
    for column, code in enumerate(codes):
        goal = int(code.partition(".")[0]) - 1
        goals[:, goal] = np.maximum(goals[:, goal], targets[:, column])
        goal_scores[:, goal] = np.maximum(goal_scores[:, goal], scores[:, column])
    return Outputs(scores, targets, goal_scores, goals)
