from __future__ import annotations

from collections import Counter

import pytest

from sdgalign.segmentation.joining import LineJoiner

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


def test_a_word_broken_in_a_table_cell_is_mended() -> None:
    assert LineJoiner(WORDS).mend("twaalf vergun\u00ad ningen") == "twaalf vergunningen"


def test_the_start_of_each_line_is_known() -> None:
    joined = LineJoiner(WORDS).join(["meer ver\u00ad", "gunningen voor", "windmolens"])
    starts = [joined.text[start : start + 4] for start in joined.starts]
    assert starts == ["meer", "gunn", "wind"]
