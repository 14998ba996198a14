"""Blocks turned into segments, with the headings above them."""

from __future__ import annotations

from collections.abc import Sequence

from sdgalign.segmentation.block import Block
from sdgalign.segmentation.block_text import BlockText
from sdgalign.segmentation.headings import HeadingFinder, clean_title
from sdgalign.segmentation.joining import LineJoiner
from sdgalign.segmentation.kinds import is_band, kind_of, row_title
from sdgalign.segmentation.language import language_of
from sdgalign.segmentation.leads import Leads, shortened, subject_of
from sdgalign.segmentation.levels import Heading, HeadingStack
from sdgalign.segmentation.lists import is_inside
from sdgalign.segmentation.marks import (
    PLAN_DEPTH,
    MarkKind,
    PlanLevel,
    code_of,
    is_bare_code,
    plan_level,
)
from sdgalign.segmentation.running_text import RunningText
from sdgalign.segmentation.segment import SEGMENT_SEPARATOR, Segment, SegmentKind
from sdgalign.segmentation.sentences import pieces


class SegmentBuilder:
    """Turns blocks into segments, keeping the headings above them."""

    def __init__(
        self,
        joiner: LineJoiner,
        finder: HeadingFinder,
        language: str,
        running: RunningText,
    ) -> None:
        self._joiner = joiner
        self._finder = finder
        self._language = language
        self._covers = running.covers
        self._labels = running.labels
        self._is_plan = running.is_plan
        self._item: Block | None = None
        """The last item of the list that is being read."""
        self._stack = HeadingStack()
        self._leads = Leads()
        self._codes: set[str] = set()
        self._offset = 0
        self.segments: list[Segment] = []

    def add_contents(self, blocks: Sequence[Block]) -> None:
        """Add blocks that are never evidence."""
        self._stack.clear()
        self._leads.clear()
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
        if not block.is_row:
            self._leads.end_band()
        if heading is not None and not (level is not None and level.value == "action"):
            self._add_heading(heading, text)
            return
        code = code_of(text.text)
        is_told = block.is_row and code in self._codes
        if level is not None and (not block.is_row or (code and not is_told)):
            self._add_plan_item(block, text)
            return
        self._end_list(block, following)
        self._leads.meet(block)
        if is_band(block, following):
            self._add_band(text)
            return
        kind = kind_of(block, text.text, self._labels)
        if is_told:
            kind = SegmentKind.FIGURES  # the amounts of an action that was told before
        if self._stack.lists_sources():
            kind = SegmentKind.CONTENTS
        self._emit_pieces(kind, text)
        self._leads.enter(block, text.text, following)

    def _plan_level(self, text: str) -> PlanLevel | None:
        """Return the level of a plan code; ``A8`` is a road where there is no plan."""
        level = plan_level(text)
        is_code = self._is_plan or level is not PlanLevel.ACTION or not is_bare_code(text)
        return level if is_code else None

    def _end_list(self, block: Block, following: Block | None) -> None:
        """Take away what announced a list ("We want:") once the list is over."""
        if block.mark is not None:
            self._item = block
        elif self._item is not None and not is_inside(block, self._item, following):
            self._stack.end_label()
            self._leads.clear()
            self._item = None

    def _add_heading(self, heading: Heading, text: BlockText) -> None:
        self._item = None
        self._leads.clear()
        self._codes.add(_code_in(heading.text))
        self._stack.make_room(heading)
        self._emit(SegmentKind.HEADING, text, 0, len(text.text))
        self._stack.push(heading)

    def _add_band(self, text: BlockText) -> None:
        """Add the title of some rows of a table."""
        self._leads.end_band()
        self._emit(SegmentKind.HEADING, text, 0, len(text.text))
        self._leads.enter_band(text.text)

    def _add_plan_item(self, block: Block, text: BlockText) -> None:
        """Add a text that starts with a plan code; its code and title go above what follows."""
        level = plan_level(text.text)
        assert level is not None
        self._stack.leave(level)
        self._leads.clear()
        self._codes.add(_code_in(text.text))
        kind = SegmentKind.LIST_ITEM if level.value == "action" else SegmentKind.PARAGRAPH
        if block.is_row:
            kind = kind_of(block, text.text, self._labels)
        title = Heading(
            text=shortened(clean_title(row_title(block) if block.is_row else text.text)),
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

    def _text(self, block: Block) -> BlockText:
        texts = [line.text for line in block.lines]
        if block.mark is not None and block.mark.kind in (MarkKind.BULLET, MarkKind.DASH):
            texts[0] = texts[0][block.mark.length :]
        joined = self._joiner.join(texts)
        return BlockText(joined.text, joined.starts, block.lines)

    def _emit_pieces(self, kind: SegmentKind, text: BlockText) -> None:
        """Emit a text; how it starts stands above the pieces after its first."""
        first, *others = pieces(text.text, language_of(text.text, self._language))
        self._emit(kind, text, *first)
        subject = subject_of(text.text, is_item=kind is SegmentKind.LIST_ITEM)
        for start, end in others:
            self._emit(kind, text, start, end, subject)

    def _emit(
        self, kind: SegmentKind, text: BlockText, start: int, end: int, subject: str = ""
    ) -> None:
        part = text.text[start:end]
        self.segments.append(
            Segment(
                id=f"s{len(self.segments) + 1:05d}",
                kind=kind,
                text=part,
                start=self._offset,
                end=self._offset + len(part),
                boxes=text.boxes(start, end),
                heading_path=self._stack.path(*self._leads.titles(), subject),
                language=language_of(part, self._language),
            )
        )
        self._offset += len(part) + len(SEGMENT_SEPARATOR)


def _code_in(text: str) -> str:
    """Return the plan code of a title: ``AP-1.4`` also in ``Actieplan AP-1.4 – …``."""
    return code_of(text) or code_of(text.partition(" ")[2]) or "no code"
