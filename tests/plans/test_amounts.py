from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgalign.plans.amounts import parse_amount, unit_in


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("1.234.567,89", 1234567.89),
        ("€ 1.234", 1234),
        ("1 234 567 EUR", 1234567),
        ("1'234'567", 1234567),
        ("1,234", 1234),
        ("12,5", 12.5),
        ("-500", -500),
        ("€ -1.500", -1500),
        ("(1.500)", -1500),
        ("500-", -500),
        ("5.000,-", 5000),
        ("–", 0),
        ("0", 0),
    ],
)
def test_amounts_as_they_are_printed(text: str, euros: float) -> None:
    assert parse_amount(text) == euros


@pytest.mark.parametrize("text", ["", "AC1", "1.2.3", "12.34.567", "2026-2031", "5 %", "circa 5"])
def test_what_is_no_amount(text: str) -> None:
    assert parse_amount(text) is None


@given(st.integers(-(10**12), 10**12), st.sampled_from([".", " ", "'", "\u202f"]))
def test_thousands_marks_change_nothing(euros: int, mark: str) -> None:
    assert parse_amount(f"{euros:,}".replace(",", mark)) == euros


@pytest.mark.parametrize("text", ["(x 1.000 euro)", "Bedragen in duizend euro", "in k€"])
def test_thousands_are_announced(text: str) -> None:
    assert unit_in(text) == 1000
    assert unit_in("Het kost 1.000 euro") is None
