"""Lines gathered into blocks: paragraphs, list items, headings, table rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sdgalign.documents.document import Declared, Line
from sdgalign.segmentation.block import LONE_NUMBER, Block
from sdgalign.segmentation.edges import right_edges
from sdgalign.segmentation.figures import is_figures
from sdgalign.segmentation.marks import Mark, MarkKind, list_mark, plan_level, section_depth
from sdgalign.segmentation.notes import NOTE, note_lines
from sdgalign.segmentation.style import Style, is_apart, same_flow, same_style

_PICTURE = 5.0
"""Lines further apart, in font sizes, have something between them."""
_LETTER_WIDTH = 0.5
"""Width of a letter, in font sizes."""
_ENDED = re.compile(r"[.!?:;…][\"'”’»)\]]*\d{0,2}$")
_HYPHENED = re.compile(r"\w[-\u2010\u00ad]$")
_SAME_INDENT = 0.3
_HANGING = 0.8
_LETTER_O = "O "
"""A round bullet in some fonts, and a slip of the pen at the start of a line."""
_TITLE = 1.12
"""Titles are set so much larger than the text, or more."""
_CONTINUES = re.compile(r"^[a-zà-ÿ(,;]")


def gather(lines: Sequence[Line], style: Style) -> list[Block]:
    """Gather the lines of the running text in blocks.

    Args:
        lines: In reading order, without furniture.
        style: What is ordinary in the document.
    """
    gatherer = _Gatherer(style, lines)
    notes = note_lines(lines, style)
    for line in lines:
        if id(line) in notes:
            gatherer.add_note(line)
        else:
            gatherer.add(line)
    return gatherer.finished()


def _declared_mark(line: Line) -> Mark | None:
    """Return the mark of a paragraph that a file declares; many type their list marks."""
    if line.declared is Declared.ITEM:
        return list_mark(line.text) or Mark(MarkKind.BULLET, 0)
    return list_mark(line.text) if line.declared is Declared.PARAGRAPH else None


def _tagged_mark(line: Line) -> Mark | None:
    """Return the mark of a line that the tags of a PDF call an item; it may be a drawing."""
    if line.tagged is not Declared.ITEM:
        return None
    return list_mark(line.text) or Mark(MarkKind.BULLET, 0)


def _is_amounts(block: Block) -> bool:
    return block.is_row and is_figures(block.plain, block.first.cells)


class _Gatherer:
    def __init__(self, style: Style, lines: Sequence[Line]) -> None:
        self._style = style
        self._edges = right_edges(lines, style)
        self.blocks: list[Block] = []
        self._notes: list[Block] = []

    def finished(self) -> list[Block]:
        """Return all blocks, once every line has been added."""
        return self.blocks + self._notes

    def add_note(self, line: Line) -> None:
        """Add a line of a footnote, to stand after the paragraph that runs on over it."""
        last = self._notes[-1].last if self._notes else None
        if last is None or NOTE.match(line.text) or last.box.page != line.box.page:
            self._notes.append(Block([line]))
        else:
            self._notes[-1].lines.append(line)

    def _start(self, block: Block) -> None:
        self.blocks += self._notes
        self._notes = []
        self.blocks.append(block)

    def add(self, line: Line) -> None:
        block = self.blocks[-1] if self.blocks else None
        if line.declared is Declared.CONTINUED and block is not None:
            block.lines.append(line)
            return
        if line.declared is not None:
            self._start(Block([line], _declared_mark(line)))
            return
        if block is None:
            self._start(Block([line], _tagged_mark(line) or list_mark(line.text)))
            return
        block = self._past_amounts(block, line)
        mark = self._mark(block, line)
        gap = is_apart(block.last, line, self._style)
        if mark is None and not self._breaks(block, line, gap):
            block.lines.append(line)
        else:
            self._start(Block([line], mark, gap_before=gap))

    def _past_amounts(self, block: Block, line: Line) -> Block:
        """Return the block that a line can go on from: not the amounts beside a text cut by a page.

        The text of a table row may be cut by the page while its amounts stand beside its start.
        """
        before = self.blocks[-2] if len(self.blocks) > 1 else None
        if before is None or before.is_row or line.cells or not _is_amounts(block):
            return block
        if line.box.page == before.last.box.page or not self._runs_on(before, line):
            return block
        self.blocks[-2:] = [block, before]
        return before

    def _mark(self, block: Block, line: Line) -> Mark | None:
        """Return the mark of a line, unless its number or dash belongs to a sentence."""
        if (tagged := _tagged_mark(line)) is not None:
            return tagged
        mark = list_mark(line.text)
        if mark is None or (mark.kind is MarkKind.BULLET and not line.text.startswith(_LETTER_O)):
            return mark
        if is_apart(block.last, line, self._style) or self._ended(block.last):
            return mark
        known = block.mark
        if known is not None and known.kind is mark.kind:
            # Items without full stops: the next of the row stands under the first.
            return mark if mark.kind is MarkKind.DASH or mark.value == known.value + 1 else None
        if not same_style(block.last, line) or block.last.bold != line.bold:
            return mark
        return mark if self._is_short(block.last, line) and mark.value <= 1 else None

    def _breaks(self, block: Block, line: Line, gap: bool) -> bool:
        last = block.last
        if line.cells or last.cells or last.declared:
            return True
        if (line.tagged is Declared.HEADING) != (last.tagged is Declared.HEADING):
            return True
        if LONE_NUMBER.match(block.plain):
            # The number of a heading on a line of its own.
            is_plain = "." not in block.plain and line.text[:1].islower()
            return not same_flow(last, line) or gap or is_plain
        if not same_style(last, line):
            return True
        if LONE_NUMBER.match(block.first.text) and line.text[:1].islower() and not gap:
            return False
        if plan_level(line.text) is not None and (gap or line.bold or self._ended(last)):
            return True
        if not same_flow(last, line):
            return not self._runs_on(block, line)
        if gap:
            # A picture in the column parts the lines of a paragraph too.
            is_far = line.box.top - last.box.bottom > _PICTURE * line.size
            return not ((is_far or _HYPHENED.match(last.text[-2:])) and self._runs_on(block, line))
        if line.bold != last.bold:
            return self._changes_weight(block, line)
        return self._starts_paragraph(block, line)

    def _ended(self, line: Line) -> bool:
        # Searching the whole line for its end costs ten times more.
        return bool(_ENDED.search(line.text[-8:]))

    def _is_short(self, line: Line, following: Line) -> bool:
        """Whether a line ends although the first word of the next would have fitted on it."""
        word = following.text.split(maxsplit=1)[0]
        return line.box.x1 + (len(word) + 2) * _LETTER_WIDTH * line.size < self._edges[id(line)]

    def _runs_on(self, block: Block, line: Line) -> bool:
        """Whether a paragraph goes on in the next column or on the next page."""
        last = block.last
        if line.bold != last.bold:
            return False
        if _HYPHENED.match(last.text[-2:]):
            return True
        if self._ended(last) and not last.text.endswith((":", ";")):
            return False
        if last.text.endswith(";") and block.mark is None and self._is_short(last, line):
            return False  # an item of which the mark is a drawing
        if _CONTINUES.match(line.text):
            return True
        if self._ended(last) or line.bold or self._is_short(last, line):
            return False
        return len(block.lines) > 1 or len(last.text) > 40

    def _changes_weight(self, block: Block, line: Line) -> bool:
        """Whether a change of weight starts a block, and is no emphasis in a sentence."""
        last = block.last
        if self._hangs(block, line):
            return False
        if last.bold and len(block.plain) <= 160:
            return not _CONTINUES.match(line.text) and not last.text.endswith((",", "-"))
        return self._ended(last) or self._is_short(last, line)

    def _hangs(self, block: Block, line: Line) -> bool:
        """Whether a line stands right of the mark of an item that starts bold: its text."""
        if block.mark is None or plan_level(block.plain[block.mark.length :]) is not None:
            return False  # the text of an action is told apart from its title
        return line.box.x0 > block.first.box.x0 + _HANGING * line.size

    def _is_capital_title(self, block: Block, line: Line) -> bool:
        """Whether a block in capitals stands right above the text that it is the title of."""
        is_title = block.gap_before and block.mark is None and len(block.lines) <= 2
        return (
            is_title
            and " " in block.plain
            and block.plain.isupper()
            and not line.text.isupper()
            and self._is_short(block.last, line)
        )

    def _starts_paragraph(self, block: Block, line: Line) -> bool:
        last = block.last
        if _HYPHENED.match(last.text[-2:]):
            return False
        if self._is_capital_title(block, line):
            return True
        if section_depth(line.text) is not None and line.bold and self._is_short(last, line):
            return True
        if block.mark is not None:
            hanging = len(block.lines) > 1 and line.box.x0 < last.box.x0 - _HANGING * line.size
            outdented = line.box.x0 < block.first.box.x0 - _HANGING * line.size
            return (hanging or outdented) and self._ended(last)
        indented = len(block.lines) > 1 and line.box.x0 > last.box.x0 + _HANGING * line.size
        if indented and abs(line.box.x0 - block.first.box.x0) < _SAME_INDENT * line.size:
            return True  # as the paragraph started: an item of which the mark is a drawing
        if not self._ended(last):
            return False
        if last.text.endswith(":") and last.size > _TITLE * self._style.size:
            return not _CONTINUES.match(line.text)  # a title that goes on on the next line
        return indented or self._is_short(last, line)
