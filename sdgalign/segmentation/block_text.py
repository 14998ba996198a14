"""The joined text of a block, with the place on the page of each of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sdgalign.documents.document import Box, Line


@dataclass(frozen=True, slots=True)
class BlockText:
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
