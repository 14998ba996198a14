"""The text of one paragraph of a docx while it is gathered from its runs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sdgalign.documents.docx_styles import ParagraphStyle
from sdgalign.documents.flow import Block


@dataclass(slots=True)
class ParagraphText:
    """What was found so far."""

    parts: list[str] = field(default_factory=list)
    sizes: Counter[float] = field(default_factory=Counter)
    """Letters per size."""
    plain: int = 0
    """Letters that are not bold."""
    notes: list[str] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    """What stands in text boxes that hang on the paragraph."""
    fields: list[bool] = field(default_factory=list)
    """For each field that is open: whether its result has begun; before comes what it asks."""

    def add(self, text: str, font: ParagraphStyle) -> None:
        """Add what a run says, unless it is hidden or the question of a field."""
        if font.hidden or not all(self.fields):
            return
        self.parts.append(text)
        letters = len("".join(text.split()))
        self.sizes[font.size] += letters
        self.plain += 0 if font.bold else letters

    def mark(self, kind: str) -> None:
        """Note where a field begins, where its result does, and where it ends."""
        if kind == "begin":
            self.fields.append(False)
        elif self.fields and kind == "separate":
            self.fields[-1] = True
        elif self.fields and kind == "end":
            self.fields.pop()
