"""What is ordinary in a document: the size of its text, the distance of its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sdgalign.documents.document import Line

LARGER = 1.12
"""Lines that are so much larger than the text may be headings."""


@dataclass(frozen=True, slots=True)
class Style:
    """Measures of the running text of a document."""

    size: float
    """Size of the font of most of the text, in points."""
    bold: bool
    """Whether most of the text is bold, so that bold says nothing."""
    pitch: float
    """Distance between the baselines of two lines of a paragraph, in font sizes."""


def style_of(lines: Sequence[Line]) -> Style:
    """Measure the running text."""
    sizes: Counter[float] = Counter()
    bold = total = 0
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
        total += len(line.text)
        bold += len(line.text) if line.bold else 0
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    return Style(size or 10.0, bold > 0.5 * total, _pitch(lines))


def _pitch(lines: Sequence[Line]) -> float:
    pitches: Counter[float] = Counter()
    for line, other in pairwise(lines):
        step = other.box.bottom - line.box.bottom
        if same_flow(line, other) and line.size > 0 and 0.9 < step / line.size < 2.5:
            pitches[round(step / line.size, 1)] += len(line.text)
    return pitches.most_common(1)[0][0] if pitches else 1.2


def same_flow(line: Line, other: Line) -> bool:
    """Return whether the second stands under the first in one column of one page."""
    return line.box.page == other.box.page and line.column == other.column


def is_apart(line: Line, other: Line, style: Style) -> bool:
    """Return whether white space, a column or a page stands between two lines."""
    if not same_flow(line, other):
        return True
    step = (other.box.bottom - line.box.bottom) / max(line.size, other.size, 1.0)
    return step > max(style.pitch, 1.15) * 1.22 + 0.05 or step < -0.5


def same_style(line: Line, other: Line) -> bool:
    """Return whether two lines can belong to one paragraph by their font."""
    return abs(line.size - other.size) <= 0.06 * max(line.size, other.size)
