from __future__ import annotations

from dataclasses import replace

import pytest

from sdgalign.documents.document import Box, Line, LineRole, Page
from sdgalign.documents.furniture import mark_furniture
from sdgalign.documents.pdf import read_pdf
from tests.shared import SHARED, needs_shared

BODY = [f"Dit is gewone tekst, regel {number}." for number in range(5)]


def _line(page: int, y: float, text: str, x: float = 60, size: float = 10) -> Line:
    return Line(text, Box(page, x, y, x + 5 * len(text), y + size), size)


def _page(number: int, *texts: tuple[float, str], width: float = 595) -> Page:
    body = [_line(number, 200 + 14 * row, f"{text} {number}") for row, text in enumerate(BODY)]
    lines = [*body, *(_line(number, y, text) for y, text in texts)]
    return Page(number, width, 842, tuple(lines))


def _roles(pages: list[Page]) -> list[dict[str, LineRole]]:
    return [
        {line.text: line.role for line in page.lines if line.role is not LineRole.BODY}
        for page in mark_furniture(pages)
    ]


def test_a_running_header_and_a_page_number_are_marked() -> None:
    pages = [_page(n, (20, "Bestuursakkoord 2025-2030"), (810, str(n))) for n in range(1, 6)]
    for number, roles in enumerate(_roles(pages), 1):
        assert roles == {
            "Bestuursakkoord 2025-2030": LineRole.HEADER,
            str(number): LineRole.PAGE_NUMBER,
        }


def test_left_and_right_pages_may_differ() -> None:
    pages = [
        _page(n, (20, "Gemeente Lindebeke" if n % 2 else "Programma"), (815, f"– {n} –"))
        for n in range(1, 9)
    ]
    assert all(len(roles) == 2 for roles in _roles(pages))


def test_a_running_title_may_change_with_the_chapter() -> None:
    titles = ["Wonen", "Wonen", "Wonen", "Zorg", "Mobiliteit", "Mobiliteit", "Mobiliteit", "Groen"]
    pages = [_page(n, (30, title)) for n, title in enumerate(titles, 1)]
    assert [list(roles) for roles in _roles(pages)] == [[title] for title in titles]


def test_a_bold_label_that_mostly_stands_in_the_text_is_no_header_where_it_opens_a_page() -> None:
    def label(page: int, y: float) -> Line:
        return replace(_line(page, y, "Onze maatregelen:"), bold=True)

    pages = [_page(n) for n in range(1, 13)]
    for number in range(1, 13):
        height = 60 if number in (2, 5, 9) else 300
        lines = pages[number - 1].lines
        at = 0 if height == 60 else len(lines)
        moved = (*lines[:at], label(number, height), *lines[at:])
        pages[number - 1] = replace(pages[number - 1], lines=moved)
    assert _roles(pages) == [{}] * 12


def test_the_first_line_of_a_title_of_two_lines_is_no_header() -> None:
    pages = [_page(n) for n in range(1, 21)]
    for number in (3, 8, 14, 17):
        title = (
            _line(number, 60, "Samen zorgen wij", size=16),
            _line(number, 79, f"voor onderwerp {'abcd'[number % 4]}", size=16),
        )
        page = pages[number - 1]
        pages[number - 1] = replace(page, lines=(*title, *page.lines))
    assert _roles(pages) == [{}] * 20


def test_text_outside_the_page_is_set_apart() -> None:
    pages = [_page(1, (-25, "Tekst boven het papier"), (20, "Kop van de eerste pagina"))]
    assert _roles(pages) == [{"Tekst boven het papier": LineRole.MARGIN}]


def test_a_large_title_that_a_few_chapters_share_is_no_header() -> None:
    pages = [_page(n) for n in range(1, 13)]
    for number in (2, 5, 9):
        page = pages[number - 1]
        title = _line(number, 60, "Inleiding", size=26)
        pages[number - 1] = Page(number, 595, 842, (title, *page.lines))
    assert _roles(pages) == [{}] * 12


def test_a_second_line_under_the_header_goes_with_it() -> None:
    pages = [_page(n, (20, "Vlaamse regering"), (32, f"Hoofdstuk {n // 4}")) for n in range(1, 9)]
    assert all(len(roles) == 2 for roles in _roles(pages))


def test_a_spread_counts_two_pages_at_once() -> None:
    pages = [_page(n, (810, str(2 * n)), (811, str(2 * n + 1)), width=1190) for n in range(1, 6)]
    assert all(set(roles.values()) == {LineRole.PAGE_NUMBER} for roles in _roles(pages))
    assert all(len(roles) == 2 for roles in _roles(pages))


@pytest.mark.parametrize(
    "text", ["2030", "17 doelstellingen", "Wij bouwen 12 woningen.", "Hierop mag u ons afrekenen"]
)
def test_body_text_that_happens_to_stand_low_stays_body(text: str) -> None:
    pages = [_page(n) for n in range(1, 6)]
    pages[2] = _page(3, (800, text))
    assert _roles(pages) == [{}] * 5


def test_text_that_repeats_in_the_middle_of_pages_stays_body() -> None:
    pages = [_page(n, (400, "Hierop mag u ons afrekenen")) for n in range(1, 6)]
    assert _roles(pages) == [{}] * 5


def test_numbers_that_do_not_count_with_the_pages_stay_body() -> None:
    pages = [_page(n, (800, str(number))) for n, number in enumerate((38, 34, 29, 26, 17), 1)]
    assert _roles(pages) == [{}] * 5


@needs_shared
@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("vlaams_regeerakkoord_2019", "Vlaanderen schittert"),
        ("2021_VVD", "Verkiezingsprogramma 2021 -2025 - Economie en Ondernemen"),
        ("uk2017_conservative", "3. THE WORLD’S GREAT MERITOCRACY"),
        ("2021_Groenlinks", "VERKIEZINGSPROGRAMMA GROENLINKS 2021"),
    ],
)
def test_headers_of_real_documents(name: str, header: str) -> None:
    pages = read_pdf(SHARED / f"pdf/real/{name}.pdf").pages
    found = {line.text for page in pages for line in page.lines if line.role is not LineRole.BODY}
    assert header in found
    # Nothing that ends as a sentence does was taken from the body.
    assert not [text for text in found if text.endswith(".") and len(text) > 25]
