from __future__ import annotations

import numpy as np
import pytest

from sdgalign.training.metrics import (
    Resampling,
    calibration_error,
    mean_average_precision,
    multilabel,
    ordinal,
)

DOCS = ["a", "a", "b", "b"]
SAMPLE = Resampling.of(DOCS, draws=200)


def test_the_first_draw_is_the_sample() -> None:
    assert SAMPLE.counts[0].tolist() == [1, 1]
    assert SAMPLE.counts.shape == (201, 2)
    assert set(SAMPLE.counts.sum(axis=1)) == {2}


def test_multilabel_by_hand() -> None:
    truth = np.array([[1, 0, 0], [1, 1, 0], [0, 0, 0], [0, 1, 0]], dtype=float)
    given = np.array([[1, 0, 0], [0, 1, 0], [1, 0, 1], [0, 1, 0]], dtype=float)
    found = multilabel(given, truth, SAMPLE)
    # hits 3, given 5, wanted 4
    assert found["micro_precision"].value == pytest.approx(3 / 5)
    assert found["micro_recall"].value == pytest.approx(3 / 4)
    assert found["micro_f1"].value == pytest.approx(6 / 9)
    # label 0: 2·1/(2+2), label 1: 1; label 2 is in nobody's truth and does not count
    assert found["macro_f1"].value == pytest.approx((0.5 + 1) / 2)
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
    truth, given = np.array([0, 1, 2, 3]), np.array([0, 1, 3, 3])
    found = ordinal(given, truth, 4, SAMPLE)
    assert found["accuracy"].value == 0.75
    # observed (2-3)² = 1; expected: rows 1,1,1,1 and columns 1,1,0,2 over 4 texts
    expected = sum((i - j) ** 2 * n for i in range(4) for j, n in enumerate((1, 1, 0, 2))) / 4
    assert found["kappa"].value == pytest.approx(1 - 1 / expected)
    perfect = ordinal(truth, truth, 4, SAMPLE)
    assert perfect["kappa"].value == 1


def test_nothing_to_measure_is_no_number() -> None:
    empty = np.zeros((4, 2))
    assert np.isnan(multilabel(empty, empty, SAMPLE)["micro_f1"].value)
