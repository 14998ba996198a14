"""Measure reading: on documents with known text in every layout, and on the files in ../shared.

    python evaluation/reading.py [--seeds 3] [--only NAME] [--shared DIR] [--write PAGE]

Per layout: likeness of the word order with the true one (difflib, the worst document), headings
found (F1) with the file's bookmarks and without, running lines taken out of the body, lines of the
body wrongly taken out, letters lost. The files are measured in `reading_files`.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from layouts import LAYOUTS, REPORTLAB, Layout, Made, pieces, with_extras
from producers import missing, produce
from reading_files import FILE_COLUMNS, HEADING_COLUMNS, file_rows
from typeset import make

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
    "without bookmarks",
    "running lines out",
    "body lines out",
    "letters lost",
)
_ORDER, _ORDER_INTERLEAVED, _HEADINGS, _RUNNING, _BODY = 0.98, 0.95, 0.9, 0.99, 0.001
"""What reading must reach."""
_MARK_LENGTH = 3
"""Letters of the number of a footnote."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one document gave."""

    pages: int
    seconds: float
    """Of one core, at work."""
    order: float
    """Likeness of the words with the true sequence, 0–1."""
    headings: float
    """F1."""
    headings_alone: float
    """F1 when the file's bookmarks are not used."""
    furniture_found: float
    """Share of the running lines that are no body."""
    body_lost: float
    """Share of the lines of the body that are taken for running lines."""
    letters_lost: int
    """Letters and digits in the document and in no segment, or the other way round."""


def main() -> None:
    """Make, read, compare, print or write tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=3, help="documents per layout; 0 for none")
    parser.add_argument("--only", default="", help="layouts whose name holds this")
    parser.add_argument("--shared", type=Path, help="folder with real files, under pdf/")
    parser.add_argument("--write", type=Path, help="page that gets the tables, between its marks")
    given = parser.parse_args()
    for name, lines in _tables(given.seeds, given.only, given.shared):
        if given.write is None:
            say("\n".join(["", *lines]))
        else:
            _write(given.write, name, lines)


def _tables(seeds: int, only: str, shared: Path | None) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the tables, each as soon as it is measured: all take a quarter of an hour."""
    if seeds:
        yield "layouts", list(_layouts(seeds, only))
        yield "machine", [_machine(seeds)]
    if shared is not None and shared.is_dir():
        files, headings = file_rows(shared / "pdf")
        yield "files", list(_table(FILE_COLUMNS, files))
        yield "headings", list(_table(HEADING_COLUMNS, headings))


