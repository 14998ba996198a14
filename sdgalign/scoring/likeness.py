"""How likely it is that two passages of different documents promise the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

_HEADED, _SHARED, _ROW, _COLUMN, _CONSTANT = 4.153, 0.441, 0.66, 0.729, -4.919
"""Logistic regression on 295 labelled pairs of passages (``docs/compare.md``)."""
_RAW = (2.2, 4.2, 10.7, 1.3)
"""Of meaning, wording, rare words and shared targets: what stands out is judged on their sum.
Likewise, on the first 221 of them."""
_NEIGHBOURS = 5
"""Passages that the likeness of a pair is compared with, on either side."""

_STEM = 7
"""Letters that two words must share at the start to be the same: `premie`, `premies`."""
_COMMON = 2.0
"""Words in more than e^-2, a seventh, of the passages say nothing about what is promised."""
_LEAST_PASSAGES = 100
"""Number that rarity is counted against in short documents, where every word is rare."""
_LEAST_WEIGHT = 6.0
"""Rare words that two very short passages must have before sharing all of them is telling."""
_WORD = re.compile(r"\w[\w.,]*\w|\w")


class Passage(Protocol):
    """What is compared."""

    @property
    def text(self) -> str:
        """Its own words."""

    @property
    def targets(self) -> dict[str, float]:
        """Probability per target code that it addresses it; improbable ones may be left out."""


def likeness(
    first: Sequence[Passage],
    second: Sequence[Passage],
    meanings: tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]],
) -> FloatArray:
    """Compute how likely each pair is to promise the same thing.

    Four things are looked at: the meaning of the passage with its headings, the wording (groups
    of letters), rare words that both have, and shared targets. What matters most is whether the
    pair stands out: a passage on housing is like every other one on housing, so the likeness
    counts as far as it is above that of the five next best pairs on either side.

    Args:
        first: Passages of one document.
        second: Of the other.
        meanings: Their vectors, of length 1, in rows, headings included.

    Returns:
        Shape (first, second), 0–1.
    """
    if not first or not second:
        return np.zeros((len(first), len(second)))
    headed = (meanings[0] @ meanings[1].T).astype(np.float64)
    shared = _shared(first, second)
    wording, rare = _wording(first, second)
    raw = sum(
        weight * part for weight, part in zip(_RAW, (headed, wording, rare, shared), strict=True)
    )
    assert isinstance(raw, np.ndarray)
    odds = (
        _HEADED * headed
        + _SHARED * shared
        + _ROW * _above_others(raw)
        + _COLUMN * _above_others(raw.T).T
        + _CONSTANT
    )
    found: FloatArray = 1 / (1 + np.exp(-odds))
    return found


def _above_others(raw: FloatArray) -> FloatArray:
    """Return how far each pair is above the mean of the best other pairs in its row."""
    width = raw.shape[1]
    if width < 2:
        return raw.copy()
    count = min(_NEIGHBOURS, width - 1)
    best = -np.partition(-raw, count, axis=1)[:, : count + 1]
    best.sort(axis=1)  # ascending: the first one drops out when the pair is among the best
    without_it = (best.sum(axis=1, keepdims=True) - raw) / count
    without_last = best[:, 1:].mean(axis=1, keepdims=True)
    is_best = raw >= best[:, :1]
    above: FloatArray = raw - np.where(is_best, without_it, without_last)
    return above


def _shared(first: Sequence[Passage], second: Sequence[Passage]) -> FloatArray:
    """Return how probable it is that both address a same target."""
    codes = sorted({code for each in (*first, *second) for code in each.targets})
    index = {code: at for at, code in enumerate(codes)}

    def table(passages: Sequence[Passage]) -> FloatArray:
        rows = np.zeros((len(passages), len(codes)))
        for row, passage in enumerate(passages):
            for code, probability in passage.targets.items():
                rows[row, index[code]] = min(probability, 0.999)
        return rows

    left, right = table(first), table(second)
    none = np.zeros((len(first), len(second)))
    for column in range(len(codes)):
        rows, others = np.flatnonzero(left[:, column]), np.flatnonzero(right[:, column])
        both = np.outer(left[rows, column], right[others, column])
        none[np.ix_(rows, others)] += np.log1p(-both)
    shared: FloatArray = 1 - np.exp(none)
    return shared


def _wording(first: Sequence[Passage], second: Sequence[Passage]) -> tuple[FloatArray, FloatArray]:
    """Return the cosine of groups of letters, and the share of rare words that both have."""
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

    texts = [each.text for each in (*first, *second)]
    split = len(first)
    groups = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 5), sublinear_tf=True)
    words = CountVectorizer(analyzer=_stems, binary=True)
    try:
        letters, stems = groups.fit_transform(texts), words.fit_transform(texts).astype(float)
    except ValueError:  # no words at all
        nothing = np.zeros((split, len(texts) - split))
        return nothing, nothing
    passages = max(len(texts), _LEAST_PASSAGES)
    rarity = np.log((1 + passages) / (1 + np.asarray(stems.sum(axis=0)).ravel())) - _COMMON
    rarity = np.maximum(rarity, 0.0)
    weights = np.asarray(stems @ rarity)
    both = _dense(stems[:split].multiply(rarity) @ stems[split:].T)
    total = weights[:split, None] + weights[None, split:]
    return _dense(letters[:split] @ letters[split:].T), 2 * both / np.maximum(total, _LEAST_WEIGHT)


def _stems(text: str) -> list[str]:
    return [word[:_STEM] for word in _WORD.findall(text.lower())]


def _dense(matrix: Any) -> FloatArray:  # noqa: ANN401 - scipy's sparse types differ
    found: FloatArray = np.asarray(matrix.todense())
    return found
