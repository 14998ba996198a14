"""The unit that is classified and quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sdgalign.documents.document import Box

SEGMENT_SEPARATOR = "\n"
"""What stands between two segments in the cleaned text that the offsets count in."""


class SegmentKind(StrEnum):
    """What a segment is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    CONTENTS = "contents"
    """Contents, register, colophon, literature, captions, who signs: never evidence."""
    FIGURES = "figures"
    """A line or a table row that only holds amounts or years, also those of an action that the
    document tells before: never evidence."""


EVIDENCE_KINDS = frozenset({SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM, SegmentKind.TABLE_ROW})
"""Kinds that are classified. Headings are context, contents pages repeat what comes later."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a document that says one thing, with the place where it says so."""

    id: str
    """Unique in its document, in reading order: ``s00001``, ``s00002``, …"""
    kind: SegmentKind
    text: str
    """Cleaned: hyphenation mended, single spaces, no line breaks."""
    start: int
    """Offset of the first character in the cleaned text of the document (`cleaned_text`)."""
    end: int
    """Offset after the last character; ``end - start == len(text)``."""
    boxes: tuple[Box, ...]
    """One box per page and column that the segment touches, in reading order."""
    heading_path: tuple[str, ...]
    """Headings above the segment, outermost first; for a heading, the ones above it."""
    language: str
    """``nl``, ``en``, ``fr`` or ``other``."""

    @property
    def pages(self) -> tuple[int, ...]:
        """Return the numbers of the pages it stands on, from 1, ascending."""
        return tuple(sorted({box.page for box in self.boxes}))

    @property
    def context(self) -> str:
        """Return the heading path as one text, the way annotations write context."""
        return " > ".join(self.heading_path)

    @property
    def is_evidence(self) -> bool:
        """Return whether the segment is classified."""
        return self.kind in EVIDENCE_KINDS


def cleaned_text(segments: Sequence[Segment]) -> str:
    """Return the text of the document that segment offsets count in."""
    return SEGMENT_SEPARATOR.join(segment.text for segment in segments)
