"""Writes the known text of `layouts` with ReportLab, which sets each line where it is told to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from layouts import LIGATURE_FONTS, RUNNING_TITLE, UPRIGHT, Layout, Made, Piece, short_sentences
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import getRegisteredFontNames, registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT, BOLD, ITALIC = "Helvetica", "Helvetica-Bold", "Helvetica-Oblique"
_VOWELS = "aeiou"
_LIGATURE_FACES = {FONT: "Regular", BOLD: "Bold", ITALIC: "Italic"}


@dataclass(slots=True)
class _Put:
    x: float
    y: float
    """From the top."""
    text: str
    font: str
    size: float
    column: int
    is_heading: bool = False


def make(layout: Layout, content: Sequence[Piece], path: Path) -> Made:
    """Write a PDF and return what stands in it."""
    size = (A4[1], A4[0]) if layout.spread else A4
    made = Made(path, layout)
    canvas = Canvas(str(path), pagesize=size, invariant=1)
    writer = _Writer(layout, size, made)
    for number, (page, headings) in enumerate(writer.pages(content), 1):
        for title, level in headings:
            if layout.outline:
                key = f"{number}-{title}"
                canvas.bookmarkPage(key)
                canvas.addOutlineEntry(title, key, level - 1)
        _draw(canvas, page, layout, size[1])
        for put in _edges(layout, size, number, made):
            canvas.setFont(put.font, put.size)
            canvas.drawString(put.x, size[1] - put.y, put.text)
        if layout.margin:
            canvas.saveState()
            canvas.translate(size[0] - 18, 300)
            canvas.rotate(90)
            canvas.setFont(FONT, 7)
            canvas.drawString(0, 0, UPRIGHT)
            canvas.restoreState()
            made.furniture.append(UPRIGHT)
        canvas.showPage()
    canvas.save()
    return made


def _draw(canvas: Canvas, page: Sequence[_Put], layout: Layout, height: float) -> None:
    order = list(page)
    if layout.interleaved:
        order.sort(key=lambda put: (round(put.y), put.x))
    if layout.right_first:
        last = max(put.column for put in page)
        order = [p for p in page if p.column == last] + [p for p in page if p.column < last]
    if layout.headings_last:
        order = [p for p in order if not p.is_heading] + [p for p in order if p.is_heading]
    for put in order:
        font, text = _ligated(put) if layout.ligatures else (put.font, put.text)
        canvas.setFont(font, put.size)
        canvas.drawString(put.x, height - put.y, text)


def _ligated(put: _Put) -> tuple[str, str]:
    """Return the font and the text of a line with fi and fl as one letter each."""
    name = f"LiberationSans-{_LIGATURE_FACES[put.font]}"
    if name not in getRegisteredFontNames():
        registerFont(TTFont(name, LIGATURE_FONTS / f"{name}.ttf"))
    return name, put.text.replace("fi", "\ufb01").replace("fl", "\ufb02")


def _edges(layout: Layout, size: tuple[float, float], number: int, made: Made) -> Iterator[_Put]:
    halves = (0.0, size[0] / 2) if layout.spread else (0.0,)
    width = size[0] / len(halves)
    for half, left in enumerate(halves):
        printed = (number - 1) * len(halves) + half + 1
        for x, y, text in (
            (left + 50, 30, RUNNING_TITLE),
            (left + width / 2, size[1] - 25, layout.page_number.format(n=printed)),
        ):
            made.furniture.append(text)
            yield _Put(x, y, text, FONT, 7.5, 0)


class _Writer:
    """Sets pieces in columns, page by page."""

    def __init__(self, layout: Layout, size: tuple[float, float], made: Made) -> None:
        self.layout, self.made = layout, made
        halves = 2 if layout.spread else 1
        width = size[0] / halves
        gutter = 22.0
        each = (width - 100 - gutter * (layout.columns - 1)) / layout.columns
        self.lefts = [
            half * width + 50 + column * (each + gutter)
            for half in range(halves)
            for column in range(layout.columns)
        ]
        self.width, self.height = each, size[1]
        self.notes = short_sentences()

    def pages(self, content: Sequence[Piece]) -> Iterator[tuple[list[_Put], list[tuple[str, int]]]]:
        """Yield the lines of every page and the headings on it."""
        bottom = self.height - 60 - (70 if self.layout.footnotes or self.layout.box else 0)
        page: list[_Put] = []
        headings: list[tuple[str, int]] = []
        column, y, number = 0, 70.0, 0
        for place, piece in enumerate(content):
            lines, size, font, leading, before = self._set(piece)
            following = content[place + 1 : place + 2]
            needed = leading * len(lines) + (3 * leading if piece.kind == "heading" else 0)
            if piece.kind == "heading" and following and following[0].kind == "heading":
                needed += 4 * leading
            y += before if y > 70 else 0
            if y + min(needed, 4 * leading if piece.kind != "heading" else needed) > bottom:
                column, y = column + 1, 70.0
            for line in lines:
                if y > bottom:
                    column, y = column + 1, 70.0
                if column >= len(self.lefts):
                    number += 1
                    yield self._closed(page, number), headings
                    page, headings, column = [], [], 0
                if piece.kind == "heading" and (piece.text, piece.level) not in headings:
                    headings.append((piece.text, piece.level))
                    self.made.headings.append(piece.text)
                indent = 10 if piece.kind == "item" else 0
                is_heading = piece.kind == "heading"
                x = self.lefts[column] + (0 if line.startswith("• ") else indent)
                page.append(_Put(x, y, line, font, size, column, is_heading))
                y += leading
            self.made.words += [word for word in piece.text.split()]
            self.made.body += lines
        if page:
            yield self._closed(page, number + 1), headings

    def _closed(self, page: list[_Put], number: int) -> list[_Put]:
        """Add what stands at the foot of a page."""
        if self.layout.footnotes:
            text = f"{number} {self.notes.pop()}"
            page.append(_Put(50, self.height - 70, text, FONT, 7, len(self.lefts)))
        if self.layout.box:
            text = self.notes.pop()
            page.append(_Put(70, self.height - 80, text, ITALIC, 11, len(self.lefts)))
        if self.layout.footnotes or self.layout.box:
            self.made.words += text.split()
            self.made.body.append(text)
        return page

    def _set(self, piece: Piece) -> tuple[list[str], float, str, float, float]:
        """Return lines, size, font, leading and the space before."""
        size = self.layout.size
        if piece.kind == "heading":
            size, font = (size + 6, BOLD) if piece.level == 1 else (size + 2.5, BOLD)
            return self._wrap(piece.text, font, size, self.width), size, font, size * 1.2, size
        if piece.kind == "item":
            lines = self._wrap(piece.text, FONT, size, self.width - 12)
            return [f"• {lines[0]}", *lines[1:]], size, FONT, size * 1.25, size * 0.3
        return self._wrap(piece.text, FONT, size, self.width), size, FONT, size * 1.25, size * 0.8

    def _wrap(self, text: str, font: str, size: float, width: float) -> list[str]:
        lines, line = [], ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if stringWidth(longer, font, size) <= width:
                line = longer
                continue
            head, tail = self._parted(word, line, font, size, width)
            lines.append(f"{line} {head}".strip())
            line = tail
        return [*lines, line]

    def _parted(
        self, word: str, line: str, font: str, size: float, width: float
    ) -> tuple[str, str]:
        """Return what of a word still fits with a hyphen, and the rest."""
        if self.layout.hyphens and word.isalpha() and len(word) > 8:
            for cut in range(len(word) - 4, 3, -1):
                parts = word[cut - 1] in _VOWELS and word[cut] not in _VOWELS
                head = word[:cut] + "-"
                if parts and stringWidth(f"{line} {head}", font, size) <= width:
                    return head, word[cut:]
        return "", word
