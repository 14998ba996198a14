"""Places for the words of files that are not printed, so that a plan can be read from them.

The plan reader tells codes, texts and amounts by where they stand. Here each paragraph and each row
of a table gets a line of its own on a sheet as wide as needed, each column of a table its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sdgalign.documents.document import Box, Declared, Line, PrintedWord

_PITCH = 2.5
"""Distance of two lines, in font sizes: further than lines of one paragraph."""
_LETTER, _SPACE = 0.5, 0.25
"""Width of a letter and of a space, in font sizes."""
_LEFT = {Declared.HEADING: 0.0, Declared.ITEM: 20.0}
_ORDINARY_LEFT = 14.0
_HEADING_STEP = 3.0
"""Points by which the headings of a level stand right of those above."""
_MOST_LEVELS = 4
_GUTTER = 40.0
_FIGURE = re.compile(r"[^A-Za-z]*\d[^A-Za-z]*(?:euro|eur|k)?$", re.IGNORECASE)
_WIDEST_FIGURE = 30
"""Letters; a column with longer cells holds text."""


@dataclass(frozen=True, slots=True)
class LaidLine:
    """A line with the texts of its columns, empty ones too."""

    line: Line
    columns: tuple[str, ...]
    table: int = 0
    """Number of its table; 0 for a paragraph."""


def place_words(lines: Sequence[LaidLine]) -> tuple[PrintedWord, ...]:
    """Return the words of a page with places on a sheet of our own.

    Args:
        lines: Of one page, from the top.
    """
    width = _column_width(lines)
    figures = _figure_columns(lines)
    words: list[PrintedWord] = []
    top = 0.0
    for laid in lines:
        size = laid.line.size
        top += _PITCH * size
        if laid.columns:
            for number, text in enumerate(laid.columns):
                left = _ORDINARY_LEFT + number * width
                if (laid.table, number) in figures:
                    left += (_WIDEST_FIGURE - len(text)) * _LETTER * size
                words += _words(text, left, top, laid.line)
        else:
            words += _words(laid.line.text, _left(laid.line), top, laid.line)
    return tuple(words)


def _left(line: Line) -> float:
    level = _HEADING_STEP * min(line.level, _MOST_LEVELS)
    return _LEFT.get(line.declared or Declared.PARAGRAPH, _ORDINARY_LEFT) + level


def _column_width(lines: Sequence[LaidLine]) -> float:
    """Return a width that all columns of all tables have, so that their texts start alike."""
    longest = max(
        (len(text) * laid.line.size for laid in lines for text in laid.columns), default=0
    )
    return (
        max(longest, _WIDEST_FIGURE * max((laid.line.size for laid in lines), default=0))
        * (_LETTER)
        + _GUTTER
    )


def _figure_columns(lines: Sequence[LaidLine]) -> set[tuple[int, int]]:
    """Return table and number of the columns of figures, which are set flush right."""
    counts: dict[tuple[int, int], tuple[int, int]] = {}
    for laid in lines:
        for number, text in enumerate(laid.columns):
            if number and text:
                of_figures, filled = counts.get((laid.table, number), (0, 0))
                short = len(text) <= _WIDEST_FIGURE
                is_figure = short and bool(_FIGURE.match(text))
                # One long text makes it a column of text.
                filled += 1 if short else len(lines)
                counts[laid.table, number] = (of_figures + is_figure, filled)
    return {key for key, (of_figures, filled) in counts.items() if 2 * of_figures > filled}


def _words(text: str, left: float, top: float, line: Line) -> Iterator[PrintedWord]:
    for word in text.split():
        right = left + len(word) * _LETTER * line.size
        box = Box(line.box.page, left, top, right, top + line.size)
        yield PrintedWord(word, box, line.size, bold=line.bold)
        left = right + _SPACE * line.size
