"""Read a PDF with PDFium: the usual way is fast, doubtful pages get another look.

Runs in the disposable process of `sdgalign.documents.worker`; it sets no limits itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from sdgalign.documents.document import Document, Page, PathCode
from sdgalign.documents.doubts import check_text, damage_of, doubts_of
from sdgalign.documents.furniture import mark_furniture
from sdgalign.documents.opening import DAMAGE_HINT, bytes_of, open_pdf
from sdgalign.documents.outline import outline_of, title_of
from sdgalign.documents.pdfpage import PageReader
from sdgalign.documents.pictures import with_pictures
from sdgalign.documents.tags import without_doubtful_tags
from sdgalign.errors import DamagedError


def read_pdf(
    path: Path,
    *,
    password: str | None = None,
    on_page: Callable[[int, int], None] | None = None,
    words: bool = False,
    repair: bool = False,
    avoid: Collection[int] = (),
) -> Document:
    """Read a PDF file.

    Args:
        path: The file.
        password: Opens a file that is encrypted for its readers.
        on_page: Called with the number of pages read and their total.
        words: Whether to give the place of every word too, which takes up to twice as long.
        repair: Whether to repair the file first.
        avoid: Indices of the pages to leave out as damaged; they crashed the reader.

    Returns:
        The document, with a warning for each doubt.

    Raises:
        NotFoundError: When the file cannot be opened.
        FormatError: When it is no PDF.
        DamagedError: When it is damaged beyond reading.
        EncryptedError: When it needs a (different) password.
        NoTextError: When no page has text.
    """
    data = bytes_of(path)
    opened = open_pdf(path, data, password, repair=repair)
    pdf = opened.pdf
    try:
        is_second = repair or bool(avoid)
        reader = PageReader(opened, password, words=words, avoid=avoid)
        pages = _read_pages(pdf, reader, path, on_page, is_second=is_second)
        damage = damage_of(data, pages, opened.missing, is_second=is_second)
        check_text(path, pages, is_damaged=bool(damage))
        return Document(
            name=path.name,
            sha256=hashlib.sha256(data).hexdigest(),
            pages=mark_furniture(without_doubtful_tags(pages)),
            title=title_of(pdf),
            outline=tuple(outline_of(pdf)),
            doubts=(*damage, *doubts_of(pages)),
        )
    finally:
        pdf.close()


def _read_pages(
    pdf: Any,  # noqa: ANN401 (pypdfium2 has no types)
    reader: PageReader,
    path: Path,
    on_page: Callable[[int, int], None] | None,
    *,
    is_second: bool,
) -> list[Page]:
    """Read all pages; a damaged one is empty and noted."""
    pages: list[Page] = []
    total = len(pdf)
    if on_page is not None:
        on_page(0, total)
    for index in range(total):
        pages.append(reader.page(index))
        if on_page is not None:
            on_page(index + 1, total)
    damaged = sum(page.went(PathCode.DAMAGED) for page in pages)
    if damaged == total:
        raise DamagedError(str(path), "no page of the PDF can be read", DAMAGE_HINT)
    if damaged and not is_second:
        return pages  # a damaged file is read a second time, and pictures take long
    return with_pictures(pdf, pages, reader.placed, on_page, words=reader.wants_words)
