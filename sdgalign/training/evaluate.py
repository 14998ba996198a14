"""Evaluation of a model on one part of the annotations, beside what needs no training."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sdgalign.model.model import AlignmentModel
from sdgalign.training.annotations import Annotation, read_annotations
from sdgalign.training.baselines import choose, decide, description_scores, keyword_scores
from sdgalign.training.metrics import (
    Figure,
    Resampling,
    calibration_error,
    mean_average_precision,
    multilabel,
    ordinal,
)
from sdgalign.training.splits import Splits
from sdgalign.training.truth import Truth

Doubles = NDArray[np.float64]

Progress = Callable[[str, int, int], None]

MODEL, KEYWORDS, NEAREST, WORDING = "model", "keywords", "nearest description", "nearest wording"
SLICES = ("all", "plan-nl", "prose-nl", "prose-en")


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """Figures of every system on every slice."""

    model: str
    """Id and version."""
    digest: str
    """Of the model folder."""
    split: str
    data: str
    """sha256 of the annotations file."""
    counts: dict[str, dict[str, int]]
    """Segments, documents and labels per slice."""
    figures: dict[str, dict[str, dict[str, Figure]]]
    """System → slice → name of the figure."""
    by_basis: dict[str, dict[str, Figure]]
    """Target figures of the model, targets with and without a head apart, all slices together."""
    per_target: dict[str, dict[str, float]]
    """Target code → examples in this split, precision, recall, F1 of the model."""
    draws: int


@dataclass(frozen=True, slots=True)
class Outputs:
    """What one system says of some texts, in rows."""

    scores: Doubles
    """Text × target, for ranking."""
    targets: Doubles
    """Text × target, 0 or 1."""
    goal_scores: Doubles
    goals: Doubles
    none: Doubles | None = None
    """Probability; None where the system gives none."""
    commitment: NDArray[np.int64] | None = None


def evaluate(
    model: AlignmentModel,
    annotations: Path,
    split: str = "test",
    *,
    splits: Splits,
    draws: int = 1000,
    progress: Progress | None = None,
) -> EvaluationReport:
    """Measure a model, and the baselines with thresholds chosen on the dev documents.

    Args:
        model: To measure.
        annotations: Labelled segments, JSON lines.
        split: ``train``, ``dev`` or ``test``.
        splits: Which documents are in it.
        draws: Bootstrap draws, by document.
        progress: Told of every system.
    """
    everything = read_annotations(annotations)
    items, dev = splits.select(everything, split), splits.select(everything, "dev")
    systems: dict[str, Outputs] = {}
    makers: dict[str, Callable[[], Outputs]] = {
        MODEL: lambda: model_outputs(model, items),
        KEYWORDS: lambda: _baseline(keyword_scores, items, dev, model.target_codes),
        NEAREST: lambda: _baseline(
            lambda texts: description_scores(texts, model.featurizer.encoder),
            items, dev, model.target_codes,
        ),
        WORDING: lambda: _baseline(
            lambda texts: description_scores(texts, None, wording=[a.text for a in dev]),
            items, dev, model.target_codes,
        ),
    }  # fmt: skip
    if model.featurizer.encoder is None:
        del makers[NEAREST]
    for step, (name, make) in enumerate(makers.items()):
        if progress:
            progress(name, step, len(makers))
        systems[name] = make()
    data = hashlib.sha256(annotations.read_bytes()).hexdigest()
    return _report(model, split, data, items, systems, draws)


def model_outputs(model: AlignmentModel, items: Sequence[Annotation]) -> Outputs:
    """Classify annotated segments with their contexts."""
    found = model.classify([a.text for a in items], contexts=[a.context for a in items])
    position = {code: i for i, code in enumerate(model.target_codes)}
    targets = np.zeros((len(items), len(position)))
    goals = np.zeros((len(items), 17))
    for row, one in enumerate(found):
        targets[row, [position[code] for code in one.targets_predicted]] = 1
        goals[row, [int(code) - 1 for code in one.goals_predicted]] = 1
    return Outputs(
        scores=np.array([list(one.targets.values()) for one in found]),
        targets=targets,
        goal_scores=np.array([list(one.goals.values()) for one in found]),
        goals=goals,
        none=np.array([one.none for one in found]),
        commitment=np.array([one.commitment for one in found], dtype=np.int64),
    )


def _baseline(
    score: Callable[[Sequence[str]], Doubles],
    items: Sequence[Annotation],
    dev: Sequence[Annotation],
    codes: Sequence[str],
) -> Outputs:
    known = Truth.of(dev, codes).targets
    threshold, most = choose(score([a.text for a in dev]), known)
    scores = score([a.text for a in items])
    targets = decide(scores, threshold, most)
    goals = np.zeros((len(items), 17))
    goal_scores = np.full((len(items), 17), -1.0)
    for column, code in enumerate(codes):
        goal = int(code.partition(".")[0]) - 1
        goals[:, goal] = np.maximum(goals[:, goal], targets[:, column])
        goal_scores[:, goal] = np.maximum(goal_scores[:, goal], scores[:, column])
    return Outputs(scores, targets, goal_scores, goals)


def _report(
    model: AlignmentModel,
    split: str,
    data: str,
    items: Sequence[Annotation],
    systems: dict[str, Outputs],
    draws: int,
) -> EvaluationReport:
    truth = Truth.of(items, model.target_codes)
    figures: dict[str, dict[str, dict[str, Figure]]] = {name: {} for name in systems}
    counts: dict[str, dict[str, int]] = {}
    for name in SLICES:
        rows = np.array([name in ("all", a.slice) for a in items])
        if not rows.any():
            continue
        docs = [a.doc for a in items if name in ("all", a.slice)]
        counts[name] = {
            "segments": int(rows.sum()),
            "documents": len(set(docs)),
            "targets": int((truth.targets[rows].sum(axis=0) > 0).sum()),
        }
        resampling = Resampling.of(docs, draws=draws)
        for system, outputs in systems.items():
            figures[system][name] = figures_of(outputs, truth, rows, resampling)
    everything = Resampling.of([a.doc for a in items], draws=draws)
    own = systems[MODEL]
    has_head = np.array([basis == "classifier" for basis in model.basis.values()])
    by_basis = {
        name: multilabel(own.targets[:, columns], truth.targets[:, columns], everything)
        for name, columns in (("classifier", has_head), ("description", ~has_head))
    }
    return EvaluationReport(
        model=f"{model.info.id} {model.info.version}",
        digest=model.info.digest,
        split=split,
        data=data,
        counts=counts,
        figures=figures,
        by_basis=by_basis,
        per_target=_per_target(own, truth, model.target_codes),
        draws=draws,
    )


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
            found[f"{level}_ece"] = calibration_error(scores[rows], known[rows], resampling)
            found[f"{level}_ece_from_0.05"] = calibration_error(
                scores[rows], known[rows], resampling, least=0.05
            )
    empty = (outputs.targets[rows].sum(axis=1) == 0).astype(np.float64)[:, None]
    none = multilabel(empty, truth.none[rows][:, None], resampling)
    found["none_f1"] = none["micro_f1"]
    if outputs.none is not None:
        found["none_ece"] = calibration_error(
            outputs.none[rows][:, None], truth.none[rows][:, None], resampling
        )
    if outputs.commitment is not None:
        stance = ordinal(outputs.commitment[rows], truth.commitment[rows], 4, resampling)
        found["commitment_accuracy"] = stance["accuracy"]
        found["commitment_kappa"] = stance["kappa"]
    return found


def _per_target(
    outputs: Outputs, truth: Truth, codes: Sequence[str]
) -> dict[str, dict[str, float]]:
    found = {}
    hits = (outputs.targets * truth.targets).sum(axis=0)
    given, wanted = outputs.targets.sum(axis=0), truth.targets.sum(axis=0)
    for i, code in enumerate(codes):
        if wanted[i]:
            found[code] = {
                "examples": float(wanted[i]),
                "precision": float(hits[i] / given[i]) if given[i] else 0.0,
                "recall": float(hits[i] / wanted[i]),
                "f1": float(2 * hits[i] / (given[i] + wanted[i])),
            }
    return found
