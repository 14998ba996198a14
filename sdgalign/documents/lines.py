"""Printed lines from PDFium's lines: split where two columns merged, joined where one was cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sdgalign.documents.rawline import BULLET, LEAST_GAP, WIDE_GAP, RawLine, Word, has_gap

_CELL_GAP = 1.6
"""Gap between two cells of a row without rules, in font sizes."""
_COLUMN_GAP = 2.5
"""Gap, in font sizes, that parts two texts on the same height even where no other line has it."""
_MARK_REACH = 4.0
"""How far left of its text a list mark or a heading's number may stand, in font sizes."""
_MARK = re.compile(
    r"^(?:[^\w\s]{1,2}|[\ue000-\uf8ff]|\(?\d{1,3}[.)]?|\(?[a-zA-Z][.)]|[ivxIVX]{1,5}[.)]"
    r"|\d+(?:\.\d+)+\.?|\d+\s?[—–-]|[A-Z]{1,4}[- ]?\d[\w.\-/]*:?)$"
)
_NUMBER = re.compile(r"^[€$£]?\s?[-–+]?[\d.,\s]*\d\s?(?:%|€|euro|[mk]?)?$|^[-–—]$|^n\.?v\.?t\.?$")


def is_number(text: str) -> bool:
    """Return whether a cell holds a figure, an amount or a dash for none."""
    return bool(_NUMBER.match(text.strip()))


def is_mark(text: str) -> bool:
    """Return whether a text is only a list mark, a heading's number or a plan code."""
    return bool(_MARK.match(text.strip()))


def has_mark(text: str) -> bool:
    """Return whether a text starts with a list mark, a number or a plan code."""
    words = text.split(maxsplit=1)
    return bool(words) and is_mark(words[0])


def split_lines(lines: Sequence[RawLine], middle: float | None) -> list[RawLine]:
    """Split the lines that hold more than one text.

    Args:
        lines: The lines of a page.
        middle: Where the page of a two-up spread has its fold; None when it is one page.

    Returns:
        The lines, with ``cells`` where a line is a row of a table without rules.
    """
    folds = _gutters(lines) if middle is None else [middle]
    parts: list[RawLine] = []
    for line in lines:
        if not line.words or not has_gap(line.words, LEAST_GAP * line.size):
            parts.append(line)
            continue
        for part in _split_at(line, folds, WIDE_GAP if middle is None else LEAST_GAP):
            parts.extend(_split_wide(part))
    return parts


def _gaps(line: RawLine, least: float) -> list[tuple[int, float, float]]:
    """Return the gaps of a line: number of the word after it, left and right end."""
    return [
        (number, before.x1, after.x0)
        for number, (before, after) in enumerate(pairwise(line.words), 1)
        if after.x0 - before.x1 > least * line.size
    ]


def _gutters(lines: Sequence[RawLine]) -> list[float]:
    """Return the horizontal places of column gutters that run through merged lines."""
    gaps = [
        (line, gap)
        for line in lines
        if line.words
        for gap in _gaps(line, WIDE_GAP)
        if _is_prose(line.words[: gap[0]]) and _is_prose(line.words[gap[0] :])
    ]
    found: list[float] = []
    for _, (_, left, right) in gaps:
        x = (left + right) / 2
        through = sum(start < x < end for _, (_, start, end) in gaps)
        crossing = sum(line.x0 < x < line.x1 for line in lines) - through
        if through >= 5 and through > crossing and all(abs(x - other) > 40 for other in found):
            found.append(x)
    return found


def _is_prose(words: Sequence[Word]) -> bool:
    return len(words) >= 3 and not all(is_number(word.text) for word in words)


def _split_at(line: RawLine, places: Sequence[float], least: float) -> list[RawLine]:
    cuts = [
        number
        for number, left, right in _gaps(line, least)
        if any(left < place < right for place in places)
    ]
    return _cut(line, cuts)


