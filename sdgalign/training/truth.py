"""The labels of annotations as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sdgalign.model.predictor import GOALS
from sdgalign.training.annotations import Annotation

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Truth:
    """The labels of some annotations, in rows."""

    targets: Doubles
    """Text × all targets, 0 or 1."""
    goals: Doubles
    """Text × 17."""
    none: Doubles
    """1 where no target is labelled."""
    commitment: NDArray[np.int64]
    against: Doubles
    """1 where the text moves against a labelled target."""

    @classmethod
    def of(cls, annotations: Sequence[Annotation], codes: Sequence[str]) -> Truth:
        """Lay out labels; targets in the order of ``codes``."""
        position = {code: i for i, code in enumerate(codes)}
        targets = np.zeros((len(annotations), len(codes)))
        goals = np.zeros((len(annotations), GOALS))
        for row, item in enumerate(annotations):
            targets[row, [position[code] for code in item.targets]] = 1
            goals[row, [int(code) - 1 for code in item.goals]] = 1
        none = np.array([float(not item.targets) for item in annotations])
        stance = np.array([item.commitment for item in annotations], dtype=np.int64)
        against = np.array([float(item.against) for item in annotations])
        return cls(targets, goals, none, stance, against)
