"""Measure reading on documents with known text, in every layout.

    python evaluation/reading.py [--seeds 3] [--only NAME]

Per layout: likeness of the word order with the true one (difflib, the worst document), headings
found (F1), running lines taken out of the body, lines of the body wrongly taken out, letters lost.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from layouts import LAYOUTS, Made, make, pieces

from sdgalign.documents.document import Document, LineRole
from sdgalign.documents.pdf import read_pdf
from sdgalign.segmentation import Segment, segment_document
from sdgalign.segmentation.segment import SegmentKind

COLUMNS = (
    "layout",
    "pages",
    "pages/s",
    "order",
    "headings F1",
    "running lines out",
    "body lines out",
    "letters lost",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one document gave."""

    pages: int
    seconds: float
    order: float
    """Likeness of the words with the true sequence, 0–1."""
    headings: float
    """F1."""
    furniture_found: float
    """Share of the running lines that are no body."""
    body_lost: float
    """Share of the lines of the body that are taken for running lines."""
    letters_lost: int
    """Letters and digits in the document and in no segment, or the other way round."""


def main() -> None:
    """Make, read, compare, print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=3, help="documents per layout")
    parser.add_argument("--only", default="", help="layouts whose name holds this")
    given = parser.parse_args()
    say(f"| {' | '.join(COLUMNS)} |")
    say(f"|{' --- |' * len(COLUMNS)}")
    with tempfile.TemporaryDirectory() as folder:
        for layout in LAYOUTS:
            if given.only not in layout.name:
                continue
            found = [
                measure(make(layout, pieces(seed), Path(folder) / f"{seed}.pdf"))
                for seed in range(given.seeds)
            ]
            say(_row(layout.name, found))


def _row(name: str, found: list[Reading]) -> str:
    pages = sum(one.pages for one in found)
    rate = pages / sum(one.seconds for one in found)
    worst = min(one.order for one in found)
    headings = sum(one.headings for one in found) / len(found)
    furniture = sum(one.furniture_found * one.pages for one in found) / pages
    lost = sum(one.body_lost * one.pages for one in found) / pages
    letters = sum(one.letters_lost for one in found)
    return (
        f"| {name} | {pages} | {rate:.0f} | {worst:.3f} | {headings:.3f} | {furniture:.1%} "
        f"| {lost:.2%} | {letters} |"
    )


def measure(made: Made) -> Reading:
    """Read a document and compare it with what was written."""
    started = time.perf_counter()
    document = read_pdf(made.path)
    seconds = time.perf_counter() - started
    segments = segment_document(document)
    words = [word for segment in segments for word in _plain(segment).split()]
    wanted = [word for word in made.words if word.strip("•")]
    return Reading(
        pages=len(document.pages),
        seconds=seconds,
        order=SequenceMatcher(None, wanted, words, autojunk=False).ratio(),
        headings=_headings(made, segments),
        furniture_found=_running(made, document)[0],
        body_lost=_running(made, document)[1],
        letters_lost=_lost(made, segments),
    )


def _plain(segment: Segment) -> str:
    return segment.text.lstrip("• ")


def _headings(made: Made, segments: tuple[Segment, ...]) -> float:
    found = Counter(_key(s.text) for s in segments if s.kind is SegmentKind.HEADING)
    wanted = Counter(_key(title) for title in made.headings)
    hits = sum((found & wanted).values())
    return 2 * hits / max(found.total() + wanted.total(), 1)


def _running(made: Made, document: Document) -> tuple[float, float]:
    out = Counter(
        line.text
        for page in document.pages
        for line in page.lines
        if line.role is not LineRole.BODY
    )
    wanted = Counter(made.furniture)
    found = (out & wanted).total()
    return found / max(wanted.total(), 1), (out - wanted).total() / max(len(made.body), 1)


def _lost(made: Made, segments: tuple[Segment, ...]) -> int:
    own = Counter(c for segment in segments for c in segment.text if c.isalnum())
    wanted = Counter(c for word in made.words for c in word if c.isalnum())
    return ((own - wanted) + (wanted - own)).total()


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def say(line: str) -> None:
    """Write one line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
