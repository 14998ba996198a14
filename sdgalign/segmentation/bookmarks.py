"""Bookmarks of a file, and whether they can be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sdgalign.documents.document import OutlineEntry
from sdgalign.segmentation.block import Block
from sdgalign.segmentation.levels import title_key
from sdgalign.segmentation.marks import section_depth

_MOST_WORDS = 22
"""More is a paragraph that some program made a bookmark of."""
_MOST_PARAGRAPHS = 0.25
"""A larger share of paragraphs among the bookmarks: their maker did not mean headings."""
_LEAST_CONTRADICTIONS = 3
_UNLIKE = 0.06
"""Sizes that differ by a larger share are two sizes."""


class Bookmarks:
    """Finds the bookmark of a text.

    Some programs make a bookmark of any paragraph that somebody gave the style of a heading, and
    give it the level of that style. So the bookmarks of a document are tested once: on being
    titles, and on levels that agree with numbers and sizes in print.

    Args:
        outline: The bookmarks of a file.
        blocks: The running text to test them on; without any they are taken as they are.
    """

    def __init__(self, outline: Sequence[OutlineEntry], blocks: Sequence[Block] = ()) -> None:
        self._entries: dict[str, list[OutlineEntry]] = {}
        long = sum(len(entry.title.split()) > _MOST_WORDS for entry in outline)
        self.are_titles = long <= _MOST_PARAGRAPHS * len(outline)
        """Whether they name headings; if not, none is found."""
        if not self.are_titles:
            self.have_levels = False
            return
        for entry in outline:
            self._entries.setdefault(title_key(entry.title), []).append(entry)
        self.have_levels = self._agree_with_print(blocks)
        """Whether their levels are those of the headings."""

    def has(self, text: str, page: int) -> bool:
        """Return whether a text near a page is a bookmark."""
        return self._find(text, page) is not None

    def level(self, text: str, page: int) -> int | None:
        """Return the level of the bookmark of a text near a page; None without one to trust."""
        entry = self._find(text, page)
        return entry.level if entry is not None and self.have_levels else None

    def _find(self, text: str, page: int) -> OutlineEntry | None:
        for entry in self._entries.get(title_key(text), ()):
            if entry.page is None or abs(entry.page - page) <= 1:
                return entry
        return None

    def _agree_with_print(self, blocks: Sequence[Block]) -> bool:
        """Whether levels agree more often than not with what the print shows."""
        found = list(self._matched(blocks))
        signs = [
            (entry.level < other.level) == _is_above(block, below)
            for (entry, block), (other, below) in pairwise(found)
            if entry.level != other.level and _differ(block, below)
        ]
        contradictions = signs.count(False)
        return contradictions < _LEAST_CONTRADICTIONS or 2 * contradictions <= len(signs)

    def _matched(self, blocks: Sequence[Block]) -> Iterator[tuple[OutlineEntry, Block]]:
        for block in blocks:
            entry = self._find(block.plain, block.first.box.page)
            if entry is not None:
                yield entry, block


def _differ(block: Block, other: Block) -> bool:
    """Whether numbers or sizes tell two titles apart."""
    return _depths(block, other) is not None or _sizes_differ(block, other)


def _is_above(block: Block, other: Block) -> bool:
    """Whether the first stands above the second by its number, or else by its size."""
    depths = _depths(block, other)
    if depths is not None:
        return depths[0] < depths[1]
    return block.first.size > other.first.size


def _depths(block: Block, other: Block) -> tuple[int, int] | None:
    """Return the depths of two titles by their numbers, where both have one and they differ."""
    depth, below = section_depth(block.plain), section_depth(other.plain)
    return None if depth is None or below is None or depth == below else (depth, below)


def _sizes_differ(block: Block, other: Block) -> bool:
    size, below = block.first.size, other.first.size
    return abs(size - below) > _UNLIKE * max(size, below)
