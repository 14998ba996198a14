"""A printed line on its way from PDFium to a `Line`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sdgalign.documents.document import Declared

SOFT_HYPHEN = "\u00ad"
BULLET = "•"
ASCENT, DESCENT = 0.78, 0.22
"""Share of the font size above and below the baseline; the same for every font, so that lines of
one paragraph are equally high whatever letters they hold."""
WIDE_GAP = 1.1
"""A gap between two words, in font sizes, that is too wide for justified text."""

LEAST_GAP = 0.8
"""No line is cut between words that stand closer, in font sizes."""


@dataclass(slots=True)
class Word:
    """Letters without a space, with their horizontal place on the page."""

    text: str
    x0: float
    x1: float
    size: float = 0.0
    """Effective font size; 0 when it was not asked for."""
    bold: bool = False
    baseline: float = 0.0
    """Points from the top of the page."""


@dataclass(slots=True)
class RawLine:
    """One printed line in content order; PDFium may have put two columns in it (see ``words``)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    italic: bool = False
    rotated: bool = False
    """Does not run from left to right on the page as shown."""
    folded: bool = False
    """Ends left of where it starts, or is far too narrow: the rows of two columns run on in it."""
    sureness: float = 1.0
    """See `Line.sureness`."""
    words: tuple[Word, ...] = ()
    """Filled in where the line may hold a wide gap; else empty."""
    cells: tuple[str, ...] = ()
    tagged: Declared | None = None
    """See `Line.tagged`."""

    @property
    def width(self) -> float:
        """Return the width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Return the height in points."""
        return self.bottom - self.top

    def part(self, words: Sequence[Word]) -> RawLine:
        """Return the part of the line that these of its words make."""
        own = replace(
            self,
            text=" ".join(word.text for word in words),
            x0=words[0].x0,
            x1=words[-1].x1,
            words=tuple(words),
            tagged=self.tagged if words[0] is self.words[0] else None,
        )
        middle = words[len(words) // 2]
        if middle.size and len(words) < len(self.words) and not self.rotated:
            # The rest of the line may be of another column, with another font.
            own.size = middle.size
            own.bold = all(word.bold for word in words)
            own.top = middle.baseline - middle.size * ASCENT
            own.bottom = middle.baseline + middle.size * DESCENT
        return own


def has_wide_gap(line: RawLine, words: tuple[Word, ...]) -> bool:
    """Return whether two words stand further apart than justified text sets them."""
    return has_gap(words, WIDE_GAP * line.size)


def has_gap(words: Sequence[Word], least: float) -> bool:
    """Return whether two words stand further apart than so many points."""
    return any(after.x0 - before.x1 > least for before, after in pairwise(words))
