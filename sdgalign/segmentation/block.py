"""Lines that belong together: the unit that is told to be a heading, an item or a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sdgalign.documents.document import Declared, Line
from sdgalign.segmentation.marks import Mark

LONE_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?$")
"""The number of a heading on a line of its own."""


@dataclass(slots=True)
class Block:
    """Lines that belong together."""

    lines: list[Line]
    mark: Mark | None = None
    gap_before: bool = True
    """Whether white space, a column or a page parts it from the block before."""
    counts_on: bool = False
    """Whether its number follows that of the block before: an item of a list."""
    is_signature: bool = False
    """Who signs, or what that person is."""

    @property
    def first(self) -> Line:
        """Return the first line."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """Return the last line."""
        return self.lines[-1]

    @property
    def plain(self) -> str:
        """Return the text with line breaks as spaces, hyphens as they were printed."""
        return " ".join(line.text for line in self.lines)

    @property
    def declared(self) -> Declared | None:
        """Return what the file says that it is; None where its print has to tell."""
        return self.first.declared

    @property
    def has_lone_number(self) -> bool:
        """Return whether the number of a heading stands on a line of its own above it."""
        return len(self.lines) > 1 and bool(LONE_NUMBER.match(self.first.text))

    @property
    def is_row(self) -> bool:
        """Return whether it is a row of a table."""
        return bool(self.first.cells)
