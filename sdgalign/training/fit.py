"""Fitting the heads: ridge regression over words, and a small network on meanings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sdgalign.model.encoder import Encoder
from sdgalign.model.features import TfidfBlock, normalise
from sdgalign.model.featurizer import Features, Featurizer
from sdgalign.model.heads import LinearHead, MeaningNetwork
from sdgalign.training.descriptions import described

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]

_TINY = np.float32(1e-20)

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


def fit_linear(
    features: Features, outputs: Floats, ridge: float, blocks: Sequence[str]
) -> LinearHead:
    """Fit a ridge regression per output, all at once.

    Args:
        features: Of the texts to learn from.
        outputs: Text × output, 0 or 1.
        ridge: Strength of the penalty.
        blocks: Those to use.
    """
    from scipy.sparse import hstack

    rows = hstack([features.blocks[name] for name in blocks], format="csr", dtype=np.float32)
    mean = outputs.mean(axis=0)
    dual = solve_dual(rows, np.asarray(outputs - mean, dtype=np.float32), ridge)
    weights = {name: np.asarray(features.blocks[name].T @ dual) for name in blocks}
    return LinearHead(weights, mean.astype(np.float32)).quantised()


def solve_dual(
    rows: csr_matrix, wanted: Floats, ridge: float, *, precise: float = 1e-2, longest: int = 200
) -> Floats:
    """Solve (X X' + ridge) a = y for every column of y by conjugate gradients.

    No matrix of texts × texts is made, so that memory grows with the words there are and not
    with the square of the texts. All columns step together.

    Args:
        rows: Text × feature.
        wanted: Text × output.
        ridge: Strength of the penalty, above 0.
        precise: Largest rest of a column, as a share of its length, at which to stop.
        longest: Steps after which to stop in any case.
    """
    turned = rows.T.tocsr()

    def times(vectors: Floats) -> Floats:
        return np.asarray(rows @ (turned @ vectors))

    ease = _preconditioner(times, len(wanted), ridge)
    found, rest = np.zeros_like(wanted), wanted.copy()
    goal = precise * np.linalg.norm(wanted, axis=0)
    direction = ease(rest)
    strength = (rest * direction).sum(axis=0)
    for _ in range(longest):
        if (np.linalg.norm(rest, axis=0) <= goal).all():
            break
        image = times(direction) + np.float32(ridge) * direction
        step = strength / np.maximum((direction * image).sum(axis=0), _TINY)
        found += step * direction
        rest -= step * image
        eased = ease(rest)
        before, strength = strength, (rest * eased).sum(axis=0)
        direction = eased + (strength / np.maximum(before, _TINY)) * direction
    return found


def _preconditioner(
    times: Callable[[Floats], Floats], texts: int, ridge: float, rank: int = 256
) -> Callable[[Floats], Floats]:
    """Return what undoes the largest directions of a kernel, found by random probes.

    Frangella, Tropp and Udell 2021, "Randomized Nyström preconditioning": three to four times
    fewer steps.
    """
    rank = min(rank, texts)
    probes = np.linalg.qr(np.random.default_rng(0).standard_normal((texts, rank), dtype=np.float32))
    seen = times(probes[0]).astype(np.float64)
    basis = probes[0].astype(np.float64)
    shift = 1e-6 * np.linalg.norm(seen)
    seen += shift * basis
    inner = np.linalg.cholesky(basis.T @ seen)
    u, sizes, _ = np.linalg.svd(np.linalg.solve(inner, seen.T).T, full_matrices=False)
    strengths = np.maximum(sizes**2 - shift, 0)
    vectors = u.astype(np.float32)
    scale = ((strengths[-1] + ridge) / (strengths + ridge) - 1).astype(np.float32)
    return lambda rest: rest + vectors @ (scale[:, None] * (vectors.T @ rest))


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
