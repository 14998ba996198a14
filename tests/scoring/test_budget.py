from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgalign.scoring.budget import Costed, align_budget


def test_money_of_an_action_is_divided_equally_over_its_targets() -> None:
    found = align_budget([Costed(["11.2", "13.1"], 100.0), Costed(["11.7"], 50.0)]).whole
    assert found.by_target == {"11.2": 50.0, "13.1": 50.0, "11.7": 50.0}
    assert found.by_goal == {"11": 100.0, "13": 50.0}


def test_money_without_any_target_is_shown_as_such() -> None:
    found = align_budget([Costed([], 75.0), Costed(["4.1"], 25.0)]).whole
    assert found.without_target == 75.0
    assert found.share_without_target == 0.75


def test_years_are_kept_apart_and_actions_without_amount_are_counted() -> None:
    found = align_budget(
        [
            Costed(["4.1"], 30.0, {2027: 20.0, 2026: 10.0}),
            Costed([], 5.0, {2026: 5.0}),
            None,
        ]
    )
    assert list(found.years) == [2026, 2027]
    assert found.years[2026].total == 15.0
    assert found.years[2026].without_target == 5.0
    assert found.years[2027].by_target == {"4.1": 20.0}
    assert (found.actions, found.actions_without_amount) == (3, 1)


CODES = st.lists(st.sampled_from(["1.2", "3.4", "11.2", "16.6"]), unique=True, max_size=4)


@given(st.lists(st.tuples(CODES, st.floats(-1e6, 1e9)), max_size=40))
def test_no_euro_is_lost_or_counted_twice(rows: list[tuple[list[str], float]]) -> None:
    found = align_budget(Costed(codes, euro) for codes, euro in rows).whole
    assert sum(found.by_target.values()) + found.without_target == pytest.approx(
        found.total, abs=1e-3
    )
    assert sum(found.by_goal.values()) == pytest.approx(sum(found.by_target.values()), abs=1e-3)
