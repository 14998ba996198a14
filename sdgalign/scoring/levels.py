"""How probable each status level of a target is, given all evidence of a document."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

SHARED_DOUBT = 0.3
"""Standard deviation, in log-odds, by which all probabilities of one document are off together: its
words may be unlike those that the model was calibrated on. Chosen on the development documents,
where intervals without it held the truth in 20 of 25 documents, and with it in 23."""

_NODES, _RAW_WEIGHTS = np.polynomial.hermite_e.hermegauss(7)
WEIGHTS: FloatArray = _RAW_WEIGHTS / _RAW_WEIGHTS.sum()
"""Of the cases of doubt that the distributions are given for, summing to 1."""
_EDGE = 1e-9


def level_distributions(
    probabilities: FloatArray, commitments: FloatArray, against: FloatArray
) -> FloatArray:
    """Compute how probable each status level of each target is, per case of shared doubt.

    The level is the highest that any piece of evidence gives, evidence being independent within a
    case: ``P(level >= 1) = 1 - prod_i (1 - p_i)`` and, for k of 2 to 4,
    ``P(level >= k) = 1 - prod_i (1 - p_i * (1 - a_i) * P(commitment_i >= k - 1))``: a text that
    moves against a target mentions it, and promises nothing for it.

    Args:
        probabilities: Shape (n, targets), calibrated, of each piece of evidence.
        commitments: Shape (n, 4), probabilities of commitment 0–3 of its segment.
        against: Shape (n,), probability that it moves against what it addresses.

    Returns:
        Shape (cases, targets, 5): probability of level 0 (absent) … 4 (measurable), summing to 1.
    """
    bounded = np.clip(probabilities, _EDGE, 1 - _EDGE)
    odds = np.log(bounded / (1 - bounded))
    firm = np.cumsum(commitments[:, :0:-1], axis=1)[:, ::-1] * (1 - against)[:, None]
    shares = np.column_stack([np.ones(len(against)), np.clip(firm, 0.0, 1.0)])
    cases = []
    for node in _NODES:
        shifted = 1 / (1 + np.exp(-(odds + SHARED_DOUBT * node)))
        shifted[probabilities <= 0.0] = 0.0
        reach = np.array([1 - np.prod(1 - shifted * share[:, None], axis=0) for share in shares.T])
        ends = np.ones((1, reach.shape[1])), np.zeros((1, reach.shape[1]))
        tail = np.vstack([ends[0], reach, ends[1]])
        cases.append(np.clip(tail[:-1] - tail[1:], 0.0, 1.0).T)
    return np.array(cases)


def over_cases(levels: FloatArray) -> FloatArray:
    """Return the distributions with the cases of doubt averaged out.

    Args:
        levels: Shape (cases, targets, 5), from `level_distributions`.

    Returns:
        Shape (targets, 5).
    """
    mean: FloatArray = np.tensordot(WEIGHTS, levels, axes=1)
    return mean
