"""Documents with known text, in the layouts of policy documents: what reading is measured on.

The words are our own: written exemplars make the body, titles of targets the headings.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sdgalign.framework import load_framework

REPOSITORY = Path(__file__).parents[1]
REPORTLAB, LIBREOFFICE, CHROMIUM = "ReportLab", "LibreOffice", "Chromium"
RUNNING_TITLE = "Meerjarenplan 2026–2031 | Lindebeke"
UPRIGHT = "Gemeente Lindebeke meerjarenplan"
_SOFT_HYPHEN = "\u00ad"
_SYLLABLE = re.compile(r"(?<=[a-z]{3}[aeiou])(?=[bcdfgklmnprstvwz][aeiou][a-z]{2})")
LIGATURE_FONTS = Path("/usr/share/fonts/truetype/liberation")
"""Liberation Sans is as wide as Helvetica, and has the letters fi and fl in one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that stands in a document."""

    kind: str
    """``heading``, ``paragraph``, ``item``, ``nested`` (an item of an item), ``caption`` (under a
    figure), ``footnote`` (of the paragraph before) or ``box``."""
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document looks and how its producer writes it."""

    name: str
    columns: int = 1
    interleaved: bool = False
    """Whether lines are written row by row across the columns."""
    right_first: bool = False
    """Whether the last column of a page is written before the others."""
    headings_last: bool = False
    """Whether the headings of a page are written after its body."""
    spread: bool = False
    """Whether two pages stand side by side on one."""
    box: bool = False
    footnotes: bool = False
    margin: bool = False
    """Whether upright text runs along the edge of every page."""
    hyphens: bool = False
    outline: bool = True
    size: float = 9.5
    producer: str = REPORTLAB
    tagged: bool = False
    ligatures: bool = False
    page_number: str = "{n}"
    """``{n}`` of ``{total}``; only the other producers know the total."""

    @property
    def title(self) -> str:
        """Return how tables call it."""
        tags = {False: "untagged", True: "tagged"}[self.tagged]
        return self.name if self.producer == REPORTLAB else f"{self.producer}, {tags}: {self.name}"


_OTHERS = (
    Layout("one column, footnotes", footnotes=True, producer=LIBREOFFICE, tagged=True),
    Layout("one column", outline=False, producer=LIBREOFFICE, page_number="Pagina {n} van {total}"),
    Layout("two columns", columns=2, producer=LIBREOFFICE, tagged=True, page_number="{n}/{total}"),
    Layout("two columns, box, hyphens", columns=2, box=True, hyphens=True, producer=LIBREOFFICE),
    Layout("three columns, ligatures", columns=3, ligatures=True, size=8, producer=LIBREOFFICE),
    Layout("spread", spread=True, producer=LIBREOFFICE, page_number="- {n} -"),
    Layout("one column", producer=CHROMIUM, tagged=True, page_number="pagina {n}"),
    Layout("one column", outline=False, producer=CHROMIUM, page_number="Pagina {n} van {total}"),
    Layout("two columns, margin", columns=2, margin=True, producer=CHROMIUM, tagged=True),
    Layout("two columns, box", columns=2, box=True, outline=False, producer=CHROMIUM),
    Layout("two columns, hyphens", columns=2, hyphens=True, producer=CHROMIUM, tagged=True),
    Layout("three columns, ligatures", 3, ligatures=True, outline=False, size=8, producer=CHROMIUM),
    Layout("spread, two columns", 2, spread=True, size=7.5, outline=False, producer=CHROMIUM),
)
"""With captions, nested lists and headings of a third level. Chromium prints no footnotes; its
outline comes with its tags."""
LAYOUTS = (
    Layout("one column"),
    Layout("one column, footnotes", footnotes=True),
    Layout("one column, upright margin", margin=True),
    Layout("two columns", columns=2),
    Layout("two columns, hyphens", columns=2, hyphens=True),
    Layout("two columns, box", columns=2, box=True),
    Layout("two columns, no outline", columns=2, outline=False),
    Layout("three columns", columns=3, size=8.5),
    Layout("two columns, row by row", columns=2, interleaved=True),
    Layout("three columns, row by row", columns=3, interleaved=True, size=8.5),
    Layout("two columns, right one first", columns=2, right_first=True),
    Layout("headings written last", headings_last=True),
    Layout("spread", spread=True),
    Layout("spread, two columns", spread=True, columns=2, size=8.5),
    Layout("ligatures as letters", ligatures=True),
    Layout("page numbers between dashes", page_number="– {n} –"),
    *_OTHERS,
)


