"""Fitting calibration and thresholds on scores of unseen documents."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sdgalign.model.calibration import Calibration, Softmax, sigmoid
from sdgalign.model.predictor import choose_targets

Doubles = NDArray[np.float64]


def fit_pooled(evidence: Doubles, truth: Doubles, *, strength: float = 1.0) -> Doubles:
    """Fit one logistic regression over all texts and outputs; return weights and constant."""
    from sklearn.linear_model import LogisticRegression

    rows = evidence.reshape(-1, evidence.shape[2])
    spread = np.maximum(rows.std(axis=0), 1e-6)
    mean = rows.mean(axis=0)
    wanted = truth.reshape(-1)
    if not 0 < wanted.sum() < len(wanted):
        rate = np.clip(wanted.mean(), 1e-5, 1 - 1e-5)
        return np.append(np.zeros(rows.shape[1]), np.log(rate / (1 - rate)))
    model = LogisticRegression(C=1 / strength, solver="newton-cholesky", max_iter=200, tol=1e-7)
    model.fit((rows - mean) / spread, wanted)
    plain = model.coef_[0] / spread
    return np.append(plain, float(model.intercept_[0]) - float(plain @ mean))


def fit_calibration(
    evidence: Doubles,
    truth: Doubles,
    *,
    slope_spread: float = 0.2,
    offset_spread: float = 0.6,
) -> Calibration:
    """Fit the pooled model, then a Platt correction per output drawn towards no correction.

    Args:
        evidence: Text × output × kind.
        truth: Text × output, 0 or 1.
        slope_spread: How far slopes are expected to stray from 1 (standard deviation).
        offset_spread: How far offsets are expected to stray from 0.
    """
    outputs = evidence.shape[1]
    weights = fit_pooled(evidence, truth)
    plain = Calibration(weights, np.ones(outputs), np.zeros(outputs))
    log_odds = plain.log_odds(evidence)
    slopes, offsets = np.ones(outputs), np.zeros(outputs)
    for column in range(outputs):
        slopes[column], offsets[column] = _platt(
            log_odds[:, column], truth[:, column], slope_spread, offset_spread
        )
    return Calibration(weights, slopes, offsets)


def _platt(
    z: Doubles, truth: Doubles, slope_spread: float, offset_spread: float
) -> tuple[float, float]:
    values = np.array([1.0, 0.0])
    prior = np.array([1.0, 0.0])
    precision = np.array([slope_spread**-2.0, offset_spread**-2.0])
    design = np.stack([z, np.ones_like(z)], axis=1)
    for _ in range(25):
        p = sigmoid(design @ values)
        gradient = design.T @ (p - truth) + precision * (values - prior)
        curvature = (design * (p * (1 - p))[:, None]).T @ design + np.diag(precision)
        step = np.linalg.solve(curvature, gradient)
        values -= np.clip(step, -0.5, 0.5)
        if np.abs(step).max() < 1e-8:
            break
    return max(float(values[0]), 0.2), float(values[1])


def fit_softmax(scores: Doubles, classes: NDArray[np.int64], count: int) -> Softmax:
    """Fit a multinomial logistic regression on scores."""
    from scipy.optimize import minimize

    onehot = np.eye(count)[classes]
    spread = np.maximum(scores.std(axis=0), 1e-6)
    scaled = scores / spread
    design = np.concatenate([scaled, np.ones((len(scores), 1))], axis=1)
    penalty = np.ones((design.shape[1], count))
    penalty[-1] = 1e-3

    def loss(flat: Doubles) -> tuple[float, Doubles]:
        weights = flat.reshape(design.shape[1], count)
        logits = design @ weights
        logits -= logits.max(axis=1, keepdims=True)
        p = np.exp(logits)
        p /= p.sum(axis=1, keepdims=True)
        value = -np.log(np.maximum((p * onehot).sum(axis=1), 1e-12)).sum()
        value += 0.5 * float((penalty * weights**2).sum())
        return float(value), (design.T @ (p - onehot) + penalty * weights).ravel()

    found = minimize(loss, np.zeros(design.shape[1] * count), jac=True, method="L-BFGS-B")
    weights = found.x.reshape(design.shape[1], count)
    return Softmax(weights[:-1] / spread[:, None], weights[-1])


NONE_LOW = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
NONE_HIGH = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
"""Limits of "none" that are tried; of equally good ones the first, which change least."""

GRID = np.round(np.arange(0.08, 0.72, 0.02), 2)
"""Thresholds that are tried."""


def fit_thresholds(
    probabilities: Doubles, truth: Doubles, *, prior_count: float = 150.0
) -> tuple[Doubles, float]:
    """Return a threshold per output, and the common one towards which rare outputs are drawn.

    Each is the threshold of highest F1 on these probabilities, the own one weighted by the
    number of examples n as n / (n + prior_count).
    """
    hits = np.empty((len(GRID), truth.shape[1]))
    given = np.empty_like(hits)
    for row, threshold in enumerate(GRID):
        chosen = probabilities >= threshold
        hits[row] = (chosen * truth).sum(axis=0)
        given[row] = chosen.sum(axis=0)
    n = truth.sum(axis=0)
    common = float(GRID[np.argmax(2 * hits.sum(1) / np.maximum(given.sum(1) + n.sum(), 1))])
    own_f1 = 2 * hits / np.maximum(given + n, 1)
    own = np.array(
        [GRID[np.flatnonzero(column >= column.max() - 0.005)].mean() for column in own_f1.T]
    )
    weight = n / (n + prior_count)
    return weight * own + (1 - weight) * common, common


def fit_none_limits(
    targets: Doubles, none: Doubles, thresholds: Doubles, truth: Doubles
) -> tuple[float, float]:
    """Return the limits of "none" at which targets and empty texts are found best.

    The measure is the mean of two F1: of targets, micro-averaged, and of texts without any.

    Args:
        targets: Probabilities, text × target.
        none: Probability per text that it addresses no target.
        thresholds: Per target.
        truth: Text × target, 0 or 1.
    """
    empty = truth.sum(axis=1) == 0

    def quality(limits: tuple[float, float]) -> float:
        chosen = choose_targets(targets, none, thresholds, limits)
        hits = 2 * float((chosen * truth).sum())
        found = ~chosen.any(axis=1)
        both = 2 * float((found & empty).sum())
        by_target = hits / max(float(chosen.sum() + truth.sum()), 1.0)
        return by_target + both / max(float(found.sum() + empty.sum()), 1.0)

    tried = [(low, high) for low in NONE_LOW for high in NONE_HIGH]
    return max(tried, key=quality)
