"""The running text of a document, gathered in blocks, with what is ordinary in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sdgalign.documents.document import Document, Line, LineRole, Page
from sdgalign.segmentation.block import Block
from sdgalign.segmentation.blocks import gather
from sdgalign.segmentation.bookmarks import Bookmarks
from sdgalign.segmentation.contents import contents_lines
from sdgalign.segmentation.form_labels import form_labels
from sdgalign.segmentation.lists import find_lists
from sdgalign.segmentation.marks import PlanLevel, plan_level
from sdgalign.segmentation.signatures import find_signatures
from sdgalign.segmentation.style import Style, style_of

_COVER_WORDS = 70


@dataclass(frozen=True, slots=True)
class RunningText:
    """The text of a document without its running lines."""

    runs: tuple[tuple[bool, list[Block]], ...]
    """In reading order; whether they are contents, and the blocks."""
    lines: tuple[Line, ...]
    style: Style
    labels: frozenset[str]
    """See `form_labels`."""
    bookmarks: Bookmarks
    covers: frozenset[int]
    """Numbers of the pages of the cover: its titles are above no text."""
    is_plan: bool
    """Whether the objectives or action plans of a municipal plan stand in it."""

    @property
    def texts(self) -> list[Block]:
        """Return the blocks that are no contents."""
        return _texts(self.runs)


def running_text(document: Document) -> RunningText:
    """Gather the running text of a document.

    Args:
        document: As read.
    """
    pages = [_body(page) for page in document.pages]
    lines = tuple(line for page in pages for line in page)
    style = style_of(lines)
    contents = contents_lines(pages)
    runs = tuple((is_contents, gather(run, style)) for is_contents, run in _runs(pages, contents))
    texts = _texts(runs)
    find_lists(texts, style)
    find_signatures(texts, style)
    return RunningText(
        runs=runs,
        lines=lines,
        style=style,
        labels=form_labels(texts),
        bookmarks=Bookmarks(document.outline, texts),
        covers=_covers(pages),
        is_plan=_is_plan(lines),
    )


def _texts(runs: Sequence[tuple[bool, list[Block]]]) -> list[Block]:
    return [block for is_contents, blocks in runs if not is_contents for block in blocks]


def _body(page: Page) -> list[Line]:
    return [line for line in page.lines if line.role is LineRole.BODY and line.text]


def _runs(
    pages: Sequence[Sequence[Line]], contents: set[tuple[int, int]]
) -> Iterator[tuple[bool, list[Line]]]:
    """Yield the lines in turns of contents and text."""
    places = (
        ((number, place) in contents, line)
        for number, lines in enumerate(pages)
        for place, line in enumerate(lines)
    )
    for is_contents, run in groupby(places, key=lambda item: item[0]):
        yield is_contents, [line for _, line in run]


def _is_plan(lines: Sequence[Line]) -> bool:
    return any(
        level is not None and level is not PlanLevel.ACTION
        for level in (plan_level(line.text) for line in lines)
    )


def _covers(pages: Sequence[Sequence[Line]]) -> frozenset[int]:
    first = next((lines for lines in pages if lines), ())
    words = sum(len(line.text.split()) for line in first)
    return frozenset({first[0].box.page}) if first and words < _COVER_WORDS else frozenset()
