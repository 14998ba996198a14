"""Which pictures of pages may hold text: not a blank page, nor one that is all shades."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_SIDE = 400
"""Dots along the longer side of the picture that is looked at."""
_GREYS = 256
_NEAR = 28
"""Greys by which paper differs from its usual grey: shadow, noise, yellow edges."""
_PAPER = 0.15
"""Share of a page that is paper, at least. Designed pages have text on photographs (0.22 and more
on real ones), so that only what is no paper at all is left out; the rest is tried."""
_INK = 0.001
"""Share of the dots that differ from the paper; a blank page has fewer."""


def may_hold_text(picture: Image) -> bool:
    """Return whether some of a page has one grey and some of it another."""
    small = picture.convert("L")
    small.thumbnail((_SIDE, _SIDE))
    counts = small.histogram()
    paper = max(range(_GREYS), key=lambda grey: sum(counts[max(0, grey - 2) : grey + 3]))
    near = sum(counts[max(0, paper - _NEAR) : paper + _NEAR + 1]) / sum(counts)
    return bool(near >= _PAPER and 1 - near >= _INK)
