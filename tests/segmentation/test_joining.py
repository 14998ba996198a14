from __future__ import annotations

from collections import Counter

import pytest

from sdgalign.documents.document import Line
from sdgalign.segmentation.joining import Breaks, LineJoiner, breaks_of
from tests.segmentation.build import make_line

WORDS = Counter({"vergunningen": 2, "energie-efficiëntie": 3, "landen": 5, "zeeën": 1})


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["meer ver\u00ad", "gunningen"], "meer vergunningen"),
        (["meer ver-", "gunningen"], "meer vergunningen"),
        (["gemeente\u00ad", "lijke plannen"], "gemeentelijke plannen"),
        (["de energie\u00ad", "efficiëntie"], "de energie-efficiëntie"),
        (["zee\u00ad", "en binnenvaart"], "zee- en binnenvaart"),
        (["land\u00ad", "en tuinbouw"], "land- en tuinbouw"),
        (["in-", "of uitstroom"], "in- of uitstroom"),
        (["het sociaal-", "economische beleid"], "het sociaaleconomische beleid"),
        (["Noord\u00ad", "Holland"], "Noord-Holland"),
        (["CO2\u00ad", "neutraal"], "CO2-neutraal"),
        (["OCMW-", "diensten"], "OCMW-diensten"),
        (["in 2026\u00ad", "2031"], "in 2026-2031"),
        (["twee-", "eenheid"], "twee-eenheid"),
        (["bouwen –", "en slopen"], "bouwen – en slopen"),
        (["bouwen -", "en slopen"], "bouwen - en slopen"),
        (["het cao\u00ad", "overleg"], "het cao-overleg"),
        (["is gesubsidi\u00ad", "eerd"], "is gesubsidieerd"),
        (["van ontwikkelings\u00ad", "naar ruilrol"], "van ontwikkelings- naar ruilrol"),
        (["e\u00ad", "bikes"], "e-bikes"),
        (["twee   spaties ", " hier"], "twee spaties hier"),
        (["eindigt op een streepje\u00ad"], "eindigt op een streepje-"),
    ],
)
def test_line_ends(lines: list[str], text: str) -> None:
    assert LineJoiner(WORDS).join(lines).text == text


def test_a_word_of_the_document_decides() -> None:
    lines = ["een woon-", "zorgcentrum"]
    assert LineJoiner(Counter({"woonzorgcentrum": 1})).join(lines).text == "een woonzorgcentrum"
    assert LineJoiner(Counter({"woon-zorgcentrum": 1})).join(lines).text == "een woon-zorgcentrum"


def test_a_capital_after_a_hyphen_starts_a_part_of_a_name() -> None:
    joiner = LineJoiner(Counter({"havenstad": 9}))
    assert joiner.join(["in Haven\u00ad", "Stad"]).text == "in Haven-Stad"


def test_a_word_broken_in_a_table_cell_is_mended() -> None:
    assert LineJoiner(WORDS).mend("twaalf vergun\u00ad ningen") == "twaalf vergunningen"


def test_the_start_of_each_line_is_known() -> None:
    joined = LineJoiner(WORDS).join(["meer ver\u00ad", "gunningen voor", "windmolens"])
    starts = [joined.text[start : start + 4] for start in joined.starts]
    assert starts == ["meer", "gunn", "wind"]


def _lines(*ends: tuple[str, str]) -> list[Line]:
    plain = ["Dit is een gewone regel van de tekst, die lang is."] * 300
    texts = [*plain, *(text for pair in ends for text in pair), *plain]
    return [make_line(text) for text in texts]


def test_a_document_that_breaks_no_words_keeps_its_hyphens() -> None:
    words = Counter({"lange-termijn": 2, "vmbo-scholen": 1})
    lines = _lines(("voor de lange-", "termijn"), ("alle vmbo-", "scholen"))
    assert breaks_of(lines, words) is Breaks.NEVER
    joiner = LineJoiner(words, Breaks.NEVER)
    assert joiner.join(["met ggz\u00ad", "aanbieders"]).text == "met ggz-aanbieders"


def test_a_document_that_seldom_breaks_words_keeps_the_hyphen_between_known_words() -> None:
    words = Counter({"woonruimte": 2, "niet": 9, "duurzame": 3})
    assert breaks_of(_lines(("meer woon-", "ruimte")), words) is Breaks.SELDOM
    joiner = LineJoiner(words, Breaks.SELDOM)
    assert joiner.join(["van niet\u00ad", "duurzame"]).text == "van niet-duurzame"
    assert joiner.join(["een cultuur\u00ad", "fonds"]).text == "een cultuurfonds"
    assert joiner.join(["de loan-to\u00ad", "value"]).text == "de loan-to-value"


def test_a_hyphenated_document_breaks_words_often() -> None:
    lines = _lines(*[("meer woon-", "ruimte")] * 40)
    assert breaks_of(lines, Counter({"woonruimte": 1})) is Breaks.OFTEN
