"""One node of a plan as it was printed, before its level is known."""

from __future__ import annotations

from dataclasses import dataclass, field

from sdgalign.documents import PrintedWord
from sdgalign.plans.codes import Level
from sdgalign.plans.ledger import Ledger, Money


@dataclass(frozen=True, slots=True)
class Style:
    """Place and looks of the first words of an entry: those of one level are alike."""

    x0: float
    code: tuple[bool, bool]
    """Bold, italic."""
    text: tuple[bool, bool, float] | None
    """Bold, italic and font size of its text; None without text."""


@dataclass(slots=True)
class Entry:
    """One node of the tree, before its level is known."""

    code: str
    level: Level | None
    """What a label says ("Actieplan"); None when there is no label."""
    code_words: tuple[PrintedWord, ...]
    x0: float
    lines: list[tuple[PrintedWord, ...]] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    pages: list[int] = field(default_factory=list)

    @property
    def money(self) -> Money | None:
        """Return its amounts; None when it has none."""
        return self.ledger.money()

    @property
    def style(self) -> Style:
        """Return the looks."""
        first = self.code_words[0] if self.code_words else self.lines[0][0] if self.lines else None
        text = self.lines[0][0] if self.lines else None
        return Style(
            self.x0,
            (first.bold, first.italic) if first else (False, False),
            (text.bold, text.italic, round(text.size)) if text else None,
        )
