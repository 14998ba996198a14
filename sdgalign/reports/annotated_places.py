"""Where the words of a segment stand: the parts of printed lines that hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from sdgalign.documents.document import Box, Document, Line, LineRole
from sdgalign.segmentation import Segment

_SLACK = 0.5
"""Points by which a line may stick out of the box of its segment."""
_TALL = 2.0
"""Font sizes from which a line is a row of a table with several printed lines: never cut."""

_WIDTHS = {
    **dict.fromkeys("iljI.,:;'’|!·", 0.26),
    **dict.fromkeys('ftr()[]-/ “”"', 0.33),
    **dict.fromkeys("mwMW@%—…", 0.85),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&", 0.69),
}
_WIDTH = 0.54
"""Widths of letters in font sizes, about those of most fonts: to find a place within a line."""


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters and figures of some lines, all else left out, and where each comes from."""

    text: str
    starts: tuple[int, ...]
    """Per line, where its letters start; and the end."""


def lines_on(document: Document) -> dict[int, tuple[Line, ...]]:
    """Return the lines of the running text per number of a page."""
    return {
        page.number: tuple(line for line in page.lines if line.role is LineRole.BODY and line.text)
        for page in document.pages
    }


def places_of(segment: Segment, lines: Mapping[int, Sequence[Line]]) -> tuple[Box, ...]:
    """Return one box per printed line, or part of one, that holds words of a segment.

    Args:
        segment: Of the document.
        lines: As `lines_on` gives them.

    Returns:
        In reading order; none where the file does not say how it is printed.
    """
    inside = list(_inside(segment, lines))
    if not inside:
        return ()
    wanted = _plain(segment.text)
    letters = _letters(inside)
    start = letters.text.find(wanted)
    if not wanted or start < 0:
        # A list mark, a mended letter: the lines that hold nothing else, or else all.
        sure = [line for line in inside if (said := _plain(line.text)) and said in wanted]
        return tuple(line.box for line in sure or inside)
    end = start + len(wanted)
    return tuple(
        _part(line, max(start - first, 0), min(end, last) - first)
        for line, first, last in zip(inside, letters.starts, letters.starts[1:], strict=False)
        if first < end and start < last
    )


def _inside(segment: Segment, lines: Mapping[int, Sequence[Line]]) -> Iterator[Line]:
    for box in segment.boxes:
        if box.bottom <= 0:
            continue
        for line in lines.get(box.page, ()):
            at = line.box
            if (
                at.x0 >= box.x0 - _SLACK
                and at.x1 <= box.x1 + _SLACK
                and at.top >= box.top - _SLACK
                and at.bottom <= box.bottom + _SLACK
            ):
                yield line


def _letters(lines: Sequence[Line]) -> _Letters:
    plain = [_plain(line.text) for line in lines]
    return _Letters("".join(plain), (0, *accumulate(map(len, plain))))


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _part(line: Line, start: int, end: int) -> Box:
    """Return the box of a line cut to some of its letters, counted without all else."""
    box, text = line.box, line.text
    cut_left, cut_right = start > 0, end < len(_plain(text))
    if not (cut_left or cut_right) or line.cells or box.bottom - box.top > _TALL * line.size:
        return box
    places = [place for place, char in enumerate(text) for _ in _plain(char)]
    widths = (0.0, *accumulate(_WIDTHS.get(char, _WIDTH) for char in text))
    scale = (box.x1 - box.x0) / widths[-1]
    # Marks before the first letter and after the last go with the line.
    left = _opening(text, places[start]) if cut_left else 0
    right = _closing(text, places[end - 1] + 1) if cut_right else len(text)
    return replace(
        box,
        x0=round(box.x0 + scale * widths[left], 1),
        x1=round(box.x0 + scale * widths[right], 1),
    )


def _opening(text: str, place: int) -> int:
    """Take quotation marks and brackets before a letter along."""
    while place > 0 and not text[place - 1].isspace() and not text[place - 1].isalnum():
        place -= 1
    return place


def _closing(text: str, place: int) -> int:
    while place < len(text) and not text[place].isspace() and not text[place].isalnum():
        place += 1
    return place
