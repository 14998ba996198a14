"""The letters of one PDF page: text, places and fonts, each asked of PDFium as late as possible.

The text comes in one call. A place costs one call per letter; what the letters of one text object
share (font, size, direction) is asked once per object.
"""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from sdgalign.documents import calls

_BOLD = re.compile(r"bold|black|heavy|semib|demi|extrab|ultra|medi(?!um)|cmbx|sfbx", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
_SYMBOLS = re.compile(r"dingbat|wingding|webding|symbol|awesome|icon", re.IGNORECASE)
_ITALIC_FLAG = 64
_UPRIGHT = 20.0
"""Degrees that a line may slope and still run from left to right."""
_NAME_BYTES = 128
_SAMPLED_LETTERS = 80


@dataclass(frozen=True, slots=True, eq=False)  # one object per font: identity will do
class Font:
    """What the name and the flags of a font say."""

    bold: bool
    italic: bool
    symbols: bool
    """Its letter codes mean nothing: a list mark is a bullet, whatever letter it is."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the letters of one text object share."""

    size: float
    """Font size as drawn, in points."""
    rotated: bool
    """Whether they do not run from left to right on the page as shown."""
    font: Font


class Letters:
    """The letters of one page, by their place in its text.

    Args:
        page: A ``pypdfium2.PdfPage``; stays open as long as this is used.
    """

    def __init__(self, page: Any) -> None:  # noqa: ANN401 (pypdfium2 has no types)
        self._textpage = page.get_textpage()
        self._address = calls.address_of(self._textpage.raw)
        self._rotation = page.get_rotation()
        self._bounds: tuple[float, float, float, float] = page.get_bbox()
        self._box = (ctypes.c_double * 4)()
        start, step = calls.address_of(self._box), ctypes.sizeof(ctypes.c_double)
        self._edges = tuple(start + step * number for number in range(4))
        self._matrix = (ctypes.c_float * 6)()
        self._name = ctypes.create_string_buffer(_NAME_BYTES)
        self._flags = ctypes.c_int()
        self._at = tuple(map(calls.address_of, (self._matrix, self._name, self._flags)))
        self._fonts: dict[int, Font] = {}
        self._looks: dict[int, Look] = {}
        """By text object."""
        self._alike: dict[tuple[float, float, float, float, float, Font], Look] = {}
        self._last_font = Font(bold=False, italic=False, symbols=False)
        self.text: str = self._textpage.get_text_range()
        self._indices = self._char_indices()

    def close(self) -> None:
        """Give the memory back."""
        self._textpage.close()

    def box(self, place: int) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of a letter on the page as shown."""
        index = place if self._indices is None else self._indices[place]
        calls.char_box(self._address, index, *self._edges)
        left, right, bottom, top = self._box
        if not self._rotation:
            x, y = self._bounds[0], self._bounds[3]
            return left - x, y - top, right - x, y - bottom
        x0, y0 = self.shown(left, bottom)
        x1, y1 = self.shown(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def sides(self, first: int, last: int) -> tuple[float, float]:
        """Return the left side of one letter and the right side of another."""
        x0, _, x1, _ = self.box(first)
        return x0, x1 if last == first else self.box(last)[2]

    def baseline(self, place: int) -> float:
        """Return how far under the top of the page a letter stands."""
        calls.char_origin(self._address, self._index(place), *self._edges[:2])
        return self.shown(self._box[0], self._box[1])[1]

    def look(self, place: int) -> Look:
        """Return the font, size and direction of a letter."""
        index = self._index(place)
        drawn_by = calls.char_object(self._address, index)
        look = self._looks.get(drawn_by) if drawn_by else None
        if look is None:
            look = self._look(index, drawn_by or 0)
            if drawn_by:
                self._looks[drawn_by] = look
        self._last_font = look.font
        return look

    def object_of(self, place: int) -> int:
        """Return the address of the text object that draws a letter; 0 when none does."""
        return calls.char_object(self._address, self._index(place)) or 0

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
            calls.char_is_unmapped(self._address, self._index(place)) == 1
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
            index = pdfium_c.FPDFText_GetCharIndexFromTextIndex(self._textpage.raw, place)
            indices.append(max(index, 0))
            place += 2 if ord(char) > 0xFFFF else 1  # PDFium counts UTF-16 units
        return indices

    def _index(self, place: int) -> int:
        return place if self._indices is None else self._indices[place]

    def shown(self, x: float, y: float) -> tuple[float, float]:
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

    def _look(self, index: int, drawn_by: int) -> Look:
        calls.char_matrix(self._address, index, self._at[0])
        size = calls.char_font_size(self._address, index)
        # A hyphen that PDFium put there has no font: it looks like the letter asked for before.
        font = self._font(index, drawn_by) if drawn_by else self._last_font
        # Most text objects are one line each, and most lines of a page look the same.
        key = (*self._matrix[:4], size, font)
        look = self._alike.get(key)
        if look is None:
            look = self._alike[key] = self._drawn(*key)
        return look

    def _drawn(self, a: float, b: float, c: float, d: float, size: float, font: Font) -> Look:
        """Return what a matrix makes of a font size."""
        angle = math.degrees(math.atan2(b, a)) - self._rotation
        rotated = abs((angle + 180) % 360 - 180) > _UPRIGHT
        # The size in the file is often 1; the matrix says how large it is drawn.
        return Look(size * math.hypot(c, d), rotated, font)

    def _font(self, index: int, drawn_by: int) -> Font:
        handle = calls.object_font(drawn_by) or 0
        font = self._fonts.get(handle)
        if font is None:
            font = self._fonts[handle] = self._described_font(index)
        return font

    def _described_font(self, index: int) -> Font:
        _, name_at, flags_at = self._at
        calls.char_font(self._address, index, name_at, _NAME_BYTES, flags_at)
        name = self._name.value.decode("utf-8", "replace")
        return Font(
            bold=bool(_BOLD.search(name)),
            italic=bool(self._flags.value & _ITALIC_FLAG or _ITALIC.search(name)),
            symbols=bool(_SYMBOLS.search(name)),
        )


def _is_noise(char: str) -> bool:
    return char == "\ufffd" or (ord(char) < 32) or 0xE000 <= ord(char) <= 0xF8FF
