from __future__ import annotations

import pytest

from sdgalign.segmentation import SegmentKind
from tests.segmentation.build import Spec, segments_of

PROSE = [
    "De gemeente werkt aan een dorp waar iedereen goed kan wonen en waar",
    "kinderen veilig naar school fietsen.",
]
CONTENTS = SegmentKind.CONTENTS


def test_an_entry_that_ends_with_a_year_belongs_to_the_contents() -> None:
    titles = ["Wonen 5", "Zorg dichtbij 9", "Werk en leren 12", "Kringlopen in 2050 17"]
    contents, text = segments_of(["Inhoud", *titles], PROSE)
    assert (contents.kind, text.kind) == (CONTENTS, SegmentKind.PARAGRAPH)
    assert contents.text.endswith("2050 17")


@pytest.mark.parametrize(
    "back",
    [
        ["Dorpsstraat 12", "1234 AB Dorp", "info@dorp.example", "www.dorp.example"],
        ["De programmacommissie:", "Anna de Wit (voorzitter), Bram Zwart, Cor Groen"],
    ],
)
def test_a_page_with_little_more_than_an_address_is_no_evidence(back: list[Spec]) -> None:
    found = segments_of([("Wonen", 20, True), *PROSE], back)
    assert {s.kind for s in found if s.pages == (3,)} == {CONTENTS}


def test_a_page_of_text_with_an_address_is_evidence() -> None:
    found = segments_of([("Wonen", 20, True), *PROSE, "Meer op www.dorp.example."])
    assert CONTENTS not in {s.kind for s in found}
