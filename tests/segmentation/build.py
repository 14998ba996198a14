"""Documents made by hand, as the reader would give them."""

from __future__ import annotations

from collections.abc import Sequence

from sdgalign.documents.document import Box, Document, Line, LineRole, OutlineEntry, Page
from sdgalign.segmentation import Segment, segment_document

Spec = str | tuple[str, float, bool] | Line | None
"""A line of body text; one with its size and weight; a line as such; None for white space."""


def make_line(
    text: str,
    y: float = 100,
    *,
    page: int = 1,
    x: float = 60,
    size: float = 10,
    bold: bool = False,
    column: int = 0,
    cells: tuple[str, ...] = (),
    role: LineRole = LineRole.BODY,
) -> Line:
    box = Box(page, x, y, x + 0.5 * size * len(text), y + size)
    return Line(text, box, size, bold=bold, column=column, cells=cells, role=role)


def make_page(number: int, specs: Sequence[Spec]) -> Page:
    lines: list[Line] = []
    y = 100.0
    for spec in specs:
        match spec:
            case None:
                y += 14
            case Line():
                lines.append(spec)
            case str():
                lines.append(make_line(spec, y, page=number))
                y += 13
            case (text, size, bold):
                lines.append(make_line(text, y + size - 10, page=number, size=size, bold=bold))
                y += 1.3 * size
    return Page(number, 595, 842, tuple(lines))


def make_document(*pages: Sequence[Spec], outline: Sequence[tuple[int, str, int]] = ()) -> Document:
    """Return a document; a first page of its own keeps the cover rules away."""
    cover = make_page(1, [f"Dit is een voorpagina met een lange tekst {n}" for n in range(12)])
    return Document(
        "made.pdf",
        "0" * 64,
        (cover, *(make_page(number, page) for number, page in enumerate(pages, 2))),
        outline=tuple(OutlineEntry(*entry) for entry in outline),
    )


def segments_of(*pages: Sequence[Spec]) -> list[Segment]:
    """Return the segments after the first page."""
    found = segment_document(make_document(*pages))
    return [segment for segment in found if segment.pages[-1] > 1]
