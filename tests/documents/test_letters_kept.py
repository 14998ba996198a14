"""No letter is lost or doubled from PDFium's text to the lines in reading order."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pypdfium2 as pdfium
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from sdgalign.documents.lines import join_lines, split_lines
from sdgalign.documents.order import fold_of, order_lines
from sdgalign.documents.pdf import read_pdf
from sdgalign.documents.rawline import RawLine, Word
from tests.pdfs import Put, write_pdf

_quick = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_HYPHENS = re.compile("[\u00ad\ufffe]")
_WORDS = st.sampled_from(
    "de gemeente bouwt 12 woningen € 3.500 – • 1. a) CO2-arm energie- 2030 (ja) naïef %".split()
)
_TEXTS = st.lists(_WORDS, min_size=1, max_size=6).map(" ".join)
_ROWS = st.lists(st.tuples(_TEXTS, _TEXTS), min_size=1, max_size=30)


def _letters(*texts: str) -> Counter[str]:
    """Count letters; a hyphen at the end of a line has a character of its own."""
    plain = (_HYPHENS.sub("-", text) for text in texts)
    return Counter(char for text in plain for char in text if not char.isspace())


def _read(path: Path) -> Counter[str]:
    return _letters(*(line.text for page in read_pdf(path).pages for line in page.lines))


def _printed(path: Path) -> Counter[str]:
    pdf = pdfium.PdfDocument(path)
    try:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()
    return _letters(*texts)


def _rows(rows: list[tuple[str, str]], x: float, size: float) -> list[Put]:
    return [
        put
        for number, (left, right) in enumerate(rows)
        for put in (
            Put(40, 80 + 14 * number, left, size=size),
            Put(x, 80 + 14 * number, right, size=size),
        )
    ]


@_quick
@given(rows=_ROWS, x=st.sampled_from([200.0, 310.0, 330.0]))
def test_columns_written_row_by_row(tmp_path: Path, rows: list[tuple[str, str]], x: float) -> None:
    path = write_pdf(tmp_path / "rows.pdf", [_rows(rows, x, 9)])
    assert _read(path) == _printed(path)


@_quick
@given(rows=_ROWS)
def test_spreads(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    size = landscape(A4)
    path = write_pdf(tmp_path / "spread.pdf", [_rows(rows, size[0] / 2 + 40, 10)], size=size)
    assert _read(path) == _printed(path) == _letters(*(text for row in rows for text in row))


@_quick
@given(
    texts=st.lists(_TEXTS, min_size=1, max_size=12),
    slope=st.sampled_from([0, 30, 90, 180, 270]),
    turned=st.sampled_from([0, 90, 180, 270]),
)
def test_rotated_text_on_turned_pages(
    tmp_path: Path, texts: list[str], slope: int, turned: int
) -> None:
    path = tmp_path / "rotated.pdf"
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for number, text in enumerate(texts):
        canvas.saveState()
        canvas.translate(300, 420)
        canvas.rotate(slope if number % 2 else 0)
        canvas.drawString(0, 16 * number, text)
        canvas.restoreState()
    canvas.save()
    writer = PdfWriter(clone_from=path)
    writer.pages[0].rotate(turned)
    writer.write(path)
    assert _read(path) == _printed(path)


_NUMBERS = st.floats(0, 700).map(lambda value: round(value, 1))


@st.composite
def _raw_lines(draw: st.DrawFn) -> RawLine:
    x, top, size = draw(_NUMBERS), draw(_NUMBERS), draw(st.sampled_from([6.0, 9.0, 10.0, 16.0]))
    words: list[Word] = []
    for text in draw(_TEXTS).split():
        end = x + 0.5 * size * len(text)
        words.append(Word(text, x, end, size, draw(st.booleans()), top + size))
        x = end + draw(st.sampled_from([-40.0, 2.5, 3.0, 12.0, 30.0, 200.0]))
    return RawLine(
        text=" ".join(word.text for word in words),
        x0=words[0].x0,
        top=top,
        x1=words[-1].x1,
        bottom=top + size,
        size=size,
        rotated=draw(st.integers(0, 9)) == 0,
        words=tuple(words) if draw(st.booleans()) else (),
    )


@settings(max_examples=200, deadline=None)
@given(lines=st.lists(_raw_lines(), max_size=40), width=st.sampled_from([595.0, 1190.0]))
def test_any_lines_in_any_place(lines: list[RawLine], width: float) -> None:
    wanted = _letters(*(line.text for line in lines))
    fold = fold_of(lines, width, 842)
    ordered, _ = order_lines(join_lines(split_lines(lines, fold)), 842, fold)
    assert _letters(*(line.text for line in ordered)) == wanted
