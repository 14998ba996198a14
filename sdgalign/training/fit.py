"""Fitting the heads: ridge regression in its dual form, and a small network on meanings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sdgalign.model.encoder import Encoder
from sdgalign.model.features import TfidfBlock, normalise
from sdgalign.model.featurizer import Features, Featurizer
from sdgalign.model.heads import LinearHead, MeaningNetwork
from sdgalign.training.descriptions import described

Floats = NDArray[np.float32]

DENSE_BLOCKS = ("meaning", "context_meaning", "numbers")
"""Blocks whose rows are mostly not zero."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen by grouped cross-validation on train and dev."""

    word_min_df: int = 4
    char_min_df: int = 10
    context_min_df: int = 16
    ridge: float = 0.4
    commitment_ridge: float = 2.0
    hidden: int = 384
    epochs: int = 20
    minimum_examples: int = 10
    """Targets with fewer training examples get no head."""
    fold_count: int = 5


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


def kernels(features: Features) -> dict[str, Floats]:
    """Return, per block, the likeness of every text with every other (texts × texts)."""
    n = len(features)
    found = {}
    for name, block in features.blocks.items():
        if name in DENSE_BLOCKS:
            rows = block.toarray()
            found[name] = np.asarray(rows @ rows.T, dtype=np.float32)
            continue
        kernel = np.empty((n, n), dtype=np.float32)
        turned = block.T.tocsr()
        for start in range(0, n, 1000):
            kernel[start : start + 1000] = (block[start : start + 1000] @ turned).toarray()
        found[name] = kernel
    return found


def fit_linear(
    features: Features,
    kernel_of: Mapping[str, Floats],
    outputs: Floats,
    ridge: float,
    blocks: Sequence[str],
) -> LinearHead:
    """Fit a ridge regression per output, all at once.

    The dual form needs one matrix of texts × texts, whatever the number of features.

    Args:
        features: Of the texts to learn from.
        kernel_of: What :func:`kernels` gives for them.
        outputs: Text × output, 0 or 1.
        ridge: Strength of the penalty.
        blocks: Those to use; ones that the features lack are passed over.
    """
    from scipy.linalg import cho_factor, cho_solve

    names = [name for name in blocks if name in kernel_of]
    kernel = np.sum([kernel_of[name] for name in names], axis=0)
    kernel[np.arange(len(kernel)), np.arange(len(kernel))] += ridge
    mean = outputs.mean(axis=0)
    factor = cho_factor(kernel, overwrite_a=True, check_finite=False)
    dual = np.asarray(cho_solve(factor, outputs - mean, check_finite=False), dtype=np.float32)
    weights = {name: np.asarray(features.blocks[name].T @ dual) for name in names}
    return LinearHead(weights, mean.astype(np.float32)).quantised()


def fit_network(
    features: Features, outputs: Floats, settings: Settings, *, seed: int
) -> MeaningNetwork:
    """Fit the network on the meanings of text and context."""
    import torch
    from torch.nn import functional

    torch.manual_seed(seed)
    meanings = [features.meaning * 6, features.context_meaning * 3]
    inputs = torch.from_numpy(np.concatenate(meanings, axis=1).astype(np.float32))
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
    arrays = [hidden.weight.T, hidden.bias, output.weight.T, output.bias]
    plain = [np.ascontiguousarray(a.detach().numpy()) for a in arrays]
    return MeaningNetwork(plain[0], plain[1], plain[2], plain[3]).quantised()
