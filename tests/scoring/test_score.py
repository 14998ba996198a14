from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgalign.scoring.score import MIN_PROBABILITY, level_distribution, score

CERTAIN_ACTION = (0.0, 0.0, 1.0, 0.0)


def test_no_evidence_is_absent() -> None:
    levels = level_distribution(np.array([]), np.empty((0, 4)))
    assert levels.tolist() == [1, 0, 0, 0, 0]


def test_one_certain_action_is_an_action() -> None:
    levels = level_distribution(np.array([1.0]), np.array([CERTAIN_ACTION]))
    assert levels.tolist() == [0, 0, 0, 1, 0]


def test_evidence_below_the_floor_says_nothing_however_much_there_is() -> None:
    many = np.full(10_000, MIN_PROBABILITY / 2)
    levels = level_distribution(many, np.tile(CERTAIN_ACTION, (10_000, 1)))
    assert levels[0] == 1


def test_levels_agree_with_counting_every_outcome() -> None:
    probabilities = np.array([0.5, 0.3])
    commitments = np.array([[0.2, 0.3, 0.4, 0.1], [0.1, 0.1, 0.2, 0.6]])
    expected = np.zeros(5)
    for outcome in itertools.product(range(5), repeat=2):
        weight = 1.0
        for piece, level in enumerate(outcome):
            given_match = commitments[piece, level - 1] if level else 0.0
            miss = 1 - probabilities[piece]
            weight *= probabilities[piece] * given_match if level else miss
        expected[max(outcome)] += weight
    assert level_distribution(probabilities, commitments) == pytest.approx(expected)


def test_score_is_the_mean_level_of_certain_targets() -> None:
    absent, action = np.eye(5)[0], np.eye(5)[3]
    result = score([0, 3], [absent, action])
    assert result is not None
    assert (result.value, result.low, result.high) == (37.5, 37.5, 37.5)


def test_no_targets_have_no_score() -> None:
    assert score([], []) is None


def test_interval_reaches_to_the_value() -> None:
    doubtful = level_distribution(np.array([0.04]), np.array([CERTAIN_ACTION]))
    result = score([3], [doubtful])
    assert result is not None
    assert (result.value, result.low, result.high) == (75.0, 0.0, 75.0)


def test_interval_holds_nine_of_ten_simulated_documents() -> None:
    random = np.random.default_rng(1)
    levels = [random.dirichlet(np.full(5, 0.7)) for _ in range(40)]
    result = score([2] * 40, levels)
    assert result is not None
    draws = sum(random.choice(5, size=20_000, p=level) for level in levels) * 100 / 160
    inside = np.mean((draws >= result.low) & (draws <= result.high))
    assert 0.89 <= inside <= 0.93


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.lists(st.floats(0.01, 1), min_size=4, max_size=4)),
        max_size=30,
    )
)
def test_any_evidence_gives_a_distribution_and_a_score_in_range(
    evidence: list[tuple[float, list[float]]],
) -> None:
    probabilities = np.array([probability for probability, _ in evidence])
    commitments = np.array([np.array(each) / sum(each) for _, each in evidence]).reshape(-1, 4)
    levels = level_distribution(probabilities, commitments)
    assert levels.sum() == pytest.approx(1)
    assert (levels >= 0).all()
    result = score([0, 1, 4], [levels] * 3)
    assert result is not None
    assert 0 <= result.low <= result.value <= result.high <= 100


@given(st.lists(st.floats(0.1, 1), min_size=1, max_size=20), st.floats(0.1, 1))
def test_more_evidence_never_makes_a_level_less_likely(found: list[float], extra: float) -> None:
    def at_least(probabilities: list[float]) -> np.ndarray:
        commitments = np.tile([0.1, 0.3, 0.5, 0.1], (len(probabilities), 1))
        levels = level_distribution(np.array(probabilities), commitments)
        return np.cumsum(levels[::-1])[::-1]

    assert (at_least([*found, extra]) >= at_least(found) - 1e-12).all()


def test_worked_example_of_the_method_page() -> None:
    levels = level_distribution(np.array([0.8]), np.array([CERTAIN_ACTION]))
    result = score([3, 0], [levels, np.eye(5)[0]])
    assert result is not None
    assert (result.value, result.low, result.high) == (37.5, 0.0, 37.5)
