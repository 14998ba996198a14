"""The lines that Tesseract found on a picture, from its hOCR."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean, median

from lxml import etree
from lxml import html as lxml_html

from sdgalign.documents.rawline import ASCENT, BULLET, DESCENT, RawLine, Word

_LEAST_SURE = 0.3
"""Words that Tesseract is less sure of are dirt and lines more often than words."""
_X_HEIGHT = 0.56
"""Height of an x, in font sizes."""
_LIKE = 0.12
"""Paragraphs differ in size from the text of the page when their letters do by this share."""
_MARKS = frozenset("+*¢°©«»·")
"""What Tesseract makes of a bullet."""
_LETTER_MARKS = frozenset("eo0")
"""Likewise, before a capital."""
_LINES = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat")
_NUMBER = r"(-?[\d.]+)"


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A word as recognised."""

    word: Word
    sureness: float


@dataclass(slots=True)
class FoundLine:
    """A line as recognised."""

    words: list[FoundWord]
    size: float
    """By the height of its small letters, in points."""
    baseline: float
    """In its middle, in points from the top."""
    width: float
    height: float


def found_lines(hocr: bytes, scale: float) -> list[FoundLine]:
    """Return the lines in reading order; those of one paragraph have one size.

    Args:
        hocr: What Tesseract wrote.
        scale: Points per dot of the picture.
    """
    root = lxml_html.document_fromstring(hocr)
    paragraphs = [
        [line for element in _lines(paragraph) if (line := _line(element, scale)).words]
        for paragraph in root.iter("p")
    ]
    lines = [line for paragraph in paragraphs for line in paragraph]
    if not lines:
        return []
    # A line of capitals or figures alone shows no small letters: the others tell.
    for paragraph in paragraphs:
        size = _usual(paragraph)
        for line in paragraph:
            line.size = size
    usual = _usual(lines)
    for line in lines:
        line.size = round(usual if abs(line.size / usual - 1) < _LIKE else line.size, 1)
    return lines


def as_raw_line(line: FoundLine) -> RawLine | None:
    """Return a line without the words that are none; None when nothing is left."""
    found = [each for each in line.words if each.sureness >= _LEAST_SURE]
    if not found:
        return None
    words = [each.word for each in found]
    if len(words) > 1 and _is_bullet(words[0].text, words[1].text):
        words[0].text = BULLET
    return RawLine(
        text=" ".join(word.text for word in words),
        x0=words[0].x0,
        top=line.baseline - line.size * ASCENT,
        x1=words[-1].x1,
        bottom=line.baseline + line.size * DESCENT,
        size=line.size,
        words=tuple(words),
        sureness=fmean(each.sureness for each in found),
    )


def _is_bullet(text: str, following: str) -> bool:
    return text in _MARKS or (text in _LETTER_MARKS and following[:1].isupper())


def _usual(lines: list[FoundLine]) -> float:
    """Return the size of most letters."""
    sizes = [line.size for line in lines for each in line.words for _ in each.word.text]
    return median(sizes) if sizes else 0.0


def _lines(paragraph: etree._Element) -> Iterator[etree._Element]:
    return (each for each in paragraph.iter("span") if each.get("class") in _LINES)


def _line(element: etree._Element, scale: float) -> FoundLine:
    title = element.get("title", "")
    left, top, right, bottom = _numbers(title, "bbox", 4, 0.0)
    slope, offset = _numbers(title, "baseline", 2, 0.0)
    (x_size,), (descenders,), (ascenders,) = (
        _numbers(title, name, 1, 0.0) for name in ("x_size", "x_descenders", "x_ascenders")
    )
    x_height = x_size - abs(descenders) - abs(ascenders)
    height = (x_height / _X_HEIGHT if x_height > 0 else bottom - top) * scale
    return FoundLine(
        words=list(_words(element, scale)),
        size=height,
        baseline=(bottom + offset + slope * (right - left) / 2) * scale,
        width=(right - left) * scale,
        height=(bottom - top) * scale,
    )


def _words(line: etree._Element, scale: float) -> Iterator[FoundWord]:
    for element in line.iter("span"):
        text = "".join(element.itertext()).strip()
        if element.get("class") == "ocrx_word" and text:
            title = element.get("title", "")
            x0, _, x1, _ = _numbers(title, "bbox", 4, 0.0)
            (sureness,) = _numbers(title, "x_wconf", 1, 0.0)
            yield FoundWord(Word(text, x0 * scale, x1 * scale), sureness / 100)


def _numbers(title: str, name: str, count: int, other: float) -> tuple[float, ...]:
    """Return the numbers that a title gives under a name."""
    match = re.search(rf"\b{name}" + rf"\s+{_NUMBER}" * count, title)
    return tuple(float(each) for each in match.groups()) if match else (other,) * count
