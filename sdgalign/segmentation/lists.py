"""Items that count up: numbers without a dot, and items that follow the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sdgalign.segmentation.block import Block
from sdgalign.segmentation.marks import Mark, MarkKind
from sdgalign.segmentation.style import Style, same_flow

_BARE = re.compile(r"(\d{1,2})\s+(?=[^\W\d_])")
_LARGER = 1.12
_NOTE_SIZE = 0.9
_LABEL, _LABEL_WORDS = re.compile(r"[A-ZÀ-Ý].*[\w)]"), 8
"""A short line without an end, above and left of the items of a list, says what they are about."""
_LEAST = 2
"""Items of a list that starts with 1; one of which the start stands elsewhere has one more."""


def find_lists(blocks: Sequence[Block], style: Style) -> None:
    """Mark the blocks that count up, in place.

    A number without a dot (``1 Een nieuw park``) may start a heading or a sentence as well, so
    that it is a mark only where the blocks around it count on in the font of the text.

    Args:
        blocks: Of the running text, in reading order.
        style: What is ordinary in it.
    """
    run: list[tuple[Block, Mark]] = []
    for block in blocks:
        mark = _bare_mark(block, style)
        if run and (mark is None or mark.value != run[-1][1].value + 1):
            _close(run)
            run = []
        if mark is not None:
            run.append((block, mark))
    _close(run)
    for block, following in pairwise(blocks):
        following.counts_on = _is_next(block.mark, following.mark)


def _bare_mark(block: Block, style: Style) -> Mark | None:
    line = block.first
    is_plain = line.size < _LARGER * style.size and (not line.bold or style.bold)
    if block.mark is not None or block.is_row or line.declared or not is_plain:
        return None
    match = _BARE.match(line.text)
    return Mark(MarkKind.NUMBER, match.end(), int(match[1])) if match else None


def _close(run: Sequence[tuple[Block, Mark]]) -> None:
    """Give the blocks of a run their marks when there are enough of them."""
    if run and len(run) >= _LEAST + (run[0][1].value != 1):
        for block, mark in run:
            block.mark = mark


def _is_next(mark: Mark | None, following: Mark | None) -> bool:
    if mark is None or following is None or mark.kind is not following.kind:
        return False
    return mark.value > 0 and following.value == mark.value + 1


def announces(block: Block, following: Block | None) -> bool:
    """Return whether a text announces the items after it: by a colon, or as a short line above.

    Args:
        block: The text.
        following: What comes after it.
    """
    if following is None or following.mark is None:
        return False
    line, item = block.first, following.first
    if block.plain.endswith(":"):
        return True
    if block.mark is not None or len(block.lines) > 1 or not block.gap_before:
        return False
    is_label = len(line.text.split()) <= _LABEL_WORDS and bool(_LABEL.fullmatch(line.text))
    return is_label and same_flow(line, item) and line.box.x0 < item.box.x0 - 0.5 * line.size


def is_inside(block: Block, item: Block, following: Block | None) -> bool:
    """Return whether a block without a mark stands in a list: in an item, or between two.

    Args:
        block: The block.
        item: The last item before it.
        following: What comes after it.
    """
    line, first = block.first, item.first
    if line.size < _NOTE_SIZE * first.size:
        return True
    is_between = following is not None and following.mark is not None
    if is_between and not announces(block, following):
        return True
    return same_flow(item.last, line) and line.box.x0 > first.box.x0 + 0.5 * first.size
