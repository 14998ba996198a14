"""The source PDF with its passages highlighted in the colours of the goals, notes and bookmarks.

A copy: the original stays as it is. qpdf (pikepdf) only reads and writes the structure of the file
here; it draws no page and unfolds no content.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sdgalign.documents.document import Page, PathCode
from sdgalign.documents.salvage import salvaged
from sdgalign.errors import DamagedError, FormatError, InputError
from sdgalign.framework import Language
from sdgalign.pipeline import Analysis
from sdgalign.reports.annotated_drawing import Drawing
from sdgalign.reports.annotated_frame import Frame
from sdgalign.reports.annotated_notes import Highlight, bookmarks_of, highlights_of
from sdgalign.reports.annotated_outline import add_bookmarks
from sdgalign.reports.payload import Payload
from sdgalign.reports.texts import texts

if TYPE_CHECKING:
    from pikepdf import Pdf

_ALIKE = 1.0
"""Points by which the sides of a page may differ from those that were read."""


def require_annotate() -> None:
    """Check that PDF files can be annotated.

    Raises:
        InputError: When pikepdf is not installed; says how to get it.
    """
    if find_spec("pikepdf") is None:
        raise InputError(
            "pdf: annotating needs the package pikepdf. "
            "Run `pip install 'sdgalign[annotate]'`, or choose html."
        )


def render_annotated(
    analysis: Analysis,
    payload: Payload,
    language: Language,
    source: Path,
    password: str | None = None,
) -> bytes:
    """Return a copy of the source with highlights, notes and bookmarks.

    Args:
        analysis: Of the document.
        payload: Of the analysis.
        language: Of the notes.
        source: The PDF that was read.
        password: Opens a file that is encrypted for its readers; the copy has the same.

    Raises:
        InputError: When pikepdf is not installed.
        FormatError: When the document is no PDF.
        DamagedError: When its pages cannot be found again.
    """
    require_annotate()
    from pikepdf import ObjectStreamMode

    t = texts(language)
    if not is_printed(analysis):
        raise FormatError(
            str(source),
            "no annotated PDF made, for only a PDF can be highlighted",
            "Save the document as PDF and analyse that.",
        )
    pdf = _open(source, len(analysis.document.pages), password)
    with pdf:
        drawing = Drawing(pdf, payload)
        placed = _add(pdf, drawing, analysis.document.pages, highlights_of(analysis, payload, t))
        add_bookmarks(pdf, bookmarks_of(placed, payload, t), drawing.frames)
        stream = io.BytesIO()
        pdf.save(
            stream,
            encryption=pdf.is_encrypted,
            deterministic_id=not pdf.is_encrypted,
            object_stream_mode=ObjectStreamMode.generate,
        )
    return stream.getvalue()


def is_printed(analysis: Analysis) -> bool:
    """Return whether the document says where its words stand on pages, which only a PDF does."""
    return any(page.width > 0 for page in analysis.document.pages) and any(
        box.bottom > 0 for segment in analysis.segments for box in segment.boxes
    )


def _open(source: Path, pages: int, password: str | None) -> Pdf:
    """Open the file, repaired when not all pages are found otherwise."""
    import pikepdf

    data = source.read_bytes()
    for candidate in _candidates(data):
        try:
            pdf = pikepdf.open(io.BytesIO(candidate), password=password or "")
        except pikepdf.PdfError:
            continue
        if len(pdf.pages) == pages:
            return pdf
        pdf.close()
    raise DamagedError(
        str(source), "its pages cannot be annotated", "Print it to a new PDF and analyse that."
    )


def _candidates(data: bytes) -> Iterable[bytes]:
    yield data
    repaired = salvaged(data)
    if repaired is not None:
        yield repaired.data


def _add(
    pdf: Pdf, drawing: Drawing, pages: Sequence[Page], highlights: Sequence[Highlight]
) -> list[Highlight]:
    """Add highlights to their pages; leave out pages that do not look as they were read."""
    by_page: dict[int, list[Highlight]] = {}
    for each in highlights:
        by_page.setdefault(each.page, []).append(each)
    placed: list[Highlight] = []
    for number, mine in by_page.items():
        page, sheet = pages[number - 1], pdf.pages[number - 1]
        frame = Frame.of(sheet.obj, _turned(page))
        if abs(frame.width - page.width) > _ALIKE or abs(frame.height - page.height) > _ALIKE:
            continue
        drawing.frames[number] = frame
        drawing.add(sheet.obj, frame, page, mine)
        placed += mine
    return placed


def _turned(page: Page) -> int:
    """Return by how many degrees a picture was turned before its words were recognised."""
    return sum(note.number for note in page.notes if note.code is PathCode.TURNED)
