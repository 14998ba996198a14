"""Measure reading on the real, planned and bad files beside the checkout: counts, no texts."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sdgalign.documents import Document, LineRole, read_document
from sdgalign.errors import DocumentError
from sdgalign.segmentation import Segment, segment_document
from sdgalign.segmentation.levels import title_key
from sdgalign.segmentation.segment import SegmentKind

FILE_COLUMNS = (
    "file",
    "pages",
    "seconds",
    "pages by path",
    "segments",
    "headings",
    "running lines",
    "doubts",
)
HEADING_COLUMNS = (
    "file",
    "bookmarks",
    "F1, bookmarks used",
    "found",
    "F1, bookmarks hidden",
    "found, hidden",
)
_FOLDERS = ("real", "plans", "bad")
_LEAST_BOOKMARKS = 5
"""Fewer are those of a cover and a contents page."""
_DIGITS = "0123456789"
_MOST_WORDS = 22
"""More is a paragraph that some program made a bookmark of."""
_LEAST_START = 10
"""Letters that tell a title by its start."""


@dataclass(frozen=True, slots=True)
class _Match:
    """How well headings match bookmarks."""

    f1: float
    recall: float


def file_rows(folder: Path) -> tuple[list[list[str]], list[list[str]]]:
    """Read every PDF under a folder.

    Returns:
        A row per file, and a row per file with an outline: its headings beside its bookmarks.
    """
    files, headings = [], []
    for path in (path for name in _FOLDERS for path in sorted((folder / name).glob("*.pdf"))):
        started = _core_seconds()
        try:
            document = read_document(path)
        except DocumentError as error:
            seconds = f"{_core_seconds() - started:.1f}"
            files.append([path.name, "–", seconds, f"refused: {error.reason}", *["–"] * 4])
            continue
        segments = segment_document(document)
        files.append(_row(document, segments, _core_seconds() - started))
        if _bookmarks(document, segments).total() >= _LEAST_BOOKMARKS:
            headings.append(_heading_row(document, segments))
    return files, headings


def _core_seconds() -> float:
    """Return what this process and those it started have worked, whatever else the machine did."""
    return sum(os.times()[:4])


def _row(document: Document, segments: Sequence[Segment], seconds: float) -> list[str]:
    paths = Counter(code for page in document.pages for code in {n.code for n in page.path})
    return [
        document.name,
        str(len(document.pages)),
        f"{seconds:.1f}",
        ", ".join(f"{code} {count}" for code, count in paths.most_common()),
        str(len(segments)),
        str(sum(segment.kind is SegmentKind.HEADING for segment in segments)),
        str(sum(line.role is not LineRole.BODY for page in document.pages for line in page.lines)),
        ", ".join(
            f"{doubt.code} {doubt.pages}" if doubt.pages else doubt.code
            for doubt in document.doubts
        )
        or "–",
    ]


def _heading_row(document: Document, segments: Sequence[Segment]) -> list[str]:
    used = _compare(document, segments)
    hidden = _compare(document, segment_document(replace(document, outline=())))
    return [
        document.name,
        f"{_bookmarks(document, segments).total()} of {len(document.outline)}",
        f"{used.f1:.2f}",
        f"{used.recall:.0%}",
        f"{hidden.f1:.2f}",
        f"{hidden.recall:.0%}",
    ]


def _compare(document: Document, segments: Sequence[Segment]) -> _Match:
    """Compare headings with bookmarks, page by page.

    A heading without a bookmark is wrong where another heading under the same title has one, from
    the first bookmark on: elsewhere the outline does not go so deep. It is not wrong where a
    bookmark names it but leads elsewhere, or leads there by another name.
    """
    wanted = _bookmarks(document, segments)
    if not wanted:
        return _Match(0.0, 0.0)
    first = min(page for _, page in wanted)
    titles = {_title(entry.title) for entry in document.outline}
    excused = {entry.page for entry in document.outline} - {page for _, page in wanted}
    hits = 0
    unmarked: list[tuple[str, ...]] = []
    marked: set[tuple[str, ...]] = set()
    for segment in segments:
        if segment.kind is not SegmentKind.HEADING:
            continue
        key = next((key for key in _places(segment, wanted) if wanted[key] > 0), None)
        if key is not None:
            wanted[key] -= 1
            hits += 1
            marked.add(segment.heading_path)
        elif segment.pages[0] >= first and not (
            segment.pages[0] in excused or _title(segment.text) in titles
        ):
            unmarked.append(segment.heading_path)
    wrong = sum(path in marked for path in unmarked)
    missed = wanted.total()
    return _Match(2 * hits / max(2 * hits + wrong + missed, 1), hits / max(hits + missed, 1))


def _bookmarks(document: Document, segments: Sequence[Segment]) -> Counter[tuple[str, int]]:
    """Return title and page of the bookmarks of which the text can have a heading.

    Left out: those of covers and contents pages, whole paragraphs, and titles that are not printed.
    """
    contents = {s.pages[0] for s in segments if s.kind is SegmentKind.CONTENTS}
    printed = {
        page.number: title_key("".join(line.text for line in page.lines)) for page in document.pages
    }
    return Counter(
        (title, page)
        for entry in document.outline
        if (title := _title(entry.title))
        and (page := entry.page) is not None
        and page not in contents
        and len(entry.title.split()) <= _MOST_WORDS
        and any(title in printed.get(near, "") for near in _near(page))
    )


def _places(segment: Segment, wanted: Collection[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Yield the bookmarks that a heading may have: with its text, or with the start of it."""
    own = _title(segment.text)
    for page in _near(segment.pages[0]):
        yield own, page
    for title, page in wanted:
        if page in _near(segment.pages[0]) and len(title) > _LEAST_START and own.startswith(title):
            yield title, page


def _near(page: int) -> tuple[int, int, int]:
    """Return the pages on which something may stand that a bookmark puts on this one."""
    return page, page - 1, page + 1


def _title(text: str) -> str:
    """Return the letters of a title; its number is set apart by some programs."""
    return title_key(text).lstrip(_DIGITS)
