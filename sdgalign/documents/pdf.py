"""Read a PDF with PDFium: the usual way is fast, doubtful pages get another look.

Runs in the disposable process of `sdgalign.documents.worker`; it sets no limits itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from sdgalign.documents.document import Box, Document, Line, LineRole, OutlineEntry, Page
from sdgalign.documents.furniture import mark_furniture
from sdgalign.documents.garbled import read_garbled_page
from sdgalign.documents.lines import join_lines, split_lines
from sdgalign.documents.order import fold_of, number_columns, order_lines
from sdgalign.documents.tables import has_rules, rule_tables
from sdgalign.documents.textlayer import RawLine, TextLayer
from sdgalign.errors import EncryptedError, FormatError, NotFoundError, NoTextError

_OUTLINE_DEPTH, _OUTLINE_ENTRIES = 8, 5000
"""Bounds on an outline, which may be a loop."""
_GARBLED_SHARE = 0.5
_HEADER_REACH = 1024
_SCAN_HINT = "Recognise the text first (for example with ocrmypdf) and give the result."


def read_pdf(
    path: Path,
    *,
    password: str | None = None,
    on_page: Callable[[int, int], None] | None = None,
) -> Document:
    """Read a PDF file.

    Args:
        path: The file.
        password: Opens a file that is encrypted for its readers.
        on_page: Called with the number of pages read and their total.

    Returns:
        The document, with a warning for each doubt.

    Raises:
        NotFoundError: When the file cannot be opened.
        FormatError: When it is no PDF or damaged beyond reading.
        EncryptedError: When it needs a (different) password.
        NoTextError: When no page has text.
    """
    data = _bytes_of(path)
    pdf = _opened(path, data, password)
    try:
        pages, warnings = _pages(path, pdf, on_page)
        _check_text(path, pages)
        return Document(
            name=path.name,
            sha256=hashlib.sha256(data).hexdigest(),
            pages=mark_furniture(pages),
            title=_title(pdf),
            outline=tuple(_outline(pdf)),
            warnings=(*_damage(data), *warnings, *_doubts(pages)),
        )
    finally:
        pdf.close()


def _bytes_of(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotFoundError(
            str(path), f"cannot be opened ({error.strerror})", "Check the name and your rights."
        ) from None
    if not data:
        raise FormatError(str(path), "the file is empty (0 bytes)", "Download or copy it again.")
    if b"%PDF-" not in data[:_HEADER_REACH]:
        raise FormatError(
            str(path), "this is not a PDF file", "Save or print the document as PDF and give that."
        )
    return data


def _opened(path: Path, data: bytes, password: str | None) -> Any:  # noqa: ANN401
    try:
        pdf = pdfium.PdfDocument(data, password=password)
        if len(pdf) == 0:
            raise FormatError(str(path), "the PDF has no pages", "Make it again from its source.")
        return pdf
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedError(
                str(path),
                "needs a password" if password is None else "the password is not right",
                "Save a copy without password and give that.",
            ) from None
        raise FormatError(
            str(path),
            "the PDF is damaged beyond reading",
            "Download it again, or print it to a new PDF.",
        ) from None


def _pages(
    path: Path, pdf: Any, on_page: Callable[[int, int], None] | None  # noqa: ANN401
) -> tuple[list[Page], list[str]]:
    pages: list[Page] = []
    damaged = 0
    for index in range(len(pdf)):
        page = None
        try:
            page = pdf[index]
            pages.append(_page(path, pdf, page, index))
        except pdfium.PdfiumError:
            damaged += 1
            pages.append(Page(index + 1, 0.0, 0.0, (), notes=("damaged",)))
        finally:
            if page is not None:
                page.close()
        if on_page is not None:
            on_page(index + 1, len(pdf))
    if damaged == len(pages):
        raise FormatError(
            str(path), "no page of the PDF can be read", "Print it to a new PDF and give that."
        )
    return pages, [f"{damaged} of {len(pages)} pages are damaged and were left out."] * bool(
        damaged
    )


def _page(path: Path, pdf: Any, page: Any, index: int) -> Page:  # noqa: ANN401
    width, height = page.get_size()
    layer = TextLayer(page)
    try:
        notes: list[str] = []
        raw = layer.lines()
        if layer.unmapped_share() > _GARBLED_SHARE:
            raw, garbled = read_garbled_page(path, index)
            notes.append(garbled)
        rows: list[RawLine] = []
        if raw and not notes and has_rules(page):
            raw = rule_tables(path, index, layer, raw)
    finally:
        layer.close()
    fold = fold_of(raw, width, height)
    lines, moves = order_lines(join_lines(split_lines(raw, fold)), height, fold)
    return Page(
        number=index + 1,
        width=width,
        height=height,
        lines=tuple(_as_line(line, index + 1, column, width, height)
                    for line, column in zip(lines, number_columns(lines), strict=True)),
        label=pdf.get_page_label(index),
        notes=(*notes, *moves),
    )
