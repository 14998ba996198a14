"""The text layer of one PDF page as PDFium gives it: printed lines, in content order.

A few calls per line and none per character, because a call costs about 4 µs: the text comes in one
call per page, and the place and the font of a line are those of its first, middle and last letter.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium_c

from sdgalign.documents.document import Box, PrintedWord
from sdgalign.documents.rawline import (
    ASCENT,
    BULLET,
    DESCENT,
    SOFT_HYPHEN,
    RawLine,
    Word,
    has_wide_gap,
)

_LINE_END_HYPHEN = "\ufffe"
"""PDFium's mark for a hyphen at the end of a line, after which it leaves out the line break."""
_BREAKS = re.compile(r"[\r\n\u2028\u2029]+|(?<=\ufffe)")
_WORD = re.compile(r"[^\s\ufffe]+\ufffe?")
_BOLD = re.compile(r"bold|black|heavy|semib|demi|extrab|ultra", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
_SYMBOLS = re.compile(r"dingbat|wingding|webding|symbol|awesome|icon", re.IGNORECASE)
_ITALIC_FLAG = 64
_SUSPECT_RATIO = 1.18
_NARROWEST = 0.4
"""Width of a letter in font sizes that few fonts go below, over a whole line."""
_JUMP = 3.0
"""Font sizes that the text goes back at the start of another column; accents go back less."""
_SAMPLED_LINES = 4
_SAMPLED_LETTERS = 80


@dataclass(frozen=True, slots=True)
class _Font:
    bold: bool
    italic: bool
    symbols: bool


class TextLayer:
    """Reads one page.

    Args:
        page: A ``pypdfium2.PdfPage``; stays open as long as this is used.
    """

    def __init__(self, page: Any) -> None:  # noqa: ANN401 (pypdfium2 has no types)
        self._textpage = page.get_textpage()
        self._raw = self._textpage.raw
        self._rotation = page.get_rotation()
        self._bounds: tuple[float, float, float, float] = page.get_bbox()
        self._numbers = [ctypes.c_double() for _ in range(4)]
        self._refs = [ctypes.byref(number) for number in self._numbers]
        self._matrix = pdfium_c.FS_MATRIX()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._fonts: dict[tuple[bytes, int], _Font] = {}
        self._places: dict[int, tuple[int, int]] = {}
        self.text: str = self._textpage.get_text_range()
        self._indices = self._char_indices()

    def close(self) -> None:
        """Give the memory back."""
        self._textpage.close()

    def lines(self) -> list[RawLine]:
        """Return the lines in content order; those that may hold a wide gap with their words."""
        found = [
            (line, start, end)
            for start, end in _spans(self.text)
            if (line := self._line(start, end)) is not None
        ]
        suspects = set(_suspects([line for line, _, _ in found]))
        placed: list[tuple[RawLine, int, int]] = []
        for number, (line, start, end) in enumerate(found):
            if number in suspects or line.folded:
                placed.extend(self._unfolded(line, start, end))
            else:
                placed.append((line, start, end))
        self._places = {id(line): (start, end) for line, start, end in placed}
        if self._is_merged(sorted(placed, key=lambda item: -len(item[0].text))[:_SAMPLED_LINES]):
            for line, start, end in placed:
                line.words = line.words or self._words(start, end)
        return [line for line, _, _ in placed]

    def _unfolded(self, line: RawLine, start: int, end: int) -> list[tuple[RawLine, int, int]]:
        """Give a line its words, and cut it where the text jumps back to another column.

        PDFium runs them together where a producer writes row by row and the rows of two columns
        stand at almost one height.
        """
        line.words = self._words(start, end)
        jumps = [
            number
            for number, (before, after) in enumerate(pairwise(line.words), 1)
            if after.x0 < before.x0 - _JUMP * line.size and not line.rotated
        ]
        if not jumps:
            return [(line, start, end)]
        starts = [match.start() for match in _WORD.finditer(self.text, start, end)]
        edges = [start, *(starts[number] for number in jumps), end]
        parts = []
        for first, last in pairwise(edges):
            part = self._line(first, last)
            if part is not None:
                part.words = self._words(first, last)
                parts.append((part, first, last))
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
        """Return the words of a line that `lines` returned, with their places."""
        return line.words or self._words(*self._places[id(line)])

    def printed_words(self, lines: Sequence[RawLine], page: int) -> tuple[PrintedWord, ...]:
        """Return the words of lines that `lines` returned, each with its place and font.

        Args:
            lines: The lines; rotated ones are left out.
            page: Number of the page, from 1.
        """
        return tuple(
            PrintedWord(
                word.text,
                Box(page, *(round(x, 1) for x in (word.x0, line.top, word.x1, line.bottom))),
                line.size,
                font.bold,
                font.italic,
            )
            for line in lines
            if not line.rotated
            for word, font in self._words_and_fonts(*self._places[id(line)])
        )

    def _words_and_fonts(self, start: int, end: int) -> Iterator[tuple[Word, _Font]]:
        matches = _WORD.finditer(self.text, start, end)
        for match, word in zip(matches, self._words(start, end), strict=True):
            yield word, self._font(match.start())

    def unmapped_share(self) -> float:
        """Return the share of letters for which the font does not say which letter they are.

        A sample of the page: without a ToUnicode table it is a whole font that fails.
        """
        step = max(len(self.text) // _SAMPLED_LETTERS, 1)
        sample = [
            place for place in range(0, len(self.text), step) if not self.text[place].isspace()
        ]
        if not sample:
            return 0.0
        failed: int = sum(
            pdfium_c.FPDFText_HasUnicodeMapError(self._raw, self._index(place)) == 1
            or _is_noise(self.text[place])
            for place in sample
        )
        return failed / len(sample)

    def _char_indices(self) -> list[int] | None:
        """Map places in the text to PDFium's characters; None when they are the same."""
        if len(self.text) == self._textpage.count_chars():
            return None
        indices, place = [], 0
        for char in self.text:
            indices.append(pdfium_c.FPDFText_GetCharIndexFromTextIndex(self._raw, place))
            place += 2 if ord(char) > 0xFFFF else 1  # PDFium counts UTF-16 units
        return indices

    def _index(self, place: int) -> int:
        return place if self._indices is None else max(self._indices[place], 0)

    def _box(self, place: int) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of a letter on the page as shown."""
        left, right, bottom, top = self._numbers
        pdfium_c.FPDFText_GetCharBox(self._raw, self._index(place), *self._refs)
        x0, y0 = self._turned(left.value, bottom.value)
        x1, y1 = self._turned(right.value, top.value)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _extent(self, first: int, last: int) -> tuple[float, float, float, float]:
        """Return the box around two letters."""
        box, other = self._box(first), self._box(last)
        return (
            min(box[0], other[0]),
            min(box[1], other[1]),
            max(box[2], other[2]),
            max(box[3], other[3]),
        )

    def _origin(self, place: int) -> tuple[float, float]:
        x, y = self._numbers[:2]
        pdfium_c.FPDFText_GetCharOrigin(self._raw, self._index(place), *self._refs[:2])
        return self._turned(x.value, y.value)

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        """Move a point of PDF space (upwards, unrotated) to the page as shown (downwards)."""
        left, bottom, right, top = self._bounds
        match self._rotation:
            case 90:
                return y - bottom, x - left
            case 180:
                return right - x, y - bottom
            case 270:
                return top - y, right - x
            case _:
                return x - left, top - y

    def _font(self, place: int) -> _Font:
        pdfium_c.FPDFText_GetFontInfo(
            self._raw, self._index(place), self._name, len(self._name), ctypes.byref(self._flags)
        )
        key = (self._name.value, self._flags.value)
        font = self._fonts.get(key)
        if font is None:
            name = key[0].decode("utf-8", "replace")
            font = _Font(
                bool(_BOLD.search(name)),
                bool(key[1] & _ITALIC_FLAG or _ITALIC.search(name)),
                bool(_SYMBOLS.search(name)),
            )
            self._fonts[key] = font
        return font

    def _line(self, start: int, end: int) -> RawLine | None:
        first, last = start, end - 1
        while first < end and self.text[first].isspace():
            first += 1
        while last > first and (self.text[last].isspace() or self.text[last] in "\x00"):
            last -= 1
        if first >= end:
            return None
        middle = _letter_near(self.text, (first + last) // 2, first, last)
        size = self._size(middle)
        rotated = self._is_rotated(self._matrix)
        x0, top, x1, bottom = self._extent(first, last)
        folded = False
        if not rotated:
            folded = self._box(last)[2] < self._box(first)[0] or (
                last - first > 20 and x1 - x0 < _NARROWEST * size * (last - first)
            )
            baseline = self._origin(middle)[1]
            top, bottom = baseline - size * ASCENT, baseline + size * DESCENT
        font = self._font(middle)
        text = self._with_bullet(
            self.text[first : last + 1].replace(_LINE_END_HYPHEN, SOFT_HYPHEN), first
        )
        return RawLine(
            text=text.replace("\x00", ""),
            x0=x0,
            top=top,
            x1=x1,
            bottom=bottom,
            size=round(size, 2),
            bold=font.bold and self._font(first).bold and self._font(last).bold,
            italic=font.italic and self._font(first).italic,
            rotated=rotated,
            folded=folded,
        )

    def _size(self, place: int) -> float:
        """Return the font size as drawn, and keep the letter's matrix."""
        pdfium_c.FPDFText_GetMatrix(self._raw, self._index(place), self._matrix)
        # The size in the file is often 1; the matrix says how large it is drawn.
        drawn = math.hypot(self._matrix.c, self._matrix.d)
        return float(pdfium_c.FPDFText_GetFontSize(self._raw, self._index(place)) * drawn)

    def _with_bullet(self, text: str, first: int) -> str:
        """Put • for a list mark from a font of symbols, whose letter codes mean nothing."""
        if len(text) > 1 and not text[1].isspace():
            return text
        return BULLET + text[1:] if self._font(first).symbols else text

    def _is_rotated(self, matrix: Any) -> bool:  # noqa: ANN401
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) - self._rotation
        return bool(abs((angle + 180) % 360 - 180) > 20)

    def _words(self, start: int, end: int) -> tuple[Word, ...]:
        words = []
        for match in _WORD.finditer(self.text, start, end):
            x0 = self._box(match.start())[0]
            x1 = self._box(match.end() - 1)[2]
            text = match.group().replace(_LINE_END_HYPHEN, SOFT_HYPHEN).replace("\x00", "")
            first = match.start()
            size, baseline = round(self._size(first), 2), self._origin(first)[1]
            words.append(Word(text, x0, x1, size, self._font(first).bold, baseline))
        return tuple(words)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BREAKS.finditer(text):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


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


def _is_noise(char: str) -> bool:
    return char == "\ufffd" or (ord(char) < 32) or 0xE000 <= ord(char) <= 0xF8FF
