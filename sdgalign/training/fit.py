"""Fitting the heads: ridge regression in its dual form, and a small network on meanings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sdgalign.model.encoder import Encoder
from sdgalign.model.features import TfidfBlock, normalise
from sdgalign.model.featurizer import Features, Featurizer
from sdgalign.model.heads import LinearHead, MeaningNetwork
from sdgalign.training.descriptions import described

Floats = NDArray[np.float32]

_COMMON = 0.015
"""Terms in a larger share of the texts are multiplied as a dense matrix, which is faster."""

_SCALE = 5.0
"""Vectors of length 1 are made longer before a network learns from them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen on the development documents."""

    word_min_df: int = 5
    char_min_df: int = 20
    context_min_df: int = 30
    ridge: float = 0.4
    stance_ridge: float = 2.0
    hidden: int = 384
    epochs: int = 20
    minimum_examples: int = 10
    """Targets with fewer training examples get no head."""


def fit_featurizer(
    texts: Sequence[str], contexts: Sequence[str], encoder: Encoder | None, settings: Settings
) -> Featurizer:
    """Learn vocabularies and lay out the descriptions of the targets."""
    from scipy.sparse import csr_matrix

    plain = [normalise(text) for text in texts]
    above = [normalise(text) for text in contexts if text.strip()] or [""]

    small = len(texts) < 500
    blocks = {
        "word": TfidfBlock.fit("word", plain, min_df=1 if small else settings.word_min_df),
        "char": TfidfBlock.fit("char", plain, min_df=1 if small else settings.char_min_df),
        "context": TfidfBlock.fit("char", above, min_df=1 if small else settings.context_min_df),
    }
    both_languages = described()
    both = [normalise(" ".join(pair)) for pair in zip(*both_languages, strict=True)]
    rows = blocks["char"].transform(both)
    vectors = np.zeros((len(both), 2, 0), dtype=np.float32)
    if encoder is not None:
        vectors = np.stack([encoder.encode(texts_) for texts_ in both_languages], axis=1)
        vectors = vectors.astype(np.float16).astype(np.float32)
    return Featurizer(blocks, encoder, (vectors, csr_matrix(rows)))


def kernel(features: Features, blocks: Sequence[str]) -> Floats:
    """Return the likeness of every text with every other (texts × texts), over some blocks."""
    n = len(features)
    total = np.zeros((n, n), dtype=np.float32)
    for name in blocks:
        block = features.blocks[name].tocsc()
        common = np.diff(block.indptr) > _COMMON * n
        rows = block[:, common].toarray()
        total += rows @ rows.T
        rare = block[:, ~common].tocsr()
        turned = rare.T.tocsr()
        for start in range(0, n, 1000):
            total[start : start + 1000] += (rare[start : start + 1000] @ turned).toarray()
    return total


def fit_linear(
    features: Features, alike: Floats, outputs: Floats, ridge: float, blocks: Sequence[str]
) -> LinearHead:
    """Fit a ridge regression per output, all at once.

    The dual form needs one matrix of texts × texts, whatever the number of features.

    Args:
        features: Of the texts to learn from.
        alike: What :func:`kernel` gives for these blocks; overwritten.
        outputs: Text × output, 0 or 1.
        ridge: Strength of the penalty.
        blocks: Those to use.
    """
    from scipy.linalg import cho_factor, cho_solve

    alike[np.arange(len(alike)), np.arange(len(alike))] += ridge
    mean = outputs.mean(axis=0)
    factor = cho_factor(alike, overwrite_a=True, check_finite=False)
    dual = np.asarray(cho_solve(factor, outputs - mean, check_finite=False), dtype=np.float32)
    weights = {name: np.asarray(features.blocks[name].T @ dual) for name in blocks}
    return LinearHead(weights, mean.astype(np.float32)).quantised()


def fit_network(
    features: Features, outputs: Floats, settings: Settings, *, seed: int
) -> MeaningNetwork:
    """Fit the network on what an encoder gives for text and context, vectors of length 1."""
    import torch
    from torch.nn import functional

    torch.manual_seed(seed)
    inputs = torch.from_numpy(features.rows * np.float32(_SCALE))
    wanted = torch.from_numpy(outputs)
    hidden = torch.nn.Linear(inputs.shape[1], settings.hidden)
    output = torch.nn.Linear(settings.hidden, wanted.shape[1])
    with torch.no_grad():
        output.bias.copy_(torch.logit(wanted.mean(0).clamp(1e-4, 0.9)))
    size = min(128, len(inputs))
    optimizer = torch.optim.AdamW([*hidden.parameters(), *output.parameters()], weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=3e-3, total_steps=settings.epochs * (len(inputs) // size)
    )
    for _ in range(settings.epochs):
        order = torch.randperm(len(inputs))
        for start in range(0, len(order) - size + 1, size):
            rows = order[start : start + size]
            given = functional.dropout(inputs[rows], 0.4)
            inner = functional.dropout(torch.relu(hidden(given)), 0.4)
            loss = functional.binary_cross_entropy_with_logits(
                output(inner), wanted[rows], reduction="none"
            )
            optimizer.zero_grad()
            loss.sum(1).mean().backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    arrays = [hidden.weight.T * _SCALE, hidden.bias, output.weight.T, output.bias]
    plain = [np.ascontiguousarray(a.detach().numpy()) for a in arrays]
    return MeaningNetwork(plain[0], plain[1], plain[2], plain[3]).quantised()
