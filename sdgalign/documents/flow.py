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
from pathlib import Path

from sdgalign.documents.document import Box, Declared, Document, Line, LineRole, Page
from sdgalign.errors import NoTextError

PAGE_BREAK = "\f"
"""Stands in the text of a paragraph where a new page begins."""
ORDINARY_SIZE = 11.0
"""Points; for text whose size the file does not declare. Only the ratio to other sizes counts."""
MOST_WORDS_IN_CELL = 220
"""A table with a longer "cell" sets the page in columns, as in `sdgalign.documents.tables`."""
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
    path: Path, blocks: Iterable[Block], *, title: str = "", has_pages: bool = False
) -> Document:
    """Make the document.

    Args:
        path: The file, for its name and digest.
        blocks: In reading order.
        title: As declared.
        has_pages: Whether the page breaks in the texts are those of the print.

    Raises:
        NoTextError: When there is no text in the blocks.
    """
    pages: list[list[Line]] = [[]]
    for block in blocks:
        for paragraph, cells in _flat(block):
            _add(pages, paragraph, cells)
    if not any(line.text and line.role is LineRole.BODY for page in pages for line in page):
        raise NoTextError(
            str(path), "there is no text in the file", "Check that it is the right file."
        )
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Document(
        name=path.name,
        sha256=digest,
        pages=tuple(Page(number, 0.0, 0.0, tuple(lines)) for number, lines in enumerate(pages, 1)),
        title=title,
        has_pages=has_pages,
    )


def clean(text: str) -> str:
    """Return a text with single spaces, without characters that are not seen."""
    return " ".join(_UNPRINTED.sub("", text).split())


def _add(pages: list[list[Line]], paragraph: Paragraph, cells: tuple[str, ...]) -> None:
    """Add a paragraph to the last page, and to new ones after the page breaks in it."""
    declared = paragraph.declared
    for number, part in enumerate(paragraph.text.split(PAGE_BREAK)):
        if number:
            pages.append([])
        text = clean(part)
        if not text:
            continue
        pages[-1].append(
            Line(
                text=text,
                box=Box(len(pages), 0.0, 0.0, 0.0, 0.0),
                size=paragraph.size,
                bold=paragraph.bold,
                role=paragraph.role,
                cells=cells,
                declared=declared,
                level=paragraph.level,
            )
        )
        if declared is not Declared.CONTENTS:
            declared = Declared.CONTINUED


def _flat(block: Block) -> Iterator[tuple[Paragraph, tuple[str, ...]]]:
    """Yield paragraphs and table rows, each with its cells and followed by its notes."""
    if isinstance(block, Paragraph):
        yield block, ()
        yield from _notes(block)
        return
    is_grid = _is_grid(block)
    for row in block.rows:
        filled = [cell for cell in row if any(_has_text(inner) for inner in cell)]
        if is_grid and not (len(filled) == 1 and _has_heading(filled[0])):
            yield from _row(row)
        else:
            for cell in row:
                for inner in cell:
                    yield from _flat(inner)


def _row(row: Sequence[Sequence[Block]]) -> Iterator[tuple[Paragraph, tuple[str, ...]]]:
    """Yield a row of a table; page breaks in it count after it."""
    paragraphs = [list(_paragraphs(cell)) for cell in row]
    everything = [paragraph for cell in paragraphs for paragraph in cell]
    texts = [clean(" ".join(each.text for each in cell)) for cell in paragraphs]
    cells = tuple(text for text in texts if text)
    breaks = PAGE_BREAK * sum(each.text.count(PAGE_BREAK) for each in everything)
    if cells:
        yield (
            Paragraph(
                " ".join(cells) + breaks,
                Declared.ROW,
                size=max(each.size for each in everything),
                bold=all(each.bold for each in everything if clean(each.text)),
            ),
            cells,
        )
    elif breaks:
        yield Paragraph(breaks), ()
    for each in everything:
        yield from _notes(each)


def _notes(paragraph: Paragraph) -> Iterator[tuple[Paragraph, tuple[str, ...]]]:
    for note in paragraph.notes:
        yield replace(paragraph, text=note, declared=Declared.NOTE, level=0, notes=()), ()


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
