"""Which blocks are headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sdgalign.documents.document import Declared
from sdgalign.segmentation.block import Block
from sdgalign.segmentation.bookmarks import Bookmarks
from sdgalign.segmentation.levels import Heading
from sdgalign.segmentation.marks import (
    PLAN_DEPTH,
    Mark,
    MarkKind,
    is_chapter,
    is_chapter_label,
    list_mark,
    plan_level,
    section_depth,
)
from sdgalign.segmentation.quotes import PullQuotes
from sdgalign.segmentation.signatures import CONTACT, NAME
from sdgalign.segmentation.style import LARGER, Style
from sdgalign.segmentation.titles import TitleSizes

_MOST_LETTERS, _MOST_LINES = 170, 5
_MOST_DECLARED = 250
"""Letters; a longer "heading" is text to which somebody gave the style of one."""
_NEVER = frozenset({Declared.ITEM, Declared.NOTE, Declared.CONTENTS})
"""What a file declares to be something else than a heading."""
_LETTERS = re.compile(r"[^\W\d_]")
_FULL_STOP = re.compile(r"[^\W\d_]{3}\.$")
_SENTENCE_END = re.compile(r"[.;,…]$")
_MOST_TITLE_WORDS = 30
_LARGER_BOLD, _MOST_STOPPED_WORDS = 1.05, 12
"""A bold line so much larger than the text may have so many words before its full stop."""
_ABBREVIATION = re.compile(r"[^\W\d_]{2,4}")
"""In capitals without being a style: ``KRW``, ``GGZ``."""
_FUNCTION_WORDS = 8
_LEAST_SURENESS = 0.7
"""Of a line that was recognised from a picture: logos and stains are read as large letters."""
_QUOTE = re.compile(r"^[“\"„‘«]|[”\"»]$")


class HeadingFinder:
    """Tells headings from text.

    Args:
        style: What is ordinary in the document.
        bookmarks: Of the file.
        blocks: The running text, to learn from what its headings look like.
    """

    def __init__(
        self,
        style: Style,
        bookmarks: Bookmarks,
        blocks: Sequence[Block],
    ) -> None:
        self._style = style
        self._quotes = PullQuotes(blocks, style)
        self._sizes = TitleSizes(blocks, style)
        self._bookmarks = bookmarks
        self._is_titled = False
        """Whether the number of a chapter stands above the block that comes now."""

    def heading(self, block: Block, text: str, following: Block | None) -> Heading | None:
        """Return the heading that a block is, or None when it is text.

        Args:
            block: The block.
            text: Its joined text.
            following: The block after it.
        """
        if block.declared is Declared.HEADING and len(text) <= _MOST_DECLARED:
            return _declared_heading(block, text)
        is_titled, self._is_titled = self._is_titled, False
        if not self._can_be(block, text):
            return None
        is_named = block.first.tagged is Declared.HEADING or self._has_bookmark(block, text)
        if not is_named and not self._looks_like(block, text, following):
            return None
        level = plan_level(text)
        self._is_titled = is_chapter_label(text)
        return Heading(
            text=clean_title(text),
            size=self._size(block, following if self._is_titled else None),
            bold=block.first.bold,
            capitals=None if _ABBREVIATION.fullmatch(text) else text.isupper(),
            depth=1 if is_titled else PLAN_DEPTH[level] if level else section_depth(text),
            outline=self._bookmarks.level(text, block.first.box.page),
            is_label=text.endswith(":") and block.mark is None and section_depth(text) is None,
            is_chapter=is_titled or is_chapter(text),
        )

    def _size(self, block: Block, title: Block | None) -> float:
        """Return the size of a heading; that of a chapter's number is that of its title."""
        size = block.first.size
        return self._sizes.level(size if title is None else max(size, title.first.size))

    def _can_be(self, block: Block, text: str) -> bool:
        mark = block.mark
        return (
            not block.is_signature
            and block.declared not in _NEVER
            and not block.is_row
            and len(text) <= _MOST_LETTERS
            and len(block.lines) - block.has_lone_number <= _MOST_LINES
            and len(_LETTERS.findall(text)) >= 2
            and (mark is None or mark.kind in (MarkKind.NUMBER, MarkKind.LETTER))
            and not (len(text) > 30 and _QUOTE.search(text))
            and not CONTACT.search(text)
            and min(line.sureness for line in block.lines) >= _LEAST_SURENESS
            and not text.startswith(("*", ",", ";", ")", "http", "www."))
        )

    def _has_bookmark(self, block: Block, text: str) -> bool:
        # Some programs make a bookmark of any paragraph, and of list items.
        distinct = block.first.bold or block.first.size > 1.05 * self._style.size
        if _is_sentence(text) or not (distinct or block.mark is None):
            return False
        return self._bookmarks.has(text, block.first.box.page)

    def _looks_like(self, block: Block, text: str, following: Block | None) -> bool:
        line = block.first
        if block.gap_before is False and line.size < LARGER * self._style.size and not line.bold:
            return False
        if text[0].islower() and section_depth(text) is None:
            return False
        if line.size >= LARGER * self._style.size:
            is_prose = _is_sentence(text) and not _is_numbered_title(text)
            return not is_prose and not self._quotes.has(block, following)
        if line.size < 0.93 * self._style.size:
            return False
        if line.bold and not self._style.bold:
            if self._is_signature(text, following):
                return False
            is_short = len(block.lines) == 1 and len(text) <= 60
            if text.endswith(".") and is_short and following is not None:
                most = 7 if line.size < _LARGER_BOLD * self._style.size else _MOST_STOPPED_WORDS
                return not following.first.bold and len(text.split()) <= most
            return len(text) <= 130 and not _is_sentence(text) and not _SENTENCE_END.search(text)
        if _SENTENCE_END.search(text) or following is None or following.is_row:
            return False
        return self._plain_heading(block, text, following)

    def _is_signature(self, text: str, following: Block | None) -> bool:
        """Whether a text is a name with nothing under it, or no more than what that person is."""
        if not NAME.fullmatch(text):
            return False
        if following is None or following.first.size >= LARGER * self._style.size:
            return True
        plain = following.plain
        is_phrase = len(plain.split()) <= _FUNCTION_WORDS and plain[-1].isalnum()
        return is_phrase and following.mark is None and not following.is_row

    def _plain_heading(self, block: Block, text: str, following: Block) -> bool:
        """Whether a block in the font of the text is a heading by its number or its capitals."""
        if len(text) > 90 or block.counts_on or following.counts_on:
            return False
        if following.mark == block.mark is not None:
            return False
        if text.isupper() and len(_LETTERS.findall(text)) >= 4:
            return True
        if text.endswith((":", "?", "!")) or not block.gap_before:
            return False
        if section_depth(text) is not None and block.mark is None:
            return True
        return _is_number(block.mark) and len(block.lines) == 1 and following.mark is None


def _declared_heading(block: Block, text: str) -> Heading:
    level = plan_level(text)
    return Heading(
        text=clean_title(text),
        size=block.first.size,
        bold=block.first.bold,
        capitals=False,
        depth=PLAN_DEPTH[level] if level else None,
        outline=None,
        declared=block.first.level,
    )


def _is_number(mark: Mark | None) -> bool:
    return mark is not None and mark.kind is MarkKind.NUMBER


def _is_sentence(text: str) -> bool:
    """Whether a text is prose in a large or bold font: a lead, a quotation."""
    words = text.split()
    return len(words) > 22 or (len(words) > 9 and text.endswith("."))


def _is_numbered_title(text: str) -> bool:
    """Whether a text has the number of a section (``2.2.4``), which sentences do not have."""
    return (section_depth(text) or 0) > 1 and len(text.split()) <= _MOST_TITLE_WORDS


def clean_title(text: str) -> str:
    """Return a heading as it stands in a heading path: no list mark, nothing at the end."""
    mark = list_mark(text)
    if mark is not None and mark.kind in (MarkKind.BULLET, MarkKind.DASH):
        text = text[mark.length :]
    text = text.strip().rstrip(":").strip()
    return text[:-1] if _FULL_STOP.search(text) else text
