"""What announces a list or starts a text stands above what comes after: lead-ins and subjects."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sdgalign.segmentation.block import Block
from sdgalign.segmentation.headings import clean_title
from sdgalign.segmentation.lists import announces

_TITLE_LETTERS = 90
"""So much of a long text goes in the heading path."""
_SENTENCE_START = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+(?=[A-ZÀ-Ý‘“\"'])")
_TELLING = 6
"""Words of a sentence that says what comes; fewer ("This means:") lean on the sentence before."""
_NESTED = 0.5
"""Items further to the right, in sizes of their print, are a list in the item above them."""


@dataclass(frozen=True, slots=True)
class _Lead:
    block: Block
    title: str


class Leads:
    """What announces the items or rows being read: a text ending in a colon, a row as title."""

    def __init__(self) -> None:
        self._leads: list[_Lead] = []
        self._band = ""

    def titles(self) -> tuple[str, ...]:
        """Return the lead-ins and the title of the rows, outermost first."""
        return (*(lead.title for lead in self._leads), self._band)

    def clear(self) -> None:
        """Forget all: a heading, or text after the list."""
        self._leads.clear()
        self.end_band()

    def enter_band(self, title: str) -> None:
        """Enter the title of the rows of a table that come now."""
        self._band = shortened(clean_title(title))

    def end_band(self) -> None:
        """End the rows under a title."""
        self._band = ""

    def meet(self, block: Block) -> None:
        """End the lists in items that a new item does not belong to."""
        while self._leads and block.mark is not None and _ends(self._leads[-1].block, block):
            self._leads.pop()

    def enter(self, block: Block, text: str, following: Block | None) -> None:
        """Take a text that announces the items after it as their lead-in."""
        if following is None or not announces(block, following):
            return
        if block.mark is None:
            self._leads.clear()
        elif not _is_nested(block, following):
            return
        self._leads.append(_Lead(block, shortened(clean_title(_announcement(text)))))


def subject_of(text: str, *, is_item: bool) -> str:
    """Return what a text is about, for the pieces after its first: its first sentence.

    Args:
        text: A text of several pieces.
        is_item: Whether it is one point of a list, which its start names; the start of a
            paragraph says what it is about only when it is short, and is left out otherwise.
    """
    first = clean_title(_SENTENCE_START.split(text, maxsplit=1)[0])
    return shortened(first) if is_item or len(first) <= _TITLE_LETTERS else ""


def shortened(text: str) -> str:
    """Return a text as it stands in a heading path."""
    if len(text) <= _TITLE_LETTERS:
        return text
    return text[:_TITLE_LETTERS].rsplit(" ", 1)[0] + " …"


def _announcement(text: str) -> str:
    """Return the sentence that says what a list is about: the last, unless it says too little."""
    first, *_, last = [*_SENTENCE_START.split(text)] * 2
    return last if len(last.split()) >= _TELLING else first


def _is_nested(block: Block, item: Block) -> bool:
    """Whether an item stands in the list of another."""
    if block.mark is None or item.mark is None:
        return False
    if block.mark.kind is not item.mark.kind:
        return True
    return item.first.box.x0 > block.first.box.x0 + _NESTED * block.first.size


def _ends(lead: Block, item: Block) -> bool:
    """Whether an item stands beside the item that announced a list, and not in that list."""
    return lead.mark is not None and not _is_nested(lead, item)
