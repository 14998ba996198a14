"""Pages that are pictures of text, read where Tesseract is installed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sdgalign.documents import ocr
from sdgalign.documents.document import Page, PageNote, PathCode
from sdgalign.documents.ocr_pages import may_be_scan, recognised_words, says_more
from sdgalign.documents.rawline import RawLine

Place = Callable[[int, Sequence[RawLine], tuple[float, float], Sequence[PageNote]], Page]
"""Makes a page of its index, its lines, its width and height, and its notes."""


def with_pictures(
    pdf: Any,  # noqa: ANN401 (pypdfium2 has no types)
    pages: Sequence[Page],
    place: Place,
    on_page: Callable[[int, int], None] | None,
    *,
    words: bool = False,
) -> list[Page]:
    """Return the pages with the text of those that are pictures.

    A page without text may be a photograph: what is unsure is not kept.

    Args:
        pdf: A ``pypdfium2.PdfDocument``.
        pages: Its pages as read.
        place: Makes a page of recognised lines.
        on_page: Called now and then, to show that the work goes on.
        words: Whether to give the place of every word too.
    """
    result = list(pages)
    pictures = [page.number - 1 for page in pages if may_be_scan(page, pdf, ocr.DPI)]
    # Asking for languages takes longer than reading ten pages: only where there is a picture.
    if not pictures or not ocr.languages():
        return result

    def tell() -> None:
        if on_page is not None:
            on_page(len(pages), len(pages))

    found = ocr.recognise_all((_picture(pdf, index) for index in pictures), tell)
    for index, recognised in zip(pictures, found, strict=True):
        if recognised.is_text and says_more(recognised.lines, result[index]):
            made = _recognised(result[index], recognised, place)
            found_words = recognised_words(recognised.lines, index + 1) if words else ()
            result[index] = replace(made, words=found_words)
        tell()
    return result


def _picture(pdf: Any, index: int) -> Any:  # noqa: ANN401
    page = pdf[index]
    try:
        return page.render(scale=ocr.DPI / 72, grayscale=True).to_pil()
    finally:
        page.close()


def _recognised(page: Page, found: ocr.Recognised, place: Place) -> Page:
    sides = (page.width, page.height)
    width, height = sides if found.turned % 180 == 0 else sides[::-1]
    notes = [PageNote(PathCode.RECOGNISED, round(100 * found.sureness))]
    if found.turned:
        notes.append(PageNote(PathCode.TURNED, found.turned))
    return place(page.number - 1, found.lines, (width, height), notes)
