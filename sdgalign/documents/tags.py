"""Structure tags of a PDF: which lines the file itself calls headings and starts of list items.

Tags are hints beside the print, never instead of it, and carry no heading level. Of seven tagged
documents that were measured, none tagged all its headings, four tagged none or gave them names of
their own, and one tagged pages of prose as headings. What tags do tell is what print cannot: list
items whose bullets are drawn (browsers draw them), headings in the font of the text.

Reading the tags of every page would cost about half as much as reading its text. So they are read
on the first pages with text, and further only in a document where those told something that print
did not.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium_c

from sdgalign.documents import calls
from sdgalign.documents.document import Declared, Line, Page
from sdgalign.documents.lines import has_mark
from sdgalign.documents.rawline import RawLine
from sdgalign.documents.textlayer import TextLayer

_TRIED_PAGES = 6
_LEAST_LINES = 5
"""A page with fewer lines is a cover, and tells nothing of the tags."""
_COVERED = 0.8
"""Share of the lines of a page that have a tag, where the tags are usable."""
_LONGEST = 250
"""Letters; a longer "heading" is prose, and who tagged it so is not to be trusted."""
_MOST_HEADINGS = 0.2
"""Share of the letters of a document that headings may be."""
_DEEPEST, _MOST_ELEMENTS = 24, 20_000
_TYPE_BYTES = 64
_HEADINGS = frozenset({"H", "H1", "H2", "H3", "H4", "H5", "H6", "Title"})
_ITEM = "LI"
_OTHERS = frozenset({"TOC", "TOCI", "Table", "Artifact"})
"""Elements in which a heading or a list is none of the running text."""


@dataclass(frozen=True, slots=True)
class _Tag:
    """What a piece of marked content belongs to."""

    declared: Declared
    element: int
    """Of a heading or an item: where it stands in the tree; else 0."""
    starts: bool = True
    """Whether the element starts on this page."""


_PLAIN = _Tag(Declared.PARAGRAPH, 0)


class TagReader:
    """Gives the lines of the pages of one file their tags.

    Args:
        pdf: A ``pypdfium2.PdfDocument``.
    """

    def __init__(self, pdf: Any) -> None:  # noqa: ANN401 (pypdfium2 has no types)
        self._tries = _TRIED_PAGES if pdfium_c.FPDFCatalog_IsTagged(pdf.raw) else 0
        self._has_news = False

    def mark(self, page: Any, layer: TextLayer, lines: Sequence[RawLine]) -> bool:  # noqa: ANN401
        """Mark the headings and the starts of items among the lines that a layer returned.

        Returns:
            Whether that told something that the print does not.
        """
        if len(lines) < _LEAST_LINES or not (self._tries or self._has_news):
            return False
        self._tries = max(self._tries - 1, 0)
        tags = _tags_of(page)
        found = [(line, _tag_of(line, layer, tags)) for line in lines]
        if sum(tag is not None for _, tag in found) < _COVERED * len(lines):
            return False
        seen: set[int] = set()
        for line, tag in found:
            if tag is not None and tag.declared is Declared.HEADING:
                line.tagged = tag.declared
            elif tag is not None and tag.element and tag.element not in seen:
                seen.add(tag.element)
                line.tagged = tag.declared if tag.starts else None
        is_news = _is_news(lines)
        self._has_news = self._has_news or is_news
        return is_news


def _is_news(lines: Sequence[RawLine]) -> bool:
    """Whether the tags of a page tell what its print does not."""
    sizes = sorted(line.size for line in lines)
    plain = 1.05 * sizes[len(sizes) // 2]
    return any(
        not has_mark(line.text)
        if line.tagged is Declared.ITEM
        else line.tagged is not None and not line.bold and line.size <= plain
        for line in lines
    )


def _tag_of(line: RawLine, layer: TextLayer, tags: dict[int, _Tag]) -> _Tag | None:
    span = layer.span_of(line)
    if span is None:
        return None
    start, end = span
    # A space, and a hyphen at the end of the line, may be nobody's.
    places = (start, (start + end) // 2, end - 1)
    for place in places:
        drawn = layer.letters.object_of(place)
        tag = tags.get(calls.object_content_id(drawn)) if drawn else None
        if tag is not None:
            return tag
    return None


def _tags_of(page: Any) -> dict[int, _Tag]:  # noqa: ANN401
    """Return the tag of each piece of marked content of a page."""
    tree = pdfium_c.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return {}
    try:
        walk = _Walk()
        address = calls.address_of(tree)
        for number in range(min(calls.tree_children(address), _MOST_ELEMENTS)):
            if element := calls.tree_child(address, number):
                walk.into(element, _PLAIN, _DEEPEST)
        return walk.tags
    finally:
        pdfium_c.FPDF_StructTree_Close(tree)


class _Walk:
    """Goes through the elements of a page."""

    def __init__(self) -> None:
        self.tags: dict[int, _Tag] = {}
        self._left = _MOST_ELEMENTS
        self._type = ctypes.create_string_buffer(_TYPE_BYTES)
        self._at = calls.address_of(self._type)

    def into(self, element: int, outer: _Tag | None, deepest: int) -> None:
        """Note the content of an element and of those in it.

        Args:
            element: Its address.
            outer: The tag around it; None where headings and items do not count.
            deepest: So many elements may stand in each other.
        """
        self._left -= 1
        if self._left < 0 or deepest == 0:
            return
        tag = self._tag(element, outer)
        for number in range(calls.element_children(element)):
            content = calls.element_content_id(element, number)
            if content >= 0:
                self.tags[content] = tag or _PLAIN
            elif child := calls.element_child(element, number):
                self.into(child, tag, deepest - 1)

    def _tag(self, element: int, outer: _Tag | None) -> _Tag | None:
        if outer is None:
            return None
        kind = self._kind(element)
        if kind in _OTHERS:
            return None
        if kind in _HEADINGS:
            return _Tag(Declared.HEADING, element)
        if kind == _ITEM:
            return _Tag(Declared.ITEM, element, _starts(element))
        return outer

    def _kind(self, element: int) -> str:
        length = calls.element_type(element, self._at, _TYPE_BYTES)
        if not 2 <= length <= _TYPE_BYTES:
            return ""
        return self._type.raw[: length - 2].decode("utf-16-le", "replace")


def _starts(element: int) -> bool:
    """Whether the first thing in an element stands on this page (else it runs on from another)."""
    for _ in range(_DEEPEST):
        if not calls.element_children(element) or calls.element_content_id(element, 0) >= 0:
            return True
        element = calls.element_child(element, 0)
        if not element:
            return False
    return False


def without_doubtful_tags(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without the headings of a file that tags prose as headings."""
    headings = [_headings(page.lines) for page in pages]
    longest = max((length for page in headings for length in page), default=0)
    letters = sum(len(line.text) for page in pages for line in page.lines)
    if longest <= _LONGEST and sum(map(sum, headings)) <= _MOST_HEADINGS * letters:
        return list(pages)
    return [
        replace(page, lines=tuple(_without_heading(line) for line in page.lines)) for page in pages
    ]


def _headings(lines: Sequence[Line]) -> list[int]:
    """Return the letters of each run of lines that are tagged as headings, in one look."""
    lengths: list[int] = []
    before: Line | None = None
    for line in lines:
        if line.tagged is Declared.HEADING:
            runs_on = before is not None and (before.size, before.bold) == (line.size, line.bold)
            if runs_on:
                lengths[-1] += len(line.text)
            else:
                lengths.append(len(line.text))
        before = line if line.tagged is Declared.HEADING else None
    return lengths


def _without_heading(line: Line) -> Line:
    return replace(line, tagged=None) if line.tagged is Declared.HEADING else line
