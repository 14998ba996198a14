"""Highlights as PDF annotations: where they stand, how they look, what their note says.

Each brings its own appearance, so that every viewer and every printer shows the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sdgalign.documents.document import Page
from sdgalign.reports.annotated_frame import Frame, Rectangle
from sdgalign.reports.annotated_labels import LABEL_SIZE, Label, Margin
from sdgalign.reports.annotated_notes import Highlight
from sdgalign.reports.html import ink_on

if TYPE_CHECKING:
    from pikepdf import Pdf

STRENGTH = 0.35
"""How much of the colour of a goal lies over the words: the darkest leaves them readable."""

_PRINT = 4
"""Flag of an annotation that is printed too."""


class Drawing:
    """Adds highlights to the pages of a PDF.

    Args:
        pdf: Gets them.
        payload: Of the report, for its time and tool.
    """

    def __init__(self, pdf: Pdf, payload: Any) -> None:  # noqa: ANN401
        from pikepdf import Dictionary, Name

        self._pdf = pdf
        self._date = f"D:{datetime.fromisoformat(payload['created']):%Y%m%d%H%M%S}Z"
        self._author = payload["tool"]["name"]
        self.frames: dict[int, Frame] = {}
        """Of the pages that have highlights."""
        font = pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type1,
                BaseFont=Name("/Helvetica-Bold"),
                Encoding=Name.WinAnsiEncoding,
            )
        )
        self._resources = pdf.make_indirect(
            Dictionary(
                ExtGState=Dictionary(
                    M=Dictionary(BM=Name.Multiply, ca=STRENGTH),
                    N=Dictionary(BM=Name.Normal, ca=1),
                ),
                Font=Dictionary(F=font),
            )
        )

    def add(self, sheet: Any, frame: Frame, page: Page, highlights: Sequence[Highlight]) -> None:  # noqa: ANN401
        """Add highlights to a page.

        Args:
            sheet: Its dictionary.
            frame: Of the page.
            page: As it was read, to keep labels off its text.
            highlights: On the page, in reading order.
        """
        from pikepdf import Array

        existing = sheet.get("/Annots")
        notes = list(existing) if isinstance(existing, Array) else []
        margin = Margin(page)
        for each in highlights:
            notes += self._annotation(sheet, frame, each, margin.place(each))
        sheet.Annots = self._pdf.make_indirect(Array(notes))

    def _annotation(
        self,
        sheet: Any,  # noqa: ANN401
        frame: Frame,
        highlight: Highlight,
        label: Label | None,
    ) -> tuple[Any, Any]:
        """Return a highlight and the window with its note."""
        from pikepdf import Array, Dictionary, Name, String

        boxes = [Rectangle(box.x0, box.top, box.x1, box.bottom) for box in highlight.boxes]
        rect = _around(frame, [*boxes, *([label.at] if label else [])])
        look = self._pdf.make_stream(
            _content(frame, boxes, highlight.color, label),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array(rect),
            Resources=self._resources,
        )
        note = self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Highlight,
                Rect=Array(rect),
                QuadPoints=Array([edge for box in boxes for edge in _corners(frame, box)]),
                C=Array(_parts(highlight.color)),
                CA=STRENGTH,
                F=_PRINT,
                P=sheet,
                NM=String(f"sdgalign-{highlight.segment_id}-{highlight.page}"),
                T=String(self._author),
                Subj=String(highlight.labels[0]),
                Contents=String(highlight.note),
                CreationDate=String(self._date),
                M=String(self._date),
                AP=Dictionary(N=look),
            )
        )
        x, y = frame.point(boxes[0].x1, boxes[0].top)
        window = self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Popup,
                Rect=Array([round(edge, 1) for edge in (x, y - 120, x + 220, y)]),
                Parent=note,
                Open=False,
            )
        )
        note.Popup = window
        return note, window


def _corners(frame: Frame, box: Rectangle) -> list[float]:
    """Return the corners in the order that viewers expect: above, then below, left to right."""
    x0, top = frame.point(box.x0, box.top)
    x1, bottom = frame.point(box.x1, box.bottom)
    # A page lies straight: where it is turned by a quarter, x and y change places.
    points = (
        (x0, top, x0, bottom, x1, top) if frame.turned % 180 else (x0, top, x1, top, x0, bottom)
    )
    return [round(edge, 1) for edge in (*points, x1, bottom)]


def _around(frame: Frame, boxes: Sequence[Rectangle]) -> list[float]:
    whole = Rectangle(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
    edges = _corners(frame, whole)
    xs, ys = edges[::2], edges[1::2]
    return [min(xs), min(ys), max(xs), max(ys)]


def _content(frame: Frame, boxes: Sequence[Rectangle], color: str, label: Label | None) -> bytes:
    """Return the drawing of a highlight: its boxes, and its label beside them."""
    fill = _numbers(_parts(color))
    drawn = [f"{_numbers(frame.matrix)} cm /M gs {fill} rg"]
    drawn += [_rectangle(frame, box) for box in boxes]
    drawn.append("f")
    if label:
        ink, at = _numbers(_parts(ink_on(color))), label.at
        drawn.append(f"/N gs {fill} rg {_rectangle(frame, at)} f")
        place = _numbers([at.x0 + 2, frame.height - at.bottom + 2])
        drawn.append(f"BT {ink} rg /F {LABEL_SIZE} Tf {place} Td ({label.text}) Tj ET")
    return " ".join(drawn).encode("cp1252", errors="replace")


def _parts(color: str) -> list[float]:
    return [round(part / 255, 3) for part in bytes.fromhex(color[1:])]


def _rectangle(frame: Frame, box: Rectangle) -> str:
    sides = (box.x0, frame.height - box.bottom, box.x1 - box.x0, box.bottom - box.top)
    return f"{_numbers(sides)} re"


def _numbers(values: Iterable[float]) -> str:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)
