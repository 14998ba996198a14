"""Names, captions and literature: kept, and never evidence."""

from __future__ import annotations

import pytest

from sdgalign.segmentation import SegmentKind
from tests.segmentation.build import Spec, segments_of

PROSE = [
    "De gemeente werkt aan een dorp waar iedereen goed kan wonen en waar",
    "kinderen veilig naar school fietsen.",
]
NEXT: list[Spec] = [("Wonen", 20, True), *PROSE]


@pytest.mark.parametrize("size", [10.0, 14.0])
def test_who_signs_a_page_is_no_heading_and_no_evidence(size: float) -> None:
    signed: list[Spec] = [
        *PROSE,
        None,
        ("Anna van den Berg", size, True),
        ("Voorzitter van de raad", size, False),
    ]
    found = segments_of(signed, NEXT)
    assert [s.kind for s in found[1:3]] == [SegmentKind.CONTENTS] * 2
    assert found[-1].heading_path == ("Wonen",)


def test_a_title_at_the_foot_of_a_page_is_no_signature() -> None:
    title: Spec = ("Zorgen voor Morgen", 14.0, True)
    found = segments_of([*PROSE, None, title], [*PROSE])
    assert found[1].kind is SegmentKind.HEADING
    assert found[-1].heading_path == ("Zorgen voor Morgen",)


def test_a_list_of_places_is_no_signature() -> None:
    places: list[Spec] = ["Wij leggen aan in", *(f"Nieuwe Dreef {name}" for name in "ABCDEFG")]
    assert all(s.is_evidence for s in segments_of([*PROSE, None, *places]))


@pytest.mark.parametrize(
    "caption",
    ["Foto: Anna van den Berg", "Figuur 3: Verhuizingen per jaar", "© Gemeente Lindebeke"],
)
def test_captions_are_no_evidence(caption: str) -> None:
    found = segments_of([*PROSE, None, caption, None, *PROSE])
    assert [s.is_evidence for s in found] == [True, False, True]


@pytest.mark.parametrize(
    "text", ["Bron van leven is water.", "Tabel 3 toont de groei van het dorp."]
)
def test_text_that_starts_like_a_caption_is_evidence(text: str) -> None:
    assert all(s.is_evidence for s in segments_of([*PROSE, None, text, None, *PROSE]))


@pytest.mark.parametrize("contact", ["E. info@lindebeke.example", "T. 012 34 56 78", "www.dorp.be"])
@pytest.mark.parametrize("size", [10.0, 14.0])
def test_contact_is_no_evidence_and_no_heading(contact: str, size: float) -> None:
    found = segments_of([*PROSE, None, (contact, size, False), None, *PROSE])
    assert [s.kind for s in found][1] is SegmentKind.CONTENTS
    assert found[-1].heading_path == ()


def test_literature_is_no_evidence_and_the_chapter_after_it_is() -> None:
    found = segments_of(
        [
            ("Bronnen", 20, True),
            "Jansen, A. (2020). Wonen in het dorp. Lindebeke: Uitgeverij.",
            None,
            "Peeters, B. (2021). Fietsen naar school. Lindebeke: Uitgeverij.",
            None,
            *NEXT,
        ]
    )
    assert [s.is_evidence for s in found if s.kind is not SegmentKind.HEADING] == [
        False,
        False,
        True,
    ]
