"""Nothing that a page prints is lost or doubled on the way to the segments."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdgalign.documents.document import Document, LineRole, PathCode
from sdgalign.documents.pdf import read_pdf
from sdgalign.segmentation import cleaned_text, segment_document
from sdgalign.segmentation.marks import MarkKind, list_mark
from tests.pdfs import Put, column, write_pdf
from tests.shared import CORPORA, SHARED

REORDERED = {
    "harrowmere-council-programme-2025",
    "multi-column",
    "vlaams_regeerakkoord_2019",
    "ams2026_vvd",
    "plan_ruled_table",
}
"""Documents with footnotes, or with rows that a page cuts: their text is told in one piece."""
_HYPHENS = re.compile(r"[-\u2010\u00ad\ufffe]")
REAL = [
    *sorted(CORPORA.glob("*.pdf")),
    *sorted(path for path in (SHARED / "pdf").glob("[rp]*/*.pdf") if "notext" not in path.name),
]


def _printed(text: str) -> str:
    """Return the characters that are not white space and not hyphens."""
    return _HYPHENS.sub("", "".join(text.split())).replace("\x00", "").replace("\u200b", "")


def _body(document: Document) -> str:
    """Return the characters of the body in reading order, without bullets."""
    parts = []
    for page in document.pages:
        for line in page.lines:
            if line.role is LineRole.BODY:
                parts.append(line.text)
    return "".join(parts)


def _without_bullets(text: str) -> str:
    return re.sub(r"[–—•●▪■□◦○‣▶►➢➤✓✔·∙*»›oO§\ue000-\uf8ff]", "", _printed(text))


def _check_segments(document: Document, *, is_reordered: bool = False) -> None:
    segments = segment_document(document)
    text = cleaned_text(segments)
    found, expected = _without_bullets(text), _without_bullets(_body(document))
    if is_reordered:
        # A footnote moves behind the paragraph that runs on over the page, and the amounts
        # beside a text stand before it when the page cuts it.
        assert Counter(found) == Counter(expected)
    else:
        assert found == expected
    for segment in segments:
        assert text[segment.start : segment.end] == segment.text
        assert segment.text == " ".join(segment.text.split())
        assert segment.boxes
    assert [segment.id for segment in segments] == sorted({segment.id for segment in segments})


def _check_lines(path: Path, document: Document) -> None:
    pdf = pdfium.PdfDocument(path)
    for page, read in zip(pdf, document.pages, strict=True):
        if read.went(PathCode.RECOGNISED):
            continue  # a picture: its letters are not in the file
        textpage = page.get_textpage()
        expected = Counter(_printed(textpage.get_text_range()))
        found = Counter(_printed("".join(line.text for line in read.lines)))
        # A letter of a font of symbols becomes a bullet.
        swapped = found["•"] - expected["•"]
        assert (found - expected).total() <= swapped, (path.name, read.number, found - expected)
        assert (expected - found).total() <= swapped, (path.name, read.number, expected - found)
        textpage.close()
        page.close()
    pdf.close()


@pytest.mark.shared
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_documents_keep_every_character(path: Path) -> None:
    document = read_pdf(path)
    _check_lines(path, document)
    _check_segments(document, is_reordered=path.stem in REORDERED)


if not SHARED.is_dir():

    @pytest.mark.skip(reason="needs the test material in ../shared, which is not in the project")
    def test_shared_documents_keep_every_character() -> None: ...


_WORDS = st.sampled_from(
    "de gemeente bouwt twaalf woningen voor jonge gezinnen en zee- en binnenvaart energie-"
    " CO2-neutraal sociaal- economisch (2030) 55% o.a. bv. plan. klimaat, armoede: water;"
    " fietspad – 1. a) • - Brussel Énergie naïef".split(" ")
)
_LINES = st.lists(_WORDS, min_size=1, max_size=7).map(" ".join)
_BLOCKS = st.lists(
    st.tuples(
        st.lists(_LINES, min_size=1, max_size=6),
        st.sampled_from(["", "• ", "- ", "1. ", "AC-1.1.2 "]),
        st.sampled_from([("Helvetica", 10), ("Helvetica-Bold", 10), ("Helvetica-Bold", 16)]),
    ),
    min_size=1,
    max_size=6,
)


def _pages(blocks: list[tuple[list[str], str, tuple[str, int]]], columns: int) -> list[list[Put]]:
    pages: list[list[Put]] = [[]]
    place, y = 0, 120.0
    for lines, mark, (font, size) in blocks:
        if y + 20 * len(lines) > 700:
            place, y = place + 1, 120.0
            if place % columns == 0:
                pages.append([])
        x = 60 + (place % columns) * 260
        texts = [mark + lines[0], *lines[1:]]
        pages[-1] += column(texts, x, y, font=font, size=size, leading=size * 1.3)
        y += size * 1.3 * len(lines) + 12
    return pages


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(blocks=st.lists(_BLOCKS, min_size=1, max_size=4), columns=st.sampled_from([1, 2]))
def test_any_document_keeps_every_character(
    tmp_path: Path, blocks: list[list[tuple[list[str], str, tuple[str, int]]]], columns: int
) -> None:
    path = write_pdf(tmp_path / "made.pdf", _pages(list(chain.from_iterable(blocks)), columns))
    document = read_pdf(path)
    _check_lines(path, document)
    _check_segments(document)


def test_a_dash_is_a_bullet_only_at_a_line_start() -> None:
    mark = list_mark("– bouwen")
    assert mark is not None
    assert mark.kind is MarkKind.DASH
    assert list_mark("bouwen – slopen") is None
