from __future__ import annotations

from dataclasses import replace

import pytest

from sdgalign.framework import Relevance, load_framework
from sdgalign.model import Classification, Reason
from sdgalign.scoring import Alignment, Status, align

FRAMEWORK = load_framework()
ALL = frozenset(target.code for target in FRAMEWORK.targets)


def classification(
    name: str, targets: dict[str, float], commitment: int = 2, sure: float = 1.0
) -> Classification:
    """A segment with these targets, all predicted."""
    others = (1 - sure) / 3
    shares = tuple(sure if at == commitment else others for at in range(4))
    goals = {code.partition(".")[0]: share for code, share in targets.items()}
    return Classification(
        id=name,
        goals=goals,
        targets=targets,
        goals_predicted=tuple(goals),
        targets_predicted=tuple(targets),
        none=0.0,
        commitment=commitment,
        commitment_probabilities=shares,
    )


def aligned(*items: Classification, trained: frozenset[str] = ALL) -> Alignment:
    return align(FRAMEWORK, items, {item.id: 10 for item in items}, trained)


def target(alignment: Alignment, code: str):
    return next(each for each in alignment.targets if each.target_code == code)


@pytest.mark.parametrize(
    ("commitment", "status"), enumerate(["mention", "ambition", "action", "measurable"])
)
def test_status_follows_the_commitment(commitment: int, status: str) -> None:
    alignment = aligned(classification("a", {"11.2": 0.9}, commitment))
    assert target(alignment, "11.2").status == status


def test_status_is_that_of_the_firmest_match() -> None:
    alignment = aligned(
        classification("a", {"11.2": 0.9}, 0), classification("b", {"11.2": 0.6}, 3)
    )
    assert target(alignment, "11.2").status is Status.MEASURABLE


def test_a_firm_status_needs_evidence_that_is_likely_taken_together() -> None:
    doubtful = [classification(name, {"11.2": 0.3}, 3) for name in "abc"]
    assert target(aligned(*doubtful[:1]), "11.2").status is Status.MENTION
    assert target(aligned(*doubtful), "11.2").status is Status.MEASURABLE  # 1 - 0.7 ** 3


def test_evidence_carries_its_reason() -> None:
    both = classification("a", {"11.2": 0.9, "13.1": 0.8})
    reason = Reason(((0, 4),))
    alignment = aligned(replace(both, against=0.3, reasons={"11.2": reason}))
    (match,) = target(alignment, "11.2").matches
    assert match.reason is reason
    assert match.against == 0.3
    (other,) = target(alignment, "13.1").matches
    assert other.reason is None


def test_a_target_that_the_model_never_learnt_is_not_assessed_and_no_gap() -> None:
    alignment = aligned(trained=ALL - {"11.2"})
    assert target(alignment, "11.2").status is Status.NOT_ASSESSED
    assert "11.2" not in {gap.target_code for gap in alignment.gaps}
    assert "11.2" not in {each.target_code for goal in alignment.goals for each in goal.scored}


def test_a_target_that_the_model_never_learnt_can_still_be_found() -> None:
    alignment = aligned(classification("a", {"11.2": 0.9}), trained=ALL - {"11.2"})
    assert target(alignment, "11.2").status is Status.ACTION


def test_gaps_are_local_and_own_competences_come_first() -> None:
    gaps = aligned().gaps
    relevances = [gap.relevance for gap in gaps]
    assert set(relevances) == {Relevance.CORE, Relevance.SHARED}
    assert relevances == sorted(relevances, key=lambda each: each is not Relevance.CORE)


def test_without_doubt_the_score_is_coverage_times_depth() -> None:
    goal = aligned(classification("a", {"13.1": 1.0}), classification("b", {"13.2": 1.0}, 1)).goals[
        12
    ]
    assert goal.score is not None
    assert goal.coverage == pytest.approx(2 / len(goal.scored))
    assert goal.depth == pytest.approx((2 + 1) / (2 * 3))
    assert goal.score.value == pytest.approx(100 * goal.coverage * goal.depth, abs=1e-3)


def test_the_score_is_the_mean_expected_depth_of_the_counting_targets() -> None:
    goal = aligned(
        classification("a", {"13.1": 0.7}, sure=0.8), classification("b", {"13.2": 0.4}, 3)
    ).goals[12]
    assert goal.score is not None
    depths = [each.expected_depth for each in goal.scored]
    assert goal.score.value == pytest.approx(100 * sum(depths) / len(depths))


def test_statuses_of_a_goal_add_up_to_its_counting_targets() -> None:
    goal = aligned(classification("a", {"13.1": 0.9}, 3)).goals[12]
    assert goal.by_status[Status.MEASURABLE] == 1
    assert goal.by_status[Status.ABSENT] == len(goal.scored) - 1
    assert sum(goal.by_status.values()) == len(goal.scored)


def test_evidence_against_a_target_stands_apart_and_gives_no_more_than_a_mention() -> None:
    cut = replace(classification("cut", {"11.2": 0.99}, 3), against=0.9, against_predicted=True)
    found = target(aligned(cut), "11.2")
    assert found.status is Status.MENTION
    assert [match.segment_id for match in found.opposing] == ["cut"]
    assert found.supporting == ()
    both = target(aligned(cut, classification("plan", {"11.2": 0.9}, 2)), "11.2")
    assert both.status is Status.ACTION
    assert [match.segment_id for match in both.supporting] == ["plan"]


def test_attention_to_one_goal_has_no_balance_and_to_all_alike_full_balance() -> None:
    one = aligned(classification("a", {"11.2": 0.9}))
    assert one.balance == 0
    first = [goal.targets[0].code for goal in FRAMEWORK.goals]
    every = aligned(*(classification(code, {code: 0.9}) for code in first))
    assert every.balance == pytest.approx(1)


def test_an_empty_document_scores_nothing() -> None:
    alignment = aligned()
    assert alignment.score.value == pytest.approx(0)
    assert alignment.score.high == pytest.approx(0)
    assert alignment.words_without_target == 0


def test_what_is_only_mentioned_is_not_covered_and_stays_a_gap() -> None:
    goal = aligned(classification("a", {"13.1": 1.0}, 0)).goals[12]
    assert goal.coverage == 0
    assert "13.1" in {gap.target_code for gap in goal.gaps}


def test_attention_divides_words_over_the_goals_of_a_segment() -> None:
    alignment = aligned(
        classification("a", {"11.2": 0.9, "13.1": 0.8}), classification("b", {"13.1": 0.7})
    )
    attention = {goal.goal_code: goal.attention for goal in alignment.goals}
    assert attention["11"] == pytest.approx(0.25)
    assert attention["13"] == pytest.approx(0.75)


def test_evidence_is_ranked_by_probability_and_firmness() -> None:
    alignment = aligned(
        classification("vague", {"11.2": 0.9}, 0),
        classification("firm", {"11.2": 0.8}, 3),
        classification("doubtful", {"11.2": 0.3}, 3),
    )
    order = [match.segment_id for match in target(alignment, "11.2").matches]
    assert order == ["firm", "doubtful", "vague"]
    strongest = alignment.goals[10].strongest
    assert strongest is not None
    assert strongest.segment_id == "firm"
