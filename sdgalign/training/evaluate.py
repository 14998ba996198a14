"""Evaluation of a model on one part of the annotations, beside simpler systems."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import numpy as np

from sdgalign.errors import InputError
from sdgalign.model.classification import Basis
from sdgalign.model.encoder import Encoder
from sdgalign.model.model import AlignmentModel
from sdgalign.training.annotations import Annotation, read_annotations
from sdgalign.training.baselines import (
    WordRegression,
    description_scores,
    keyword_scores,
    load_teacher,
)
from sdgalign.training.figures import (
    SLICES,
    Confusion,
    GoalFigures,
    Reliability,
    commitment_table,
    confusions,
    figures_of,
    goal_reliability,
    in_slice,
    per_goal,
    per_target,
)
from sdgalign.training.goal_texts import GoalAnswers, goal_yes_no
from sdgalign.training.metrics import Figure, Resampling, multilabel
from sdgalign.training.outputs import Outputs, Scorer, model_outputs, scored_outputs
from sdgalign.training.splits import Splits, author
from sdgalign.training.truth import Truth

Progress = Callable[[str, int, int], None]

MODEL, KEYWORDS, WORDS = "model", "keywords", "words"
NEAREST, TEACHER, WORDING = "nearest description", "nearest description, MiniLM", "nearest wording"
BASELINES = (WORDS, KEYWORDS, NEAREST, TEACHER, WORDING)
SIMPLE = (KEYWORDS, NEAREST, WORDING)
"""Those that need neither training nor another encoder."""


@dataclass(frozen=True, slots=True)
class Previous:
    """Figures of an earlier model, as its own evaluation gave them."""

    model: str
    digest: str
    data: str
    """sha256 of the annotations file that it was measured on."""
    segments: int
    figures: dict[str, dict[str, Figure]]
    """Slice → name of the figure."""


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
    shared_authors: list[str]
    """Authors of documents in this split who also have one that the model learnt from."""
    figures: dict[str, dict[str, dict[str, Figure]]]
    """System → slice → name of the figure."""
    by_basis: dict[str, dict[str, Figure]]
    """Target figures of the model, targets with and without a head apart, all slices together."""
    per_goal: dict[str, GoalFigures]
    """Goal code → figures of the model, all slices together."""
    per_target: dict[str, dict[str, float]]
    """Target code → examples in this split, precision, recall, F1 of the model."""
    confusions: list[Confusion]
    """Most frequent first."""
    commitment: list[list[int]]
    """Segments per labelled (row) and predicted (column) commitment."""
    reliability: Reliability
    """Of goals."""
    draws: int
    goal_answers: GoalAnswers | None = None
    previous: Previous | None = None
    notes: list[str] = field(default_factory=list)
    """What was left out and why."""


def evaluate(
    model: AlignmentModel,
    annotations: Path,
    split: str = "test",
    *,
    splits: Splits,
    texts: Sequence[Path] = (),
    baselines: Sequence[str] = SIMPLE,
    previous: Path | None = None,
    goal_texts: Sequence[tuple[str, int]] = (),
    draws: int = 1000,
    progress: Progress | None = None,
) -> EvaluationReport:
    """Measure a model, and simpler systems with thresholds chosen on the dev documents.

    Args:
        model: To measure.
        annotations: Labelled segments, as :func:`read_annotations` takes them.
        split: ``train``, ``dev`` or ``test``.
        splits: Which documents are in it.
        texts: Where the texts are when ``annotations`` holds labels only.
        baselines: Those of :data:`BASELINES` to measure too; all of them take minutes.
        previous: The ``results.json`` of an earlier model, to show beside this one.
        goal_texts: English texts with their goal, none of which the model learnt from.
        draws: Bootstrap draws, by document.
        progress: Told of every system.

    Raises:
        InputError: When a file cannot be used, or the split holds no segments.
    """
    everything = read_annotations(annotations, texts=texts)
    earlier = read_previous(previous) if previous else None
    items, dev = splits.select(everything, split), splits.select(everything, "dev")
    if not items:
        raise InputError(f"{annotations}: none of its segments is of a {split} document.")
    tell = progress or _silent
    steps, notes = len(baselines) + 2, []
    tell(MODEL, 0, steps)
    systems = {MODEL: model_outputs(model, items)}
    for step, name in enumerate(baselines, start=1):
        tell(name, step, steps)
        score = _scorer(name, model, dev, lambda: splits.select(everything, "train"))
        if isinstance(score, str):
            notes.append(score)
        else:
            systems[name] = scored_outputs(score, items, dev, model.target_codes)
    tell("figures", steps - 1, steps)
    answers = goal_yes_no(model, goal_texts, draws=draws) if goal_texts else None
    truth = Truth.of(items, model.target_codes)
    counts, figures = _slices(items, truth, systems, draws)
    whole = Resampling.of([a.doc for a in items], draws=draws)
    own = systems[MODEL]
    return EvaluationReport(
        model=f"{model.info.id} {model.info.version}",
        digest=model.info.digest,
        split=split,
        data=hashlib.sha256(annotations.read_bytes()).hexdigest(),
        counts=counts,
        shared_authors=_shared_authors(splits, split),
        figures=figures,
        by_basis=_by_basis(model, own, truth, whole),
        per_goal=per_goal(own, truth, whole),
        per_target=per_target(own, truth, model.target_codes),
        confusions=confusions(own.targets, truth, model.target_codes),
        commitment=commitment_table(own, truth),
        reliability=goal_reliability(own, truth, whole),
        draws=draws,
        goal_answers=answers,
        previous=earlier,
        notes=notes,
    )


def _scorer(
    name: str,
    model: AlignmentModel,
    dev: Sequence[Annotation],
    train: Callable[[], Sequence[Annotation]],
) -> Scorer | str:
    """Return how a system scores segments, or why it cannot."""
    if name == KEYWORDS:
        return lambda items: (keyword_scores([a.text for a in items]), None)
    if name == WORDS:
        learnt = WordRegression.fit(train(), model.target_codes)
        return learnt.scores if learnt else "TF-IDF with logistic regression: too few examples."
    if name == WORDING:
        wording = [a.text for a in dev]
        return _nearest(None, wording)
    if name == NEAREST:
        encoder = model.featurizer.encoder
        return _nearest(encoder) if encoder else "Nearest description: the model has no encoder."
    if name == TEACHER:
        teacher = load_teacher()
        return (
            _nearest(teacher)
            if teacher
            else ("Nearest description by all-MiniLM-L6-v2: its package is not installed.")
        )
    raise InputError(f"{name}: is none of the baselines {', '.join(BASELINES)}.")


def _nearest(encoder: Encoder | None, wording: Sequence[str] = ()) -> Scorer:
    return lambda items: (
        description_scores([a.text for a in items], encoder, wording=wording),
        None,
    )


def _slices(
    items: Sequence[Annotation], truth: Truth, systems: dict[str, Outputs], draws: int
) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, dict[str, Figure]]]]:
    figures: dict[str, dict[str, dict[str, Figure]]] = {name: {} for name in systems}
    counts: dict[str, dict[str, int]] = {}
    for name in SLICES:
        rows = np.array([in_slice(a, name) for a in items])
        if not rows.any():
            continue
        docs = [a.doc for a, inside in zip(items, rows, strict=True) if inside]
        counts[name] = {
            "segments": int(rows.sum()),
            "documents": len(set(docs)),
            "targets": int((truth.targets[rows].sum(axis=0) > 0).sum()),
        }
        resampling = Resampling.of(docs, draws=draws)
        for system, outputs in systems.items():
            figures[system][name] = figures_of(outputs, truth, rows, resampling)
    return counts, figures


def _by_basis(
    model: AlignmentModel, own: Outputs, truth: Truth, resampling: Resampling
) -> dict[str, dict[str, Figure]]:
    basis = np.array(list(model.basis.values()))
    return {
        name: multilabel(own.targets[:, basis == name], truth.targets[:, basis == name], resampling)
        for name in get_args(Basis)
        if (basis == name).any()
    }


def _shared_authors(splits: Splits, split: str) -> list[str]:
    learnt = {author(doc) for doc in (*splits.train, *splits.dev)}
    return sorted(learnt & {author(doc) for doc in splits.test}) if split == "test" else []


def read_previous(path: Path) -> Previous:
    """Read the figures of an earlier model from its ``results.json``.

    Raises:
        InputError: When the file cannot be read or is no such file.
    """
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        figures = {
            part: {name: _figure(each) for name, each in found.items()}
            for part, found in row["figures"][MODEL].items()
        }
        segments = int(row["counts"]["all"]["segments"])
        return Previous(row["model"], row["digest"], row["data"], segments, figures)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: is no results.json of an evaluation ({error!r}).") from error


def _figure(row: dict[str, float | None]) -> Figure:
    values = [row[name] for name in ("value", "low", "high")]
    return Figure(*(float("nan") if value is None else float(value) for value in values))


def _silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""
