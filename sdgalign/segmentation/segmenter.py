"""From a document to its segments: read `segment_document` first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sdgalign.documents.document import Box, Document, Line, LineRole, Page
from sdgalign.segmentation.blocks import Block, gather
from sdgalign.segmentation.contents import contents_lines
from sdgalign.segmentation.figures import is_figures
from sdgalign.segmentation.headings import HeadingFinder, clean_title
from sdgalign.segmentation.joining import LineJoiner, known_words
from sdgalign.segmentation.language import language_of, main_language
from sdgalign.segmentation.levels import Heading, HeadingStack
from sdgalign.segmentation.lists import find_lists, is_inside
from sdgalign.segmentation.marks import (
    PLAN_DEPTH,
    MarkKind,
    PlanLevel,
    code_of,
    is_bare_code,
    plan_level,
)
from sdgalign.segmentation.segment import SEGMENT_SEPARATOR, Segment, SegmentKind
from sdgalign.segmentation.sentences import pieces
from sdgalign.segmentation.style import style_of

_COVER_WORDS = 70
_TITLE_LETTERS = 90
"""A plan objective may be a long text; so much of it goes in the heading path."""


def segment_document(document: Document) -> tuple[Segment, ...]:
    """Cut a document into segments.

    Every character of the body of the document lands in one segment, in reading order; only white
    space, line-end hyphens and bullets differ.

    Args:
        document: As read.

    Returns:
        Its segments.
    """
    pages = [_body(page) for page in document.pages]
    lines = [line for page in pages for line in page]
    if not lines:
        return ()
    contents = contents_lines(pages)
    style = style_of(lines)
    joiner = LineJoiner(known_words(document.pages))
    language = main_language([line.text for line in lines])
    runs = [(is_contents, gather(run, style)) for is_contents, run in _runs(pages, contents)]
    texts = [block for is_contents, blocks in runs if not is_contents for block in blocks]
    find_lists(texts, style)
    finder = HeadingFinder(style, document.outline, texts)
    builder = _Builder(joiner, finder, language, _covers(pages), is_plan=_is_plan(lines))
    for is_contents, blocks in runs:
        if is_contents:
            builder.add_contents(blocks)
        else:
            builder.add_text(blocks)
    return tuple(builder.segments)


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
    """Whether the objectives or action plans of a municipal plan stand in a document."""
    return any(
        level is not None and level is not PlanLevel.ACTION
        for level in (plan_level(line.text) for line in lines)
    )


def _covers(pages: Sequence[Sequence[Line]]) -> frozenset[int]:
    """Return the numbers of the cover: its titles are above no text."""
    first = next((lines for lines in pages if lines), ())
    words = sum(len(line.text.split()) for line in first)
    return frozenset({first[0].box.page}) if first and words < _COVER_WORDS else frozenset()


@dataclass(frozen=True, slots=True)
class _Text:
    """The joined text of a block and the line that each part comes from."""

    text: str
    starts: tuple[int, ...]
    lines: Sequence[Line]

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Return one box per page and column for a part of the text."""
        ends = [*self.starts[1:], len(self.text) + 1]
        touched = [
            line
            for line, first, last in zip(self.lines, self.starts, ends, strict=True)
            if first < end and last > start
        ]
        boxes: list[Box] = []
        for _, group in groupby(touched, key=lambda line: (line.box.page, line.column)):
            box, *others = [line.box for line in group]
            for other in others:
                box = box.union(other)
            boxes.append(box)
        return tuple(boxes)


