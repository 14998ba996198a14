"""One page of a PDF: which way it is read, and its lines in reading order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import pypdfium2 as pdfium

from sdgalign.documents.document import Box, Line, LineRole, Page, PageNote, PathCode, PrintedWord
from sdgalign.documents.drawing import has_rules
from sdgalign.documents.garbled import read_garbled_page
from sdgalign.documents.lines import join_lines, split_lines
from sdgalign.documents.opening import Opened
from sdgalign.documents.order import fold_of, number_columns, order_lines
from sdgalign.documents.outline import label_of
from sdgalign.documents.rawline import RawLine
from sdgalign.documents.tables import with_table_rows
from sdgalign.documents.tags import TagReader
from sdgalign.documents.textlayer import TextLayer

_GARBLED_SHARE = 0.5


class PageReader:
    """Reads the pages of one open file.

    Args:
        opened: The file.
        password: As given for the file.
        words: Whether to give the place of every word too.
        avoid: Indices of the pages to leave out as damaged.
    """

    def __init__(
        self, opened: Opened, password: str | None, *, words: bool, avoid: Collection[int]
    ) -> None:
        self._pdf = opened.pdf
        self._source = opened.source
        self._password = password
        self._avoid = avoid
        self._tags = TagReader(opened.pdf)
        self.wants_words = words
        self._words: tuple[PrintedWord, ...] = ()
        """Those of the page read last."""

    def page(self, index: int) -> Page:
        """Read a page; a damaged one is empty and noted."""
        page = None
        try:
            if index in self._avoid:
                raise pdfium.PdfiumError("crashed before")
            page = self._pdf[index]
            return self._read(page, index)
        except pdfium.PdfiumError:
            return Page(index + 1, 0.0, 0.0, (), notes=(PageNote(PathCode.DAMAGED),))
        finally:
            # A page keeps its parsed content until it is closed.
            if page is not None:
                page.close()

    def _read(self, page: Any, index: int) -> Page:  # noqa: ANN401
        raw, notes = self._raw_lines(page, index)
        return self.placed(index, raw, page.get_size(), notes)

    def placed(
        self,
        index: int,
        raw: Sequence[RawLine],
        size: tuple[float, float],
        notes: Sequence[PageNote],
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
            label=label_of(self._pdf, index),
            notes=(*notes, *moves),
            words=self._words,
        )

    def _raw_lines(self, page: Any, index: int) -> tuple[list[RawLine], list[PageNote]]:  # noqa: ANN401
        layer = TextLayer(page)
        self._words = ()
        try:
            if layer.letters.unmapped_share() > _GARBLED_SHARE:
                lines = read_garbled_page(self._source, index, self._password)
                return lines, [PageNote(PathCode.SLOW_LETTERS if lines else PathCode.LOST_LETTERS)]
            lines = layer.lines()
            told = self._tags.mark(page, layer, lines)
            notes = [PageNote(PathCode.TAGGED)] if told else []
            notes += [PageNote(PathCode.UNFOLDED, layer.pieces)] if layer.pieces else []
            if self.wants_words:
                self._words = layer.printed_words(lines, index + 1)
            if len(lines) > 1 and has_rules(page):
                lines = with_table_rows(page, layer, lines)
                notes.append(_table_note(lines))
            return lines, notes
        finally:
            layer.close()


def _table_note(lines: Sequence[RawLine]) -> PageNote:
    rows = sum(bool(line.cells) for line in lines)
    return PageNote(PathCode.RULED_TABLE, rows) if rows else PageNote(PathCode.RULES_ONLY)


def _as_line(line: RawLine, page: int, column: int) -> Line:
    return Line(
        text=line.text,
        box=Box(
            page, round(line.x0, 1), round(line.top, 1), round(line.x1, 1), round(line.bottom, 1)
        ),
        size=line.size,
        bold=line.bold,
        italic=line.italic,
        # Kept as margin text only where it repeats; see `mark_furniture`.
        role=LineRole.MARGIN if line.rotated else LineRole.BODY,
        column=column,
        cells=line.cells,
        sureness=round(line.sureness, 2),
        tagged=line.tagged,
    )