@dataclass(slots=True)
class Made:
    """A document as written and what a perfect reader would give."""

    path: Path
    layout: Layout
    words: list[str] = field(default_factory=list)
    """Of the body, in reading order, hyphenated words whole."""
    headings: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    """Lines that run along the edges of the pages."""
    body: list[str] = field(default_factory=list)
    """Printed lines of the body; empty where only the producer knows them."""
    notes: list[str] = field(default_factory=list)
    """Footnotes whose place among the words only the producer knows; not in ``words``."""


def pieces(seed: int, chapters: int = 7) -> list[Piece]:
    """Return the content of a document, another one per seed."""
    rng = random.Random(seed)
    sentences = _sentences()
    titles = [target.title["nl"] for target in load_framework().targets]
    rng.shuffle(sentences)
    rng.shuffle(titles)
    found: list[Piece] = []
    for number in range(1, chapters + 1):
        found.append(Piece("heading", f"{number}. {titles.pop()}", 1))
        for part in range(1, rng.randint(2, 4)):
            found.append(Piece("heading", f"{number}.{part} {titles.pop()}", 2))
            for _ in range(rng.randint(2, 4)):
                text = " ".join(_ended(sentences.pop()) for _ in range(rng.randint(2, 5)))
                found.append(Piece("paragraph", text))
            if rng.random() < 0.6:
                found += [Piece("item", sentences.pop()) for _ in range(rng.randint(2, 5))]
    return found


def with_extras(content: Sequence[Piece], layout: Layout, seed: int) -> list[Piece]:
    """Return the content with captions, nested items, third headings, boxes and notes."""
    rng = random.Random(1000 + seed)
    used = {piece.text for piece in content}
    spare = iter(rng.sample([text for text in short_sentences() if text not in used], 60))
    titles = [target.title["nl"] for target in load_framework().targets]
    rng.shuffle(titles)
    after = ["caption", "heading", *["box"] * layout.box, *["footnote"] * layout.footnotes]
    kinds = {"item": ["nested"], "paragraph": after}
    found: list[Piece] = []
    for piece in content:
        found.append(piece)
        if piece.kind not in kinds or rng.random() > 0.3:
            continue
        kind, text = rng.choice(kinds[piece.kind]), next(spare)
        if kind == "heading":
            found += [Piece(kind, titles.pop(), 3), Piece("paragraph", _ended(text))]
        else:
            label = f"Figuur {len(found)}: " if kind == "caption" else ""
            found.append(Piece(kind, label + text))
    return found


def hyphenable(text: str, layout: Layout) -> str:
    """Return a text with soft hyphens between syllables where the layout has them."""
    return _SYLLABLE.sub(_SOFT_HYPHEN, text) if layout.hyphens else text


def short_sentences() -> list[str]:
    """Return texts of a line: for boxes, captions and notes."""
    return [text for text in _sentences() if 40 < len(text) < 80]


def _sentences() -> list[str]:
    folder = REPOSITORY / "annotations" / "exemplars"
    return [
        json.loads(line)["nl"]
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(json.loads(line)["nl"]) < 240
    ]


def _ended(text: str) -> str:
    return text if text[-1] in ".!?" else f"{text}."