class _Builder:
    """Turns blocks into segments, keeping the headings above them."""

    def __init__(
        self,
        joiner: LineJoiner,
        finder: HeadingFinder,
        language: str,
        covers: frozenset[int],
        *,
        is_plan: bool,
    ) -> None:
        self._joiner = joiner
        self._finder = finder
        self._language = language
        self._covers = covers
        self._is_plan = is_plan
        self._item: Block | None = None
        """The last item of the list that is being read."""
        self._stack = HeadingStack()
        self._codes: set[str] = set()
        self._offset = 0
        self.segments: list[Segment] = []

    def add_contents(self, blocks: Sequence[Block]) -> None:
        """Add blocks that are never evidence."""
        self._stack.clear()
        for block in blocks:
            text = self._text(block)
            self._emit(SegmentKind.CONTENTS, text, 0, len(text.text))

    def add_text(self, blocks: Sequence[Block]) -> None:
        """Add blocks of the running text."""
        for number, block in enumerate(blocks):
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            self._add(block, following)

    def _add(self, block: Block, following: Block | None) -> None:
        if self._covers and block.first.box.page not in self._covers:
            self._stack.clear()
            self._covers = frozenset()
        text = self._text(block)
        if not text.text:
            return
        heading = self._finder.heading(block, text.text, following)
        level = self._plan_level(text.text)
        if heading is not None and not (level is not None and level.value == "action"):
            self._add_heading(heading, text)
            return
        if level is not None and not block.is_row:
            self._add_plan_item(block, text)
            return
        self._end_list(block, following)
        kind = _kind(block, text.text)
        if block.is_row and code_of(text.text) in self._codes:
            kind = SegmentKind.FIGURES  # the amounts of an action that was told before
        self._emit_pieces(kind, text)

    def _plan_level(self, text: str) -> PlanLevel | None:
        """Return the level of a plan code; ``A8`` is a road where there is no plan."""
        level = plan_level(text)
        is_code = self._is_plan or level is not PlanLevel.ACTION or not is_bare_code(text)
        return level if is_code else None

    def _end_list(self, block: Block, following: Block | None) -> None:
        """Take the heading that announced a list ("We want:") away once the list is over."""
        if block.mark is not None:
            self._item = block
        elif self._item is not None and not is_inside(block, self._item, following):
            self._stack.end_label()
            self._item = None

    def _add_heading(self, heading: Heading, text: _Text) -> None:
        self._item = None
        self._codes.add(_code_in(heading.text))
        self._stack.make_room(heading)
        self._emit(SegmentKind.HEADING, text, 0, len(text.text))
        self._stack.push(heading)

    def _add_plan_item(self, block: Block, text: _Text) -> None:
        """Add a text that starts with a plan code; its code and title go above what follows."""
        level = plan_level(text.text)
        assert level is not None
        self._stack.leave(level)
        self._codes.add(_code_in(text.text))
        kind = SegmentKind.LIST_ITEM if level.value == "action" else SegmentKind.PARAGRAPH
        title = Heading(
            text=_shortened(clean_title(text.text)),
            size=block.first.size,
            bold=block.first.bold,
            capitals=False,
            depth=PLAN_DEPTH[level],
            outline=None,
            declared=block.first.level or None,
        )
        first, *others = pieces(text.text, language_of(text.text, self._language))
        self._emit(kind, text, *first)
        self._stack.push(title)
        for start, end in others:
            self._emit(kind, text, start, end)

    def _text(self, block: Block) -> _Text:
        texts = [line.text for line in block.lines]
        if block.mark is not None and block.mark.kind in (MarkKind.BULLET, MarkKind.DASH):
            texts[0] = texts[0][block.mark.length :]
        joined = self._joiner.join(texts)
        return _Text(joined.text, joined.starts, block.lines)

    def _emit_pieces(self, kind: SegmentKind, text: _Text) -> None:
        language = language_of(text.text, self._language)
        for start, end in pieces(text.text, language):
            self._emit(kind, text, start, end)

    def _emit(self, kind: SegmentKind, text: _Text, start: int, end: int) -> None:
        part = text.text[start:end]
        self.segments.append(
            Segment(
                id=f"s{len(self.segments) + 1:05d}",
                kind=kind,
                text=part,
                start=self._offset,
                end=self._offset + len(part),
                boxes=text.boxes(start, end),
                heading_path=self._stack.path(),
                language=language_of(part, self._language),
            )
        )
        self._offset += len(part) + len(SEGMENT_SEPARATOR)


def _kind(block: Block, text: str) -> SegmentKind:
    if is_figures(text, block.first.cells):
        return SegmentKind.FIGURES
    if block.is_row:
        return SegmentKind.TABLE_ROW
    return SegmentKind.PARAGRAPH if block.mark is None else SegmentKind.LIST_ITEM


def _code_in(text: str) -> str:
    """Return the plan code of a title: ``AP-1.4`` also in ``Actieplan AP-1.4 – …``."""
    return code_of(text) or code_of(text.partition(" ")[2]) or "no code"


def _shortened(text: str) -> str:
    if len(text) <= _TITLE_LETTERS:
        return text
    return text[:_TITLE_LETTERS].rsplit(" ", 1)[0] + " …"
