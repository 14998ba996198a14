"""Figures with intervals: everything is a sum over documents, so resampling is cheap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

BINS = 15
"""Of the calibration error, equally wide."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its interval."""

    value: float
    low: float
    """2.5th percentile over resampled documents."""
    high: float
    """97.5th percentile."""


@dataclass(frozen=True, slots=True)
class Resampling:
    """Documents drawn with replacement, as counts."""

    doc_of: Ints
    """Document number per text."""
    counts: Doubles
    """Draw × document: how often each stands in each draw; the first draw is the sample itself."""

    @classmethod
    def of(cls, docs: Sequence[str], *, draws: int = 1000, seed: int = 0) -> Resampling:
        """Draw documents."""
        names, doc_of = np.unique(np.array(docs), return_inverse=True)
        rng = np.random.default_rng(seed)
        chosen = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
        counts = np.concatenate([np.ones((1, len(names))), chosen]).astype(np.float64)
        return cls(doc_of.astype(np.int64), counts)

    def totals(self, values: Doubles) -> Doubles:
        """Sum values (text × anything) over every draw: draw × anything."""
        flat = values.reshape(len(values), -1).astype(np.float64)
        per_doc = np.zeros((self.counts.shape[1], flat.shape[1]))
        np.add.at(per_doc, self.doc_of, flat)
        return (self.counts @ per_doc).reshape(len(self.counts), *values.shape[1:])

    def figure(self, values: Doubles) -> Figure:
        """Turn one value a draw into a figure."""
        drawn = values[1:][np.isfinite(values[1:])]
        if not len(drawn):
            return Figure(float(values[0]), float(values[0]), float(values[0]))
        low, high = np.percentile(drawn, [2.5, 97.5])
        return Figure(float(values[0]), float(low), float(high))


def multilabel(predicted: Doubles, truth: Doubles, resampling: Resampling) -> dict[str, Figure]:
    """Return micro precision, recall and F1, and macro F1 over the labels in the sample.

    Args:
        predicted: Text × label, 0 or 1.
        truth: Likewise.
        resampling: Of the same texts.
    """
    hits = resampling.totals(predicted * truth)
    given, wanted = resampling.totals(predicted), resampling.totals(truth)
    kept = wanted[0] > 0
    sums = [part.sum(axis=1) for part in (hits, given, wanted)]
    per_label = _ratio(2 * hits, given + wanted)[:, kept]
    with np.errstate(invalid="ignore"):
        macro = np.nanmean(per_label, axis=1) if kept.any() else np.full(len(hits), np.nan)
    return {
        "micro_f1": resampling.figure(_ratio(2 * sums[0], sums[1] + sums[2])),
        "micro_precision": resampling.figure(_ratio(sums[0], sums[1])),
        "micro_recall": resampling.figure(_ratio(sums[0], sums[2])),
        "macro_f1": resampling.figure(macro),
    }


def mean_average_precision(
    probabilities: Doubles, truth: Doubles, resampling: Resampling
) -> Figure:
    """Average, over labels in the sample, how well each ranks the texts."""
    weights = resampling.counts[:, resampling.doc_of]
    labels = np.flatnonzero(truth.sum(axis=0))
    total = np.zeros(len(weights))
    seen = np.zeros(len(weights))
    for label in labels.tolist():
        order = np.argsort(-probabilities[:, label], kind="stable")
        positive = truth[order, label].astype(bool)
        ranked = np.cumsum(weights[:, order], axis=1)[:, positive]
        own = weights[:, order[positive]]
        reached = np.cumsum(own, axis=1)
        wanted = reached[:, -1]
        precision = np.divide(reached, ranked, out=np.zeros_like(reached), where=ranked > 0)
        there = wanted > 0
        total[there] += (own * precision).sum(axis=1)[there] / wanted[there]
        seen += there
    return resampling.figure(_ratio(total, seen))


def calibration_error(
    probabilities: Doubles, truth: Doubles, resampling: Resampling, *, least: float = 0.0
) -> Figure:
    """Return the expected calibration error over all text × label pairs of at least ``least``.

    With 169 labels nearly every pair is a sure no; ``least`` keeps those from hiding the rest.
    """
    flat = probabilities.reshape(len(probabilities), -1)
    wanted = truth.reshape(len(truth), -1)
    bins = np.minimum((flat * BINS).astype(np.int64), BINS - 1)
    considered = flat >= least
    stacked = np.zeros((len(flat), BINS, 3))
    for number in range(BINS):
        inside = (bins == number) & considered
        stacked[:, number, 0] = (flat * inside).sum(axis=1)
        stacked[:, number, 1] = (wanted * inside).sum(axis=1)
        stacked[:, number, 2] = inside.sum(axis=1)
    sums = resampling.totals(stacked)
    gap = np.abs(sums[:, :, 0] - sums[:, :, 1]).sum(axis=1)
    return resampling.figure(_ratio(gap, sums[:, :, 2].sum(axis=1)))


def ordinal(
    predicted: Ints, truth: Ints, classes: int, resampling: Resampling
) -> dict[str, Figure]:
    """Return accuracy and quadratically weighted kappa."""
    table = np.zeros((len(truth), classes, classes))
    table[np.arange(len(truth)), truth, predicted] = 1
    sums = resampling.totals(table)
    total = sums.sum(axis=(1, 2))
    accuracy = _ratio(np.trace(sums, axis1=1, axis2=2), total)
    rows, columns = sums.sum(axis=2), sums.sum(axis=1)
    distance = (np.arange(classes)[:, None] - np.arange(classes)[None, :]) ** 2
    chance = rows[:, :, None] * columns[:, None, :] / np.maximum(total, 1)[:, None, None]
    expected = (chance * distance).sum(axis=(1, 2))
    kappa = 1 - _ratio((sums * distance).sum(axis=(1, 2)), expected)
    return {"accuracy": resampling.figure(accuracy), "kappa": resampling.figure(kappa)}


def _ratio(over: Doubles, under: Doubles) -> Doubles:
    return np.divide(over, under, out=np.full_like(under, np.nan), where=under > 0)
