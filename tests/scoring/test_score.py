from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgalign.scoring.budget import Costed, align_budget
from sdgalign.scoring.levels import SHARED_DOUBT, FloatArray, level_distributions
from sdgalign.scoring.score import score
from tests.scoring.test_align import aligned, classification

ACTION = (0.0, 0.0, 1.0, 0.0)


def evidence(probabilities: list[list[float]], commitments: list[tuple[float, ...]]) -> FloatArray:
    """Levels of targets (columns) from pieces of evidence (rows), none of it against."""
    size = len(probabilities)
    return level_distributions(
        np.array(probabilities), np.array(commitments).reshape(size, 4), np.zeros(size)
    )


def test_certain_targets_have_a_score_without_doubt() -> None:
    result = score(evidence([[0.0, 1.0]], [ACTION]))
    assert result is not None
    assert (result.value, result.low, result.high) == pytest.approx((100 / 3,) * 3)


def test_no_targets_have_no_score() -> None:
    assert score(np.ones((7, 0, 5))) is None


def test_doubtful_evidence_counts_by_its_probability() -> None:
    result = score(evidence([[0.5] * 200], [ACTION]))
    assert result is not None
    assert result.value == pytest.approx(100 / 3)
    assert result.low < result.value < result.high


def test_interval_holds_the_value_even_when_that_is_nearly_nothing() -> None:
    result = score(evidence([[0.01]], [ACTION]))
    assert result is not None
    assert 0 == result.low < result.value <= result.high < 2


def test_doubt_shared_by_a_document_widens_its_interval() -> None:
    doubtful = evidence([[0.5] * 60], [ACTION])
    result = score(doubtful)
    assert result is not None
    independent = 2 * 1.645 * np.sqrt(60 * 0.25) / 60 * 100 * 2 / 3
    assert result.high - result.low > 1.2 * independent


@pytest.mark.parametrize("seed", range(3))
def test_interval_holds_nine_of_ten_simulated_documents(seed: int) -> None:
    random = np.random.default_rng(seed)
    segments, targets, draws = 120, 90, 1000
    probabilities = random.beta(0.01, 1.2, (segments, targets)).clip(1e-9, 1 - 1e-9)
    commitments = random.dirichlet((0.6, 0.8, 1.0, 0.6), segments)
    levels = level_distributions(probabilities, commitments, np.zeros(segments))
    result = score(levels)
    assert result is not None
    low = np.searchsorted(np.cumsum(result.distribution), 0.05)
    odds = np.log(probabilities / (1 - probabilities))
    inside = 0
    for _ in range(draws):
        shifted = 1 / (1 + np.exp(-(odds + SHARED_DOUBT * random.standard_normal())))
        firm = (random.random((segments, 1)) > commitments.cumsum(axis=1)[:, :3]).sum(axis=1)
        depths = np.where(random.random(shifted.shape) < shifted, firm[:, None], 0).max(axis=0)
        value = depths.sum()
        inside += bool(low <= value <= round(result.high * 3 * targets / 100))
    assert 0.87 <= inside / draws <= 0.94  # 0.90, and two standard errors of the simulation


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.lists(st.floats(0.01, 1), min_size=4, max_size=4)),
        max_size=30,
    )
)
def test_any_evidence_gives_a_score_in_range(pieces: list[tuple[float, list[float]]]) -> None:
    probabilities = np.array([[p, p / 2, 0.0] for p, _ in pieces]).reshape(len(pieces), 3)
    commitments = np.array([np.array(each) / sum(each) for _, each in pieces]).reshape(-1, 4)
    levels = level_distributions(probabilities, commitments, np.zeros(len(pieces)))
    result = score(levels)
    assert result is not None
    assert 0 <= result.low <= result.value <= result.high <= 100
    assert sum(result.distribution) == pytest.approx(1)


def test_worked_example_of_the_method_page() -> None:
    alignment = aligned(
        classification("a", {"13.1": 0.8}, 2), classification("b", {"13.3": 1.0}, 1)
    )
    goal = alignment.goals[12]
    assert [target.target_code for target in goal.scored] == ["13.1", "13.2", "13.3"]
    assert goal.coverage is not None
    assert goal.depth is not None
    assert goal.score is not None
    money = align_budget([Costed(["13.1", "13.3"], 90_000), Costed([], 30_000)]).whole
    told = [
        f"Coverage = 2/3 = {100 * goal.coverage:.1f} %. Depth = (2/3 + 1/3) / 2 = {goal.depth:g}.",
        f"**Score = 100 · ({sum(goal.scored[0].levels[3:]):.3f} · ⅔ + ⅓ + 0) / 3 "
        f"= {goal.score.value:.1f}.**",
        f"**interval {goal.score.low:.1f}–{goal.score.high:.1f}**",
        f"A and B get € {money.by_target['13.1']:,.0f} each",
        f"{money.share_without_target:.0%} of the money".replace("%", " %"),
    ]
    pages = Path(__file__).parents[2] / "docs"
    english = " ".join((pages / "method.md").read_text(encoding="utf-8").split())
    dutch = " ".join((pages / "methode.md").read_text(encoding="utf-8").split())
    for sentence in told:
        assert sentence in english
    for figure in ("66,7", "0,796", "28,8", "11,1–33,3", "45.000", "25 %"):
        assert figure in dutch
