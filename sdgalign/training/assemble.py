"""Calibration and thresholds of a whole model from scores of unseen documents."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sdgalign.model.calibration import Calibration
from sdgalign.model.heads import LinearHead, MeaningNetwork
from sdgalign.model.predictor import (
    COMMITMENTS,
    Layout,
    Predictor,
    Scores,
    description_evidence,
    goal_evidence,
    none_evidence,
    target_evidence,
)
from sdgalign.training.calibrate import (
    fit_calibration,
    fit_none_limits,
    fit_pooled,
    fit_softmax,
    fit_thresholds,
)
from sdgalign.training.truth import Truth

Doubles = NDArray[np.float64]

RARITY = 0.8
"""Share of the difference in frequency, on the log-odds scale, between targets with and without
a head that their probabilities take over."""


def assemble(
    scores: Scores,
    truth: Truth,
    layout: Layout,
    *,
    linear: LinearHead,
    network: MeaningNetwork | None,
    stance_head: LinearHead,
) -> Predictor:
    """Fit everything behind the heads.

    Args:
        scores: Of texts that the heads did not learn from.
        truth: Labels of the same texts.
        layout: Which targets have heads.
        linear: Put in as they are, like the other heads.
        network: Likewise.
        stance_head: Likewise.
    """
    trained, untrained = list(layout.trained), list(layout.untrained)
    known = truth.targets[:, trained]
    targets = fit_calibration(target_evidence(scores, layout), known)
    descriptions = untrained_calibration(scores, truth, layout)
    probabilities = np.empty_like(truth.targets)
    probabilities[:, trained] = targets.probabilities(target_evidence(scores, layout))
    probabilities[:, untrained] = descriptions.probabilities(
        description_evidence(scores, layout.untrained)
    )
    evidence = goal_evidence(scores, probabilities, layout)
    goals = fit_calibration(evidence, truth.goals, offset_spread=0.4)
    goal_p = goals.probabilities(evidence)
    for column, goal in enumerate(layout.goal_of):
        goal_p[:, goal] = np.maximum(goal_p[:, goal], probabilities[:, column])
    evidence = none_evidence(scores, probabilities, goal_p)
    none = fit_calibration(evidence, truth.none[:, None])
    stance = scores.against[:, None, :]
    against = fit_calibration(stance, truth.against[:, None])
    none_p = none.probabilities(evidence)[:, 0]
    own, common = fit_thresholds(probabilities[:, trained], known)
    thresholds = np.full(len(layout.codes), common)
    thresholds[trained] = own
    return Predictor(
        layout=layout,
        linear=linear,
        network=network,
        stance_head=stance_head,
        targets=targets,
        descriptions=descriptions,
        goals=goals,
        none=none,
        commitment=fit_softmax(scores.commitment, truth.commitment, COMMITMENTS),
        against=against,
        target_thresholds=thresholds,
        goal_thresholds=fit_thresholds(goal_p, truth.goals)[0],
        against_threshold=fit_thresholds(against.probabilities(stance), truth.against[:, None])[1],
        none_limits=fit_none_limits(
            probabilities,
            np.minimum(none_p, 1 - probabilities.max(axis=1)),
            thresholds,
            truth.targets,
        ),
    )


def untrained_calibration(scores: Scores, truth: Truth, layout: Layout) -> Calibration:
    """Learn, on targets with heads, what likeness with a description is worth without one."""
    evidence = description_evidence(scores, layout.trained)
    known = truth.targets[:, list(layout.trained)]
    weights = fit_pooled(evidence, known)
    n, untrained = len(known), list(layout.untrained)
    usual = np.log((known.mean() * n + 0.5) / n)
    offsets = np.log((truth.targets[:, untrained].sum(axis=0) + 0.5) / n) - usual
    return Calibration(weights, np.ones(len(untrained)), RARITY * offsets)
