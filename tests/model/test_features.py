from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgalign.model.features import (
    NUMBER_FEATURES,
    TfidfBlock,
    char_terms,
    commitment_numbers,
    normalise,
    word_terms,
    words,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AC 6.31.1.20: Café bouwen", "cafe bouwen"),
        ("1.2.3 Bomen", "bomen"),
        ("In 2026 komen er 15 bij", "in 0000 komen er 00 bij"),
        ("1.2", "0.0"),
    ],
)
def test_normalise(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_terms() -> None:
    assert list(word_terms(words("een x fiets"))) == ["een", "fiets", "een fiets"]
    assert char_terms("ab") == [" ab", "ab ", " ab "]
    assert char_terms("") == ["  "]


def test_tfidf_by_hand() -> None:
    block = TfidfBlock.fit("word", ["aa bb", "aa cc", "dd"], min_df=1, max_df=1)
    rows = block.transform(["aa aa cc", "zz"]).toarray()
    aa = (1 + np.log(2)) * (np.log(4 / 3) + 1)
    cc = np.log(4 / 2) + 1
    pair = np.log(4 / 2) + 1
    assert rows[0, block.terms["aa"]] == pytest.approx(aa / np.sqrt(aa**2 + cc**2 + pair**2))
    assert not rows[1].any()


@given(st.lists(st.text(max_size=60), max_size=5))
def test_rows_have_length_one_or_none(texts: list[str]) -> None:
    block = TfidfBlock.fit("char", ["fietspad", "school", "bomen planten"], min_df=1, max_df=1)
    norms = np.linalg.norm(block.transform([normalise(t) for t in texts]).toarray(), axis=1)
    assert all(n == pytest.approx(1, abs=1e-5) or n == 0 for n in norms)


def test_commitment_numbers_see_amounts_and_deadlines() -> None:
    plain, firm = commitment_numbers(["We willen groen.", "Tegen 2030 gaat 2 miljoen euro naar x"])
    assert plain.shape == (NUMBER_FEATURES,)
    assert not plain[:4].any()
    assert firm[0] == 1
    assert firm[1] == 1
    assert commitment_numbers([]).shape == (0, NUMBER_FEATURES)
