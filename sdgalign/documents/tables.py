"""Rows of ruled tables: the rules say which words share a cell, PDFium says what the words are.

pdfplumber finds the cells. It takes about 0.1 s for a page, so it sees only pages whose drawing
looks like a grid, which PDFium tells in less than a millisecond. Words that belong to no cell stay
ordinary lines: nothing is lost and nothing doubled.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium_c

from sdgalign.documents.rawline import RawLine, Word
from sdgalign.documents.textlayer import TextLayer

_THIN = 3.0
"""Points; a drawn line is at most this thick."""
_SHORT = 40.0
"""Points; shorter flat drawings are list marks and underlined words. (PDFium's bounds of a line
include its joins: a mark of 6 points can measure 30.)"""
_LEAST_RULES = 3
"""Two columns have three vertical rules, two rows three horizontal ones."""
_MOST_OBJECTS = 20_000
"""A page with more drawn objects is a picture."""
_MOST_WORDS_IN_CELL = 220
"""A "cell" with more words is a text box of the page's design."""


@dataclass(frozen=True, slots=True)
class _Cell:
    row: int
    column: int
    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        return self.x0 - 1 <= x < self.x1 + 1 and self.top - 1 <= y < self.bottom + 1


@dataclass(slots=True)
class _Piece:
    """Words of one line that stand in one cell."""

    line: RawLine
    words: list[Word]


def has_rules(page: Any) -> bool:  # noqa: ANN401 (pypdfium2 has no types)
    """Return whether the drawing of a page looks like a grid."""
    upright, flat = Counter[int](), Counter[int]()
    width, height = page.get_size()
    edges = [ctypes.c_float() for _ in range(4)]
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    if count > _MOST_OBJECTS:
        return False
    for number in range(count):
        drawn = pdfium_c.FPDFPage_GetObject(page.raw, number)
        if pdfium_c.FPDFPageObj_GetType(drawn) != pdfium_c.FPDF_PAGEOBJ_PATH:
            continue
        pdfium_c.FPDFPageObj_GetBounds(drawn, *edges)
        left, bottom, right, top = (edge.value for edge in edges)
        wide, high = right - left, top - bottom
        if high < _THIN and wide > _SHORT:
            flat[round(top)] += 1
        elif wide < _THIN < high:
            # One long rule parts the cells of several rows.
            upright[round(left)] += 1 if high < 25 else 2
        elif wide > _SHORT and (wide < 0.97 * width or high < 0.5 * height):
            upright.update((round(left), round(right)))
            flat.update((round(top), round(bottom)))
    return sum(n >= 2 for n in upright.values()) >= _LEAST_RULES and len(flat) >= _LEAST_RULES


class RuledTables:
    """Finds tables in one file; opens it a second time when the first table is near.

    Args:
        path: The file.
        password: As given for the file.
    """

    def __init__(self, path: Path, password: str | None = None) -> None:
        self._path = path
        self._password = password
        self._pdf: Any = None

    def close(self) -> None:
        """Give the memory back."""
        if self._pdf is not None:
            self._pdf.close()
            self._pdf = None

    def rows(self, index: int, layer: TextLayer, lines: Sequence[RawLine]) -> list[RawLine]:
        """Return the lines of a page with one line per table row where it has tables.

        Args:
            index: Number of the page, from 0.
            layer: The text of the page.
            lines: Its lines.
        """
        result = list(lines)
        for cells in self._tables(index):
            result = _with_rows(cells, layer, result)
        return result

    def _tables(self, index: int) -> list[list[_Cell]]:
        import pdfplumber

        # Whatever a damaged page does to pdfplumber, its lines have been read already.
        try:
            if self._pdf is None:
                self._pdf = pdfplumber.open(self._path, password=self._password or "")
            page = self._pdf.pages[index]
            try:
                left, top = page.cropbox[:2]
                tables = [_cells(table, left, top) for table in page.find_tables()]
            finally:
                page.close()
        except Exception:
            return []
        return [table for table in tables if _is_table(table)]


