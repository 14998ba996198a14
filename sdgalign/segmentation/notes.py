"""Which lines are footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sdgalign.documents.document import Line
from sdgalign.segmentation.style import Style

NOTE = re.compile(r"^(?:\d{1,3}|[*†‡¹²³]+)[.)]?\s*[^\W\d_“‘\"']")
"""How the first line of a footnote starts."""
_SMALL = 0.86
"""Notes are set so much smaller than the text, or less."""


def note_lines(lines: Sequence[Line], style: Style) -> set[int]:
    """Return the identities of the lines of footnotes.

    They are small, start with a number or a star, and have no text under them.
    """
    small = [line for line in lines if line.size <= _SMALL * style.size and not line.declared]
    if not small:
        return set()
    text: dict[int, list[Line]] = {}
    for line in lines:
        if line.size > _SMALL * style.size:
            text.setdefault(line.box.page, []).append(line)
    notes: set[int] = set()
    page = 0
    for line in small:
        if any(_is_under(other, line) for other in text.get(line.box.page, ())):
            continue
        if page == line.box.page or NOTE.match(line.text):
            page = line.box.page
            notes.add(id(line))
    return notes


def _is_under(line: Line, other: Line) -> bool:
    box, above = line.box, other.box
    return box.top > above.top and box.x0 < above.x1 and box.x1 > above.x0
