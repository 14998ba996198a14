from __future__ import annotations

from sdgalign.scoring.claims import Verdict, claims
from tests.scoring.test_align import aligned, classification


def test_claims_and_support_are_told_apart() -> None:
    alignment = aligned(
        classification("a", {"11.2": 0.9}, 2),
        classification("b", {"13.1": 0.9}, 2),
        classification("c", {"4.1": 0.9}, 0),
    )
    verdicts = {
        each.goal_code: each.verdict for each in claims(alignment, ["11", "11.7", "4", "17"])
    }
    assert verdicts["11"] is Verdict.BOTH
    assert verdicts["13"] is Verdict.SUPPORTED_ONLY
    assert verdicts["4"] is Verdict.CLAIMED_ONLY  # naming a topic is no support
    assert verdicts["17"] is Verdict.CLAIMED_ONLY
    assert verdicts["1"] is Verdict.NEITHER


def test_mentions_of_targets_count_for_their_goal() -> None:
    found = {each.goal_code: each.mentions for each in claims(aligned(), ["11", "11.7", "1.a"])}
    assert (found["11"], found["1"]) == (2, 1)
