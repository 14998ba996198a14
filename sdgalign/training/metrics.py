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
class Bin:
    """The text × label pairs to which a system gives about the same probability."""

    low: float
    """Bounds of the bin."""
    high: float
    count: int
    mean: float
    """Of the probabilities in it; NaN when there are none."""
    share: Figure
    """That is true."""


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
    """Return micro precision, recall and F1, and macro and weighted F1 over labels in the sample.

    A label that a draw lacks is left out of the macro F1 of that draw; the weighted F1 counts
    every label as often as it is true.

    Args:
        predicted: Text × label, 0 or 1.
        truth: Likewise.
        resampling: Of the same texts.
    """
    hits = resampling.totals(predicted * truth)
    given, wanted = resampling.totals(predicted), resampling.totals(truth)
    sums = [part.sum(axis=1) for part in (hits, given, wanted)]
    per_label = np.where(wanted > 0, 2 * hits / np.maximum(given + wanted, 1), 0.0)
    return {
        "micro_f1": resampling.figure(_ratio(2 * sums[0], sums[1] + sums[2])),
        "micro_precision": resampling.figure(_ratio(sums[0], sums[1])),
        "micro_recall": resampling.figure(_ratio(sums[0], sums[2])),
        "macro_f1": resampling.figure(
            _ratio(per_label.sum(axis=1), (wanted > 0).sum(axis=1).astype(np.float64))
        ),
        "weighted_f1": resampling.figure(_ratio((per_label * wanted).sum(axis=1), sums[2])),
    }


def recall_at(
    scores: Doubles, truth: Doubles, cuts: Sequence[int], resampling: Resampling
) -> dict[int, Figure]:
    """Return, per cut k, the share of true labels among the k highest of their text.

    Of labels with equal scores each is as likely to come first, whatever their order.
    """
    rows, columns = np.nonzero(truth)
    own = scores[rows, columns][:, None]
    above = (scores[rows] > own).sum(axis=1)
    alike = (scores[rows] == own).sum(axis=1)
    wanted = resampling.totals(truth.sum(axis=1))
    found = {}
    for k in cuts:
        per_text = np.zeros(len(truth))
        np.add.at(per_text, rows, np.clip((k - above) / alike, 0, 1))
        found[k] = resampling.figure(_ratio(resampling.totals(per_text), wanted))
    return found


def mean_average_precision(
    probabilities: Doubles, truth: Doubles, resampling: Resampling
) -> Figure:
    """Average, over labels in the sample, how well each ranks the texts.

    Texts with equal probabilities stand on one rung, so their order in the file does not matter.
    """
    weights = resampling.counts
    member = np.zeros((len(truth), weights.shape[1]))
    member[np.arange(len(truth)), resampling.doc_of] = 1
    total = np.zeros(len(weights))
    seen = np.zeros(len(weights))
    for label in np.flatnonzero(truth.sum(axis=0)).tolist():
        order = np.argsort(-probabilities[:, label], kind="stable")
        falling = -probabilities[order, label]
        positive = truth[order, label].astype(bool)
        last = np.searchsorted(falling, falling[positive], side="right") - 1
        by_doc = np.cumsum(member[order], axis=0)[last]
        true_by_doc = np.cumsum(member[order] * positive[:, None], axis=0)[last]
        own = weights @ member[order[positive]].T
        ranked, reached = weights @ by_doc.T, weights @ true_by_doc.T
        precision = np.divide(reached, ranked, out=np.zeros_like(reached), where=ranked > 0)
        wanted = own.sum(axis=1)
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
    sums = resampling.totals(_binned(probabilities, truth, least))
    gap = np.abs(sums[:, :, 0] - sums[:, :, 1]).sum(axis=1)
    return resampling.figure(_ratio(gap, sums[:, :, 2].sum(axis=1)))


def reliability(probabilities: Doubles, truth: Doubles, resampling: Resampling) -> list[Bin]:
    """Return how often each height of probability was right, over all text × label pairs."""
    sums = resampling.totals(_binned(probabilities, truth, 0.0))
    means = _ratio(sums[0, :, 0], sums[0, :, 2])
    shares = _ratio(sums[:, :, 1], sums[:, :, 2])
    return [
        Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            count=int(sums[0, number, 2]),
            mean=float(means[number]),
            share=resampling.figure(shares[:, number]),
        )
        for number in range(BINS)
    ]


def _binned(probabilities: Doubles, truth: Doubles, least: float) -> Doubles:
    """Return text × bin × (sum of probabilities, how many are true, how many)."""
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
    return stacked


def ordinal(
    predicted: Ints, truth: Ints, classes: int, resampling: Resampling
) -> dict[str, Figure]:
    """Return accuracy, quadratically weighted kappa and macro F1 over classes in the sample."""
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
    one_each = np.eye(classes)
    return {
        "accuracy": resampling.figure(accuracy),
        "kappa": resampling.figure(kappa),
        "macro_f1": multilabel(one_each[predicted], one_each[truth], resampling)["macro_f1"],
    }


def mean_of_labels(right: Doubles, asked: Doubles, resampling: Resampling) -> Figure:
    """Return the share of questions answered right per label, averaged over labels.

    Args:
        right: Text × label, 1 where a question about the label was answered right.
        asked: Text × label, 1 where there was a question.
        resampling: Of the same texts.
    """
    shares = _ratio(resampling.totals(right), resampling.totals(asked))
    there = np.isfinite(shares)
    total = np.where(there, shares, 0.0).sum(axis=1)
    return resampling.figure(_ratio(total, there.sum(axis=1).astype(np.float64)))


def _ratio(over: Doubles, under: Doubles) -> Doubles:
    return np.divide(over, under, out=np.full_like(under, np.nan), where=under > 0)
