"""From outputs and labels to the figures and tables of an evaluation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sdgalign.model.predictor import COMMITMENTS
from sdgalign.training.annotations import Annotation
from sdgalign.training.metrics import (
    Bin,
    Figure,
    Resampling,
    calibration_error,
    mean_average_precision,
    multilabel,
    ordinal,
    recall_at,
    reliability,
)
from sdgalign.training.outputs import Outputs
from sdgalign.training.truth import Truth

SLICES = ("all", "random", "random-later", "plan-nl", "prose-nl", "prose-en")
"""Parts of the segments that have figures of their own."""

CUTS = (1, 3, 5, 10)
"""Of recall among the most probable targets."""

_LATER = 2
"""Round of annotation since which nobody looked at labels while writing keywords."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """A labelled target that was missed where another one was predicted wrongly."""

    missed: str
    predicted: str
    count: int
    """Segments."""


@dataclass(frozen=True, slots=True)
class GoalFigures:
    """How well one goal is found."""

    examples: int
    precision: Figure
    recall: Figure
    f1: Figure


@dataclass(frozen=True, slots=True)
class Reliability:
    """How often goals of each height of probability are right."""

    before: list[Bin]
    """Calibration; empty for a system without it."""
    after: list[Bin]


def in_slice(item: Annotation, name: str) -> bool:
    """Return whether a segment belongs to one of :data:`SLICES`."""
    if name.startswith("random"):
        drawn = getattr(item, "sampling", "") == "random"
        return drawn and (name == "random" or getattr(item, "round", 0) >= _LATER)
    return name in ("all", item.slice)


def figures_of(
    outputs: Outputs, truth: Truth, rows: NDArray[np.bool_], resampling: Resampling
) -> dict[str, Figure]:
    """Return every figure of one system on some of the texts."""
    found: dict[str, Figure] = {}
    levels = {
        "target": (outputs.targets, outputs.scores, truth.targets),
        "goal": (outputs.goals, outputs.goal_scores, truth.goals),
    }
    for level, (predicted, scores, known) in levels.items():
        for name, figure in multilabel(predicted[rows], known[rows], resampling).items():
            found[f"{level}_{name}"] = figure
        found[f"{level}_map"] = mean_average_precision(scores[rows], known[rows], resampling)
        if outputs.none is not None:
            found |= _calibration(level, scores[rows], known[rows], resampling)
    if outputs.goals_before is not None:
        before = _calibration("goal", outputs.goals_before[rows], truth.goals[rows], resampling)
        found |= {f"{name}_before": figure for name, figure in before.items()}
    at = recall_at(outputs.scores[rows], truth.targets[rows], CUTS, resampling)
    found |= {f"target_recall_at_{k}": figure for k, figure in at.items()}
    empty = (outputs.targets[rows].sum(axis=1) == 0).astype(np.float64)[:, None]
    none = truth.none[rows][:, None]
    found["none_f1"] = multilabel(empty, none, resampling)["micro_f1"]
    if outputs.none is not None:
        found["none_ece"] = calibration_error(outputs.none[rows][:, None], none, resampling)
    if outputs.commitment is not None:
        stance = ordinal(outputs.commitment[rows], truth.commitment[rows], COMMITMENTS, resampling)
        found |= {f"commitment_{name}": figure for name, figure in stance.items()}
    if outputs.against is not None and outputs.against_decided is not None:
        known = truth.against[rows][:, None]
        decided = multilabel(outputs.against_decided[rows][:, None], known, resampling)
        for name in ("precision", "recall", "f1"):
            found[f"against_{name}"] = decided[f"micro_{name}"]
        found["against_ap"] = mean_average_precision(
            outputs.against[rows][:, None], known, resampling
        )
    return found


def _calibration(
    level: str, scores: NDArray[np.float64], known: NDArray[np.float64], resampling: Resampling
) -> dict[str, Figure]:
    return {
        f"{level}_ece": calibration_error(scores, known, resampling),
        f"{level}_ece_from_0.05": calibration_error(scores, known, resampling, least=0.05),
    }


def per_goal(outputs: Outputs, truth: Truth, resampling: Resampling) -> dict[str, GoalFigures]:
    """Return the figures of every goal that is labelled somewhere."""
    found = {}
    for column, wanted in enumerate(truth.goals.sum(axis=0).tolist()):
        if wanted:
            one = slice(column, column + 1)
            figures = multilabel(outputs.goals[:, one], truth.goals[:, one], resampling)
            found[str(column + 1)] = GoalFigures(
                examples=int(wanted),
                precision=figures["micro_precision"],
                recall=figures["micro_recall"],
                f1=figures["micro_f1"],
            )
    return found


def per_target(outputs: Outputs, truth: Truth, codes: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return examples, precision, recall and F1 of every target that is labelled somewhere."""
    found = {}
    hits = (outputs.targets * truth.targets).sum(axis=0)
    given, wanted = outputs.targets.sum(axis=0), truth.targets.sum(axis=0)
    for i, code in enumerate(codes):
        if wanted[i]:
            found[code] = {
                "examples": float(wanted[i]),
                "precision": float(hits[i] / given[i]) if given[i] else float("nan"),
                "recall": float(hits[i] / wanted[i]),
                "f1": float(2 * hits[i] / (given[i] + wanted[i])),
            }
    return found


def confusions(
    predicted: NDArray[np.float64], truth: Truth, codes: Sequence[str], *, most: int = 25
) -> list[Confusion]:
    """Return the pairs of a missed target and a wrong one that most segments have."""
    counts: Counter[tuple[int, int]] = Counter()
    for given, known in zip(predicted > 0, truth.targets > 0, strict=True):
        wrong = np.flatnonzero(given & ~known).tolist()
        for missed in np.flatnonzero(known & ~given).tolist():
            counts.update((missed, instead) for instead in wrong)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [Confusion(codes[a], codes[b], count) for (a, b), count in ranked]


def commitment_table(outputs: Outputs, truth: Truth) -> list[list[int]]:
    """Return the number of segments per labelled (row) and predicted (column) commitment."""
    table = np.zeros((COMMITMENTS, COMMITMENTS), dtype=np.int64)
    if outputs.commitment is not None:
        np.add.at(table, (truth.commitment, outputs.commitment), 1)
    return [[int(n) for n in row] for row in table]


def goal_reliability(outputs: Outputs, truth: Truth, resampling: Resampling) -> Reliability:
    """Compare probabilities of goals with how often they are right."""
    before: list[Bin] = []
    if outputs.goals_before is not None:
        before = reliability(outputs.goals_before, truth.goals, resampling)
    return Reliability(before, reliability(outputs.goal_scores, truth.goals, resampling))
