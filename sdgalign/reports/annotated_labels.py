"""Labels in the margin: which target a highlight is about, where there is room to say so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sdgalign.documents.document import Box, Page
from sdgalign.reports.annotated_frame import Rectangle
from sdgalign.reports.annotated_notes import Highlight

LABEL_SIZE = 6.0
"""Of its letters, in points."""
_HEIGHT = 8.0
_LETTER = 0.54
"""Mean width of the letters of a label in Helvetica Bold, in font sizes."""
_EDGE = 3.0
"""Points that a label keeps from the edge of the page and from the text."""
_STEPS = 4
"""Times that a label may give way to those above it."""


class Label(NamedTuple):
    """Words beside a highlight."""

    text: str
    at: Rectangle


class Margin:
    """Finds room for labels beside the text of a page.

    Args:
        page: As it was read.
    """

    def __init__(self, page: Page) -> None:
        self._width, self._height = page.width, page.height
        boxes = [line.box for line in page.lines if line.text]
        self._taken = [Rectangle(box.x0, box.top, box.x1, box.bottom) for box in boxes]

    def place(self, highlight: Highlight) -> Label | None:
        """Return the label of a highlight, the long one where it fits; None without room."""
        for text in highlight.labels:
            width = 4 + _LETTER * LABEL_SIZE * len(text)
            for left in self._sides(highlight.boxes, width):
                spot = self._spot(left, width, highlight.boxes[0].top)
                if spot:
                    self._taken.append(spot)
                    return Label(text, spot)
        return None

    def _spot(self, left: float, width: float, top: float) -> Rectangle | None:
        """Return a free place at the height of the passage, or a little below."""
        if left < _EDGE or left + width > self._width - _EDGE:
            return None
        for step in range(_STEPS):
            upper = top + 1 + step * (_HEIGHT + 1)
            spot = Rectangle(left, upper, left + width, upper + _HEIGHT)
            if spot.bottom < self._height and not any(_meet(spot, each) for each in self._taken):
                return spot
        return None

    def _sides(self, boxes: Sequence[Box], width: float) -> Sequence[float]:
        """Return where the label can begin: left of the text first, or right of a right column."""
        left = min(box.x0 for box in boxes) - width - _EDGE
        right = max(box.x1 for box in boxes) + _EDGE
        is_right = min(box.x0 for box in boxes) > self._width / 2
        return (right, left) if is_right else (left, right)


def _meet(a: Rectangle, b: Rectangle) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom
