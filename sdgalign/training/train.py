"""Training from annotations to a model folder."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sdgalign.errors import InputError
from sdgalign.framework import load_framework
from sdgalign.model.encoder import Encoder, load_encoder
from sdgalign.model.featurizer import CONTEXT_BLOCKS, TEXT_BLOCKS, Featurizer
from sdgalign.model.heads import LinearHead, MeaningNetwork
from sdgalign.model.model import AlignmentModel, ModelInfo
from sdgalign.model.predictor import Layout, Scores
from sdgalign.training.annotations import Annotation, read_annotations
from sdgalign.training.assemble import assemble
from sdgalign.training.fit import Settings, fit_featurizer, fit_linear, fit_network, kernels
from sdgalign.training.splits import Splits, folds, make_splits
from sdgalign.training.truth import Truth

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how far it is and how far it goes."""

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """What heads say of segments by authors whom they did not see."""

    items: tuple[Annotation, ...]
    layout: Layout
    truth: Truth
    scores: Scores


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What training gave."""

    model: AlignmentModel
    """As saved and loaded again."""
    splits: Splits
    seconds: float
    out_of_fold: OutOfFold
    """Cross-validated scores on train and dev, for choosing and for documentation."""


@dataclass(frozen=True, slots=True)
class _Heads:
    featurizer: Featurizer
    linear: LinearHead
    network: MeaningNetwork | None
    commitment: LinearHead

    def scores(self, items: Sequence[Annotation]) -> Scores:
        features = self.featurizer.transform([a.text for a in items], [a.context for a in items])
        linear = self.linear.scores(features)
        network = self.network.scores(features) if self.network else np.zeros_like(linear)
        return Scores(linear, network, features.likeness, self.commitment.scores(features))


def train(
    annotations: Path,
    out: Path,
    *,
    encoder: str | None = None,
    seed: int = 0,
    splits: Splits | None = None,
    settings: Settings | None = None,
    model_id: str = "sdgalign-lexical-nl-en",
    version: str = "1",
    progress: Progress | None = None,
) -> TrainingReport:
    """Train on the train and dev documents and write the model folder.

    Args:
        annotations: Labelled segments, JSON lines.
        out: Folder to write.
        encoder: Folder of a static encoder, or name of a sentence-transformers model; without
            one the model is lexical only.
        seed: Of folds and networks, and of the splits where there are none.
        splits: Which documents train; documents are divided anew when None.
        settings: Those chosen for the shipped model when None.
        model_id: What the model is called.
        version: Of the model.
        progress: Told of every step.

    Raises:
        InputError: When the annotations cannot be used.
        ModelError: When the encoder cannot be loaded.
    """
    started = time.perf_counter()
    settings = settings or Settings()
    report = progress or _silent
    everything = read_annotations(annotations)
    splits = splits or make_splits(everything, seed=seed)
    items = splits.select(everything, "train", "dev")
    if not items:
        raise InputError(f"{annotations}: the splits leave nothing to train on.")
    loaded = load_encoder(encoder) if encoder else None
    held_out = cross_validate(items, loaded, settings, seed=seed, progress=report)
    report("fitting the heads", settings.fold_count, settings.fold_count + 1)
    outputs = _outputs(held_out.truth, held_out.layout)
    heads = _fit(items, outputs, held_out.truth, loaded, settings, seed)
    predictor = assemble(
        held_out.scores,
        held_out.truth,
        held_out.layout,
        linear=heads.linear,
        network=heads.network,
        commitment_head=heads.commitment,
    )
    info = _info(items, model_id, version, loaded)
    model = AlignmentModel(info, heads.featurizer, predictor).save(out)
    report("trained", settings.fold_count + 1, settings.fold_count + 1)
    return TrainingReport(model, splits, time.perf_counter() - started, held_out)


def cross_validate(
    items: Sequence[Annotation],
    encoder: Encoder | None,
    settings: Settings,
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> OutOfFold:
    """Score every segment with heads that saw no document of its author.

    Raises:
        InputError: When there are too few examples or authors.
    """
    codes = tuple(t.code for t in load_framework().targets)
    truth = Truth.of(items, codes)
    enough = truth.targets.sum(axis=0) >= settings.minimum_examples
    layout = Layout(codes, tuple(np.flatnonzero(enough).tolist()))
    if not layout.trained:
        raise InputError(f"no target has the {settings.minimum_examples} examples a head needs.")
    number = np.array(folds(items, settings.fold_count, seed=seed))
    if len(np.unique(number)) < 2:
        raise InputError("annotations of at least two authors are needed to train.")
    outputs = _outputs(truth, layout)
    parts: list[tuple[Rows, Scores]] = []
    for fold in np.unique(number).tolist():
        if progress:
            progress("cross-validating the heads", fold, settings.fold_count + 1)
        inside, outside = np.flatnonzero(number != fold), np.flatnonzero(number == fold)
        chosen = [items[row] for row in inside.tolist()]
        known = _rows(truth, inside)
        heads = _fit(chosen, outputs[inside], known, encoder, settings, seed)
        parts.append((outside, heads.scores([items[row] for row in outside.tolist()])))
    return OutOfFold(tuple(items), layout, truth, _gather(parts, len(items)))


def _fit(
    items: Sequence[Annotation],
    outputs: NDArray[np.float32],
    truth: Truth,
    encoder: Encoder | None,
    settings: Settings,
    seed: int,
) -> _Heads:
    texts, contexts = [a.text for a in items], [a.context for a in items]
    featurizer = fit_featurizer(texts, contexts, encoder, settings)
    features = featurizer.transform(texts, contexts)
    stance = np.eye(4, dtype=np.float32)[truth.commitment]
    alike = kernels(features)
    topic, own = (*TEXT_BLOCKS, *CONTEXT_BLOCKS), (*TEXT_BLOCKS, "numbers")
    return _Heads(
        featurizer=featurizer,
        linear=fit_linear(features, alike, outputs, settings.ridge, topic),
        network=None if encoder is None else fit_network(features, outputs, settings, seed=seed),
        commitment=fit_linear(features, alike, stance, settings.commitment_ridge, own),
    )


def _outputs(truth: Truth, layout: Layout) -> NDArray[np.float32]:
    kept = truth.targets[:, list(layout.trained)]
    columns = [kept, truth.goals, truth.none[:, None]]
    return np.concatenate(columns, axis=1).astype(np.float32)


def _rows(truth: Truth, rows: Rows) -> Truth:
    return Truth(truth.targets[rows], truth.goals[rows], truth.none[rows], truth.commitment[rows])


def _gather(parts: Sequence[tuple[Rows, Scores]], count: int) -> Scores:
    def whole(name: str) -> NDArray[np.float64]:
        first = getattr(parts[0][1], name)
        found = np.zeros((count, *first.shape[1:]))
        for rows, scores in parts:
            found[rows] = getattr(scores, name)
        return found

    return Scores(whole("linear"), whole("network"), whole("likeness"), whole("commitment"))


def _info(
    items: Sequence[Annotation], model_id: str, version: str, encoder: Encoder | None
) -> ModelInfo:
    examples = Counter(code for item in items for code in item.targets)
    order = [t.code for t in load_framework().targets]
    return ModelInfo(
        id=model_id,
        version=version,
        languages=tuple(sorted({item.lang for item in items}, reverse=True)),
        trained_on=dict(sorted(Counter(item.slice for item in items).items())),
        examples={code: examples[code] for code in order if code in examples},
        encoder=encoder.name if encoder else "",
    )


def _silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""
