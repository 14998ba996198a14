"""What a file declares wins from what its print looks like."""

from __future__ import annotations

from sdgalign.documents.document import Box, Declared, Document, Line, Page
from sdgalign.segmentation import Segment, segment_document

PROSE = "We leggen tegen 2028 elf kilometer nieuwe fietspaden aan in de deelgemeenten."
NOWHERE = Box(1, 0.0, 0.0, 0.0, 0.0)


def line(declared: Declared | None, text: str, level: int = 0, **options: object) -> Line:
    return Line(text, NOWHERE, 11.0, declared=declared, level=level, **options)


def heading(level: int, text: str) -> Line:
    return line(Declared.HEADING, text, level)


def text(words: str = PROSE, **options: object) -> Line:
    return line(Declared.PARAGRAPH, words, **options)


def segments(*lines: Line) -> tuple[Segment, ...]:
    return segment_document(Document("made.docx", "0" * 64, (Page(1, 0.0, 0.0, lines),)))


def test_each_declared_paragraph_is_one_segment() -> None:
    found = segments(text("We bouwen een school, zonder punt"), text("en een bibliotheek"), text())
    assert [each.text for each in found] == [
        "We bouwen een school, zonder punt",
        "en een bibliotheek",
        PROSE,
    ]


def test_the_level_decides_and_not_the_number_or_the_size() -> None:
    found = segments(
        heading(1, "1.2.3 Eerst"),
        heading(2, "Hoofdstuk 1 Dan"),
        text(),
        heading(2, "DAARNA"),
        text(),
        heading(1, "4.1 Tot slot"),
        text(),
    )
    assert [each.context for each in found if each.text == PROSE] == [
        "1.2.3 Eerst > Hoofdstuk 1 Dan",
        "1.2.3 Eerst > DAARNA",
        "4.1 Tot slot",
    ]


def test_what_only_looks_like_a_heading_stands_below_the_declared() -> None:
    found = segments(
        heading(3, "Wonen"), text("Sociaal wonen", bold=True), text(), heading(3, "Groen")
    )
    assert [(str(each.kind), each.context) for each in found] == [
        ("heading", ""),
        ("heading", "Wonen"),
        ("paragraph", "Wonen > Sociaal wonen"),
        ("heading", ""),
    ]


def test_a_list_item_is_never_a_heading() -> None:
    item = line(Declared.ITEM, "Een bibliotheek in elke kern", bold=True)
    assert [str(each.kind) for each in segments(text(), item, text())][1] == "list_item"


def test_the_typed_mark_of_an_item_is_left_out() -> None:
    (found,) = segments(line(Declared.ITEM, "• nieuwe zebrapaden"))
    assert (found.text, str(found.kind)) == ("nieuwe zebrapaden", "list_item")


def test_a_long_text_in_the_style_of_a_heading_is_evidence() -> None:
    found = segments(heading(1, " ".join([PROSE] * 4)), text())
    assert [str(each.kind) for each in found] == ["paragraph", "paragraph"]
    assert found[1].context == ""


def test_an_action_in_the_style_of_a_heading_is_evidence_and_context() -> None:
    found = segments(
        heading(1, "BD-1 Een groene gemeente"),
        heading(2, "AP-1.1 Meer bomen"),
        heading(3, "AC-1.1.1 We planten 500 bomen in het park"),
        text(),
        heading(3, "AC-1.1.2 We leggen een bos aan"),
        heading(2, "AP-1.2 Minder auto's"),
        text(),
    )
    assert [(str(each.kind), each.context) for each in found] == [
        ("heading", ""),
        ("heading", "BD-1 Een groene gemeente"),
        ("list_item", "BD-1 Een groene gemeente > AP-1.1 Meer bomen"),
        (
            "paragraph",
            "BD-1 Een groene gemeente > AP-1.1 Meer bomen > "
            "AC-1.1.1 We planten 500 bomen in het park",
        ),
        ("list_item", "BD-1 Een groene gemeente > AP-1.1 Meer bomen"),
        ("heading", "BD-1 Een groene gemeente"),
        ("paragraph", "BD-1 Een groene gemeente > AP-1.2 Minder auto's"),
    ]


def test_a_list_under_the_word_contents_stays_text() -> None:
    """A file without pages is one page: a guess would take all of it for the contents."""
    found = segments(
        heading(1, "Index"), *[text(f"We planten {n} bomen", bold=False) for n in range(9)]
    )
    assert "contents" not in {str(each.kind) for each in found}


def test_contents_with_typed_leaders_are_contents() -> None:
    entries = [text(f"Hoofdstuk {name} ........ {n}") for n, name in enumerate("ABCDE", 3)]
    found = segments(heading(1, "Inhoud"), *entries, heading(1, "Wonen"), text())
    assert [str(each.kind) for each in found] == [*["contents"] * 6, "heading", "paragraph"]
