from __future__ import annotations

import pytest

from sdgalign.scoring import Score, Status
from sdgalign.scoring.compare import compare, difference
from tests.scoring.test_align import aligned, classification


def test_a_goal_that_only_one_document_takes_up_differs_clearly() -> None:
    first = aligned()
    second = aligned(*(classification(code, {code: 1.0}, 3) for code in ("13.1", "13.2", "13.3")))
    goal = compare([first, second]).goals[12]
    (found,) = goal.differences
    assert found is not None
    assert found.value > 0
    assert found.is_clear


def test_a_difference_within_the_doubt_is_not_clear() -> None:
    first = aligned(classification("a", {"13.1": 0.5}, 2, sure=0.5))
    second = aligned(classification("b", {"13.1": 0.6}, 2, sure=0.6))
    comparison = compare([first, second])
    assert comparison.score.differences[0] is not None
    assert not comparison.score.differences[0].is_clear
    target = next(each for each in comparison.targets if each.target_code == "13.1")
    assert target.is_clear == (False,)


def test_the_order_of_documents_turns_the_difference_around() -> None:
    some = aligned(classification("a", {"11.2": 0.9}, 2))
    more = aligned(classification("a", {"11.2": 0.9}, 3), classification("b", {"13.1": 0.8}))
    there, back = (compare(pair).score.differences[0] for pair in ([some, more], [more, some]))
    assert there is not None
    assert back is not None
    assert there.value == pytest.approx(-back.value)
    assert there.low == pytest.approx(-back.high, abs=0.5)


def test_a_certain_change_of_status_is_clear_for_the_target() -> None:
    first = aligned(classification("a", {"11.2": 1.0}, 1))
    second = aligned(classification("a", {"11.2": 1.0}, 3))
    target = next(each for each in compare([first, second]).targets if each.target_code == "11.2")
    assert target.statuses == (Status.AMBITION, Status.MEASURABLE)
    assert target.is_clear == (True,)


def test_one_document_alone_is_no_comparison() -> None:
    with pytest.raises(ValueError, match="two documents"):
        compare([aligned()])


def test_scores_read_back_differ_as_clearly_by_their_intervals() -> None:
    found = difference(Score(40.0, 36.0, 44.0), Score(50.0, 47.0, 53.0))
    assert (found.value, found.low, found.high) == pytest.approx((10.0, 5.0, 15.0))
    assert found.is_clear
    assert not difference(Score(40.0, 30.0, 50.0), Score(45.0, 40.0, 50.0)).is_clear
