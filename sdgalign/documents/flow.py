"""From the paragraphs and tables that a file declares to a `Document`.

Word processors and web pages say what is a heading, a list item, a table; where it is printed they
do not say. Their readers give `Paragraph` and `Table`; what these become is decided here, once for
all formats.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from sdgalign.documents.document import Box, Declared, Document, Line, LineRole, Page
from sdgalign.documents.flow_words import LaidLine, place_words
from sdgalign.errors import NoTextError

PAGE_BREAK = "\f"
"""Stands in the text of a paragraph where a new page begins."""
ORDINARY_SIZE = 11.0
"""Points; for text whose size the file does not declare. Only the ratio to other sizes counts."""
MOST_WORDS_IN_CELL = 220
"""A table with a longer "cell" sets the page in columns, as in `sdgalign.documents.tables`."""
MOST_COLUMNS = 100
"""That a cell may span; more is a fault or harm."""
_UNPRINTED = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b\u200e\u200f\u2060\ufeff]")
"""Characters that are not seen: controls, optional hyphens, joiners and direction marks."""


@dataclass(slots=True)
class Paragraph:
    """One paragraph, heading or list item."""

    text: str
    """With `PAGE_BREAK` where a page ends; other white space means one space."""
    declared: Declared = Declared.PARAGRAPH
    level: int = 0
    """Of a heading, from 1; else 0."""
    size: float = ORDINARY_SIZE
    """Of most of its letters, in points."""
    bold: bool = False
    """Whether all of its letters are bold."""
    notes: Sequence[str] = ()
    """Footnotes that it refers to."""
    role: LineRole = LineRole.BODY


@dataclass(slots=True)
class Table:
    """A table, or a grid that sets a page in columns."""

    rows: list[list[list[Block]]]
    """For each row, for each cell: what stands in it."""


Block = Paragraph | Table


def document_of(
    path: Path,
    blocks: Iterable[Block],
    *,
    title: str = "",
    has_pages: bool = False,
    words: bool = False,
) -> Document:
    """Make the document.

    Args:
        path: The file, for its name and digest.
        blocks: In reading order.
        title: As declared.
        has_pages: Whether the page breaks in the texts are those of the print.
        words: Whether to give every word too, at a place of our own.

    Raises:
        NoTextError: When there is no text in the blocks.
    """
    pages: list[list[LaidLine]] = [[]]
    tables = count(1)
    for block in blocks:
        for flat in _flat(block, tables):
            _add(pages, flat)
    if not any(laid.line.role is LineRole.BODY for page in pages for laid in page):
        raise NoTextError(
            str(path), "there is no text in the file", "Check that it is the right file."
        )
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Document(
        name=path.name,
        sha256=digest,
        pages=tuple(
            Page(
                number,
                0.0,
                0.0,
                tuple(laid.line for laid in lines),
                words=place_words(lines) if words else (),
            )
            for number, lines in enumerate(pages, 1)
        ),
        title=title,
        has_pages=has_pages,
    )


def clean(text: str) -> str:
    """Return a text with single spaces, without characters that are not seen.

    A hyphen at which no line may end is one as any other.
    """
    return " ".join(_UNPRINTED.sub("", text).replace("\u2011", "-").split())


def numbered(text: str, number: str) -> str:
    """Return a text after its number, on the page of the text; an empty one shows none."""
    start = len(text) - len(text.lstrip(PAGE_BREAK + " "))
    return text[:start] + number + text[start:] if clean(text) else text


@dataclass(frozen=True, slots=True)
class _Flat:
    """A paragraph, or a row of a table as one."""

    paragraph: Paragraph
    columns: tuple[str, ...] = ()
    """Of a row: the texts of its cells, empty ones too."""
    table: int = 0
    """Number of the table of a row."""


def _add(pages: list[list[LaidLine]], flat: _Flat) -> None:
    """Add a paragraph to the last page, and to new ones after the page breaks in it."""
    paragraph = flat.paragraph
    declared = paragraph.declared
    for number, part in enumerate(paragraph.text.split(PAGE_BREAK)):
        if number:
            pages.append([])
        text = clean(part)
        if not text:
            continue
        line = Line(
            text=text,
            box=Box(len(pages), 0.0, 0.0, 0.0, 0.0),
            size=paragraph.size,
            bold=paragraph.bold,
            role=paragraph.role,
            cells=tuple(text for text in flat.columns if text),
            declared=declared,
            level=paragraph.level,
        )
        pages[-1].append(LaidLine(line, flat.columns, flat.table))
        if declared is not Declared.CONTENTS:
            declared = Declared.CONTINUED


def _flat(block: Block, tables: Iterator[int]) -> Iterator[_Flat]:
    """Yield paragraphs and table rows, each followed by its notes."""
    if isinstance(block, Paragraph):
        yield _Flat(block)
        yield from _notes(block)
        return
    is_grid = _is_grid(block)
    number = next(tables)
    for row in block.rows:
        filled = [cell for cell in row if any(_has_text(inner) for inner in cell)]
        if is_grid and not (len(filled) == 1 and _has_heading(filled[0])):
            yield from _row(row, number)
        else:
            for cell in row:
                for inner in cell:
                    yield from _flat(inner, tables)


def _row(row: Sequence[Sequence[Block]], table: int) -> Iterator[_Flat]:
    """Yield a row of a table; page breaks in it count after it."""
    paragraphs = [list(_paragraphs(cell)) for cell in row]
    everything = [paragraph for cell in paragraphs for paragraph in cell]
    columns = tuple(clean(" ".join(each.text for each in cell)) for cell in paragraphs)
    breaks = PAGE_BREAK * sum(each.text.count(PAGE_BREAK) for each in everything)
    if any(columns):
        row_text = Paragraph(
            " ".join(text for text in columns if text) + breaks,
            Declared.ROW,
            size=max(each.size for each in everything),
            bold=all(each.bold for each in everything if clean(each.text)),
        )
        yield _Flat(row_text, columns, table)
    elif breaks:
        yield _Flat(Paragraph(breaks))
    for each in everything:
        yield from _notes(each)


def _notes(paragraph: Paragraph) -> Iterator[_Flat]:
    for note in paragraph.notes:
        yield _Flat(replace(paragraph, text=note, declared=Declared.NOTE, level=0, notes=()))


def _is_grid(table: Table) -> bool:
    """Whether a table holds rows that belong together, and is no box or page in columns."""
    columns = 0
    for row in table.rows:
        filled = 0
        for cell in row:
            words = sum(len(each.text.split()) for each in _paragraphs(cell))
            if words > MOST_WORDS_IN_CELL:
                return False
            filled += words > 0
        if filled > 1 and any(len(cell) > 1 and _has_heading(cell) for cell in row):
            return False
        columns = max(columns, filled)
    return columns > 1


def _has_heading(cell: Sequence[Block]) -> bool:
    return any(each.declared is Declared.HEADING for each in _paragraphs(cell))


def _has_text(block: Block) -> bool:
    return any(each.text.strip() for each in _paragraphs([block]))


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield the paragraphs of blocks, those of tables in them too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from _paragraphs(cell)
