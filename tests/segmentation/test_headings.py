from __future__ import annotations

from dataclasses import replace

import pytest

from sdgalign.segmentation import SegmentKind
from tests.segmentation.build import Spec, make_line, segments_of

PROSE = [
    "De gemeente werkt aan een dorp waar iedereen goed kan wonen en waar",
    "kinderen veilig naar school fietsen.",
]


def _headings(*pages: list[Spec]) -> list[str]:
    return [s.text for s in segments_of(*pages) if s.kind is SegmentKind.HEADING]


def test_a_long_title_with_the_number_of_a_section_is_a_heading() -> None:
    title = [
        ("2.2.4", 13.0, False),
        ("Een beleid voor de hele samenleving", 13.0, False),
        ("met bijzondere aandacht voor de", 13.0, False),
        ("mensen die het meest te winnen", 13.0, False),
        ("hebben bij een dorp dat hen kent", 13.0, False),
        ("en hen helpt.", 13.0, False),
    ]
    (found,) = _headings([*PROSE, None, *title, None, *PROSE])
    assert found.startswith("2.2.4 Een beleid") and found.endswith("hen helpt.")


def test_a_title_goes_on_after_its_colon() -> None:
    title = [("Samenwerking:", 20.0, False), ("goed voor het dorp en de wereld", 20.0, False)]
    long = make_line("x" * 110, 60, page=2)
    assert _headings([long, None, *title, None, *PROSE]) == [
        "Samenwerking: goed voor het dorp en de wereld"
    ]


def test_capitals_right_above_their_text_are_a_heading() -> None:
    long = make_line("Wij delen wat er is met wie te weinig heeft, " * 2, 300, page=2)
    title = make_line("DE WINST VAN DELEN", 287, page=2)
    assert _headings([*PROSE, title, long]) == ["DE WINST VAN DELEN"]


@pytest.mark.parametrize("function", [None, "Voorzitter van de gemeenteraad"])
def test_who_signs_is_no_heading(function: str | None) -> None:
    name: list[Spec] = [None, ("Anna van den Berg", 10, True)]
    signed = [*PROSE, *name, *([] if function is None else [(function, 10, False)])]
    assert _headings(signed, [("Wonen", 20, True), *PROSE]) == ["Wonen"]


def test_a_name_above_text_is_a_heading() -> None:
    assert _headings([*PROSE, None, ("Park Spoor Noord", 10, True), *PROSE]) == ["Park Spoor Noord"]


@pytest.mark.parametrize(("codes", "is_plan"), [([], False), (["BD-1 Een vlot dorp"], True)])
def test_a_letter_and_a_number_are_an_action_only_in_a_plan(
    codes: list[str], is_plan: bool
) -> None:
    found = segments_of([*PROSE, None, *codes, None, "A8 Heraanleg", None, *PROSE])
    assert any("A8" in title for title in found[-1].heading_path) is is_plan


def test_a_long_title_with_a_full_stop_is_a_heading_by_its_size() -> None:
    title = "Een dorp dat je met de fiets én met de bus bereikt."
    assert _headings([*PROSE, None, (title, 11.0, True), *PROSE]) == [title]
    assert _headings([*PROSE, None, (title, 10.0, True), *PROSE]) == []


def test_a_large_line_that_was_hardly_recognised_is_no_heading() -> None:
    logo = make_line("Parti tr |", 150, page=2, size=20)
    found = [replace(logo, sureness=sureness) for sureness in (0.95, 0.5)]
    assert [_headings([*PROSE, line, make_line(PROSE[0], 200, page=2)]) for line in found] == [
        ["Parti tr |"],
        [],
    ]


def test_a_large_sentence_between_large_sentences_is_text() -> None:
    lead = "Wij staan voor een dorp waar iedereen zich thuis voelt, jong en oud."
    short = "Daarvoor is een helder plan nodig."
    large = [spec for text in (lead, short, lead) for spec in (None, (text, 14.0, False))]
    assert _headings([*PROSE, *large], [("Wonen", 20, True), *PROSE]) == ["Wonen"]
