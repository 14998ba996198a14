from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgalign.scoring import levels
from sdgalign.scoring.levels import FloatArray, level_distributions, over_cases

ACTION = (0.0, 0.0, 1.0, 0.0)


def one_target(
    probabilities: Sequence[float],
    commitments: Sequence[tuple[float, ...]],
    against: float = 0.0,
) -> FloatArray:
    size = len(probabilities)
    found = level_distributions(
        np.array(probabilities).reshape(size, 1),
        np.array(commitments).reshape(size, 4),
        np.full(size, against),
    )
    mean: FloatArray = over_cases(found)[0]
    return mean


def test_no_evidence_is_absent() -> None:
    assert one_target([], []).tolist() == pytest.approx([1, 0, 0, 0, 0])


def test_one_certain_action_is_an_action() -> None:
    assert one_target([1.0], [ACTION]) == pytest.approx([0, 0, 0, 1, 0], abs=1e-6)


def test_a_certain_text_against_a_target_is_a_mention() -> None:
    assert one_target([1.0], [ACTION], against=1.0) == pytest.approx([0, 1, 0, 0, 0], abs=1e-6)


def test_levels_agree_with_counting_every_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levels, "SHARED_DOUBT", 0.0)
    probabilities = [0.5, 0.3]
    commitments = [(0.2, 0.3, 0.4, 0.1), (0.1, 0.1, 0.2, 0.6)]
    expected = np.zeros(5)
    for outcome in itertools.product(range(5), repeat=2):
        weight = 1.0
        for piece, level in enumerate(outcome):
            given_match = commitments[piece][level - 1] if level else 0.0
            miss = 1 - probabilities[piece]
            weight *= probabilities[piece] * given_match if level else miss
        expected[max(outcome)] += weight
    assert one_target(probabilities, commitments) == pytest.approx(expected)


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.lists(st.floats(0.01, 1), min_size=4, max_size=4)),
        max_size=30,
    ),
    st.floats(0, 1),
)
def test_any_evidence_gives_distributions(
    pieces: list[tuple[float, list[float]]], against: float
) -> None:
    commitments = [tuple(np.array(each) / sum(each)) for _, each in pieces]
    found = one_target([p for p, _ in pieces], commitments, against)
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=20), st.floats(0.01, 1))
def test_more_evidence_never_makes_a_level_less_likely(found: list[float], extra: float) -> None:
    def at_least(probabilities: list[float]) -> FloatArray:
        shares = one_target(probabilities, [(0.1, 0.3, 0.5, 0.1)] * len(probabilities))
        tail: FloatArray = np.cumsum(shares[::-1])[::-1]
        return tail

    assert (at_least([*found, extra]) >= at_least(found) - 1e-9).all()
