"""Euro per goal: the rule of division, and what the doubt leaves open."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdgalign.corpus.euro import WITHOUT, Priced, actions_of, estimate
from tests.reports import payloads


def test_what_the_model_is_sure_of_has_no_interval():
    actions = [
        Priced("A", 900.0, {"11.2": 1.0, "3.6": 1.0}, ("11.2", "3.6")),
        Priced("A", 100.0, {}, ()),
    ]
    found = estimate(actions, shared_doubt=0.0, draws=200)
    assert found.total == 1000
    for code, euro in (("11", 450.0), ("3", 450.0), (WITHOUT, 100.0)):
        value = found.by_goal[code]
        assert (value.value, value.low, value.high) == pytest.approx((euro, euro, euro))


def test_a_missed_code_shows_in_the_interval():
    doubtful = [Priced("A", 100.0, {"13.1": 0.4}, ()) for _ in range(100)]
    found = estimate(doubtful)
    climate, nothing = found.by_goal["13"], found.by_goal[WITHOUT]
    assert climate.value == 0
    assert climate.high > 4000
    assert nothing.value == 10_000
    assert nothing.low < 6000


def test_doubt_that_all_plans_share_does_not_average_out():
    actions = [Priced("A", 1.0, {"11.2": 0.5}, ("11.2",)) for _ in range(2000)]
    apart = estimate(actions, shared_doubt=0.0).by_goal["11"]
    together = estimate(actions, shared_doubt=0.6).by_goal["11"]
    assert together.high - together.low > 3 * (1040 - 960)
    assert apart.low > 900


def test_the_same_actions_give_the_same_interval():
    actions = [Priced("A", 50.0, {"11.2": 0.7, "3.6": 0.2}, ("11.2",)) for _ in range(20)]
    assert estimate(actions) == estimate(actions)


def test_no_actions_give_zeros():
    found = estimate([])
    assert found.total == 0
    assert {each.high for each in found.by_goal.values()} == {0}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 1e6),
            st.dictionaries(st.sampled_from(["1.2", "3.6", "11.2", "11.7"]), st.floats(0, 1)),
            st.sets(st.sampled_from(["1.2", "3.6", "11.2", "11.7"])),
        ),
        max_size=10,
    )
)
def test_all_euro_go_somewhere_and_intervals_hold_the_value(rows):
    found = estimate([Priced("A", e, p, sorted(c)) for e, p, c in rows], draws=50)
    assert sum(each.value for each in found.by_goal.values()) == pytest.approx(found.total)
    for each in found.by_goal.values():
        assert each.low <= each.value <= each.high <= found.total + 1e-6


def test_actions_of_a_report_without_amount_are_left_out():
    payload = {**payloads.small(), "plan": payloads.plan()}
    actions = actions_of(payload, "Zandvliert")
    assert [(each.euro, list(each.coded)) for each in actions] == [
        (90_000.0, ["3.6", "11.2"]),
        (30_000.0, []),
    ]
    assert actions[1].probabilities == {"9.1": 0.3}, "what it may have missed counts in intervals"
    assert actions_of(payloads.small(), "Zandvliert") == []
