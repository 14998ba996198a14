from __future__ import annotations

from sdgalign.segmentation import Segment, SegmentKind
from tests.segmentation.build import Spec, make_line, segments_of

PROSE = [
    "De gemeente werkt aan een dorp waar iedereen goed kan wonen en waar",
    "kinderen veilig naar school fietsen.",
]
HEADING = ("Wonen", 20.0, True)


def _path(found: list[Segment], start: str) -> tuple[str, ...]:
    return next(s.heading_path for s in found if s.text.startswith(start))


def test_what_announces_a_list_stands_above_its_items_and_not_above_the_text_after_it() -> None:
    lead = "Huizen zijn duur. Daarom kopen wij met de andere gemeenten samen:"
    found = segments_of(
        [HEADING, *PROSE, None, lead, "• grond langs de vaart", "• lege winkels", None, *PROSE]
    )
    assert _path(found, "lege") == ("Wonen", "Daarom kopen wij met de andere gemeenten samen")
    assert found[-1].heading_path == ("Wonen",)


def test_a_short_announcement_leaves_the_word_to_the_sentence_before_it() -> None:
    lead = "Wie leraar wordt, krijgt een gouden ticket. Dat is:"
    found = segments_of([HEADING, lead, "• een gratis opleiding", "• een stage", None, *PROSE])
    assert _path(found, "een stage") == ("Wonen", "Wie leraar wordt, krijgt een gouden ticket")


def test_an_item_stands_above_the_list_in_it_and_not_above_the_items_beside_it() -> None:
    found = segments_of(
        [
            HEADING,
            make_line("• Wij kopen met de andere gemeenten van de streek:", 120, page=2, x=60),
            make_line("• grond langs de vaart;", 133, page=2, x=80),
            make_line("• lege winkels.", 146, page=2, x=80),
            make_line("• Wij bouwen zelf.", 159, page=2, x=60),
        ]
    )
    lead = "Wij kopen met de andere gemeenten van de streek"
    assert _path(found, "lege") == ("Wonen", lead)
    assert _path(found, "Wij bouwen") == ("Wonen",)


def test_the_later_pieces_of_an_item_keep_its_subject() -> None:
    sentence = "Wij bouwen elk jaar twaalf nieuwe sociale woningen in de drie dorpen van de streek."
    lines: list[Spec] = ["1. Huizen voor iedereen. " + sentence, *[sentence] * 9]
    first, second, *_ = segments_of([HEADING, *PROSE, None, *lines])[2:]
    assert first.heading_path == ("Wonen",)
    assert second.kind is SegmentKind.LIST_ITEM
    assert second.heading_path == ("Wonen", "1. Huizen voor iedereen")


def test_a_long_first_sentence_is_no_subject_of_a_paragraph() -> None:
    sentence = "Wij bouwen elk jaar twaalf nieuwe sociale woningen in de drie dorpen van de streek"
    long = f"{sentence}, en daarna nog tien andere."
    found = segments_of([HEADING, *[long] * 10])
    assert len(found) > 2
    assert {s.heading_path for s in found[1:]} == {("Wonen",)}


def test_a_short_line_above_and_left_of_items_says_what_they_are_about() -> None:
    def items(y: float, *texts: str) -> list[Spec]:
        return [
            make_line(f"• {text}", y + 14 * row, page=2, x=80) for row, text in enumerate(texts)
        ]

    found = segments_of(
        [
            HEADING,
            *PROSE,
            make_line("Het oude dorp", 200, page=2),
            *items(220, "Meer bomen aan de kerk", "Een bank bij de school"),
            make_line("De nieuwe wijk", 280, page=2),
            *items(300, "Een speeltuin"),
        ]
    )
    assert _path(found, "Een bank") == ("Wonen", "Het oude dorp")
    assert _path(found, "De nieuwe") == ("Wonen",)
    assert _path(found, "Een speeltuin") == ("Wonen", "De nieuwe wijk")
