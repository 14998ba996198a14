"""What needs no labelled text: a keyword list, and the nearest target description."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sdgalign.framework import load_framework
from sdgalign.model.encoder import Encoder
from sdgalign.model.features import TfidfBlock, folded, normalise
from sdgalign.training.descriptions import described

Doubles = NDArray[np.float64]


def keyword_scores(texts: Sequence[str]) -> Doubles:
    """Count, per text and target, how many of the target's keywords occur (both languages)."""
    owners: dict[str, list[int]] = {}
    for column, target in enumerate(load_framework().targets):
        for keyword in {k for words in target.keywords.values() for k in words}:
            owners.setdefault(folded(keyword), []).append(column)
    patterns = [
        (re.compile(r"\b" + re.escape(keyword).replace(r"\*", r"\w*") + r"\b"), columns)
        for keyword, columns in owners.items()
    ]
    scores = np.zeros((len(texts), len(load_framework().targets)))
    for row, text in enumerate(texts):
        plain = folded(text)
        for pattern, columns in patterns:
            if pattern.search(plain):
                scores[row, columns] += 1
    return scores


def description_scores(
    texts: Sequence[str], encoder: Encoder | None, *, wording: Sequence[str] = ()
) -> Doubles:
    """Cosine of each text with each target's title, description and keywords.

    Args:
        texts: To score.
        encoder: The better of the two languages counts; TF-IDF of characters when None.
        wording: Texts from which the TF-IDF weights are learnt when there is no encoder.
    """
    both_languages = described()
    if encoder is None:
        rows = [normalise(text) for side in both_languages for text in side]
        block = TfidfBlock.fit("char", [*map(normalise, wording), *rows], min_df=2)
        known = block.transform(rows).T.tocsr()
        cosines = (block.transform([normalise(t) for t in texts]) @ known).toarray()
        half = len(load_framework().targets)
        return np.asarray(np.maximum(cosines[:, :half], cosines[:, half:]), dtype=np.float64)
    vectors = encoder.encode(texts)
    both = [vectors @ encoder.encode(side).T for side in both_languages]
    return np.asarray(np.maximum(both[0], both[1]), dtype=np.float64)


def choose(scores: Doubles, truth: Doubles) -> tuple[float, int]:
    """Return the threshold and the number of targets a text at most that give the highest F1."""
    top = np.sort(scores, axis=1)[:, ::-1][:, :4]
    tried = np.unique(np.round(np.quantile(top[top > 0], np.linspace(0, 0.99, 80)), 3))
    best = (-1.0, float(tried[0]), 1)
    for most in (1, 2, 3, 4):
        for threshold in tried.tolist():
            predicted = decide(scores, threshold, most)
            f1 = 2 * (predicted * truth).sum() / (predicted.sum() + truth.sum())
            best = max(best, (float(f1), float(threshold), most))
    return best[1], best[2]


def decide(scores: Doubles, threshold: float, most: int) -> Doubles:
    """Return 1 for the ``most`` highest targets of a text that reach the threshold."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :most]
    predicted = np.zeros_like(scores)
    np.put_along_axis(predicted, order, 1.0, axis=1)
    return predicted * (scores >= threshold)
