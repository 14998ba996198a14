"""Small PDFs for tests, made with ReportLab."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
MARGIN = 60


@dataclass(frozen=True)
class Put:
    """A text at a place: x and y in points from the top left corner."""

    x: float
    y: float
    text: str
    font: str = "Helvetica"
    size: float = 10


def write_pdf(
    path: Path,
    pages: Sequence[Sequence[Put]],
    *,
    size: tuple[float, float] = A4,
    rules: Sequence[Sequence[tuple[float, float, float, float]]] = (),
    outline: Sequence[tuple[str, int, int]] = (),
    title: str = "",
) -> Path:
    """Write a PDF with the given texts in the given content order.

    Args:
        path: Where to.
        pages: The texts of each page.
        size: Width and height in points.
        rules: Lines to draw per page, from the top left corner.
        outline: Title, level from 0 and page from 1 of the bookmarks.
        title: Declared title.
    """
    canvas = Canvas(str(path), pagesize=size, invariant=1)
    canvas.setTitle(title)
    for number, texts in enumerate(pages, 1):
        if number <= len(rules):
            for x0, top, x1, bottom in rules[number - 1]:
                canvas.line(x0, size[1] - top, x1, size[1] - bottom)
        for put in texts:
            canvas.setFont(put.font, put.size)
            canvas.drawString(put.x, size[1] - put.y, put.text)
        for name, level, page in outline:
            if page == number:
                canvas.bookmarkPage(f"p{number}-{name}")
                canvas.addOutlineEntry(name, f"p{number}-{name}", level)
        canvas.showPage()
    canvas.save()
    return path


def column(
    lines: Sequence[str],
    x: float = MARGIN,
    y: float = 100,
    *,
    font: str = "Helvetica",
    size: float = 10,
    leading: float = 13,
) -> list[Put]:
    """Return lines under each other."""
    return [Put(x, y + number * leading, line, font, size) for number, line in enumerate(lines)]


def grid(
    columns: Sequence[float], rows: Sequence[float]
) -> list[tuple[float, float, float, float]]:
    """Return the rules of a table with the given edges."""
    flat = [(columns[0], y, columns[-1], y) for y in rows]
    return flat + [(x, rows[0], x, rows[-1]) for x in columns]
