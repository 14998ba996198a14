from __future__ import annotations

from sdgalign.segmentation import Segment, SegmentKind
from tests.segmentation.build import Spec, make_line, segments_of

PROSE = [
    "De gemeente werkt aan een dorp waar iedereen goed kan wonen en waar",
    "kinderen veilig naar school fietsen.",
]
HEADING = SegmentKind.HEADING


def _paths(found: list[Segment]) -> list[tuple[str, ...]]:
    return [s.heading_path for s in found if s.kind is not HEADING]


def test_a_chapter_stands_above_sections_in_larger_print() -> None:
    chapter: list[Spec] = ["HOOFDSTUK 4", ("Wij bouwen samen", 32, False)]
    section: list[Spec] = [("Iedereen doet mee", 35, False), *PROSE]
    found = segments_of(chapter, section, ["HOOFDSTUK 5", ("Wij kijken ver", 32, False)], section)
    assert _paths(found) == [
        ("Wij bouwen samen", "Iedereen doet mee"),
        ("Wij kijken ver", "Iedereen doet mee"),
    ]


def test_a_title_that_was_set_smaller_to_fit_is_no_lower_level() -> None:
    sizes = (35, 35, 30, 35, 30, 30)
    pages = [[(f"Deelthema {chr(65 + n)}", size, False), *PROSE] for n, size in enumerate(sizes)]
    assert {len(path) for path in _paths(segments_of(*pages))} == {1}


def test_a_smaller_title_under_text_is_a_lower_level() -> None:
    page: list[Spec] = [("Wonen", 35, False), *PROSE, ("Huren", 30, False), *PROSE]
    assert _paths(segments_of(page, page, page)) == [("Wonen",), ("Wonen", "Huren")] * 3


def test_an_abbreviation_as_title_is_no_level_of_its_own() -> None:
    found = segments_of([("KRW", 14, True), *PROSE, ("Visserij", 14, True), *PROSE])
    assert _paths(found) == [("KRW",), ("Visserij",)]


def test_what_closes_a_document_is_not_in_its_last_chapter() -> None:
    found = segments_of(
        [("10 Een vrij land", 24, False), *PROSE, ("Tot slot", 24, False), *PROSE],
    )
    assert _paths(found) == [("10 Een vrij land",), ("Tot slot",)]


def test_the_heading_that_announces_a_list_ends_with_it() -> None:
    found = segments_of(
        [
            ("Water", 14, True),
            ("Wij willen:", 10, True),
            "• Meer beken.",
            *PROSE,
            "• Minder steen.",
            None,
            make_line(PROSE[0], 300, page=2),
            ("Bodem", 14, True),
            *PROSE,
        ]
    )
    label = ("Water", "Wij willen")
    assert _paths(found) == [label, label, ("Water",), ("Bodem",)]


def test_what_announces_a_list_stands_under_a_heading_in_the_same_print() -> None:
    found = segments_of(
        [("Dorpen", 10, True), *PROSE, ("Wij willen:", 10, True), "• Bussen.", ("Stad", 10, True)],
        PROSE,
    )
    assert _paths(found) == [("Dorpen",), ("Dorpen", "Wij willen"), ("Stad",)]


def test_a_heading_with_a_number_announces_no_list() -> None:
    found = segments_of(
        [("1. Belasting:", 12, True), "• Een tarief.", "• Een loket.", None, *PROSE],
    )
    assert set(_paths(found)) == {("1. Belasting",)}


def test_the_full_stop_of_a_title_is_not_in_the_path() -> None:
    found = segments_of([("Veilig over straat.", 20, False), *PROSE])
    assert _paths(found) == [("Veilig over straat",)]
    assert found[0].text == "Veilig over straat."