def _cells(table: Any, left: float, top: float) -> list[_Cell]:  # noqa: ANN401
    return [
        _Cell(row, column, box[0] - left, box[1] - top, box[2] - left, box[3] - top)
        for row, cells in enumerate(table.rows)
        for column, box in enumerate(cells.cells)
        if box is not None
    ]


def _is_table(cells: Sequence[_Cell]) -> bool:
    return len({cell.row for cell in cells}) >= 2 and len({cell.column for cell in cells}) >= 2


def _with_rows(cells: Sequence[_Cell], layer: TextLayer, lines: Sequence[RawLine]) -> list[RawLine]:
    contents: dict[_Cell, list[_Piece]] = {}
    rest: list[RawLine] = []
    place: int | None = None
    for line in lines:
        y = (line.top + line.bottom) / 2
        if line.rotated or line.cells or not any(_touches(cell, line, y) for cell in cells):
            rest.append(line)
            continue
        outside = _fill(contents, cells, line, layer.words_of(line), y)
        if len(outside) < len(layer.words_of(line)) and place is None:
            place = len(rest)
        if outside:
            rest.append(line.part(outside))
    if place is None or not _is_filled(contents):
        return list(lines)
    return rest[:place] + _rows(contents) + rest[place:]


def _touches(cell: _Cell, line: RawLine, y: float) -> bool:
    return cell.top - 1 <= y < cell.bottom + 1 and line.x1 > cell.x0 and line.x0 < cell.x1


def _fill(
    contents: dict[_Cell, list[_Piece]],
    cells: Sequence[_Cell],
    line: RawLine,
    words: Sequence[Word],
    y: float,
) -> list[Word]:
    """Put the words of a line in their cells; return those that stand in none."""
    outside: list[Word] = []
    for word in words:
        x = (word.x0 + word.x1) / 2
        cell = next((cell for cell in cells if cell.holds(x, y)), None)
        if cell is None:
            outside.append(word)
            continue
        pieces = contents.setdefault(cell, [])
        if not pieces or pieces[-1].line is not line:
            pieces.append(_Piece(line, []))
        pieces[-1].words.append(word)
    return outside


def _is_filled(contents: dict[_Cell, list[_Piece]]) -> bool:
    """Whether the grid holds a table: texts in two columns at least, none of them long."""
    longest = max(sum(len(piece.words) for piece in pieces) for pieces in contents.values())
    return len({cell.column for cell in contents}) >= 2 and longest <= _MOST_WORDS_IN_CELL


def _rows(contents: dict[_Cell, list[_Piece]]) -> list[RawLine]:
    rows: dict[int, list[_Cell]] = {}
    for cell in contents:
        rows.setdefault(cell.row, []).append(cell)
    return [
        _row([contents[cell] for cell in sorted(cells, key=lambda cell: cell.column)])
        for _, cells in sorted(rows.items())
    ]


def _row(cells: Sequence[Sequence[_Piece]]) -> RawLine:
    pieces = [piece for cell in cells for piece in cell]
    lines = [piece.line for piece in pieces]
    texts = tuple(_cell_text(cell) for cell in cells)
    return RawLine(
        text=" ".join(texts),
        x0=min(piece.words[0].x0 for piece in pieces),
        top=min(line.top for line in lines),
        x1=max(piece.words[-1].x1 for piece in pieces),
        bottom=max(line.bottom for line in lines),
        size=max(line.size for line in lines),
        bold=all(line.bold for line in lines),
        italic=all(line.italic for line in lines),
        cells=texts,
    )


def _cell_text(pieces: Sequence[_Piece]) -> str:
    """Join the lines of a cell; a line-end hyphen stays a soft hyphen and a space."""
    return " ".join(word.text for piece in pieces for word in piece.words)
