from __future__ import annotations

import pytest

from sdgalign.reports.explanation import build_explanation
from sdgalign.reports.texts import texts
from sdgalign.segmentation import segment_document
from tests.segmentation.build import Spec, make_document

PROSE = [
    "De gemeente werkt aan een dorp waar iedereen goed kan wonen en waar",
    "kinderen veilig naar school fietsen.",
]
TITLES = ("Wonen", "Zorg", "Groen", "Werk")
PAGE: list[Spec] = [
    spec
    for title in TITLES
    for spec in (None, (title, 26.0, False), None, (f"Meer {title}", 14.0, True), *PROSE)
]


def _outline(chapter: int, section: int) -> list[tuple[int, str, int]]:
    both = ((title, f"Meer {title}") for title in TITLES)
    return [
        (level, text, 2)
        for pair in both
        for level, text in zip((chapter, section), pair, strict=True)
    ]


@pytest.mark.parametrize(
    ("outline", "code"),
    [
        (_outline(1, 2), "used"),
        (_outline(2, 1), "named"),
        ([(1, "woord " * 40, 2)] * 4, "paragraphs"),
        ([(1, "Elders", 2)], "unmatched"),
        ([], "none"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_tells_what_the_bookmarks_were_good_for(
    outline: list[tuple[int, str, int]], code: str, language: str
) -> None:
    document = make_document(PAGE, outline=outline)
    told = build_explanation(document, segment_document(document), 1.0, language)["outline"]
    assert told["code"] == code
    start, _, _ = texts(language)[f"outline.{code}"].partition("{n}")
    assert told["text"].startswith(start)
