"""Which blocks are headings, and which headings stand above a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sdgalign.documents.document import Declared, OutlineEntry
from sdgalign.segmentation.blocks import Block
from sdgalign.segmentation.marks import (
    PLAN_DEPTH,
    Mark,
    MarkKind,
    PlanLevel,
    list_mark,
    plan_level,
    section_depth,
)
from sdgalign.segmentation.style import Style

MOST_LEVELS = 4
_MOST_LETTERS, _MOST_LINES = 170, 5
_MOST_DECLARED = 250
"""Letters; a longer "heading" is text to which somebody gave the style of one."""
_LARGER = 1.12
_NEVER = frozenset({Declared.ITEM, Declared.NOTE, Declared.CONTENTS})
"""What a file declares to be something else than a heading."""
_LETTERS = re.compile(r"[^\W\d_]")
_SENTENCE_END = re.compile(r"[.;,…]$")
_QUOTE = re.compile(r"^[“\"„‘«]|[”\"»]$")
_NOT_KEY = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with what decides its level."""

    text: str
    size: float
    bold: bool
    capitals: bool
    depth: int | None
    """By its number or its plan code; None when it has neither."""
    outline: int | None
    """Level of the bookmark with its text; None when there is none."""
    declared: int | None = None
    """Level that the file declares; None when the print made it a heading."""
    is_label: bool = False
    """Announces what follows ("We want:") and stands above no other heading."""


class HeadingFinder:
    """Tells headings from text.

    Args:
        style: What is ordinary in the document.
        outline: Its bookmarks.
    """

    def __init__(self, style: Style, outline: Sequence[OutlineEntry]) -> None:
        self._style = style
        self._outline: dict[str, list[OutlineEntry]] = {}
        for entry in outline:
            self._outline.setdefault(_key(entry.title), []).append(entry)

    def heading(self, block: Block, text: str, following: Block | None) -> Heading | None:
        """Return the heading that a block is, or None when it is text.

        Args:
            block: The block.
            text: Its joined text.
            following: The block after it.
        """
        if block.declared is Declared.HEADING and len(text) <= _MOST_DECLARED:
            return _declared_heading(block, text)
        if not self._can_be(block, text):
            return None
        outline = self._outline_level(block, text)
        if outline is None and not self._looks_like(block, text, following):
            return None
        level = plan_level(text)
        return Heading(
            text=clean_title(text),
            size=block.first.size,
            bold=block.first.bold,
            capitals=text.isupper(),
            depth=PLAN_DEPTH[level] if level else section_depth(text),
            outline=outline,
            is_label=text.endswith(":"),
        )

    def _can_be(self, block: Block, text: str) -> bool:
        mark = block.mark
        return (
            block.declared not in _NEVER
            and not block.is_row
            and len(text) <= _MOST_LETTERS
            and len(block.lines) <= _MOST_LINES
            and len(_LETTERS.findall(text)) >= 2
            and (mark is None or mark.kind in (MarkKind.NUMBER, MarkKind.LETTER))
            and not (len(text) > 30 and _QUOTE.search(text))
            and not text.startswith(("*", "http", "www."))
        )

    def _outline_level(self, block: Block, text: str) -> int | None:
        # Some programs make a bookmark of any paragraph, and of list items.
        distinct = block.first.bold or block.first.size > 1.05 * self._style.size
        if _is_sentence(text) or not (distinct or block.mark is None):
            return None
        for entry in self._outline.get(_key(text), ()):
            if entry.page is None or abs(entry.page - block.first.box.page) <= 1:
                return entry.level
        return None

    def _looks_like(self, block: Block, text: str, following: Block | None) -> bool:
        line = block.first
        if block.gap_before is False and line.size < _LARGER * self._style.size and not line.bold:
            return False
        if text[0].islower() and section_depth(text) is None:
            return False
        if line.size >= _LARGER * self._style.size:
            return not _is_sentence(text)
        if line.size < 0.93 * self._style.size:
            return False
        if line.bold and not self._style.bold:
            is_short = len(block.lines) == 1 and len(text) <= 60
            if text.endswith(".") and is_short and following is not None:
                return not following.first.bold and len(text.split()) <= 7
            return len(text) <= 130 and not _is_sentence(text) and not _SENTENCE_END.search(text)
        if _SENTENCE_END.search(text) or following is None or following.is_row:
            return False
        return self._plain_heading(block, text, following)

    def _plain_heading(self, block: Block, text: str, following: Block) -> bool:
        """Whether a block in the font of the text is a heading by its number or its capitals."""
        if len(text) > 90 or following.mark == block.mark is not None:
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


def _key(text: str) -> str:
    return _NOT_KEY.sub("", text).casefold()


def clean_title(text: str) -> str:
    """Return a heading as it stands in a heading path: no list mark, no colon at the end."""
    mark = list_mark(text)
    if mark is not None and mark.kind in (MarkKind.BULLET, MarkKind.DASH):
        text = text[mark.length :]
    return text.strip().rstrip(":").strip()


class HeadingStack:
    """The headings above the text that is being read."""

    def __init__(self) -> None:
        self._stack: list[Heading] = []

    def path(self) -> tuple[str, ...]:
        """Return the titles, outermost first, at most four, none twice."""
        titles: list[str] = []
        for heading in self._stack:
            if heading.text and not (titles and _key(titles[-1]) == _key(heading.text)):
                titles.append(heading.text)
        # The outermost give the theme, the innermost the subject; what lies between can go.
        return tuple(titles if len(titles) <= MOST_LEVELS else titles[:2] + titles[-2:])

    def push(self, heading: Heading) -> None:
        """Enter a heading; those that are not above it end."""
        while self._stack and not _is_above(self._stack[-1], heading):
            self._stack.pop()
        self._stack.append(heading)

    def clear(self) -> None:
        """Forget all headings (the cover is no chapter)."""
        self._stack.clear()

    def leave(self, level: PlanLevel) -> None:
        """End the headings at a level of a plan and below."""
        depth = PLAN_DEPTH[level]
        while self._stack and (self._stack[-1].depth or 0) >= depth:
            self._stack.pop()


def _is_above(heading: Heading, other: Heading) -> bool:
    """Whether the first stands above the second in the tree of headings."""
    if heading.is_label:
        return False
    if heading.declared is not None or other.declared is not None:
        # What only looks like a heading divides the text under those that are declared.
        return heading.declared is not None and (
            other.declared is None or heading.declared < other.declared
        )
    if heading.depth is not None and other.depth is not None and heading.depth != other.depth:
        return heading.depth < other.depth
    if heading.outline is not None and other.outline is not None:
        return heading.outline < other.outline
    if abs(heading.size - other.size) > 0.06 * max(heading.size, other.size):
        return heading.size > other.size
    if heading.depth is not None and other.depth is not None:
        return False
    if heading.bold != other.bold:
        return heading.bold
    if heading.capitals != other.capitals:
        return heading.capitals
    # A number sets a heading above its like without one.
    return heading.depth is not None and other.depth is None
