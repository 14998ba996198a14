"""Titles that come back at the top of pages and are no running lines: a part of each chapter."""

from __future__ import annotations

from collections.abc import Sequence

from sdgalign.documents.document import Line, Page

_DISPLAY = 2.0
"""A line so much larger than the text is a title wherever it stands."""
_LARGER = 1.12
_MANY = 0.3
"""Running lines stand on more pages than this share of them."""
_NEAR = 1.5
"""A title stands so near to the text under it, in its own size."""
_SOME_LETTERS = 120
"""More letters above a line than running lines have."""


def is_repeated_title(pages: Sequence[Page], group: Sequence[tuple[int, int]]) -> bool:
    """Return whether lines with one text and height are titles ("Introduction", "Measures").

    Args:
        pages: All pages.
        group: The numbers of the pages and of the lines on them, from 0.
    """
    if len(group) >= _MANY * len(pages):
        return False
    lines = [pages[number].lines[place] for number, place in group]
    size, bold = _look_of_text(pages[group[0][0]])
    title = lines[0]
    if title.size > _DISPLAY * size:
        return True
    if title.size >= _LARGER * size:
        return all(
            _distance_to_text(pages[number], line) < _NEAR * line.size
            for (number, _), line in zip(group, lines, strict=True)
        )
    return title.bold and not bold and _stands_elsewhere(pages, lines)


def _look_of_text(page: Page) -> tuple[float, bool]:
    """Return the size of most of the text of a page, and whether most of it is bold."""
    sizes = sorted(line.size for line in page.lines for _ in line.text)
    bold = sum(len(line.text) for line in page.lines if line.bold)
    return sizes[len(sizes) // 2], bold > 0.5 * len(sizes)


def _distance_to_text(page: Page, title: Line) -> float:
    """Return how far the next line under a line is, in points."""
    return min(
        (
            line.box.top - title.box.bottom
            for line in page.lines
            if line.box.top > title.box.top
            and line.box.x0 < title.box.x1
            and line.box.x1 > title.box.x0
        ),
        default=page.height,
    )


def _stands_elsewhere(pages: Sequence[Page], lines: Sequence[Line]) -> bool:
    """Whether the same words, in the same print, stand in the middle of more pages than here."""
    title = lines[0]
    alike = [
        (page, line)
        for page in pages
        for line in page.lines
        if line.text == title.text and line.bold and abs(line.size - title.size) < 0.5
    ]
    inside = sum(_has_text_above(page, line) for page, line in alike)
    return inside > len(lines)


def _has_text_above(page: Page, title: Line) -> bool:
    above = (len(line.text) for line in page.lines if line.box.bottom <= title.box.top)
    return sum(above) > _SOME_LETTERS
