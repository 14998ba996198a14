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
from sdgalign.model.encoder import Encoder, TunedEncoder, load_encoder
from sdgalign.model.explain import ExemplarIndex
from sdgalign.model.featurizer import CONTEXT_BLOCKS, TEXT_BLOCKS, Featurizer
from sdgalign.model.heads import LinearHead, MeaningNetwork
from sdgalign.model.model import AlignmentModel, ModelInfo
from sdgalign.model.predictor import COMMITMENTS, Layout, Scores, raw_scores
from sdgalign.training.annotations import Annotation, read_annotations
from sdgalign.training.assemble import assemble
from sdgalign.training.exemplars import Exemplar, as_annotations, read_exemplars
from sdgalign.training.fit import Settings, fit_featurizer, fit_linear, fit_network
from sdgalign.training.splits import Splits, make_splits
from sdgalign.training.truth import Truth

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how far it is and how far it goes."""

_STEPS = 2


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What training gave."""

    model: AlignmentModel
    """As saved and loaded again."""
    splits: Splits
    seconds: float


@dataclass(frozen=True, slots=True)
class _Heads:
    featurizer: Featurizer
    linear: LinearHead
    network: MeaningNetwork | None
    stance: LinearHead

    def scores(self, items: Sequence[Annotation]) -> Scores:
        features = self.featurizer.transform([a.text for a in items], [a.context for a in items])
        return raw_scores(features, self.linear, self.network, self.stance)


def train(
    annotations: Path,
    out: Path,
    *,
    texts: Sequence[Path] = (),
    exemplars: Path | None = None,
    encoder: str | None = None,
    seed: int = 0,
    splits: Splits | None = None,
    settings: Settings | None = None,
    model_id: str = "sdgalign-nl-en",
    version: str = "2",
    progress: Progress | None = None,
) -> TrainingReport:
    """Fit heads on the train documents, calibrate on the dev documents, write the model folder.

    Args:
        annotations: Labelled segments, as :func:`read_annotations` takes them.
        out: Folder to write.
        texts: Where the texts are when ``annotations`` holds labels only.
        exemplars: Folder of exemplars, to learn from and to explain with.
        encoder: Folder of a tuned or static encoder, or name of a sentence-transformers model;
            without one the model is lexical only.
        seed: Of networks, and of the splits where there are none.
        splits: Which documents train and calibrate; documents are divided anew when None.
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
    everything = read_annotations(annotations, texts=texts)
    splits = splits or make_splits(everything, seed=seed)
    items, unseen = splits.select(everything, "train"), splits.select(everything, "dev")
    if not items or not unseen:
        raise InputError(
            f"{annotations}: the splits leave nothing to {'calibrate' if items else 'train'} on."
        )
    written = read_exemplars(exemplars) if exemplars else []
    loaded = load_encoder(encoder) if encoder else None
    codes = tuple(t.code for t in load_framework().targets)
    learnt = [*items, *as_annotations(written)]
    truth = Truth.of(learnt, codes)
    layout = layout_of(truth, codes, settings)
    report("fitting the heads", 0, _STEPS)
    heads = _fit(learnt, truth, layout, loaded, settings, seed)
    report("calibrating", 1, _STEPS)
    predictor = assemble(
        heads.scores(unseen),
        Truth.of(unseen, codes),
        layout,
        linear=heads.linear,
        network=heads.network,
        stance_head=heads.stance,
    )
    info = _info(items, written, settings, model_id, version, loaded)
    index = ExemplarIndex.of(written, loaded) if written and loaded else None
    model = AlignmentModel(info, heads.featurizer, predictor, index).save(out)
    report("trained", _STEPS, _STEPS)
    return TrainingReport(model, splits, time.perf_counter() - started)


def layout_of(truth: Truth, codes: Sequence[str], settings: Settings) -> Layout:
    """Return which targets have examples enough for a head.

    Raises:
        InputError: When none has.
    """
    enough = truth.targets.sum(axis=0) >= settings.minimum_examples
    layout = Layout(tuple(codes), tuple(np.flatnonzero(enough).tolist()))
    if not layout.trained:
        raise InputError(f"no target has the {settings.minimum_examples} examples a head needs.")
    return layout


def _fit(
    items: Sequence[Annotation],
    truth: Truth,
    layout: Layout,
    encoder: Encoder | None,
    settings: Settings,
    seed: int,
) -> _Heads:
    texts, contexts = [a.text for a in items], [a.context for a in items]
    tuned = isinstance(encoder, TunedEncoder)
    # Rows of a tuned encoder are not learnt from here, and take minutes.
    seen = fit_featurizer(texts, contexts, None if tuned else encoder, settings)
    features = seen.transform(texts, contexts)
    topics = _outputs(truth, layout)
    stance = np.eye(COMMITMENTS, dtype=np.float32)[truth.commitment]
    stance = np.concatenate([stance, truth.against[:, None].astype(np.float32)], axis=1)
    topic_blocks, stance_blocks = (*TEXT_BLOCKS, *CONTEXT_BLOCKS), (*TEXT_BLOCKS, "numbers")
    linear = fit_linear(features, topics, settings.ridge, topic_blocks)
    network = None
    if isinstance(encoder, TunedEncoder):
        network = encoder.heads(layout)
    elif encoder is not None:
        everything = np.concatenate([topics, stance], axis=1)
        network = fit_network(features, everything, settings, seed=seed)
    featurizer = fit_featurizer(texts, contexts, encoder, settings) if tuned else seen
    return _Heads(
        featurizer=featurizer,
        linear=linear,
        network=network,
        stance=fit_linear(features, stance, settings.stance_ridge, stance_blocks),
    )


def _outputs(truth: Truth, layout: Layout) -> NDArray[np.float32]:
    kept = truth.targets[:, list(layout.trained)]
    columns = [kept, truth.goals, truth.none[:, None]]
    return np.concatenate(columns, axis=1).astype(np.float32)


def _info(
    items: Sequence[Annotation],
    written: Sequence[Exemplar],
    settings: Settings,
    model_id: str,
    version: str,
    encoder: Encoder | None,
) -> ModelInfo:
    examples = Counter(code for item in items for code in item.targets)
    invented = Counter(code for one in written for code in one.targets)
    order = [t.code for t in load_framework().targets]
    return ModelInfo(
        id=model_id,
        version=version,
        languages=tuple(sorted({item.lang for item in items}, reverse=True)),
        trained_on=dict(sorted(Counter(item.slice for item in items).items())),
        examples={code: examples[code] for code in order if code in examples},
        exemplars={code: invented[code] for code in order if code in invented},
        minimum_examples=settings.minimum_examples,
        encoder=encoder.name if encoder else "",
    )


def _silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""
