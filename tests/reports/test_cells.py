"""Texts that a spreadsheet would run, refuse or cut."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgalign.reports.cells import MOST_CHARACTERS, cell_text, csv_text, inert

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝")


@pytest.mark.parametrize("start", STARTS)
def test_no_cell_of_a_csv_file_begins_like_a_formula(start):
    assert inert(f"{start}1+1").startswith("'")
    assert inert(f"a {start}1") == f"a {start}1"


@given(st.text(alphabet=st.sampled_from("'=-@a \t\n"), max_size=6))
def test_the_exact_text_can_be_had_back(text):
    guarded = inert(text)
    assert not guarded.startswith(STARTS)
    assert re.sub(r"^'(?='*[=+\-@\t\r\n＝＋－＠])", "", guarded) == text


@given(st.lists(st.text(alphabet=st.sampled_from('a",;\n \r'), max_size=5), min_size=2, max_size=2))
def test_any_text_comes_back_from_a_csv_file(texts):
    for delimiter in ",;":
        written = csv_text([["x", "y"], texts], delimiter=delimiter)
        rows = list(csv.reader(io.StringIO(written, newline=""), delimiter=delimiter))
        assert rows[1] == [inert(text) for text in texts]


def test_numbers_have_the_decimal_mark_of_the_reader():
    assert csv_text([[0.25, 3, 1200.0, None, True]]) == "0.25,3,1200,,true\r\n"
    assert csv_text([[0.25, 3]], delimiter=";", decimal=",") == "0,25;3\r\n"


def test_excel_refuses_no_cell():
    assert cell_text("a\x00b\x1bc\ud800d\r\ne") == "abcd\ne"
    long = cell_text("a" * 40_000)
    assert len(long) == MOST_CHARACTERS
    assert long.endswith("a […]")
    assert cell_text("a" * MOST_CHARACTERS) == "a" * MOST_CHARACTERS
