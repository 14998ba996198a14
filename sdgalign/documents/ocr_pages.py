"""Which pages of a PDF may be pictures of text, so that their words have to be recognised."""

from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium

from sdgalign.documents.document import Box, Page, PathCode, PrintedWord
from sdgalign.documents.rawline import RawLine

_LARGEST = 100_000_000
"""Dots of a picture of a page; a sheet of two square metres has fewer. A larger one is not read."""
_FEW_WORDS = 25
"""A scanned annex may bear a stamp, a page number or the title of the document as text."""
_COVERED = 0.5
"""Share of a page that pictures cover, at least, for those words to be no more than that."""
_RICHER = 3.0
"""The picture must say so many times more than the text of its page."""


def may_be_scan(page: Page, pdf: Any, dpi: int) -> bool:  # noqa: ANN401 (pypdfium2 has no types)
    """Return whether a page has no text, or hardly any beside a picture.

    Args:
        page: As read.
        pdf: The open file.
        dpi: Of the picture that would be made of it.
    """
    is_empty = page.went(PathCode.EMPTY)
    if not is_empty and (page.went(PathCode.DAMAGED) or _words(page) > _FEW_WORDS):
        return False
    sheet = pdf[page.number - 1]
    try:
        if sheet.get_width() * sheet.get_height() * (dpi / 72) ** 2 >= _LARGEST:
            return False
        if is_empty:
            # Letters may be drawn as outlines too.
            return bool(pdfium.raw.FPDFPage_CountObjects(sheet.raw) > 0)
        return _covered_share(sheet) >= _COVERED
    finally:
        sheet.close()


def says_more(lines: list[RawLine], page: Page) -> bool:
    """Return whether what was recognised can stand for the text of its page too."""
    return sum(len(line.text.split()) for line in lines) > _RICHER * _words(page)


def recognised_words(lines: list[RawLine], page: int) -> tuple[PrintedWord, ...]:
    """Return the words of recognised lines with their places."""
    return tuple(
        PrintedWord(
            word.text,
            Box(page, *(round(edge, 1) for edge in (word.x0, line.top, word.x1, line.bottom))),
            line.size,
        )
        for line in lines
        for word in line.words
    )


def _words(page: Page) -> int:
    return sum(len(line.text.split()) for line in page.lines)


def _covered_share(sheet: Any) -> float:  # noqa: ANN401
    """Return which share of a page its pictures cover; scanners cut one in strips."""
    width, height = sheet.get_size()
    covered = 0.0
    for picture in sheet.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = picture.get_bounds()
        across = max(0.0, min(right, width) - max(left, 0.0))
        covered += across * max(0.0, min(top, height) - max(bottom, 0.0))
    return float(covered / max(width * height, 1.0))