def _split_wide(line: RawLine) -> list[RawLine]:
    """Split a line at gaps that part two texts; mark the cells when it is a row of figures."""
    gaps = _gaps(line, _CELL_GAP)
    if not gaps:
        return [line]
    parts = _cut(line, [number for number, _, _ in gaps])
    texts = tuple(part.text for part in parts)
    figures = sum(is_number(text) for text in texts[1:])
    if figures and figures >= (len(texts) - 1) / 2 and not is_mark(texts[0]):
        line.cells = texts
        return [line]
    if len(texts) >= 3 and is_mark(texts[0]) and figures >= (len(texts) - 1) / 2:
        line.cells = texts
        return [line]
    wide = [
        number
        for number, left, right in gaps
        if right - left > _COLUMN_GAP * line.size
        and not (number <= 2 and is_mark(" ".join(word.text for word in line.words[:number])))
        and not is_number(" ".join(word.text for word in line.words[number:]))
    ]
    return _cut(line, wide)


def _cut(line: RawLine, numbers: Sequence[int]) -> list[RawLine]:
    if not numbers:
        return [line]
    edges = [0, *numbers, len(line.words)]
    return [line.part(line.words[start:end]) for start, end in pairwise(edges)]


def join_lines(lines: Sequence[RawLine]) -> list[RawLine]:
    """Join pieces of one printed line: a raised figure, a list mark, a heading's number."""
    joined: list[RawLine] = []
    for line in _with_marks(lines):
        if joined and _continues(joined[-1], line):
            joined[-1] = _joined(joined[-1], line)
        else:
            joined.append(line)
    return joined


def _with_marks(lines: Sequence[RawLine]) -> list[RawLine]:
    """Move list marks that stand alone elsewhere in the content to the text right of them."""
    marks = [
        number
        for number, line in enumerate(lines)
        if len(line.text) == 1 and not line.text.isalnum() and not line.rotated
    ]
    if not marks:
        return list(lines)
    owners: dict[int, int] = {}
    for number in marks:
        mark = lines[number]
        beside = [
            (line.x0 - mark.x1, other)
            for other, line in enumerate(lines)
            if other != number
            and line.x0 >= mark.x1 - 1
            and line.x0 - mark.x1 < _MARK_REACH * line.size
            and _same_height(mark, line)
            and not is_mark(line.text)
        ]
        if beside:
            owners[min(beside)[1]] = number
    moved = set(owners.values())
    result = []
    for number, line in enumerate(lines):
        if number in moved:
            continue
        result.append(_joined(lines[owners[number]], line) if number in owners else line)
    return result


def _same_height(line: RawLine, other: RawLine) -> bool:
    overlap = min(line.bottom, other.bottom) - max(line.top, other.top)
    # A raised figure stands half above the line it belongs to.
    share = 0.6 if abs(line.size - other.size) < 0.2 * max(line.size, other.size) else 0.35
    return overlap > share * min(line.height, other.height)


def _continues(line: RawLine, other: RawLine) -> bool:
    if line.rotated or other.rotated or other.cells:
        return False
    if line.cells and not is_number(other.text):
        return False
    if not _same_height(line, other) or other.x0 < line.x1 - 1:
        return False
    size = max(line.size, other.size)
    gap = other.x0 - line.x1
    if is_number(other.text) and not is_mark(line.text):
        return True  # a cell or a page number right of its text
    return gap < size or (is_mark(line.text) and gap < 2 * _MARK_REACH * size)


def _joined(line: RawLine, other: RawLine) -> RawLine:
    longer = line if len(line.text) > len(other.text) else other
    space = "" if other.x0 - line.x1 < 0.15 * longer.size and line.text != BULLET else " "
    cells: tuple[str, ...] = ()
    if is_number(other.text) and other.x0 - line.x1 > _CELL_GAP * longer.size:
        cells = (*(line.cells or (line.text,)), other.text)
    return RawLine(
        line.text + space + other.text,
        line.x0,
        longer.top,
        max(line.x1, other.x1),
        longer.bottom,
        longer.size,
        longer.bold,
        longer.italic,
        cells=cells,
        tagged=line.tagged or other.tagged,
    )
