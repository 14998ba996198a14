from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from sdgalign.training.metrics import (
    BINS,
    Resampling,
    calibration_error,
    mean_average_precision,
    mean_of_labels,
    multilabel,
    ordinal,
    recall_at,
    reliability,
)

Doubles = NDArray[np.float64]

DOCS = ["a", "a", "b", "b"]
SAMPLE = Resampling.of(DOCS, draws=200)
LABELS = arrays(np.float64, (4, 5), elements=st.sampled_from([0.0, 1.0]))
# Few different heights, so that many are equal.
HEIGHTS = arrays(np.float64, (4, 5), elements=st.sampled_from([0.0, 0.1, 0.5, 0.5001, 1.0]))


def test_the_first_draw_is_the_sample() -> None:
    assert SAMPLE.counts[0].tolist() == [1, 1]
    assert SAMPLE.counts.shape == (201, 2)
    assert set(SAMPLE.counts.sum(axis=1)) == {2}


def test_multilabel_by_hand() -> None:
    truth = np.array([[1, 0, 0], [1, 1, 0], [0, 0, 0], [0, 1, 0]], dtype=float)
    predicted = np.array([[1, 0, 0], [0, 1, 0], [1, 0, 1], [0, 1, 0]], dtype=float)
    found = multilabel(predicted, truth, SAMPLE)
    # hits 3, given 5, wanted 4
    assert found["micro_precision"].value == pytest.approx(3 / 5)
    assert found["micro_recall"].value == pytest.approx(3 / 4)
    assert found["micro_f1"].value == pytest.approx(6 / 9)
    # label 0: 2·1/(2+2), label 1: 1; label 2 is in nobody's truth and does not count
    assert found["macro_f1"].value == pytest.approx((0.5 + 1) / 2)
    assert found["weighted_f1"].value == pytest.approx((2 * 0.5 + 2 * 1) / 4)
    # documents: a alone 2·2/(2+3), b alone 2·1/(3+1)
    assert found["micro_f1"].low == pytest.approx(0.5)
    assert found["micro_f1"].high == pytest.approx(0.8)


def test_mean_average_precision_by_hand() -> None:
    truth = np.array([[1], [0], [1], [0]], dtype=float)
    scores = np.array([[0.9], [0.8], [0.7], [0.1]])
    assert mean_average_precision(scores, truth, SAMPLE).value == pytest.approx((1 + 2 / 3) / 2)


def test_calibration_error_by_hand() -> None:
    probabilities = np.array([[0.9], [0.9], [0.1], [0.1]])
    truth = np.array([[1], [0], [0], [0]], dtype=float)
    expected = (abs(1.8 - 1) + abs(0.2 - 0)) / 4
    assert calibration_error(probabilities, truth, SAMPLE).value == pytest.approx(expected)
    upper = calibration_error(probabilities, truth, SAMPLE, least=0.5)
    assert upper.value == pytest.approx(0.4)


def test_ordinal_by_hand() -> None:
    truth, predicted = np.array([0, 1, 2, 3]), np.array([0, 1, 3, 3])
    found = ordinal(predicted, truth, 4, SAMPLE)
    assert found["accuracy"].value == 0.75
    # observed (2-3)² = 1; expected: rows 1,1,1,1 and columns 1,1,0,2 over 4 texts
    expected = sum((i - j) ** 2 * n for i in range(4) for j, n in enumerate((1, 1, 0, 2))) / 4
    assert found["kappa"].value == pytest.approx(1 - 1 / expected)
    assert found["macro_f1"].value == pytest.approx((1 + 1 + 0 + 2 / 3) / 4)
    perfect = ordinal(truth, truth, 4, SAMPLE)
    assert perfect["kappa"].value == 1


def test_nothing_to_measure_is_no_number() -> None:
    empty = np.zeros((4, 2))
    assert np.isnan(multilabel(empty, empty, SAMPLE)["micro_f1"].value)
    assert np.isnan(recall_at(empty, empty, (1,), SAMPLE)[1].value)
    assert np.isnan(mean_average_precision(empty, empty, SAMPLE).value)


