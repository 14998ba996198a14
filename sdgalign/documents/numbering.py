"""Numbered lists as word processors keep them: how each level counts, and what it shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_PLACE = re.compile(r"%([1-9])")
"""Where the number of a level stands in a text such as ``Actie %1.%2``."""
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST = 3999
"""The highest Roman number; no list is longer."""


@dataclass(frozen=True, slots=True)
class Level:
    """How the paragraphs of one level of a list are numbered."""

    form: str = ""
    """See `numeral`; empty for bullets and levels that do not count."""
    text: str = ""
    """With ``%1`` for the number of the first level, and so on."""
    start: int = 1
    gap: str = " "
    restarts_below: int | None = None
    """Counts anew after a paragraph above this level; None for any above its own."""
    only_figures: bool = False
    """Whether letters and Roman numbers of levels above are written in figures."""
    style: str = ""
    """Style whose paragraphs stand at this level."""


@dataclass(slots=True)
class Numbering:
    """One list, which may go on counting where another left off."""

    levels: Mapping[int, Level]
    """From 0."""
    counts: dict[int, int] = field(default_factory=dict)
    """Last number per level; shared by lists that count on."""
    fresh: set[int] = field(default_factory=set)
    """Levels that start anew when this list first uses them."""

    def level(self, depth: int) -> Level:
        """Return a level; one without numbers when there is none."""
        return self.levels.get(depth, Level())

    def next(self, depth: int, start: int | None = None) -> str:
        """Count a paragraph and return its number, with what parts it from the text.

        Args:
            depth: Its level, from 0.
            start: The number that it has, where it says so itself.
        """
        if start is not None:
            self.counts[depth] = start
        elif depth in self.fresh or depth not in self.counts:
            self.counts[depth] = self.level(depth).start
        else:
            self.counts[depth] += 1
        self.fresh.discard(depth)
        for deeper in [number for number in self.counts if number > depth]:
            below = self.level(deeper).restarts_below
            if depth < (deeper if below is None else below):
                del self.counts[deeper]
        return self._shown(depth)

    def _shown(self, depth: int) -> str:
        level = self.level(depth)

        def one(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            form = self.level(other).form
            return numeral(
                self.counts.get(other, self.level(other).start),
                "1" if level.only_figures and form else form,
            )

        text = _PLACE.sub(one, level.text)
        return text + level.gap if text.strip() else ""


def numeral(number: int, form: str) -> str:
    """Return a number in a form.

    Args:
        number: From 0.
        form: The first number in that form: ``1``, ``01``, ``a``, ``A``, ``i`` or ``I``; empty
            for none.
    """
    match form:
        case "":
            return ""
        case "01":
            return f"{number:02}"
        case "a" | "A":
            written = _letters(number)
        case "i" | "I":
            written = _roman(number)
        case _:
            written = ""
    if not written:
        return str(number)
    return written.upper() if form.isupper() else written


def _letters(number: int) -> str:
    """Return a letter, doubled after z: aa, bb, as word processors do."""
    if not 1 <= number <= _MOST:
        return ""
    times, place = divmod(number - 1, len(_LETTERS))
    return _LETTERS[place] * (times + 1)


def _roman(number: int) -> str:
    if not 1 <= number <= _MOST:
        return ""
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written
