"""Amounts in rows: which figures are amounts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sdgalign.documents import PrintedWord
from sdgalign.plans.amounts import has_currency, has_letters, is_grouped, parse_amount
from sdgalign.plans.heads import Head
from sdgalign.plans.rows import Row, baseline

_WIDE = 1.1
"""Gap, in font sizes, that no words of one text have between them."""
_NARROW = 0.45
"""Gap, in font sizes, before an amount whose right edge is that of a column."""
_TIGHT = 0.5
"""Gap, in font sizes, between the groups of figures of one amount."""
_BESIDE_ONE = 0.15
"""How much wider it is beside a 1, the narrowest figure."""
_PITCH = 40.0
"""Points left of the name of a lone column of amounts at which its amounts may end."""
_LONGEST_BARE = 8
"""Figures in a row that may be an amount at the start of a line; more are a code."""
_LONGEST_AMOUNT = 9
"""Figures in a row, without marks between them, that may be an amount anywhere."""
_LIKE_CODE = re.compile(r"^[1-9]\d?\.\d{1,2}$")
"""``1.1``: a code sooner than one euro and ten cents, which Belgians write with a comma."""


@dataclass(frozen=True, slots=True)
class Cell:
    """An amount in a row."""

    value: float
    x0: float
    x1: float
    words: frozenset[int]
    """Places of its words in the row."""
    is_first: bool = False
    """Whether nothing stands left of it."""
    is_sure: bool = False
    """Whether it is printed as only amounts are: ``€ 5``, ``1.500``."""


class Edges:
    """Where columns of amounts end: right edges that more than one amount shares.

    Args:
        rows: All rows of the document.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        counts: Counter[int] = Counter(
            round(cell.x1) for row in rows for cell in row_amounts(row, None)
        )
        self._counts = counts

    def has(self, x: float) -> bool:
        """Return whether a column of amounts ends there."""
        near = sum(self._counts[round(x) + step] for step in (-1, 0, 1))
        return near >= 2


def row_amounts(row: Row, edges: Edges | None, head: Head | None = None) -> list[Cell]:
    """Return the amounts of a row, from left to right.

    An amount stands apart from the text, or less far apart where a column of amounts ends; a
    figure in a sentence does neither.

    Args:
        row: The row.
        edges: Where columns of amounts end; None while that is not known.
        head: The head of the table that the row may be of.
    """
    found: list[Cell] = []
    for line in _lines(row):
        places = list(line)
        start = 0
        while start < len(places):
            end = _amount_end(row, places, start)
            if end > start and (cell := _cell(row, places, start, end, edges)) is not None:
                found.append(cell)
            start = max(end, start + 1)
    if head is not None and head.amounts:
        least = _left_of_amounts(head)
        found = [cell for cell in found if cell.is_sure or cell.x1 >= least]
        if len(head.amounts) < len(found):
            found = [cell for cell in found if not cell.is_first]
    if any(cell.is_first for cell in found) and sum(len(cell.words) for cell in found) < len(
        row.words
    ):
        # A line of text may start with a figure; an amount there says that it is one.
        found = [cell for cell in found if not cell.is_first or _is_plain(row, cell, edges, head)]
    return sorted(found, key=lambda cell: cell.x0)


def _left_of_amounts(head: Head) -> float:
    """Return where a bare figure is too far left to be under any column of amounts."""
    starts = sorted(column.x0 for column in head.amounts)
    return starts[0] - (starts[1] - starts[0]) / 2 if len(starts) > 1 else starts[0] - _PITCH


def _is_plain(row: Row, cell: Cell, edges: Edges | None, head: Head | None) -> bool:
    """Whether an amount before a text cannot be anything else: ``€ 500``, ``1.500`` and a gap."""
    columns = head.amounts if head is not None else ()
    is_under = any(column.x0 < cell.x1 and cell.x0 < column.x1 for column in columns)
    is_under |= bool(columns) and edges is not None and edges.has(cell.x1)
    text = " ".join(row.words[place].text for place in sorted(cell.words))
    end = max(cell.words) + 1
    is_apart = (
        end < len(row.words) and row.words[end].box.x0 - cell.x1 > _WIDE * row.words[end].size
    )
    return is_apart and (is_under or has_currency(text) or is_grouped(text))


def _lines(row: Row) -> list[list[int]]:
    lines: list[list[int]] = [[0]]
    for number, (before, word) in enumerate(pairwise(row.words), 1):
        if word.box.x0 < before.box.x0 or baseline(word) - baseline(before) > 0.5 * word.size:
            lines.append([])
        lines[-1].append(number)
    return lines


def _amount_end(row: Row, places: Sequence[int], start: int) -> int:
    """Return where an amount ends that starts at a word: the longest that can be read as one."""
    best = start
    for end in range(start + 1, min(start + 6, len(places)) + 1):
        words = [row.words[place] for place in places[start:end]]
        if has_letters(words[-1].text):
            break
        if any(
            after.box.x0 - before.box.x1
            > (_WIDE * 4 if has_currency(before.text) else _tight(before, after)) * after.size
            for before, after in pairwise(words)
        ):
            break
        text = " ".join(word.text for word in words)
        if parse_amount(text) is not None and any(map(_is_figure, text)):
            best = end
    return best


def _tight(before: PrintedWord, after: PrintedWord) -> float:
    return _TIGHT + _BESIDE_ONE * (before.text[-1] == "1" or after.text[0] == "1")


def _is_figure(char: str) -> bool:
    return char.isdigit() or char in "-–—−"


def _cell(
    row: Row, places: Sequence[int], start: int, end: int, edges: Edges | None
) -> Cell | None:
    words = [row.words[place] for place in places[start:end]]
    text = " ".join(word.text for word in words)
    x0, x1, size = words[0].box.x0, words[-1].box.x1, words[0].size
    before = row.words[places[start - 1]] if start else None
    after = row.words[places[end]] if end < len(places) else None
    is_edge = edges is not None and edges.has(x1)
    least_left = least_right = _WIDE * size
    if is_edge and (is_grouped(text) or has_currency(text) or _is_amount(before)):
        least_left = _NARROW * size
    if _is_amount(after):
        least_right = _NARROW * size
    if before is not None and x0 - before.box.x1 < least_left:
        return None
    if after is not None and after.box.x0 - x1 < least_right:
        return None
    if before is None and ((edges is not None and not is_edge) or not _has_digit(text)):
        return None  # a dash alone is a list mark
    if _LIKE_CODE.match(text) or (text.isdigit() and len(text) > _LONGEST_AMOUNT):
        return None
    if before is None and text.isdigit() and len(text) > _LONGEST_BARE:
        return None
    value = parse_amount(text)
    assert value is not None
    is_sure = has_currency(text) or is_grouped(text)
    return Cell(value, x0, x1, frozenset(places[start:end]), before is None, is_sure)


def _is_amount(word: PrintedWord | None) -> bool:
    return word is not None and (has_currency(word.text) or parse_amount(word.text) is not None)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
