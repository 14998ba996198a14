"""From scores to probabilities: a pooled logistic model, and a small correction per output."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Arrays = dict[str, NDArray[np.generic]]

FLOOR = 1e-4
"""No probability is nearer than this to 0 or 1."""


def sigmoid(values: Doubles) -> Doubles:
    """Return probabilities for log-odds."""
    return 0.5 * (1.0 + np.tanh(0.5 * values))


def logit(probabilities: Doubles) -> Doubles:
    """Return log-odds for probabilities."""
    p = np.clip(probabilities, FLOOR, 1 - FLOOR)
    return np.log(p / (1 - p))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Evidence (text × output × kind of evidence) to probabilities (text × output)."""

    weights: Doubles
    """One per kind of evidence, shared by all outputs; the last is the constant."""
    slopes: Doubles
    """Per output, on the pooled log-odds; 1 where there is too little to learn from."""
    offsets: Doubles
    """Per output; 0 likewise."""

    def log_odds(self, evidence: Doubles) -> Doubles:
        """Return text × output."""
        total = np.full(evidence.shape[:2], self.weights[-1])
        for kind, weight in enumerate(self.weights[:-1]):
            total += weight * evidence[:, :, kind]
        return total * self.slopes + self.offsets

    def probabilities(self, evidence: Doubles) -> Doubles:
        """Return text × output."""
        return np.clip(sigmoid(self.log_odds(evidence)), FLOOR, 1 - FLOOR)

    def to_arrays(self, prefix: str) -> Arrays:
        """Return plain arrays."""
        return {f"{prefix}.{n}": getattr(self, n) for n in ("weights", "slopes", "offsets")}

    @classmethod
    def from_arrays(cls, arrays: Arrays, prefix: str) -> Calibration:
        """Rebuild from :meth:`to_arrays`."""
        names = ("weights", "slopes", "offsets")
        return cls(*(arrays[f"{prefix}.{n}"].astype(np.float64) for n in names))


@dataclass(frozen=True, slots=True)
class Softmax:
    """Scores of exclusive classes to probabilities that sum to 1."""

    weights: Doubles
    """Score × class."""
    bias: Doubles

    def probabilities(self, scores: Doubles) -> Doubles:
        """Return text × class."""
        logits = np.tile(self.bias, (len(scores), 1))
        for kind in range(scores.shape[1]):
            logits += scores[:, kind : kind + 1] * self.weights[kind]
        grown = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(grown / grown.sum(axis=1, keepdims=True))

    def to_arrays(self, prefix: str) -> Arrays:
        """Return plain arrays."""
        return {f"{prefix}.weights": self.weights, f"{prefix}.bias": self.bias}

    @classmethod
    def from_arrays(cls, arrays: Arrays, prefix: str) -> Softmax:
        """Rebuild from :meth:`to_arrays`."""
        return cls(
            arrays[f"{prefix}.weights"].astype(np.float64),
            arrays[f"{prefix}.bias"].astype(np.float64),
        )
