"""The printed lines of one PDF page as PDFium gives its text layer, in content order.

A few calls per line and none per character, because a call costs about 1 µs: the place and the
font of a line are those of its first, middle and last letter (see `sdgalign.documents.letters`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

from sdgalign.documents.document import Box, PrintedWord
from sdgalign.documents.letters import Letters
from sdgalign.documents.rawline import (
    ASCENT,
    BULLET,
    DESCENT,
    LEAST_GAP,
    SOFT_HYPHEN,
    RawLine,
    Word,
    has_gap,
    has_wide_gap,
)

_LINE_END_HYPHEN = "\ufffe"
"""PDFium's mark for a hyphen at the end of a line, after which it leaves out the line break."""
_LINE = re.compile(r"[^\r\n\u2028\u2029\ufffe]+\ufffe?|\ufffe")
_WORD = re.compile(r"[^\s\ufffe]+\ufffe?")
_SUSPECT_RATIO = 1.18
_NARROWEST = 0.4
"""Width of a letter in font sizes that few fonts go below, over a whole line."""
_JUMP = 3.0
"""Font sizes that the text goes back at the start of another column; accents go back less."""
_SAMPLED_LINES = 4


class TextLayer:
    """Reads one page.

    Args:
        page: A ``pypdfium2.PdfPage``; stays open as long as this is used.
    """

    def __init__(self, page: Any) -> None:  # noqa: ANN401 (pypdfium2 has no types)
        self.letters = Letters(page)
        self.text = self.letters.text
        self._lines: list[RawLine] = []
        """Those that `lines` returned, kept so that the identity of each stays its own."""
        self._spans: dict[int, tuple[int, int]] = {}
        self.pieces = 0
        """Number of pieces that `lines` cut lines into in which the rows of two columns ran on."""

    def close(self) -> None:
        """Give the memory back."""
        self.letters.close()

    def lines(self) -> list[RawLine]:
        """Return the lines in content order; those that may hold a wide gap with their words."""
        found = [
            (line, start, end)
            for start, end in (match.span() for match in _LINE.finditer(self.text))
            if (line := self._line(start, end)) is not None
        ]
        suspects = set(_suspects([line for line, _, _ in found]))
        placed: list[tuple[RawLine, int, int]] = []
        for number, (line, start, end) in enumerate(found):
            if number in suspects or line.folded:
                placed.extend(self._unfolded(line, start, end))
            else:
                placed.append((line, start, end))
        if self._is_merged(sorted(placed, key=lambda item: -len(item[0].text))[:_SAMPLED_LINES]):
            placed = [
                part
                for item in placed
                for part in ([item] if item[0].words else self._unfolded(*item))
            ]
        self._spans = {id(line): (start, end) for line, start, end in placed}
        self._lines = [line for line, _, _ in placed]
        return list(self._lines)

    def _unfolded(self, line: RawLine, start: int, end: int) -> list[tuple[RawLine, int, int]]:
        """Give a line its words, and cut it where the text jumps back to another column.

        PDFium runs them together where a producer writes row by row and the rows of two columns
        stand at almost one height.
        """
        line.words = self._looked_words(line, start, end)
        jumps = [
            number
            for number, (before, after) in enumerate(pairwise(line.words), 1)
            if after.x0 < before.x0 - _JUMP * line.size and not line.rotated
        ]
        if not jumps:
            return [(line, start, end)]
        starts = _word_starts(self.text, start, end)
        edges = [start, *(starts[number] for number in jumps), end]
        parts = []
        for first, last in pairwise(edges):
            part = self._line(first, last)
            if part is not None:
                part.words = self._looked_words(part, first, last)
                parts.append((part, first, last))
        self.pieces += len(parts)
        return parts

    def _is_merged(self, sample: list[tuple[RawLine, int, int]]) -> bool:
        """Whether the lines of the page seem to hold two columns each.

        Such a line is hardly wider for its letters than a line of prose, so the width of the lines
        does not tell; the gaps in a few of them do.
        """
        # The first gap of a line may follow a list mark.
        wide = sum(has_wide_gap(line, self._words(start, end)[1:]) for line, start, end in sample)
        return wide >= 2

    def words_of(self, line: RawLine) -> tuple[Word, ...]:
        """Return the words of a line that `lines` returned, with their places and looks."""
        span = self._spans.get(id(line))
        if span is None:
            return line.words  # a part of a line, whose words were given their looks
        words = line.words or self._words(*span)
        if words and not words[0].size:
            self._give_looks(words, *span)
        return words

    def span_of(self, line: RawLine) -> tuple[int, int] | None:
        """Return where the text of the page holds a line that `lines` returned."""
        return self._spans.get(id(line))

    def printed_words(self, lines: Sequence[RawLine], page: int) -> tuple[PrintedWord, ...]:
        """Return the words of lines that `lines` returned, each with its place and font.

        Args:
            lines: The lines; rotated ones are left out.
            page: Number of the page, from 1.
        """
        return tuple(
            word
            for line in lines
            if not line.rotated
            for word in self._printed(line, page, *self._spans[id(line)])
        )

    def _printed(self, line: RawLine, page: int, start: int, end: int) -> Iterator[PrintedWord]:
        top, bottom = round(line.top, 1), round(line.bottom, 1)
        starts = _word_starts(self.text, start, end)
        for first, word in zip(starts, line.words or self._words(start, end), strict=True):
            font = self.letters.look(first).font
            box = Box(page, round(word.x0, 1), top, round(word.x1, 1), bottom)
            yield PrintedWord(word.text, box, line.size, font.bold, font.italic)

    def _line(self, start: int, end: int) -> RawLine | None:
        text, letters = self.text, self.letters
        first, last = start, end - 1
        while first < end and text[first].isspace():
            first += 1
        while last > first and (text[last].isspace() or text[last] == "\x00"):
            last -= 1
        if first >= end:
            return None
        middle = _letter_near(text, (first + last) // 2, first, last)
        look = letters.look(middle)
        box, other = letters.box(first), letters.box(last)
        x0, x1 = min(box[0], other[0]), max(box[2], other[2])
        folded = False
        if look.rotated:
            top, bottom = min(box[1], other[1]), max(box[3], other[3])
        else:
            folded = other[2] < box[0] or (
                last - first > 20 and x1 - x0 < _NARROWEST * look.size * (last - first)
            )
            baseline = letters.baseline(middle)
            top, bottom = baseline - look.size * ASCENT, baseline + look.size * DESCENT
        shown = self._with_bullet(_shown(text[first : last + 1]), first)
        font = look.font
        return RawLine(
            text=shown,
            x0=x0,
            top=top,
            x1=x1,
            bottom=bottom,
            size=round(look.size, 2),
            bold=font.bold and letters.look(first).font.bold and letters.look(last).font.bold,
            italic=font.italic and letters.look(first).font.italic,
            rotated=look.rotated,
            folded=folded,
        )

    def _with_bullet(self, text: str, first: int) -> str:
        """Put • for a list mark from a font of symbols, whose letter codes mean nothing."""
        if len(text) > 1 and not text[1].isspace():
            return text
        return BULLET + text[1:] if self.letters.look(first).font.symbols else text

    def _words(self, start: int, end: int) -> tuple[Word, ...]:
        """Return the words of a part of the text with their places, not their looks."""
        sides = self.letters.sides
        return tuple(
            Word(_shown(match.group()), *sides(match.start(), match.end() - 1))
            for match in _WORD.finditer(self.text, start, end)
        )

    def _looked_words(self, line: RawLine, start: int, end: int) -> tuple[Word, ...]:
        """Return the words of a line, with their looks where the line may be cut between them."""
        words = self._words(start, end)
        if has_gap(words, LEAST_GAP * line.size):
            self._give_looks(words, start, end)
        return words

    def _give_looks(self, words: Sequence[Word], start: int, end: int) -> None:
        for first, word in zip(_word_starts(self.text, start, end), words, strict=True):
            look = self.letters.look(first)
            word.size, word.bold = round(look.size, 2), look.font.bold
            word.baseline = self.letters.baseline(first)


def _shown(text: str) -> str:
    return text.replace(_LINE_END_HYPHEN, SOFT_HYPHEN).replace("\x00", "")


def _word_starts(text: str, start: int, end: int) -> list[int]:
    return [match.start() for match in _WORD.finditer(text, start, end)]


def _suspects(lines: list[RawLine]) -> list[int]:
    """Return the numbers of the lines that are wide for their letters: they may hold a gap."""
    ratios = {
        number: line.width / (len(line.text) * line.size)
        for number, line in enumerate(lines)
        if line.size > 0
    }
    prose = [ratios[number] for number in ratios if len(lines[number].text) > 20]
    limit = _SUSPECT_RATIO * min(median(prose) if prose else 0.5, 0.6)
    return [number for number in ratios if ratios[number] > limit and " " in lines[number].text]


def _letter_near(text: str, place: int, first: int, last: int) -> int:
    """Return the letter or digit nearest to a place, for spaces have no font of their own."""
    for distance in range(last - first + 1):
        for candidate in (place + distance, place - distance):
            if first <= candidate <= last and text[candidate].isalnum():
                return candidate
    return place
