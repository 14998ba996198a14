from __future__ import annotations

from sdgalign.segmentation import SegmentKind
from tests.segmentation.build import Spec, make_line, segments_of

PROSE = [
    "De gemeente werkt aan een dorp waar iedereen goed kan wonen en waar",
    "kinderen veilig naar school fietsen.",
]
SECTION = ("3.2 Water", 13.0, True)
ITEM, HEADING = SegmentKind.LIST_ITEM, SegmentKind.HEADING


def test_numbers_without_a_dot_that_count_on_are_items() -> None:
    found = segments_of(
        [
            SECTION,
            *PROSE,
            None,
            "1 Ruimte geven aan de beken",
            None,
            "2 Regenwater laten insijpelen",
            None,
            "3 Zuinig zijn met drinkwater",
            None,
            *PROSE,
        ]
    )
    assert [s.text[:3] for s in found if s.kind is HEADING] == ["3.2"]
    assert [s.text[0] for s in found if s.kind is ITEM] == ["1", "2", "3"]
    assert {s.heading_path for s in found[1:]} == {("3.2 Water",)}


def test_numbers_without_a_dot_above_text_are_headings() -> None:
    found = segments_of([*PROSE, None, "1 Water", None, *PROSE, None, "2 Bodem", None, *PROSE])
    assert [s.text for s in found if s.kind is HEADING] == ["1 Water", "2 Bodem"]


def test_the_last_item_of_a_list_is_no_heading() -> None:
    found = segments_of([*PROSE, None, "1. Meer beken", None, "2. Minder steen", None, *PROSE])
    assert [s.text for s in found if s.kind is ITEM] == ["1. Meer beken", "2. Minder steen"]


def test_items_with_drawn_marks_do_not_join_over_columns() -> None:
    first = make_line("eerlijke contracten voor pachters;", 300, page=2)
    right = make_line("meer ruimte voor de beken;", 100, page=2, x=310, column=1)
    found = segments_of([*PROSE, first, right])
    assert [s.text for s in found[1:]] == [first.text, right.text]


def test_a_star_right_before_a_word_is_no_list_mark() -> None:
    found = segments_of([*PROSE, None, "*Dit plan wordt elk jaar bijgewerkt."])
    assert found[-1].kind is SegmentKind.PARAGRAPH
    assert found[-1].text.startswith("*Dit")


def test_first_lines_with_room_for_a_drawn_mark_start_items() -> None:
    lines = [
        make_line("open loketten in de dorpen", 300, page=2, x=87),
        make_line("en aan huis", 313, page=2, x=60),
        make_line("meer bussen naar de stad", 326, page=2, x=87),
        make_line("en naar het station", 339, page=2, x=60),
    ]
    found = segments_of([*PROSE, *lines])
    assert [s.text for s in found[1:]] == [
        "open loketten in de dorpen en aan huis",
        "meer bussen naar de stad en naar het station",
    ]


def test_a_capital_in_a_sentence_is_no_bullet_where_the_line_breaks_before_it() -> None:
    lines: list[Spec] = [
        "• De wet regelt hoe ouders, ook zonder huwelijk en zonder voogdij, voor",
        "O de kinderen",
    ]
    assert [s.text[-13:] for s in segments_of([*PROSE, None, *lines])][1:] == ["O de kinderen"]


def test_an_item_keeps_its_bold_start_also_where_that_fills_the_line() -> None:
    title = make_line("2. Wij omarmen de zorg voor en door buren zelf.", 300, page=2, bold=True)
    text = make_line("Daarom krijgen hun plannen meer ruimte.", 313, page=2, x=78)
    found = segments_of([*PROSE, None, "1. Wij luisteren.", title, text, *PROSE])
    assert [s.text for s in found if s.kind is ITEM] == [
        "1. Wij luisteren.",
        "2. Wij omarmen de zorg voor en door buren zelf. Daarom krijgen hun plannen meer ruimte.",
    ]
