"""Linear heads over words and a small network over meanings, in plain arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sdgalign.model.featurizer import Features

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Arrays = dict[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class LinearHead:
    """Scores that are a weighted sum of features."""

    weights: dict[str, Floats]
    """Per block: features × outputs."""
    bias: Floats

    def scores(self, features: Features) -> Doubles:
        """Return text × output."""
        total = np.tile(self.bias, (len(features), 1))
        for name, weights in self.weights.items():
            total += features.blocks[name] @ weights
        return total.astype(np.float64)

    def quantised(self) -> LinearHead:
        """Return the head as it is after being saved and loaded."""
        return LinearHead.from_arrays(self.to_arrays("x"), "x")

    def to_arrays(self, prefix: str) -> Arrays:
        """Return one byte a weight, one scale per block and output."""
        arrays: Arrays = {f"{prefix}.bias": self.bias}
        for name, weights in self.weights.items():
            scale = (
                np.maximum(np.abs(weights).max(axis=0, initial=0), 1e-9).astype(np.float32) / 127
            )
            arrays[f"{prefix}.{name}.weights"] = np.rint(weights / scale).astype(np.int8)
            arrays[f"{prefix}.{name}.scale"] = scale
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Arrays, prefix: str) -> LinearHead:
        """Rebuild from :meth:`to_arrays`."""
        start, end = f"{prefix}.", ".weights"
        names = [
            n[len(start) : -len(end)] for n in arrays if n.startswith(start) and n.endswith(end)
        ]
        weights = {
            name: arrays[f"{start}{name}{end}"].astype(np.float32)
            * arrays[f"{start}{name}.scale"].astype(np.float32)
            for name in sorted(names)
        }
        return cls(weights, arrays[f"{start}bias"].astype(np.float32))


@dataclass(frozen=True, slots=True)
class MeaningNetwork:
    """One hidden layer over what an encoder gives for text and context."""

    hidden: Floats
    hidden_bias: Floats
    output: Floats
    output_bias: Floats

    def scores(self, features: Features) -> Doubles:
        """Return text × output, log-odds; row by row, so that batches do not matter."""
        scores = np.empty((len(features), len(self.output_bias)), dtype=np.float64)
        for i, row in enumerate(features.rows):
            inner = np.maximum(row @ self.hidden + self.hidden_bias, 0)
            scores[i] = inner @ self.output + self.output_bias
        return scores

    def quantised(self) -> MeaningNetwork:
        """Return the network as it is after being saved and loaded."""
        return MeaningNetwork.from_arrays(self.to_arrays("x"), "x")

    def to_arrays(self, prefix: str) -> Arrays:
        """Return the weights in half precision."""
        names = ("hidden", "hidden_bias", "output", "output_bias")
        return {f"{prefix}.{name}": getattr(self, name).astype(np.float16) for name in names}

    @classmethod
    def from_arrays(cls, arrays: Arrays, prefix: str) -> MeaningNetwork:
        """Rebuild from :meth:`to_arrays`."""
        names = ("hidden", "hidden_bias", "output", "output_bias")
        return cls(*(arrays[f"{prefix}.{name}"].astype(np.float32) for name in names))
