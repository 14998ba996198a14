"""Features to calibrated probabilities and decisions: what training fits and a model stores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sdgalign.model.calibration import FLOOR, Calibration, Softmax, logit
from sdgalign.model.featurizer import Features
from sdgalign.model.heads import LinearHead, MeaningNetwork

Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

GOALS = 17
COMMITMENTS = 4
STANCES = COMMITMENTS + 1
"""Outputs of a head that says how firm a text is, and whether it moves against its target."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Raw outputs of the heads for some texts; columns: trained targets, 17 goals, none."""

    linear: Doubles
    network: Doubles
    """Log-odds; zeros when there is no network."""
    likeness: Doubles
    """Text × all targets × (meaning, wording)."""
    commitment: Doubles
    """Text × (four of the linear head, four of the network)."""
    against: Doubles
    """Text × (linear head, network)."""


@dataclass(frozen=True, slots=True)
class Probabilities:
    """Calibrated probabilities for some texts, in rows."""

    targets: Doubles
    goals: Doubles
    none: Doubles
    commitment: Doubles
    against: Doubles


@dataclass(frozen=True, slots=True)
class Layout:
    """Which targets there are and which of them have a head."""

    codes: tuple[str, ...]
    """All targets, UN order."""
    trained: tuple[int, ...]
    """Positions in ``codes`` of those with a head."""

    @property
    def goal_of(self) -> Ints:
        """Position of the goal of every target."""
        return np.array([int(code.partition(".")[0]) - 1 for code in self.codes])

    @property
    def untrained(self) -> tuple[int, ...]:
        """Positions of the targets without a head."""
        return tuple(sorted(set(range(len(self.codes))) - set(self.trained)))


def raw_scores(
    features: Features, linear: LinearHead, network: MeaningNetwork | None, stance: LinearHead
) -> Scores:
    """Apply the heads.

    Args:
        features: Of some texts.
        linear: Outputs: trained targets, goals, none.
        network: Likewise, and then commitment 0 to 3 and against.
        stance: Outputs: commitment 0 to 3, against.
    """
    topics, by_words = linear.scores(features), stance.scores(features)
    outputs = topics.shape[1]
    if network is None:
        found = np.zeros((len(features), outputs + STANCES))
    else:
        found = np.clip(network.scores(features), -9, 9)
    return Scores(
        linear=topics,
        network=found[:, :outputs],
        likeness=features.likeness,
        commitment=np.concatenate([by_words[:, :-1], found[:, outputs:-1]], axis=1),
        against=np.stack([by_words[:, -1], found[:, -1]], axis=1),
    )


def target_evidence(scores: Scores, layout: Layout) -> Doubles:
    """Return text × trained target × kind of evidence."""
    n = len(layout.trained)
    goal = n + layout.goal_of[list(layout.trained)]
    linear, network = scores.linear, scores.network
    own = linear[:, :n]
    like = scores.likeness[:, list(layout.trained)]
    kinds = [
        own,
        np.log(np.maximum(own, 0) + 0.02),
        network[:, :n],
        linear[:, goal],
        network[:, goal],
        np.broadcast_to(linear[:, -1:], own.shape),
        like[:, :, 0],
        like[:, :, 1],
        own - own.max(axis=1, keepdims=True, initial=-1.0),
    ]
    return np.stack(kinds, axis=2)


def description_evidence(scores: Scores, columns: tuple[int, ...]) -> Doubles:
    """Return text × these targets × kind of evidence, from descriptions alone."""
    chosen = scores.likeness[:, list(columns)]
    lead = chosen - scores.likeness.max(axis=1, keepdims=True, initial=-1.0)
    none = np.broadcast_to(scores.linear[:, -1:, None], (*chosen.shape[:2], 1))
    product = (chosen[:, :, :1] * chosen[:, :, 1:]).clip(min=0)
    return np.concatenate([chosen, lead, product, none], axis=2)


