"""From a path to a `Document`: pages of lines, read in a guarded process."""

from sdgalign.documents.document import (
    Box,
    Document,
    Line,
    LineRole,
    OutlineEntry,
    Page,
    PrintedWord,
)
from sdgalign.documents.limits import Limits
from sdgalign.documents.reading import Reading, read_document

__all__ = [
    "Box",
    "Document",
    "Limits",
    "Line",
    "LineRole",
    "OutlineEntry",
    "Page",
    "PrintedWord",
    "Reading",
    "read_document",
]
