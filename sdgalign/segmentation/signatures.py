"""Who signs: names and functions at the end of a page, which promise nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from sdgalign.segmentation.block import Block
from sdgalign.segmentation.style import Style

_MOST_WORDS = 12
"""A function ("Secretary of State for …") has no more."""
_MOST_BLOCKS = 6
_TITLES = r"(?:(?:[Dd]rs?|[Mm]rs?|[Mm]s|[Ii]r|[Ii]ng|[Mm]r|Prof|Rt|Hon|Sir|Dame|Lord)\.?\s+)*"
NAME = re.compile(
    _TITLES + r"[A-ZÀ-Ý][\w’'-]+(?:\s+(?:van|von|de|den|der|te|ten|ter|[’']t|[A-Z]\.))*"
    r"(?:\s+[A-ZÀ-Ý][\w’'-]+){1,3}"
)
"""Two to four words that each start with a capital."""
CONTACT = re.compile(r"\S@\w[\w-]*\.\w|\bwww\.\w|\bT(?:el)?\. ?[:0+(]")
"""Where to find somebody."""
_ENDS_SENTENCE = re.compile(r"[.!?:][\"'”’»)]?$")


def find_signatures(blocks: Sequence[Block], style: Style) -> None:
    """Mark the names at the end of a page and the functions under them, in place.

    A large or bold name alone may as well be a heading whose text comes on the next page.

    Args:
        blocks: Of the running text, in reading order.
        style: What is ordinary in it.
    """
    for _, page in groupby(blocks, key=lambda block: block.last.box.page):
        on_page = list(page)
        tail = list(_tail(on_page))[::-1]
        before = on_page[: len(on_page) - len(tail)]
        if len(tail) == _MOST_BLOCKS or not before or not _ENDS_SENTENCE.search(before[-1].plain):
            continue  # a list, or a page of titles
        names = [place for place, block in enumerate(tail) if NAME.fullmatch(block.plain)]
        signed = tail[names[0] :] if names else []
        if len(signed) > 1 or (signed and _is_plain(signed[0], style)):
            for block in signed:
                block.is_signature = True


def _is_plain(block: Block, style: Style) -> bool:
    return block.first.size <= style.size and block.first.bold <= style.bold


def _tail(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the last blocks of a page, from the end, as long as none is a sentence or an item."""
    for block in reversed(blocks[-_MOST_BLOCKS:]):
        is_phrase = len(block.plain.split()) <= _MOST_WORDS
        is_other = block.mark is not None or block.is_row or block.declared is not None
        if is_other or not is_phrase or _ENDS_SENTENCE.search(block.plain):
            return
        yield block
