"""Which parts of a text are marked."""

from __future__ import annotations

import unicodedata

import pytest

from sdgalign.reports.marks import cut, whole_words

TEXT = "Het café wordt een coöperatie."


def test_words_stay_as_they_are():
    assert whole_words(TEXT, [(4, 8)]) == ((4, 8),)


@pytest.mark.parametrize("span", [(-3, 8), (4, 300), (8, 4), (4, 4), (3, 4), (29, 30)])
def test_spans_outside_the_text_or_without_a_word_are_dropped(span):
    assert whole_words(TEXT, [span]) == ()


def test_words_come_once_and_in_text_order():
    assert whole_words(TEXT, [(19, 29), (4, 8), (5, 7), (4, 8)]) == ((4, 8), (19, 29))


def test_accents_that_are_characters_of_their_own_stay_with_their_word():
    text = unicodedata.normalize("NFD", TEXT)
    found = [text[s:e] for s, e in whole_words(text, [(4, 8), (text.index("peratie"), len(text))])]
    assert [unicodedata.normalize("NFC", word) for word in found] == ["café", "coöperatie"]


def test_marks_of_two_kinds_may_overlap():
    pieces = cut("Tegen 2030 elf bomen.", {"word": ((11, 14), (15, 20)), "figure": ((6, 14),)})
    assert pieces == (
        ("Tegen ", ""),
        ("2030 ", "figure"),
        ("elf", "word figure"),
        (" ", ""),
        ("bomen", "word"),
        (".", ""),
    )


def test_a_text_without_marks_is_one_piece():
    assert cut(TEXT, {"word": (), "figure": ()}) == ((TEXT, ""),)
