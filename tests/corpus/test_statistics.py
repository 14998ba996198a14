"""Means, differences, ranks and outliers hold what they promise for any values."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdgalign.corpus.statistics import Interval, difference, mean, ranks, unusual


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, value, high = sorted(draw(st.tuples(*[st.floats(0, 100)] * 3)))
    return Interval(value, low, high)


lists = st.lists(intervals(), min_size=1, max_size=30)


@settings(deadline=None)  # the first call imports
@given(lists)
def test_a_mean_lies_between_the_values_and_inside_its_interval(values):
    found = mean(values)
    assert min(v.value for v in values) - 1e-9 <= found.value
    assert found.value <= max(v.value for v in values) + 1e-9
    assert 0 <= found.low <= found.value <= found.high <= 100


@settings(deadline=None)  # the first call imports
@given(intervals())
def test_the_mean_of_one_document_is_that_document(value):
    found = mean([value])
    assert (found.value, found.low, found.high) == (value.value, value.low, value.high)


def test_the_interval_of_two_is_of_their_bounds_not_of_their_spread():
    found = mean([Interval(10, 8, 12), Interval(50, 46, 54)])
    assert (found.value, found.low, found.high) == (30, 27, 33)


def test_the_interval_of_many_adds_spread_and_doubt_as_squares():
    exact = [Interval(v, v, v) for v in (10, 20, 30)]
    # Student's t with 2 degrees of freedom is 2.92, the standard error 10 / sqrt(3).
    spread = 2.91999 * 10 / 3**0.5
    assert mean(exact).high == pytest.approx(20 + spread, abs=0.01)
    doubtful = [Interval(v, v - 9, v + 9) for v in (10, 20, 30)]
    assert mean(doubtful).high == pytest.approx(20 + (spread**2 + 81 / 3) ** 0.5, abs=0.01)


def test_more_documents_make_a_narrower_interval():
    few = mean([Interval(v, v - 5, v + 5) for v in (20, 30, 40)])
    many = mean([Interval(v, v - 5, v + 5) for v in (20, 30, 40) * 10])
    assert many.high - many.low < (few.high - few.low) / 3


def test_a_mean_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        mean([])


@settings(deadline=None)  # the first call imports
@given(lists)
def test_the_ranks_open_to_a_value_hold_its_rank(values):
    for found in ranks(values):
        assert 1 <= found.best <= found.rank <= found.worst <= len(values)


@settings(deadline=None)  # the first call imports
@given(lists)
def test_a_higher_value_never_has_a_worse_rank(values):
    found = ranks(values)
    ordered = sorted(zip(values, found, strict=True), key=lambda pair: -pair[0].value)
    assert [pair[1].rank for pair in ordered] == sorted(each.rank for each in found)


def test_ranks_say_who_can_be_told_apart():
    found = ranks([Interval(60, 55, 65), Interval(58, 53, 63), Interval(20, 15, 25)])
    assert [(r.rank, r.best, r.worst) for r in found] == [(1, 1, 2), (2, 1, 2), (3, 3, 3)]


@settings(deadline=None)  # the first call imports
@given(lists)
def test_ranks_agree_with_the_interval_of_the_difference(values):
    first, found = values[0], ranks(values)[0]
    clear = [difference(first, other) for other in values[1:]]
    assert found.best == 1 + sum(each.low > 0 for each in clear)
    assert found.worst == len(values) - sum(each.high < 0 for each in clear)


@settings(deadline=None)  # the first call imports
@given(intervals(), intervals())
def test_a_difference_turns_its_sign_with_the_order(one, other):
    there, back = difference(one, other), difference(other, one)
    assert there.value == pytest.approx(-back.value)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))


def test_a_wild_value_is_found_and_hides_no_other():
    values = [20.0, 21, 22, 23, 24, 25, 26, 90, 95]
    assert [each.at for each in unusual(values, least=1.0)] == [8, 7]


def test_small_differences_between_nearly_equal_values_are_not_unusual():
    assert unusual([0.0] * 20 + [2.0], least=1.0) == ()
    assert len(unusual([0.0] * 20 + [4.0], least=1.0)) == 1


def test_among_few_values_none_is_unusual():
    assert unusual([1, 1, 1, 1, 1, 1, 900.0], least=1.0) == ()