def goal_evidence(scores: Scores, targets: Doubles, layout: Layout) -> Doubles:
    """Return text × goal × kind of evidence."""
    n = len(layout.trained)
    own = scores.linear[:, n : n + GOALS]
    highest = np.full(own.shape, FLOOR)
    nothing = np.ones(own.shape)
    for column, goal in enumerate(layout.goal_of):
        highest[:, goal] = np.maximum(highest[:, goal], targets[:, column])
        nothing[:, goal] *= 1 - targets[:, column]
    kinds = [
        own,
        np.log(np.maximum(own, 0) + 0.02),
        scores.network[:, n : n + GOALS],
        logit(highest),
        logit(1 - nothing),
        np.broadcast_to(scores.linear[:, -1:], own.shape),
    ]
    return np.stack(kinds, axis=2)


def none_evidence(scores: Scores, targets: Doubles, goals: Doubles) -> Doubles:
    """Return text × 1 × kind of evidence."""
    own = scores.linear[:, -1]
    kinds = [
        own,
        np.log(np.maximum(own, 0) + 0.02),
        scores.network[:, -1],
        logit(targets.max(axis=1)),
        logit(goals.max(axis=1)),
    ]
    return np.stack(kinds, axis=1)[:, None, :]


@dataclass(frozen=True, slots=True)
class Predictor:
    """Heads, calibration and thresholds."""

    layout: Layout
    linear: LinearHead
    network: MeaningNetwork | None
    stance_head: LinearHead
    """Outputs: commitment 0 to 3, against."""
    targets: Calibration
    descriptions: Calibration
    goals: Calibration
    none: Calibration
    commitment: Softmax
    against: Calibration
    target_thresholds: Doubles
    """Per target of the layout."""
    goal_thresholds: Doubles
    against_threshold: float
    """Of the probability that a text moves against its target."""
    none_limits: tuple[float, float] = (0.0, 1.0)
    """Where "none" is less probable than the first, a text gets its best target in any case;
    where it is more probable than the second, it gets none."""

    def scores(self, features: Features) -> Scores:
        """Apply the heads."""
        return raw_scores(features, self.linear, self.network, self.stance_head)

    def probabilities(self, scores: Scores) -> Probabilities:
        """Apply the calibration; a goal is never less probable than one of its targets."""
        layout = self.layout
        targets = np.empty((len(scores.linear), len(layout.codes)))
        trained, untrained = list(layout.trained), list(layout.untrained)
        targets[:, trained] = self.targets.probabilities(target_evidence(scores, layout))
        targets[:, untrained] = self.descriptions.probabilities(
            description_evidence(scores, layout.untrained)
        )
        goals = self.goals.probabilities(goal_evidence(scores, targets, layout))
        for column, goal in enumerate(layout.goal_of):
            goals[:, goal] = np.maximum(goals[:, goal], targets[:, column])
        none = self.none.probabilities(none_evidence(scores, targets, goals))[:, 0]
        none = np.minimum(none, 1 - targets.max(axis=1))
        commitment = self.commitment.probabilities(scores.commitment)
        against = self.against.probabilities(scores.against[:, None, :])[:, 0]
        return Probabilities(targets, goals, none, commitment, against)

    def decide(self, probabilities: Probabilities) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return which targets and which goals are predicted; a target brings its goal."""
        targets = choose_targets(
            probabilities.targets, probabilities.none, self.target_thresholds, self.none_limits
        )
        goals = probabilities.goals >= self.goal_thresholds
        goals &= (probabilities.none <= self.none_limits[1])[:, None]
        for column, goal in enumerate(self.layout.goal_of):
            goals[:, goal] |= targets[:, column]
        return targets, goals


def choose_targets(
    targets: Doubles, none: Doubles, thresholds: Doubles, none_limits: tuple[float, float]
) -> NDArray[np.bool_]:
    """Return which targets are predicted, text × target.

    Args:
        targets: Probabilities, text × target.
        none: Probability per text that it addresses no target.
        thresholds: Per target.
        none_limits: As in :class:`Predictor`.
    """
    surely_some, surely_none = none_limits
    chosen = targets >= thresholds
    missed = np.flatnonzero((none < surely_some) & ~chosen.any(axis=1))
    chosen[missed, np.argmax(targets[missed] / thresholds, axis=1)] = True
    chosen[none > surely_none] = False
    return chosen
