"""Reading order of the lines of a page.

PDFium gives lines in content order, which is right on most pages, so a page is touched only when
its order contradicts itself: a line stands above one that came before it, or left of a block that
came before it. Then blocks are moved, never lines in a block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sdgalign.documents.document import PageNote, PathCode
from sdgalign.documents.rawline import LEAST_GAP, RawLine

_SPREAD_RATIO = 1.25
_LEAST_LETTERS = 300
"""Pages with fewer letters do not show whether they fold."""
_EDGE = 0.07
"""Share of the page height at the top and the bottom where headers and footers stand, which
producers write first or last."""
_HEADING = 1.1
"""A line that is so much larger than the text is a heading."""


def fold_of(lines: Sequence[RawLine], width: float, height: float) -> float | None:
    """Return where a two-up spread folds, or None when the page is one page."""
    if height <= 0 or width / height < _SPREAD_RATIO:
        return None
    middle = width / 2
    crossing = left = right = 0
    for line in lines:
        if line.x0 < middle - 5 and line.x1 > middle + 5 and not _parts_at(line, middle):
            crossing += len(line.text)
        elif line.x0 < middle:
            left += len(line.text)
        else:
            right += len(line.text)
    # A landscape table crosses the middle with most of its rows; a picture, or the last rows of
    # a table, have no halves.
    if left + right < _LEAST_LETTERS:
        return None
    return middle if crossing <= 0.1 * (left + right) else None


def _parts_at(line: RawLine, x: float) -> bool:
    return any(
        before.x1 < x < after.x0 and after.x0 - before.x1 > LEAST_GAP * line.size
        for before, after in pairwise(line.words)
    )


def order_lines(
    lines: Sequence[RawLine], height: float, fold: float | None
) -> tuple[list[RawLine], list[PageNote]]:
    """Return the lines in reading order, and notes on what was moved."""
    notes: dict[PathCode, None] = {}
    if fold is not None:
        notes[PathCode.SPREAD] = None
        halves = [
            [line for line in lines if line.x0 < fold],
            [line for line in lines if line.x0 >= fold],
        ]
    else:
        halves = [list(lines)]
    ordered: list[RawLine] = []
    for half in halves:
        half_ordered = _interleaved(half)
        if half_ordered is not None:
            notes[PathCode.INTERLEAVED] = None
        elif _contradictions(half, height):
            half_ordered = _moved(half)
            if _contradictions(half_ordered, height) < _contradictions(half, height):
                notes.update(dict.fromkeys(_reasons(half, height)))
            else:
                half_ordered = half
        else:
            half_ordered = half
        ordered.extend(half_ordered)
    return ordered, [PageNote(code) for code in notes]


def number_columns(lines: Sequence[RawLine]) -> list[int]:
    """Return for each line the number of its column: one more at each jump up or aside."""
    columns: list[int] = []
    current = 0
    for number, line in enumerate(lines):
        if number and _starts_column(lines[number - 1], line):
            current += 1
        columns.append(current)
    return columns


def _starts_column(line: RawLine, other: RawLine) -> bool:
    return other.top < line.top - 0.5 * line.height or _apart(line, other)


def _apart(line: RawLine, other: RawLine) -> bool:
    return line.x1 <= other.x0 or other.x1 <= line.x0


def _is_edge(line: RawLine, height: float) -> bool:
    return line.bottom < _EDGE * height or line.top > (1 - _EDGE) * height


def _contradictions(lines: Sequence[RawLine], height: float) -> int:
    return len(_contradicting(lines, height))


def _contradicting(lines: Sequence[RawLine], height: float) -> list[tuple[RawLine, RawLine]]:
    """Return the lines that follow each other although the second stands above the first."""
    inner = [line for line in lines if not _is_edge(line, height) and not line.rotated]
    return [
        (line, other)
        for line, other in pairwise(inner)
        if other.top < line.top - 0.6 * line.height and other.x0 < line.x1 - 1
    ]


def _reasons(lines: Sequence[RawLine], height: float) -> list[PathCode]:
    """Return what was wrong with the order of the lines."""
    reasons = []
    for line, other in _contradicting(lines, height):
        if _apart(line, other):
            reasons.append(PathCode.RIGHT_FIRST)
        elif other.size > _HEADING * line.size or other.bold > line.bold:
            reasons.append(PathCode.LATE_HEADING)
        else:
            reasons.append(PathCode.MOVED)
    return reasons


@dataclass(slots=True)
class _Block:
    lines: list[RawLine]
    x0: float
    top: float
    x1: float
    bottom: float

    @classmethod
    def of(cls, line: RawLine) -> _Block:
        return cls([line], line.x0, line.top, line.x1, line.bottom)

    def add(self, line: RawLine) -> None:
        self.lines.append(line)
        self.x0, self.x1 = min(self.x0, line.x0), max(self.x1, line.x1)
        self.top, self.bottom = min(self.top, line.top), max(self.bottom, line.bottom)


def _blocks(lines: Sequence[RawLine]) -> list[_Block]:
    """Cut the content into blocks of lines under each other in one size."""
    blocks: list[_Block] = []
    for line in lines:
        last = blocks[-1].lines[-1] if blocks else None
        if (
            last is not None
            and -0.4 * last.height < line.top - last.top < 2.6 * max(last.height, line.height)
            and not _apart(last, line)
            and abs(last.size - line.size) < 0.15 * max(last.size, line.size)
        ):
            blocks[-1].add(line)
        else:
            blocks.append(_Block.of(line))
    return blocks


def _before(block: _Block, other: _Block) -> bool:
    """Whether the first must be read before the second, by their places."""
    beside = min(block.x1, other.x1) - max(block.x0, other.x0)
    level = min(block.bottom, other.bottom) - max(block.top, other.top)
    low = min(block.lines[0].height, other.lines[0].height)
    if beside > 1 and level < 0.4 * low:
        return block.top < other.top
    return level > 0.4 * low and beside <= 1 and block.x0 < other.x0


def _moved(lines: Sequence[RawLine]) -> list[RawLine]:
    """Sort the blocks so that each comes after those above and left of it.

    Among the blocks that may come next, the one that follows in the content is taken, so that
    what the producer kept together stays together.
    """
    blocks = _blocks(lines)
    count = len(blocks)
    waits = [
        {other for other in range(count) if other != number and _before(blocks[other], block)}
        for number, block in enumerate(blocks)
    ]
    left, done, ordered = list(range(count)), set[int](), list[RawLine]()
    last = -1
    while left:
        free = [number for number in left if not waits[number] - done] or left
        last = last + 1 if last + 1 in free else free[0]
        left.remove(last)
        done.add(last)
        ordered.extend(blocks[last].lines)
    return ordered


def _interleaved(lines: Sequence[RawLine]) -> list[RawLine] | None:
    """Take apart columns that the producer wrote row by row; None when it did not."""
    prose = [line for line in lines if len(line.text) > 15 and not line.cells and not line.rotated]
    if len(prose) < 12:
        return None
    gutter = _gutter(prose)
    if gutter is None:
        return None
    sides = [line.x0 >= gutter for line in prose if not line.x0 < gutter < line.x1]
    switches = sum(before != after for before, after in pairwise(sides))
    if switches < max(8, 0.4 * len(sides)):
        return None
    return _banded(lines, gutter)


def _gutter(lines: Sequence[RawLine]) -> float | None:
    """Return the place that most lines avoid, with enough lines on both sides."""
    best: tuple[int, float] | None = None
    for x in sorted({round(line.x0) - 1.0 for line in lines}):
        left = sum(line.x0 < x and line.x1 <= x for line in lines)
        right = sum(line.x0 >= x for line in lines)
        crossing = len(lines) - left - right
        if min(left, right) >= 0.25 * len(lines) and (best is None or (crossing, x) < best):
            best = (crossing, x)
    return best[1] if best is not None and best[0] <= 0.25 * len(lines) else None


def _banded(lines: Sequence[RawLine], gutter: float) -> list[RawLine]:
    """Read left column then right column between the lines that run across both."""
    ordered: list[RawLine] = []
    band: list[RawLine] = []
    parts = [part for line in lines for part in _halves(line, gutter)]
    for line in sorted(parts, key=lambda line: (round(line.top), line.x0)):
        if line.x0 < gutter < line.x1:
            ordered.extend(_by_side(band, gutter))
            ordered.append(line)
            band = []
        else:
            band.append(line)
    return ordered + _by_side(band, gutter)


def _halves(line: RawLine, gutter: float) -> list[RawLine]:
    """Return the two texts of a line that leaves the gutter free; else the line."""
    if not line.x0 < gutter < line.x1 or not _parts_at(line, gutter):
        return [line]
    cut = next(number for number, word in enumerate(line.words) if word.x0 >= gutter)
    return [line.part(line.words[:cut]), line.part(line.words[cut:])]


def _by_side(band: Sequence[RawLine], gutter: float) -> list[RawLine]:
    left = [line for line in band if line.x0 < gutter]
    right = [line for line in band if line.x0 >= gutter]
    further = _gutter(right) if len(right) >= 12 else None
    return left + (right if further is None else _banded(right, further))
