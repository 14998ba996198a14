from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from sdgalign.model.calibration import sigmoid
from sdgalign.model.predictor import choose_targets
from sdgalign.training.calibrate import (
    fit_calibration,
    fit_none_limits,
    fit_pooled,
    fit_softmax,
    fit_thresholds,
)

RNG = np.random.default_rng(0)


def test_pooled_weights_are_found_again() -> None:
    evidence = RNG.normal(size=(4000, 5, 2))
    truth = (RNG.random((4000, 5)) < sigmoid(evidence @ [2.0, -1.0] - 1.5)).astype(float)
    assert fit_pooled(evidence, truth) == pytest.approx([2.0, -1.0, -1.5], abs=0.15)


def test_rare_outputs_stay_near_the_pool() -> None:
    evidence = RNG.normal(size=(3000, 2, 1))
    shifted = evidence[:, :, 0] * 2 - 3 + np.array([0.0, 2.0])
    truth = (RNG.random((3000, 2)) < sigmoid(shifted)).astype(float)
    truth[20:, 0] = 0
    found = fit_calibration(evidence, truth)
    assert found.slopes.min() > 0
    probabilities = found.probabilities(evidence)
    assert probabilities[:, 1].mean() == pytest.approx(truth[:, 1].mean(), rel=0.1)


def test_softmax_sums_to_one() -> None:
    classes = RNG.integers(0, 3, size=500)
    scores = np.eye(3)[classes] + RNG.normal(size=(500, 3)) * 0.3
    found = fit_softmax(scores, classes, 3).probabilities(scores)
    assert found.sum(axis=1) == pytest.approx(np.ones(500))
    assert (found.argmax(axis=1) == classes).mean() > 0.9


def test_thresholds_are_drawn_to_the_common_one() -> None:
    truth = np.zeros((400, 2))
    truth[:200, 0] = 1
    truth[0, 1] = 1
    probabilities = np.where(truth == 1, 0.5, 0.3)
    probabilities[0, 1] = 0.1
    own, common = fit_thresholds(probabilities, truth, prior_count=10)
    assert 0.3 < common <= 0.5
    assert abs(own[1] - common) < 0.1 * common + 0.05


def test_none_limits_rescue_and_silence() -> None:
    truth = np.array([[1, 0], [0, 1], [0, 0], [0, 0]] * 20, dtype=float)
    targets = np.array([[0.3, 0.1], [0.1, 0.9], [0.6, 0.1], [0.1, 0.1]] * 20)
    none = np.array([0.1, 0.05, 0.85, 0.9] * 20)
    thresholds = np.array([0.5, 0.5])
    low, high = fit_none_limits(targets, none, thresholds, truth)
    chosen = choose_targets(targets, none, thresholds, (low, high))
    assert np.array_equal(chosen, truth.astype(bool))
    plain = choose_targets(targets, none, thresholds, (0.0, 1.0))
    assert np.array_equal(plain, targets >= 0.5)


def test_more_evidence_never_fits_worse() -> None:
    rng = np.random.default_rng(0)
    truth = (rng.random((4000, 6)) < 0.01).astype(float)
    own = np.clip(rng.normal(0.02, 0.05, truth.shape) + 0.5 * truth * rng.random(truth.shape), 0, 1)
    network = rng.normal(-8.5, 0.6, truth.shape) + 9 * truth * rng.random(truth.shape)
    kinds = [own, np.log(own + 0.02), network.clip(-9, 9), own - own.max(axis=1, keepdims=True)]

    def loss(evidence: list[NDArray[np.float64]]) -> float:
        stacked = np.stack(evidence, axis=2)
        weights = fit_pooled(stacked, truth)
        p = sigmoid(stacked @ weights[:-1] + weights[-1]).clip(1e-9, 1 - 1e-9)
        assert p.mean() == pytest.approx(truth.mean(), rel=0.02)
        return float(-(truth * np.log(p) + (1 - truth) * np.log(1 - p)).mean())

    everything = loss(kinds)
    assert all(everything <= loss(kinds[:n]) + 1e-6 for n in (1, 2, 3))


def test_labels_that_never_occur_get_no_weight() -> None:
    weights = fit_pooled(np.ones((50, 3, 2)), np.zeros((50, 3)))
    assert weights[:-1].tolist() == [0, 0]
    assert sigmoid(weights[-1:])[0] < 1e-4