def _write(page: Path, name: str, lines: Sequence[str]) -> None:
    """Put lines between ``<!-- name -->`` and ``<!-- /name -->``."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    text = page.read_text(encoding="utf-8")
    head, found, rest = text.partition(start)
    tail = rest.partition(end)[2]
    if not found or end not in rest:
        raise SystemExit(f"{page} has no {start} … {end}")
    body = "\n".join(("", "", *lines, "", ""))
    page.write_text(f"{head}{start}{body}{end}{tail}", encoding="utf-8")


def _machine(seeds: int) -> str:
    return (
        f"Measured with Python {platform.python_version()} on {platform.system()}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}. Documents per layout: {seeds}."
    )


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _layouts(seeds: int, only: str) -> Iterator[str]:
    skipped: list[str] = []
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory() as folder:
        # The first document would pay for what all load.
        measure(_made(LAYOUTS[0], 0, Path(folder) / "first.pdf"))
        for layout in LAYOUTS:
            if only not in layout.title:
                continue
            if reason := missing(layout):
                skipped.append(f"Not measured: {layout.title} ({reason}).")
                continue
            made = (_made(layout, seed, Path(folder) / f"{seed}.pdf") for seed in range(seeds))
            rows.append(_row(layout, [measure(each) for each in made]))
    yield from _table(COLUMNS, rows)
    if any("**" in cell for row in rows for cell in row):
        skipped.append("Bold: less than what reading must reach.")
    for line in skipped:
        yield from ("", line)


def _made(layout: Layout, seed: int, path: Path) -> Made:
    content = pieces(seed)
    if layout.producer == REPORTLAB:
        return make(layout, content, path)
    return produce(layout, with_extras(content, layout, seed), path)


def _row(layout: Layout, found: list[Reading]) -> list[str]:
    pages = sum(one.pages for one in found)
    rate = pages / sum(one.seconds for one in found)
    worst = min(one.order for one in found)
    headings = sum(one.headings for one in found) / len(found)
    alone = sum(one.headings_alone for one in found) / len(found)
    furniture = sum(one.furniture_found * one.pages for one in found) / pages
    lost = sum(one.body_lost * one.pages for one in found) / pages
    letters = sum(one.letters_lost for one in found)
    order = _ORDER_INTERLEAVED if layout.interleaved else _ORDER
    return [
        layout.title,
        str(pages),
        f"{rate:.0f}",
        _marked(f"{worst:.3f}", is_bad=worst < order),
        _marked(f"{headings:.3f}", is_bad=headings < _HEADINGS),
        _marked(f"{alone:.3f}", is_bad=alone < _HEADINGS),
        _marked(f"{furniture:.1%}", is_bad=furniture < _RUNNING),
        _marked(f"{lost:.2%}", is_bad=lost > _BODY),
        _marked(str(letters), is_bad=letters > 0),
    ]


def _marked(text: str, *, is_bad: bool) -> str:
    return f"**{text}**" if is_bad else text


def measure(made: Made) -> Reading:
    """Read a document and compare it with what was written."""
    started = time.process_time()  # of one core: other work on the machine does not count
    document = read_pdf(made.path)
    seconds = time.process_time() - started
    segments = segment_document(document)
    alone = segment_document(replace(document, outline=())) if document.outline else segments
    words = [
        word
        for segment in segments
        if not _is_note(segment, made)
        for word in _plain(segment).split()
    ]
    wanted = [word for word in made.words if word.strip("•")]
    return Reading(
        pages=len(document.pages),
        seconds=seconds,
        order=SequenceMatcher(None, wanted, words, autojunk=False).ratio(),
        headings=_headings(made, segments),
        headings_alone=_headings(made, alone),
        furniture_found=_running(made, document)[0],
        body_lost=_running(made, document)[1],
        letters_lost=_lost(made, segments),
    )


def _plain(segment: Segment) -> str:
    return segment.text.lstrip("• ")


def _is_note(segment: Segment, made: Made) -> bool:
    """Whether a segment is a footnote whose place among the words is not known."""
    own = _key(segment.text)
    return any(
        own.endswith(_key(note)) and len(own) - len(_key(note)) <= _MARK_LENGTH
        for note in made.notes
    )


def _headings(made: Made, segments: Sequence[Segment]) -> float:
    found = Counter(_key(s.text) for s in segments if s.kind is SegmentKind.HEADING)
    wanted = Counter(_key(title) for title in made.headings)
    hits = sum((found & wanted).values())
    return 2 * hits / max(found.total() + wanted.total(), 1)


def _running(made: Made, document: Document) -> tuple[float, float]:
    lines = [line for page in document.pages for line in page.lines]
    out = Counter(line.text for line in lines if line.role is not LineRole.BODY)
    wanted = Counter(made.furniture)
    found = (out & wanted).total()
    body = len(made.body) or len(lines) - wanted.total()
    return found / max(wanted.total(), 1), (out - wanted).total() / max(body, 1)


def _lost(made: Made, segments: Sequence[Segment]) -> int:
    own = Counter(c for segment in segments for c in segment.text if c.isalnum())
    wanted = Counter(c for text in (*made.words, *made.notes) for c in text if c.isalnum())
    # A producer that sets the notes itself also sets their numbers.
    wanted.update("".join(str(number) for number in range(1, len(made.notes) + 1)))
    return ((own - wanted) + (wanted - own)).total()


def _key(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


def say(line: str) -> None:
    """Write one line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
