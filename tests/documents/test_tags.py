from __future__ import annotations

from pathlib import Path

from sdgalign.documents.document import PathCode
from sdgalign.documents.pdf import read_pdf
from sdgalign.segmentation import segment_document
from sdgalign.segmentation.segment import SegmentKind
from tests.documents.tagged import Tagged, write_tagged_pdf

PROSE = [
    ("De gemeente bouwt twaalf woningen voor jonge gezinnen in het centrum van het dorp.", "P"),
    ("We knappen ook de oude school op en maken er een huis voor alle verenigingen van.", ""),
    ("Dat doen we samen met de inwoners, die in het voorjaar hun wensen konden geven ons.", ""),
]
ITEMS = [
    ("Meer bomen in elke straat van de gemeente, te beginnen bij de straten in de buurt", "LI"),
    ("van de school, waar het in de zomer het warmst is", ""),
    ("Premies voor isolatie van oude woningen, ook voor wie zijn woning verhuurt aan een", "LI"),
    ("gezin met een laag inkomen", ""),
]


def kinds(path: Path) -> list[tuple[SegmentKind, str]]:
    return [(segment.kind, segment.text[:20]) for segment in segment_document(read_pdf(path))]


def tags(path: Path) -> list[str | None]:
    return [line.tagged for page in read_pdf(path).pages for line in page.lines]


def test_items_with_drawn_bullets_are_items(tmp_path: Path) -> None:
    path = write_tagged_pdf(tmp_path / "a.pdf", [*PROSE, *ITEMS])
    found = kinds(path)
    assert (SegmentKind.LIST_ITEM, "Meer bomen in elke s") in found
    assert (SegmentKind.LIST_ITEM, "Premies voor isolati") in found
    assert found[0][0] is SegmentKind.PARAGRAPH
    assert read_pdf(path).pages[0].went(PathCode.TAGGED)


def test_a_heading_in_the_font_of_the_text_stands_above_it(tmp_path: Path) -> None:
    heading: Tagged = ("Betaalbaar huren", "H3")
    segments = segment_document(
        read_pdf(write_tagged_pdf(tmp_path / "a.pdf", [*PROSE, heading, *PROSE]))
    )
    assert [s.text for s in segments if s.kind is SegmentKind.HEADING] == ["Betaalbaar huren"]
    assert segments[-1].heading_path == ("Betaalbaar huren",)


def test_prose_that_is_tagged_as_a_heading_stays_prose(tmp_path: Path) -> None:
    prose = [(text, "H2" if tag else "") for text, tag in PROSE]
    path = write_tagged_pdf(tmp_path / "a.pdf", [*prose, *PROSE, *ITEMS])
    assert "heading" not in tags(path)
    assert SegmentKind.HEADING not in {kind for kind, _ in kinds(path)}


def test_tags_of_a_file_that_does_not_vouch_for_them_are_no_hint(tmp_path: Path) -> None:
    path = write_tagged_pdf(tmp_path / "a.pdf", [*PROSE, *ITEMS], marked=False)
    assert set(tags(path)) == {None}


def test_lists_in_a_contents_are_no_items(tmp_path: Path) -> None:
    contents = [(f"{number} Wonen in de wijk nummer {number}", "TOCI") for number in range(6)]
    assert set(tags(write_tagged_pdf(tmp_path / "a.pdf", contents))) == {None}
