"""Time reading, segmenting, classifying and the whole, as ratios to PDFium's plain text.

Ratios within one run, because machines differ and are noisy; each figure is the best of several,
in seconds of processor time (classifying, which uses all cores, and the whole: by the clock).

    python evaluation/bench.py corpora [FILE...]
    python evaluation/bench.py --reading corpora [FILE...]    # only reading; needs no model
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import pypdfium2

from sdgalign.documents.pdf import read_pdf
from sdgalign.evidence import classify_segments
from sdgalign.files import find_sources
from sdgalign.model import AlignmentModel, load_model
from sdgalign.segmentation import segment_document

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that the stages of one document take."""

    name: str
    pages: int
    segments: int
    """Those that are classified."""
    plain: float
    """PDFium's text of every page: the yardstick."""
    read: float
    segment: float
    classify: float
    whole: float
    """From process start to written reports."""
    peak_mib: float
    """Peak resident memory of the analysing process, reader not included."""


def best_of(
    function: Callable[[], T], repeats: int, clock: Callable[[], float] = time.process_time
) -> tuple[float, T]:
    """Return the shortest time of several calls, and the last result.

    Seconds of processor time unless told, which other programs on the machine disturb least.
    """
    times = []
    for _ in range(repeats):
        start = clock()
        result = function()
        times.append(clock() - start)
    return min(times), result


def plain_text(path: Path) -> int:
    """Extract the text of every page; return the number of characters."""
    document = pypdfium2.PdfDocument(path)
    try:
        characters = 0
        for page in document:
            text_page = page.get_textpage()
            characters += len(text_page.get_text_range())
            text_page.close()
            page.close()
        return characters
    finally:
        document.close()


def whole(path: Path) -> tuple[float, float]:
    """Run the command line; return seconds and peak resident MiB."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        script = (
            "import resource, sys, runpy\n"
            "sys.argv = ['sdgalign', 'analyze', sys.argv[1], '-o', sys.argv[2]]\n"
            "try:\n    runpy.run_module('sdgalign', run_name='__main__')\n"
            "finally:\n"
            "    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
            "    print(peak, file=sys.stderr)"
        )
        finished = subprocess.run(
            [sys.executable, "-c", script, str(path), folder],
            check=True,
            capture_output=True,
            text=True,
        )
        seconds = time.perf_counter() - start
    return seconds, float(finished.stderr.split()[-1])


def measure(path: Path, model: AlignmentModel, repeats: int) -> Timing:
    """Time every stage of one document."""
    plain, _ = best_of(lambda: plain_text(path), repeats)
    read, document = best_of(lambda: read_pdf(path), repeats)
    segment, segments = best_of(lambda: segment_document(document), repeats)
    evidence = [segment for segment in segments if segment.is_evidence]
    classify, _ = best_of(lambda: classify_segments(evidence, model), repeats, time.perf_counter)
    seconds, peak = min(whole(path) for _ in range(2))
    return Timing(
        path.name,
        len(document.pages),
        len(evidence),
        plain,
        read,
        segment,
        classify,
        seconds,
        peak,
    )


def _print_reading(paths: list[Path], repeats: int) -> None:
    """Print what reading costs, one line per document and one for all."""
    sys.stdout.write(
        f"{'document':44}{'pages':>6}{'plain s':>9}{'read s':>9}{'×':>6}{'pages/s':>9}\n"
    )
    total_pages, total_plain, total_read = 0, 0.0, 0.0
    for source in (s for s in find_sources(paths) if s.path.suffix == ".pdf"):
        plain, _ = best_of(partial(plain_text, source.path), repeats)
        read, document = best_of(partial(read_pdf, source.path), repeats)
        pages = len(document.pages)
        sys.stdout.write(_reading_line(source.path.name, pages, plain, read))
        sys.stdout.flush()
        total_pages, total_plain, total_read = (
            total_pages + pages,
            total_plain + plain,
            total_read + read,
        )
    sys.stdout.write(_reading_line("all", total_pages, total_plain, total_read))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"peak resident memory of this process: {peak:.0f} MiB\n")


def _reading_line(name: str, pages: int, plain: float, read: float) -> str:
    return f"{name[:43]:44}{pages:6}{plain:9.3f}{read:9.3f}{read / plain:6.1f}{pages / read:9.0f}\n"


def main() -> None:
    """Print one line per document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--reading", action="store_true", help="time only reading")
    arguments = parser.parse_args()
    if arguments.reading:
        _print_reading(arguments.paths, arguments.repeats)
        return
    start = time.perf_counter()
    model = load_model()
    model.classify(["warm"])
    sys.stdout.write(f"model loaded and warm in {time.perf_counter() - start:.2f} s\n")
    sys.stdout.write(
        f"{'document':44}{'pages':>6}{'segm.':>7}{'plain s':>9}{'read ×':>8}{'segm. ×':>8}"
        f"{'class. ×':>9}{'whole s':>9}{'pages/s':>9}{'segm./s':>9}{'MiB':>6}\n"
    )
    for source in (s for s in find_sources(arguments.paths) if s.path.suffix == ".pdf"):
        timing = measure(source.path, model, arguments.repeats)
        ratios = (each / timing.plain for each in (timing.read, timing.segment, timing.classify))
        read, segment, classify = ratios
        sys.stdout.write(
            f"{timing.name[:43]:44}{timing.pages:6}{timing.segments:7}{timing.plain:9.3f}"
            f"{read:8.1f}{segment:8.1f}{classify:9.1f}{timing.whole:9.2f}"
            f"{timing.pages / timing.read:9.0f}{timing.segments / timing.classify:9.0f}"
            f"{timing.peak_mib:6.0f}\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
