"""Large lines that are no headings: pull quotes, slogans, the texts of boxes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from sdgalign.segmentation.block import Block
from sdgalign.segmentation.marks import section_depth
from sdgalign.segmentation.style import LARGER, Style, same_flow

_TITLE = 2.0
"""The title of a part is so much larger than the text, and may stand on a page of its own."""
_LEAST = 2
_MOST_LETTERS = 130
_SENTENCE_WORDS = 9
_OFTEN = 0.1
"""Seldom is a heading without text under it: less than this share of those of one look."""
_HARDLY, _NEARLY = 1.3, 0.93
"""Sizes beside that of the text. Headings do not go from bold to plain and back to bold."""

_Look = tuple[float, bool, bool]
"""Size, to half a point, and whether bold and italic."""


class PullQuotes:
    """Tells pull quotes and boxes from headings by what stands under the lines that look alike.

    Args:
        blocks: Of the running text.
        style: What is ordinary in it.
    """

    def __init__(self, blocks: Sequence[Block], style: Style) -> None:
        self._style = style
        closing, above = self._counts(blocks)
        often = {
            look: count / (count + above[look])
            for look, count in closing.items()
            if count >= _LEAST
        }
        bold = Counter(
            block.first.size
            for block in blocks
            if block.first.bold and not block.is_row and len(block.plain) <= _MOST_LETTERS
        )
        sizes = [size for size, count in bold.items() if count >= _LEAST]
        self._prose = _beside_sentences(blocks, style)
        self._closing = frozenset(look for look, share in often.items() if share > 0.5)
        self._boxes = frozenset(
            look
            for look in {*closing, *above}
            if not look[1]
            and any(size > look[0] for size in sizes)
            and (often.get(look, 0.0) > _OFTEN or self._is_between(look, sizes))
        )

    def _counts(self, blocks: Sequence[Block]) -> tuple[Counter[_Look], Counter[_Look]]:
        """Count, per look, the large blocks without text under them and those with."""
        closing, above = Counter[_Look](), Counter[_Look]()
        page = 0
        for block, following in zip_longest(blocks, blocks[1:]):
            if block.first.size < LARGER * self._style.size:
                page = block.last.box.page
                continue
            is_over = page == block.first.box.page and _is_last(block, following)
            is_empty = is_over or _is_before_larger(block, following)
            (closing if is_empty else above)[_look(block)] += 1
        return closing, above

    def _is_between(self, look: _Look, bold: Sequence[float]) -> bool:
        """Whether lines are hardly larger than the text, and smaller headings are bold."""
        small = (size for size in bold if size >= _NEARLY * self._style.size)
        return look[0] < _HARDLY * self._style.size and any(size < look[0] for size in small)

    def has(self, block: Block, following: Block | None) -> bool:
        """Return whether a large block is a pull quote or a box."""
        line = block.first
        if line.size >= _TITLE * self._style.size or section_depth(block.plain) is not None:
            return False
        if _look(block) in self._boxes or id(block) in self._prose:
            return True
        is_quote = line.italic and not line.bold
        return (is_quote or _look(block) in self._closing) and _is_last(block, following)


def _beside_sentences(blocks: Sequence[Block], style: Style) -> frozenset[int]:
    """Return the identities of large sentences that stand beside longer ones in the same print."""
    return frozenset(
        id(block)
        for pair in pairwise(blocks)
        for block, other in (pair, pair[::-1])
        if block.first.size >= LARGER * style.size
        and block.plain.endswith(".")
        and len(other.plain.split()) > _SENTENCE_WORDS
        and other.plain.endswith(".")
        and _look(block) == _look(other)
        and block.first.box.page == other.first.box.page
    )


def _look(block: Block) -> _Look:
    line = block.first
    return round(line.size * 2) / 2, line.bold, line.italic


def _is_last(block: Block, following: Block | None) -> bool:
    return following is None or not same_flow(block.last, following.first)


def _is_before_larger(block: Block, following: Block | None) -> bool:
    """Whether what follows is a larger heading: then a heading would have no text."""
    return following is not None and following.first.size > 1.06 * block.first.size
