from __future__ import annotations

from sdgalign.framework import Relevance
from sdgalign.scoring import Status
from sdgalign.scoring.gaps import Gap, PeerTarget, find_gaps
from tests.scoring.test_align import aligned, classification


def gap(gaps: tuple[Gap, ...], code: str) -> Gap:
    return next(each for each in gaps if each.target_code == code)


def test_what_is_taken_up_is_no_gap_and_what_is_mentioned_is() -> None:
    items = [classification("a", {"11.2": 0.9}, 2), classification("b", {"13.1": 0.9}, 0)]
    gaps = find_gaps(aligned(*items), items)
    assert "11.2" not in {each.target_code for each in gaps}
    assert gap(gaps, "13.1").status is Status.MENTION


def test_a_mention_is_its_own_nearest_quote() -> None:
    items = [classification("b", {"13.1": 0.9}, 0)]
    nearest = gap(find_gaps(aligned(*items), items), "13.1").nearest
    assert nearest is not None
    assert nearest.segment_id == "b"


def test_the_nearest_quote_of_an_absent_target_is_its_most_probable_segment() -> None:
    far, near = classification("far", {}), classification("near", {})
    far.targets["11.7"], near.targets["11.7"] = 0.03, 0.08
    gaps = find_gaps(aligned(far, near), [far, near])
    nearest = gap(gaps, "11.7").nearest
    assert nearest is not None
    assert nearest.segment_id == "near"
    assert gap(gaps, "11.2").nearest is None


def test_own_competences_come_first() -> None:
    relevances = [each.relevance for each in find_gaps(aligned(), [])]
    assert relevances == sorted(relevances, key=lambda each: each is not Relevance.CORE)
    assert Relevance.NONE not in relevances


def test_priorities_of_the_user_come_before_all_else() -> None:
    gaps = find_gaps(aligned(), [], priorities=["14", "3.6"])
    first = [each for each in gaps if each.is_priority]
    assert list(gaps[: len(first)]) == first
    assert {each.target_code.split(".")[0] for each in first} == {"14", "3"}
    assert "3.6" in {each.target_code for each in first}


def test_what_the_reference_promised_comes_first_firmest_first() -> None:
    reference = aligned(
        classification("a", {"15.5": 0.95}, 1), classification("b", {"12.5": 0.95}, 3)
    )
    gaps = find_gaps(aligned(), [], reference=reference)
    assert [each.target_code for each in gaps[:2]] == ["12.5", "15.5"]
    assert gaps[0].reference is Status.MEASURABLE


def peer(taken_up: int) -> PeerTarget:
    return PeerTarget(10, taken_up, with_action=taken_up - 1, median=Status.ABSENT)


def test_what_peers_take_up_orders_targets_of_the_same_relevance() -> None:
    gaps = find_gaps(aligned(), [], peers={"11.7": peer(4), "11.2": peer(9)})
    codes = [each.target_code for each in gaps if each.relevance is Relevance.CORE]
    assert codes[:2] == ["11.2", "11.7"]