def test_a_label_missing_from_a_draw_does_not_lower_its_macro_f1() -> None:
    truth = np.array([[1], [1], [0], [0]], dtype=float)
    wrong_in_b = np.array([[1], [1], [1], [0]], dtype=float)
    # Drawn twice, document b has no true label: nothing to find, so nothing to say.
    assert multilabel(wrong_in_b, truth, SAMPLE)["macro_f1"].low == pytest.approx(4 / 5)


def test_recall_at_by_hand() -> None:
    truth = np.array([[1, 1, 0], [0, 0, 1], [0, 0, 0], [1, 0, 0]], dtype=float)
    scores = np.array([[0.9, 0.1, 0.5], [0.9, 0.8, 0.7], [0.9, 0.9, 0.9], [0.4, 0.4, 0.1]])
    found = recall_at(scores, truth, (1, 2, 3), SAMPLE)
    # the last text's label shares the first place with another: half of it counts
    assert found[1].value == pytest.approx((1 + 0 + 0.5) / 4)
    assert found[2].value == pytest.approx((1 + 0 + 1) / 4)
    assert found[3].value == 1


@given(HEIGHTS, LABELS)
@settings(deadline=None)
def test_recall_grows_with_the_number_looked_at(scores: Doubles, truth: Doubles) -> None:
    if truth.any():
        values = [f.value for f in recall_at(scores, truth, range(6), SAMPLE).values()]
        assert values == sorted(values)
        assert values[0] == 0
        assert values[-1] == pytest.approx(1)


@given(HEIGHTS, LABELS)
@settings(deadline=None)
def test_average_precision_is_that_of_scikit_learn(scores: Doubles, truth: Doubles) -> None:
    from sklearn.metrics import average_precision_score

    kept = truth.any(axis=0)
    if kept.any():
        expected = average_precision_score(truth[:, kept], scores[:, kept], average="macro")
        assert mean_average_precision(scores, truth, SAMPLE).value == pytest.approx(expected)


@given(HEIGHTS, LABELS, LABELS)
@settings(deadline=None)
def test_shares_stay_between_0_and_1(scores: Doubles, truth: Doubles, predicted: Doubles) -> None:
    figures = [
        *multilabel(predicted, truth, SAMPLE).values(),
        *recall_at(scores, truth, (1, 3), SAMPLE).values(),
        mean_average_precision(scores, truth, SAMPLE),
        calibration_error(scores, truth, SAMPLE),
    ]
    for figure in figures:
        for value in (figure.value, figure.low, figure.high):
            assert np.isnan(value) or -1e-9 <= value <= 1 + 1e-9


def test_reliability_by_hand() -> None:
    probabilities = np.array([[0.9], [0.9], [0.1], [1.0]])
    truth = np.array([[1], [0], [0], [1]], dtype=float)
    bins = reliability(probabilities, truth, SAMPLE)
    assert (bins[13].count, bins[13].mean, bins[13].share.value) == (2, pytest.approx(0.9), 0.5)
    assert bins[BINS - 1].mean == 1
    assert np.isnan(bins[5].mean)


@given(HEIGHTS, LABELS)
@settings(deadline=None)
def test_every_pair_lies_in_one_bin(scores: Doubles, truth: Doubles) -> None:
    bins = reliability(scores, truth, SAMPLE)
    assert sum(one.count for one in bins) == truth.size
    filled = [one for one in bins if one.count]
    assert sum(one.count * one.share.value for one in filled) == pytest.approx(truth.sum())
    assert sum(one.count * one.mean for one in filled) == pytest.approx(scores.sum())
    gap = sum(one.count * abs(one.mean - one.share.value) for one in filled) / truth.size
    assert calibration_error(scores, truth, SAMPLE).value == pytest.approx(gap)


def test_mean_of_labels_counts_every_label_alike() -> None:
    asked = np.array([[1, 0, 0], [1, 0, 0], [1, 1, 0], [1, 0, 0]], dtype=float)
    right = np.array([[1, 0, 0], [0, 0, 0], [0, 1, 0], [0, 0, 0]], dtype=float)
    assert mean_of_labels(right, asked, SAMPLE).value == pytest.approx((1 / 4 + 1) / 2)
