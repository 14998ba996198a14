"""Labels of a form that was left open: "Comment:", again and again, with nothing behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

from sdgalign.segmentation.block import Block

_MOST_WORDS, _LEAST = 3, 3


def form_labels(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the short texts ending in a colon that often have nothing behind them.

    Args:
        blocks: Of the running text, in reading order.
    """
    open_labels = Counter(
        block.plain
        for block, following in zip_longest(blocks, blocks[1:])
        if _is_label(block) and not _announces(following)
    )
    return frozenset(label for label, count in open_labels.items() if count >= _LEAST)


def without_labels(text: str, labels: frozenset[str]) -> str:
    """Return a text without the labels of a form."""
    for label in labels:
        text = text.replace(label, " ")
    return text


def _is_label(block: Block) -> bool:
    is_plain = block.mark is None and not block.is_row and not block.first.bold
    return is_plain and block.plain.endswith(":") and len(block.plain.split()) <= _MOST_WORDS


def _announces(following: Block | None) -> bool:
    """Whether a label is about what follows: a list or a text in the same print."""
    if following is None or following.is_row:
        return False
    return following.mark is not None or len(following.plain.split()) > _MOST_WORDS
