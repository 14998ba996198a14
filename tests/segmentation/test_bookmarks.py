from __future__ import annotations

from sdgalign.documents.document import Document
from sdgalign.segmentation import SegmentKind, segment_document
from sdgalign.segmentation.running_text import running_text
from tests.segmentation.build import Spec, make_document

PROSE = [
    "De gemeente werkt aan een dorp waar iedereen goed kan wonen en waar",
    "kinderen veilig naar school fietsen.",
]
SECTIONS = ("Huren", "Kopen", "Samen wonen", "Bouwgrond")
PAGE: list[Spec] = [
    ("Wonen", 26.0, False),
    None,
    *(spec for title in SECTIONS for spec in (None, (title, 14.0, True), *PROSE, None)),
    ("Zorg", 26.0, False),
    None,
    ("Ouderen", 14.0, True),
    *PROSE,
]
CHAPTERS = ("Wonen", "Zorg")


def _document(chapter: int, section: int, *, paragraphs: int = 0) -> Document:
    titles = ["Wonen", *SECTIONS, "Zorg", "Ouderen"]
    outline = [(chapter if title in CHAPTERS else section, title, 2) for title in titles]
    long = " ".join(["woord"] * 30)
    return make_document(PAGE, outline=[*outline, *[(1, long, 2)] * paragraphs])


def _paths(document: Document) -> set[tuple[str, ...]]:
    found = segment_document(document)
    return {s.heading_path for s in found if s.kind is SegmentKind.PARAGRAPH and s.pages != (1,)}


TREE = {*(("Wonen", title) for title in SECTIONS), ("Zorg", "Ouderen")}


def test_levels_that_agree_with_the_print_are_trusted() -> None:
    document = _document(1, 2)
    assert running_text(document).bookmarks.have_levels
    assert _paths(document) == TREE


def test_levels_upside_down_leave_the_tree_to_the_print() -> None:
    document = _document(3, 1)
    bookmarks = running_text(document).bookmarks
    assert bookmarks.are_titles and not bookmarks.have_levels
    assert _paths(document) == TREE


def test_an_outline_of_paragraphs_is_not_used() -> None:
    document = _document(3, 1, paragraphs=7)
    bookmarks = running_text(document).bookmarks
    assert not bookmarks.are_titles
    assert not bookmarks.has("Wonen", 2)
    assert _paths(document) == TREE
