"""Read a PDF with PDFium: the usual way is fast, doubtful pages get another look.

Runs in the disposable process of `sdgalign.documents.worker`; it sets no limits itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from sdgalign.documents import ocr
from sdgalign.documents.document import (
    Box,
    Document,
    Doubt,
    Line,
    LineRole,
    OutlineEntry,
    Page,
    PrintedWord,
)
from sdgalign.documents.furniture import mark_furniture
from sdgalign.documents.garbled import read_garbled_page
from sdgalign.documents.lines import join_lines, split_lines
from sdgalign.documents.order import fold_of, number_columns, order_lines
from sdgalign.documents.rawline import RawLine
from sdgalign.documents.salvage import salvaged
from sdgalign.documents.tables import RuledTables, has_rules
from sdgalign.documents.textlayer import TextLayer
from sdgalign.documents.titles import declared_title
from sdgalign.errors import EncryptedError, FormatError, NoTextError, NotFoundError

_OUTLINE_DEPTH, _OUTLINE_ENTRIES = 8, 5000
"""Bounds on an outline, which may be a loop."""
_GARBLED_SHARE = 0.5
_HEADER_REACH = _TAIL_REACH = 1024
_DAMAGED = "damaged"
_GARBLED = "letters unknown"
_RECOVERED = "letters from pdfplumber"
_RECOGNISED = "recognised from a picture"
_DAMAGE_HINT = "Download it again, or print it to a new PDF."
_SCAN_HINT = "Recognise the text first (for example with ocrmypdf) and give the result."


def read_pdf(
    path: Path,
    *,
    password: str | None = None,
    on_page: Callable[[int, int], None] | None = None,
    words: bool = False,
) -> Document:
    """Read a PDF file.

    Args:
        path: The file.
        password: Opens a file that is encrypted for its readers.
        on_page: Called with the number of pages read and their total.
        words: Whether to give the place of every word too, which takes up to twice as long.

    Returns:
        The document, with a warning for each doubt.

    Raises:
        NotFoundError: When the file cannot be opened.
        FormatError: When it is no PDF or damaged beyond reading.
        EncryptedError: When it needs a (different) password.
        NoTextError: When no page has text.
    """
    data = _bytes_of(path)
    pdf, repairs = _opened(path, data, password)
    try:
        reader = _Reader(path, pdf, password, words=words)
        pages = reader.pages(on_page)
        _check_text(path, pages, is_damaged=bool(repairs))
        return Document(
            name=path.name,
            sha256=hashlib.sha256(data).hexdigest(),
            pages=mark_furniture(pages),
            title=_title(pdf),
            outline=tuple(_outline(pdf)),
            doubts=(*(repairs or _damage(data)), *_doubts(pages)),
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


def _opened(path: Path, data: bytes, password: str | None) -> tuple[Any, list[Doubt]]:
    """Return the open file and what had to be done for it."""
    try:
        return _document(data, password), []
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedError(
                str(path),
                "needs a password" if password is None else "the password is not right",
                "Save a copy without password and give that.",
            ) from None
    whole = salvaged(data)
    try:
        if whole is not None:
            return _document(whole, password), [Doubt("rebuilt")]
    except pdfium.PdfiumError:
        pass  # the error below is as true of the salvaged file
    raise FormatError(
        str(path),
        "the PDF is damaged beyond reading",
        _DAMAGE_HINT,
    )


def _document(data: bytes, password: str | None) -> Any:  # noqa: ANN401 (pypdfium2 has no types)
    pdf = pdfium.PdfDocument(data, password=password)
    if len(pdf) == 0:
        raise pdfium.PdfiumError("no pages")
    return pdf


class _Reader:
    """Reads the pages of one open file."""

    def __init__(self, path: Path, pdf: Any, password: str | None, *, words: bool) -> None:  # noqa: ANN401
        self._path = path
        self._pdf = pdf
        self._password = password
        self._tables = RuledTables(path, password)
        self._wants_words = words
        self._words: tuple[PrintedWord, ...] = ()
        """Those of the page read last."""

    def pages(self, on_page: Callable[[int, int], None] | None) -> list[Page]:
        """Read all pages; a damaged one is empty and noted."""
        pages: list[Page] = []
        total = len(self._pdf)
        try:
            for index in range(total):
                pages.append(self._page(index))
                if on_page is not None:
                    on_page(index + 1, total)
        finally:
            self._tables.close()
        damaged = sum(_DAMAGED in page.notes for page in pages)
        if damaged == total:
            raise FormatError(
                str(self._path),
                "no page of the PDF can be read",
                _DAMAGE_HINT,
            )
        return self._with_pictures(pages, on_page)

    def _with_pictures(
        self, pages: list[Page], on_page: Callable[[int, int], None] | None
    ) -> list[Page]:
        """Read the pages that are pictures of text, where Tesseract is installed."""
        empty = [page.number - 1 for page in pages if page.is_empty and not page.notes]
        if not _is_much(len(empty), len(pages)) or not ocr.languages():
            return pages
        pictures = [index for index in empty if self._is_drawn(index)]

        def tell() -> None:
            if on_page is not None:
                on_page(len(pages), len(pages))

        found = ocr.recognise_all((self._picture(index) for index in pictures), tell)
        for index, recognised in zip(pictures, found, strict=True):
            if recognised.lines:
                pages[index] = self._recognised(pages[index], recognised)
            tell()
        return pages

    def _is_drawn(self, index: int) -> bool:
        page = self._pdf[index]
        try:
            return bool(pdfium.raw.FPDFPage_CountObjects(page.raw) > 0)
        finally:
            page.close()

    def _picture(self, index: int) -> Any:  # noqa: ANN401
        page = self._pdf[index]
        try:
            return page.render(scale=ocr.DPI / 72, grayscale=True).to_pil()
        finally:
            page.close()

    def _recognised(self, page: Page, found: ocr.Recognised) -> Page:
        sides = (page.width, page.height)
        width, height = sides if found.turned % 180 == 0 else sides[::-1]
        notes = [_RECOGNISED, *([f"turned {found.turned} degrees"] if found.turned else [])]
        return self._placed(page.number - 1, found.lines, (width, height), notes)

    def _page(self, index: int) -> Page:
        page = None
        try:
            page = self._pdf[index]
            return self._read(page, index)
        except pdfium.PdfiumError:
            return Page(index + 1, 0.0, 0.0, (), notes=(_DAMAGED,))
        finally:
            # A page keeps its parsed content until it is closed.
            if page is not None:
                page.close()

    def _read(self, page: Any, index: int) -> Page:  # noqa: ANN401
        raw, notes = self._raw_lines(page, index)
        return self._placed(index, raw, page.get_size(), notes)

    def _placed(
        self, index: int, raw: Sequence[RawLine], size: tuple[float, float], notes: Sequence[str]
    ) -> Page:
        """Return a page with its lines in reading order."""
        width, height = size
        fold = fold_of(raw, width, height)
        ordered, moves = order_lines(join_lines(split_lines(raw, fold)), height, fold)
        return Page(
            number=index + 1,
            width=width,
            height=height,
            lines=tuple(
                _as_line(line, index + 1, column)
                for line, column in zip(ordered, number_columns(ordered), strict=True)
            ),
            label=self._pdf.get_page_label(index),
            notes=(*notes, *moves),
            words=self._words,
        )

    def _raw_lines(self, page: Any, index: int) -> tuple[list[RawLine], list[str]]:  # noqa: ANN401
        layer = TextLayer(page)
        self._words = ()
        try:
            if layer.unmapped_share() > _GARBLED_SHARE:
                lines = read_garbled_page(self._path, index, self._password)
                return lines, [_RECOVERED if lines else _GARBLED]
            lines = layer.lines()
            if self._wants_words:
                self._words = layer.printed_words(lines, index + 1)
            if len(lines) > 1 and has_rules(page):
                lines = self._tables.rows(index, layer, lines)
            return lines, []
        finally:
            layer.close()


def _as_line(line: RawLine, page: int, column: int) -> Line:
    return Line(
        text=line.text,
        box=Box(page, *(round(x, 1) for x in (line.x0, line.top, line.x1, line.bottom))),
        size=line.size,
        bold=line.bold,
        italic=line.italic,
        # Kept as margin text only where it repeats; see `mark_furniture`.
        role=LineRole.MARGIN if line.rotated else LineRole.BODY,
        column=column,
        cells=line.cells,
        sureness=round(line.sureness, 2),
    )


def _check_text(path: Path, pages: list[Page], *, is_damaged: bool) -> None:
    if any(not page.is_empty for page in pages):
        return
    if is_damaged:
        raise FormatError(str(path), "the PDF is damaged and no text is left", _DAMAGE_HINT)
    if any(_GARBLED in page.notes for page in pages):
        raise NoTextError(
            str(path), "the fonts do not say which letters the pages hold", _SCAN_HINT
        )
    raise NoTextError(
        str(path),
        f"no text on any of its {len(pages)} pages (a scan, or text as drawing)",
        _SCAN_HINT if ocr.languages() else ocr.how_to_install(),
    )


def _doubts(pages: list[Page]) -> Iterator[Doubt]:
    """Yield a doubt for each group of pages that could not be read as they should."""
    for code, note in (
        ("damaged-pages", _DAMAGED),
        ("lost-letters", _GARBLED),
        ("slow-letters", _RECOVERED),
        ("recognised-pages", _RECOGNISED),
    ):
        if count := sum(note in page.notes for page in pages):
            yield Doubt(code, count)
    empty = sum(page.is_empty and not page.notes for page in pages)
    if _is_much(empty, len(pages)):
        yield Doubt("no-text-pages", empty)


def _is_much(empty: int, pages: int) -> bool:
    """Whether so many pages have no text that they are no covers and photographs."""
    return empty == pages or empty > max(2, 0.1 * pages)


def _damage(data: bytes) -> Iterator[Doubt]:
    if b"%%EOF" not in data[-_TAIL_REACH:]:
        yield Doubt("cut-off")


def _title(pdf: Any) -> str:  # noqa: ANN401
    return declared_title(str(pdf.get_metadata_value("Title") or ""))


def _outline(pdf: Any) -> Iterator[OutlineEntry]:  # noqa: ANN401
    try:
        for number, bookmark in enumerate(pdf.get_toc(max_depth=_OUTLINE_DEPTH)):
            if number >= _OUTLINE_ENTRIES:
                return
            title = " ".join(bookmark.get_title().replace("\x00", "").split())
            target = bookmark.get_dest()
            index = target.get_index() if target is not None else None
            if title:
                yield OutlineEntry(bookmark.level + 1, title, None if index is None else index + 1)
    except pdfium.PdfiumError:
        return  # an outline is a help, its damage no reason to refuse the text
