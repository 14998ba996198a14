from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgalign.segmentation.sentences import MOST_WORDS, pieces

SENTENCE = "De gemeente bouwt elk jaar twaalf nieuwe sociale woningen in de drie dorpen."


def _texts(text: str, language: str = "nl") -> list[str]:
    return [text[start:end] for start, end in pieces(text, language)]


def test_a_text_of_a_readable_length_stays_whole() -> None:
    assert _texts(f"{SENTENCE} {SENTENCE}") == [f"{SENTENCE} {SENTENCE}"]


def test_a_long_text_is_cut_between_sentences() -> None:
    parts = _texts(" ".join([SENTENCE] * 12))
    assert len(parts) > 1
    assert all(part.startswith("De gemeente") and part.endswith("dorpen.") for part in parts)
    assert all(20 <= len(part.split()) <= MOST_WORDS for part in parts)


def test_a_short_rest_joins_the_piece_before() -> None:
    parts = _texts(" ".join([SENTENCE] * 8) + " Dat is alles.")
    assert parts[-1].endswith("dorpen. Dat is alles.")


@pytest.mark.parametrize(
    "inside",
    [
        "Dat doen we o.a. met bv. een premie, m.b.t. wonen, cf. art. 5 en nr. 3 van het plan",
        "Wij volgen dhr. Janssens, prof. Peeters en de St. Jozefskerk",
        "De uitgaven bedragen ca. 1.500 euro per jaar, d.w.z. 3.5 procent, incl. btw",
        "De diensten (dep. Zorg, dep. Wonen) groeien m.h.o. De Lijn en de trein",
        "Wij lezen veel (Jansen et. Al. Dat is bekend) en schrijven",
        "Wat? vroeg men, en zie blz. 12 e.v. van de nota",
    ],
)
def test_an_abbreviation_ends_no_sentence(inside: str) -> None:
    text = " ".join([SENTENCE] * 4) + f" {inside}. " + " ".join([SENTENCE] * 4)
    assert any(f"{inside}." in part for part in _texts(text))


def test_english_abbreviations() -> None:
    text = " ".join(["We will build, e.g. in Mill Lane, approx. 40 homes with Mrs. Hall."] * 10)
    assert all(part.startswith("We will") for part in _texts(text, "en"))


_WORDS = st.sampled_from(["De stad", "o.a.", "bouwt.", "art.", "5", "A!", "?"])


@given(st.lists(_WORDS, max_size=300))
def test_nothing_is_lost_between_pieces(words: list[str]) -> None:
    text = " ".join(words)
    found = pieces(text, "nl")
    kept = "".join(text[start:end] for start, end in found)
    assert kept.replace(" ", "") == text.replace(" ", "")
    assert all(end <= start for (_, end), (start, _) in pairwise(found))


def test_the_number_in_a_series_ends_no_sentence() -> None:
    series = "nemen we deze doelen over: 6. Schoon water 7. Energie 11. Steden 13. Klimaat."
    start = "In de komende jaren werken we aan het dorp en daarbij"
    parts = _texts(" ".join([SENTENCE] * 3) + f" {start} {series} " + " ".join([SENTENCE] * 6))
    assert any(series in part for part in parts)


def test_a_sentence_that_only_lists_goals_stands_alone() -> None:
    claim = "Met deze doelstelling dragen we bij aan SDG 3, SDG 4 en SDG 5."
    parts = _texts(" ".join([SENTENCE] * 2) + f" {claim} " + " ".join([SENTENCE] * 8))
    assert claim in parts
