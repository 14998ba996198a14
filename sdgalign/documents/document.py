"""What reading a file gives: pages of lines, in reading order, nothing thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in PDF points (1/72 inch) from the top left corner, y downwards."""

    page: int
    """Page number in the file, from 1 (what a PDF viewer counts; not the printed number)."""
    x0: float
    top: float
    x1: float
    bottom: float

    def union(self, other: Box) -> Box:
        """Return the smallest box around both.

        Raises:
            ValueError: When the boxes stand on different pages.
        """
        if self.page != other.page:
            raise ValueError(f"boxes on pages {self.page} and {other.page} have no union")
        return Box(
            self.page,
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """Letters without a space, with their place: what the columns of a table are told from."""

    text: str
    """As printed; a soft line-end hyphen is kept as U+00AD."""
    box: Box
    size: float
    """Effective font size in points, as printed."""
    bold: bool = False
    italic: bool = False


class LineRole(StrEnum):
    """What a line is for, decided by its place and its repetition over pages."""

    BODY = "body"
    HEADER = "header"
    FOOTER = "footer"
    PAGE_NUMBER = "page_number"
    MARGIN = "margin"
    """Rotated or marginal text outside the reading order, repeated over pages."""


class Declared(StrEnum):
    """What a file itself says that a line is; files that declare it have no printed lines."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    """A list item; its mark is not part of the text."""
    ROW = "row"
    """A row of a table; see ``Line.cells``."""
    NOTE = "note"
    """A footnote or endnote, right after the text that refers to it."""
    CONTENTS = "contents"
    """An entry of a table of contents."""
    CONTINUED = "continued"
    """Goes on from the line before, on the next page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of one column, one table row, or one paragraph where a file declares it."""

    text: str
    """As printed, spaces at the ends removed; a soft line-end hyphen is kept as U+00AD."""
    box: Box
    """All edges are 0 where the file does not say how it is printed."""
    size: float
    """Effective font size in points, as printed."""
    bold: bool = False
    italic: bool = False
    role: LineRole = LineRole.BODY
    column: int = 0
    """Number of the text column (or spread half) on the page, from 0, in reading order."""
    cells: tuple[str, ...] = ()
    """For a row of a table: the texts of its filled cells (``text`` joins them); else empty."""
    sureness: float = 1.0
    """Where the line was recognised from a picture: how sure that is, 0–1, over its words."""
    declared: Declared | None = None
    """What the file says that the line is; None where its print has to tell (PDF, plain text)."""
    level: int = 0
    """Of a declared heading, from 1 for the outermost; else 0."""
    tagged: Declared | None = None
    """A hint beside the print: the tags of a PDF call it a heading, or the start of an item."""


class PathCode(StrEnum):
    """Which path read a page; the text ``path.<code>`` of the catalogue says it in words."""

    USUAL = "usual"
    """PDFium's lines in the order of the file, or the text of a file without print."""
    DECLARED = "declared"
    """The file says itself what is a heading, an item, a row."""
    EMPTY = "empty"
    TAGGED = "tagged"
    """The structure tags of the file told of headings and items that the print does not show."""
    SPREAD = "spread"
    """Two pages side by side, read one after the other."""
    INTERLEAVED = "interleaved"
    """Columns that the producer wrote row by row, taken apart."""
    UNFOLDED = "unfolded"
    """Lines in which the rows of two columns ran on, cut; the number counts the pieces."""
    RIGHT_FIRST = "right-first"
    """The right half came first in the file."""
    LATE_HEADING = "late-heading"
    """A heading came after its text in the file."""
    MOVED = "moved"
    """Another block came too late in the file."""
    RULED_TABLE = "ruled-table"
    """Cells found by pdfplumber; the number counts the rows."""
    RULES_ONLY = "rules-only"
    """Searched by pdfplumber for ruling lines, and no table found."""
    SLOW_LETTERS = "slow-letters"
    """The fonts do not say their letters to PDFium; pdfplumber read them."""
    LOST_LETTERS = "lost-letters"
    """The fonts do not say their letters to anybody."""
    RECOGNISED = "recognised"
    """A picture, read by Tesseract; the number is the mean sureness of its words in per cents."""
    TURNED = "turned"
    """The picture lay on its side; the number is by how many degrees it was turned."""
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class PageNote:
    """One thing that was done to read a page, and why."""

    code: PathCode
    number: int = 0
    """What it counts; 0 where it counts nothing."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the file with its lines in reading order."""

    number: int
    """From 1, in the file."""
    width: float
    """In points, after rotation."""
    height: float
    lines: tuple[Line, ...]
    label: str = ""
    """The page label that the file declares ("iv", "12"); empty when it declares none."""
    notes: tuple[PageNote, ...] = ()
    """Which path read the page and why, where it is not the usual one."""
    words: tuple[PrintedWord, ...] = ()
    """Every word that runs from left to right, in content order; empty unless asked for."""

    @property
    def is_empty(self) -> bool:
        """Whether the page has no text at all."""
        return not any(line.text for line in self.lines)

    @property
    def path(self) -> tuple[PageNote, ...]:
        """Return how the page was read: its notes, or that it was read the usual way."""
        if self.notes:
            return self.notes
        if self.is_empty:
            return (PageNote(PathCode.EMPTY),)
        is_declared = any(line.declared for line in self.lines)
        return (PageNote(PathCode.DECLARED if is_declared else PathCode.USUAL),)

    def went(self, *codes: PathCode) -> bool:
        """Return whether it was read by one of these paths."""
        return any(note.code in codes for note in self.path)


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One bookmark of the file."""

    level: int
    """From 1 for the top level."""
    title: str
    page: int | None
    """From 1; None when the bookmark leads nowhere in this file."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that the reader could not do as it should; reports put it in words."""

    code: str
    """``damaged-pages``, ``no-text-pages``, ``lost-letters``, ``slow-letters``,
    ``recognised-pages``, ``cut-off`` or ``salvaged``: the text ``warning.<code>`` of the catalogue.
    """
    pages: int = 0
    """Number of pages that it is about; 0 when it is about the file."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read, before any decision about meaning."""

    name: str
    """File name without folder."""
    sha256: str
    """Hexadecimal digest of the file's bytes."""
    pages: tuple[Page, ...]
    title: str = ""
    """The title that the file declares, when it is one; else empty."""
    outline: tuple[OutlineEntry, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    """What the reader could not do as it should (pages without text, damage, …)."""
    has_pages: bool = True
    """Whether page numbers mean something to a reader of the file; if not, all stands on page 1."""

    @property
    def running_titles(self) -> tuple[str, ...]:
        """Return what headers and footers say, each once, in the order of the pages."""
        lines = (line for page in self.pages for line in page.lines)
        running = (LineRole.HEADER, LineRole.FOOTER)
        return tuple(dict.fromkeys(line.text for line in lines if line.role in running))
