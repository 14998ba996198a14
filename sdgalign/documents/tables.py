"""Rows of ruled tables: the rules say which words share a cell, PDFium says what the words are.

PDFium gives the drawn edges too, and pdfplumber finds the cells between them; it never opens the
file, which would take it longer than all the rest of the reading. Words that belong to no cell stay
ordinary lines: nothing is lost and nothing doubled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sdgalign.documents.drawing import Edge, edges_of
from sdgalign.documents.rawline import RawLine, Word
from sdgalign.documents.textlayer import TextLayer

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


@dataclass(slots=True)
class _Piece:
    """Words of one line that stand in one cell."""

    line: RawLine
    words: list[Word]


def with_table_rows(page: Any, layer: TextLayer, lines: Sequence[RawLine]) -> list[RawLine]:  # noqa: ANN401
    """Return the lines of a page with one line per table row where it has tables.

    Args:
        page: A ``pypdfium2.PdfPage``.
        layer: Its text.
        lines: Its lines.
    """
    result = list(lines)
    for cells in _tables(edges_of(page, layer.letters.shown)):
        result = _with_rows(cells, layer, result)
    return result


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What pdfplumber's search for tables asks of a page."""

    edges: list[dict[str, Any]]


def _tables(edges: Iterable[Edge]) -> list[list[_Cell]]:
    from pdfplumber.table import TableFinder

    # The library takes a page of its own, and reads nothing but the edges of it.
    drawing: Any = _Drawing([_described(edge) for edge in edges])
    tables = [_cells(table) for table in TableFinder(drawing).tables]
    return [table for table in tables if _is_table(table)]


def _described(edge: Edge) -> dict[str, Any]:
    """Return an edge as pdfplumber writes it."""
    upright, flat = edge.x0 == edge.x1, edge.y0 == edge.y1
    return {
        "object_type": "line",
        "orientation": "v" if upright else "h" if flat else None,
        "x0": min(edge.x0, edge.x1),
        "x1": max(edge.x0, edge.x1),
        "top": min(edge.y0, edge.y1),
        "bottom": max(edge.y0, edge.y1),
        "width": abs(edge.x1 - edge.x0),
        "height": abs(edge.y1 - edge.y0),
    }


def _cells(table: Any) -> list[_Cell]:  # noqa: ANN401
    return [
        _Cell(row, column, *box)
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
        level = [cell for cell in cells if cell.top - 1 <= y < cell.bottom + 1]
        if line.rotated or line.cells or not any(_touches(cell, line) for cell in level):
            rest.append(line)
            continue
        outside = _fill(contents, level, line, layer.words_of(line))
        if len(outside) < len(layer.words_of(line)) and place is None:
            place = len(rest)
        if outside:
            rest.append(line.part(outside))
    if place is None or not _is_filled(contents):
        return list(lines)
    return rest[:place] + _rows(contents) + rest[place:]


def _touches(cell: _Cell, line: RawLine) -> bool:
    return line.x1 > cell.x0 and line.x0 < cell.x1


def _fill(
    contents: dict[_Cell, list[_Piece]],
    cells: Sequence[_Cell],
    line: RawLine,
    words: Sequence[Word],
) -> list[Word]:
    """Put the words of a line in the cells at its height; return those that stand in none."""
    outside: list[Word] = []
    for word in words:
        x = (word.x0 + word.x1) / 2
        cell = next((cell for cell in cells if cell.x0 - 1 <= x < cell.x1 + 1), None)
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
