"""Titles that were set smaller to fit: sizes that are one level in the eyes of the designer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sdgalign.segmentation.block import Block
from sdgalign.segmentation.style import Style

_DISPLAY = 2.0
"""Titles are set so much larger than the text."""
_SHRUNK = 0.82
"""A long title is set at least so large as its like."""
_LEAST = 3


class TitleSizes:
    """Tells which sizes are one.

    Large titles that never stand elsewhere than at the top of a page open a section each, whether
    they are a little larger or smaller; a level below another also stands under text.

    Args:
        blocks: Of the running text.
        style: What is ordinary in it.
    """

    def __init__(self, blocks: Sequence[Block], style: Style) -> None:
        pages: dict[int, list[Block]] = {}
        for block in blocks:
            pages.setdefault(block.first.box.page, []).append(block)
        seen, on_top = Counter[float](), Counter[float]()
        for block in blocks:
            if block.first.size >= _DISPLAY * style.size:
                size = _rounded(block.first.size)
                seen[size] += 1
                on_top[size] += _is_on_top(block, pages[block.first.box.page])
        self._same: dict[float, float] = {}
        largest = 0.0
        for size in sorted(seen, reverse=True):
            if seen[size] < _LEAST or on_top[size] < seen[size]:
                continue
            if size < _SHRUNK * largest or not largest:
                largest = size
            self._same[size] = largest

    def level(self, size: float) -> float:
        """Return the size that stands for a size."""
        return self._same.get(_rounded(size), size)


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _is_on_top(block: Block, others: Sequence[Block]) -> bool:
    box = block.first.box
    return not any(
        line.box.top < box.top and line.box.x0 < box.x1 and line.box.x1 > box.x0
        for other in others
        if other is not block
        for line in other.lines
    )
