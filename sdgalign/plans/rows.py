"""Printed rows of a document: the words on one height, from left to right, without furniture."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from sdgalign.documents import Document, Line, LineRole, Page, PrintedWord
from sdgalign.plans.amounts import has_currency, is_grouped

_DESCENT = 0.22
"""Share of the font size below the baseline, as the reader makes its boxes."""
_SAME_BASELINE = 0.3
"""Most distance, in font sizes, between baselines of words on one height."""
_CELL_GAP = 0.7
"""Least gap, in font sizes, between the cells of a ruled row."""
_TIGHT_LEADING = 1.45
"""Distance of lines of one text, in font sizes, at most."""
_APART = 1.7
"""Distance, in font sizes, that lines of one text never have."""
_TALL = 1.3
"""Height, in font sizes, from which a table row has more than one line."""


@dataclass(frozen=True, slots=True)
class Row:
    """The words on one height of a page, or those of one row of a ruled table."""

    page: int
    """From 1."""
    words: tuple[PrintedWord, ...]
    """From left to right, in a ruled row cell by cell; at least one."""
    is_running: bool = False
    """Repeated at the edge of several pages."""
    is_ruled: bool = False
    """Whether it is a whole row of a ruled table."""

    @property
    def text(self) -> str:
        """Return the words with spaces between."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Return the left edge, in points."""
        return min(word.box.x0 for word in self.words)

    @property
    def size(self) -> float:
        """Return the usual font size, in points."""
        return median(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.bold for word in self.words)

    @property
    def baseline(self) -> float:
        """Return the height of the first line, in points from the top of the page."""
        return baseline(self.words[0])

    def only(self, words: Sequence[PrintedWord]) -> Row:
        """Return the row with these of its words."""
        return dataclasses.replace(self, words=tuple(words))


def baseline(word: PrintedWord) -> float:
    """Return where the letters of a word stand, in points from the top of the page."""
    return word.box.bottom - _DESCENT * word.size


def is_next(row: Row, before: Row | None) -> bool:
    """Return whether a row stands as near below the one before as the lines of a text."""
    step = row.baseline - before.baseline if before is not None else 0.0
    return 0 < step < _TIGHT_LEADING * row.size


def is_apart(row: Row, before: Row | None) -> bool:
    """Return whether a row is no line of the text that the one before is of."""
    return (
        before is None
        or before.page != row.page
        or row.baseline - before.baseline > _APART * row.size
        or bool(re.search(r"[.:;!?\d]$", before.text))
    )


def printed_rows(document: Document) -> Iterator[Row]:
    """Yield the rows of a document that was read with its words, from the top of each page."""
    for page in document.pages:
        yield from _page_rows(page)


def lines_of(words: Sequence[PrintedWord]) -> list[tuple[PrintedWord, ...]]:
    """Part words into lines, from the top, each from left to right."""
    lines: list[list[PrintedWord]] = []
    for word in sorted(words, key=baseline):
        if lines and baseline(word) - baseline(lines[-1][0]) < _SAME_BASELINE * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [tuple(sorted(line, key=lambda word: word.box.x0)) for line in lines]


def split_lines(words: Sequence[PrintedWord]) -> Iterator[tuple[PrintedWord, ...]]:
    """Part words where the next stands on another height."""
    line: list[PrintedWord] = []
    for word in words:
        if line and abs(baseline(word) - baseline(line[-1])) > 0.5 * word.size:
            yield tuple(line)
            line = []
        line.append(word)
    if line:
        yield tuple(line)


def _page_rows(page: Page) -> Iterator[Row]:
    tables = sorted((line for line in page.lines if line.cells), key=lambda line: -line.box.top)
    furniture = [line for line in page.lines if line.role is not LineRole.BODY]
    inside: dict[int, list[PrintedWord]] = {}
    loose: list[PrintedWord] = []
    for word in page.words:
        # A cell over several rows makes the first of these hold the others: the last counts.
        number = next((n for n, line in enumerate(tables) if _holds(line, word)), None)
        if number is None or not _is_tall(tables[number]):
            loose.append(word)
        else:
            inside.setdefault(number, []).append(word)
    found = [
        Row(page.number, line, is_ruled=any(_holds_all(each, line) for each in tables))
        for line in lines_of(loose)
    ]
    found += [
        Row(page.number, tuple(word for cell in _cells(words) for word in cell), is_ruled=True)
        for words in inside.values()
    ]
    # What is centred beside several rows stands below the first of them.
    for row in sorted(found, key=lambda row: min(map(baseline, row.words))):
        yield dataclasses.replace(row, is_running=_is_running(row, furniture))


def _holds_all(line: Line, words: Sequence[PrintedWord]) -> bool:
    return all(_holds(line, word) for word in words)


def _is_tall(line: Line) -> bool:
    return line.box.bottom - line.box.top > _TALL * line.size


def _cells(words: Sequence[PrintedWord]) -> Iterator[Iterator[PrintedWord]]:
    """Part the words of a ruled row where nothing stands on any of its lines."""
    cells: list[list[PrintedWord]] = []
    end = 0.0
    for word in sorted(words, key=lambda word: word.box.x0):
        if cells and word.box.x0 - end < _CELL_GAP * word.size:
            cells[-1].append(word)
        else:
            cells.append([word])
        end = max(end, word.box.x1)
    for cell in cells:
        yield (word for line in lines_of(cell) for word in line)


def _holds(line: Line, word: PrintedWord) -> bool:
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    box = line.box
    return box.x0 - 1 <= x <= box.x1 + 1 and box.top - 1 <= y <= box.bottom + 1


def _is_running(row: Row, furniture: Sequence[Line]) -> bool:
    """Whether the whole row is furniture.

    Where each page of a table starts with a row, an amount may seem to run along: "€ 50.000".
    """
    if any(is_grouped(word.text) or has_currency(word.text) for word in row.words):
        return False
    return all(any(_holds(line, word) for line in furniture) for word in row.words)
