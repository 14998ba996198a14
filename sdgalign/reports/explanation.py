"""How each page of a document was read and why: plain data, in words of one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sdgalign.documents.document import Declared, Document, LineRole, Page, PageNote
from sdgalign.reports.texts import Texts, texts
from sdgalign.segmentation import Segment, SegmentKind
from sdgalign.segmentation.running_text import running_text

Explanation = dict[str, Any]


def build_explanation(
    document: Document, segments: Sequence[Segment], seconds: float, language: str
) -> Explanation:
    """Tell how a document was read.

    Args:
        document: As read.
        segments: Its segments.
        seconds: What reading and cutting took.
        language: ``nl`` or ``en``.

    Returns:
        ``seconds``, ``headings``, ``running_lines``, ``outline`` and ``doubts``, each code with its
        text, and ``pages``: a row for each page of the file.
    """
    words = texts(language)
    return {
        "seconds": round(seconds, 2),
        "headings": _count(segments, SegmentKind.HEADING),
        "running_lines": sum(_running_lines(page) for page in document.pages),
        "outline": _outline(document, segments, words),
        "doubts": [
            {
                "code": doubt.code,
                "pages": doubt.pages,
                "text": words.fill(
                    f"warning.{doubt.code}", n=doubt.pages, total=len(document.pages)
                ),
            }
            for doubt in document.doubts
        ],
        "pages": list(_pages(document, segments, words)),
    }


def path_text(note: PageNote, words: Texts) -> str:
    """Return in words what was done to read a page."""
    return words.fill(f"path.{note.code}", n=note.number)


def _pages(document: Document, segments: Sequence[Segment], words: Texts) -> list[Explanation]:
    own = Counter(segment.pages[0] for segment in segments)
    headings = Counter(s.pages[0] for s in segments if s.kind is SegmentKind.HEADING)
    return [
        {
            "page": page.number,
            "label": page.label,
            "path": [
                {"code": str(note.code), "number": note.number, "text": path_text(note, words)}
                for note in page.path
            ],
            "lines": len(page.lines),
            "running_lines": _running_lines(page),
            "segments": own[page.number],
            "headings": headings[page.number],
        }
        for page in document.pages
    ]


def _running_lines(page: Page) -> int:
    return sum(line.role is not LineRole.BODY for line in page.lines)


def _count(segments: Sequence[Segment], kind: SegmentKind) -> int:
    return sum(segment.kind is kind for segment in segments)


def _outline(document: Document, segments: Sequence[Segment], words: Texts) -> Explanation:
    """Tell what the bookmarks of the file did for the headings."""
    bookmarks = running_text(document).bookmarks
    found = sum(
        segment.kind is SegmentKind.HEADING and bookmarks.has(segment.text, segment.pages[0])
        for segment in segments
    )
    if document.outline and not bookmarks.are_titles:
        code = "paragraphs"
    elif found:
        code = "used" if bookmarks.have_levels else "named"
    elif document.outline:
        code = "unmatched"
    elif _declares_headings(document):
        code = "declared"
    else:
        code = "none"
    total = len(document.outline)
    text = words.fill(f"outline.{code}", n=total, found=found)
    return {"code": code, "bookmarks": total, "headings": found, "text": text}


def _declares_headings(document: Document) -> bool:
    return any(line.declared is Declared.HEADING for page in document.pages for line in page.lines)
