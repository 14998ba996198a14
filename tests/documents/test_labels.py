"""The number printed on a page beside its number in the file."""

from __future__ import annotations

import pytest

from sdgalign.documents.document import Box, Document, Line, LineRole, Page
from sdgalign.documents.labels import printed_labels
from sdgalign.documents.titles import declared_title, title_from_name


def page(number: int, *printed: str, label: str = "") -> Page:
    """A page with page numbers, the right one first in reading order."""
    lines = [
        Line(text, Box(number, 500 - 400 * at, 800, 520, 810), 9, role=LineRole.PAGE_NUMBER)
        for at, text in enumerate(printed)
    ]
    body = Line("12", Box(number, 70, 80, 500, 110), 11)
    return Page(number, 595, 842, (body, *lines), label=label)


@pytest.mark.parametrize(
    ("made", "label"),
    [
        (page(13, "– 11 –"), "11"),
        (page(9, "17", "16"), "16–17"),
        (page(3, "iii"), "iii"),
        (page(4, "9", label="A-2"), "A-2"),
    ],
)
def test_a_printed_number_that_differs_is_known(made: Page, label: str):
    document = Document(name="plan.pdf", sha256="ab" * 32, pages=(made,))
    assert printed_labels(document) == {made.number: label}


@pytest.mark.parametrize("made", [page(5, "5"), page(5), page(5, label="5"), page(5, "Bijlage")])
def test_otherwise_there_is_none(made: Page):
    assert printed_labels(Document(name="plan.pdf", sha256="ab" * 32, pages=(made,))) == {}


def test_a_file_name_is_no_title_but_gives_one():
    assert declared_title("MJP_2026_def") == ""
    assert declared_title("Plan 2026_2031 voor Oevermeer") == "Plan 2026_2031 voor Oevermeer"
    assert title_from_name("2021_Groenlinks.pdf") == "2021 Groenlinks"
    assert title_from_name("_.pdf") == "_.pdf"
