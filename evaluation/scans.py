"""Measure the reading of scans: our own documents as pictures, turned, grey and with grain.

    python evaluation/scans.py [--only NAME]

Per document: headings found (F1), likeness of the word order with the true one (difflib), share of
the words that are right. Needs Tesseract with Dutch.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from layouts import LAYOUTS, Made, pieces
from PIL import Image
from reading import _headings, _plain, say
from typeset import make

from sdgalign.documents.pdf import read_pdf
from sdgalign.segmentation import segment_document

_WHITE = 255


@dataclass(frozen=True, slots=True)
class Scan:
    """How a document was put under the scanner."""

    layout: str
    dpi: int
    turned: float = 0.0
    """Degrees."""
    grain: float = 0.0
    """Standard deviation of the greys."""
    paper: int = _WHITE
    """Grey of the paper."""


SCANS = (
    Scan("one column", 150),
    Scan("one column", 200, 0.6, 12, 215),
    Scan("one column", 300, 0, 8, 235),
    Scan("two columns", 150, 0.5, 10, 225),
    Scan("two columns", 200, -0.7, 12, 215),
    Scan("two columns", 300),
)


def main() -> None:
    """Make, scan, read, compare, print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="layouts whose name holds this")
    given = parser.parse_args()
    say("| layout | dpi | turned | grain | paper | headings F1 | order | words |")
    say(f"|{' --- |' * 8}")
    with tempfile.TemporaryDirectory() as folder:
        for scan in SCANS:
            if given.only in scan.layout:
                layout = next(each for each in LAYOUTS if each.name == scan.layout)
                made = make(layout, pieces(1, 2), Path(folder) / "source.pdf")
                say(_row(scan, made, _scanned(scan, made, Path(folder) / "scan.pdf")))


def _scanned(scan: Scan, made: Made, path: Path) -> Path:
    first, *others = _pictures(scan, made)
    first.save(path, save_all=True, append_images=others, resolution=scan.dpi, quality=85)
    return path


def _pictures(scan: Scan, made: Made) -> Iterator[Image.Image]:
    rng = np.random.default_rng(0)
    pdf = pdfium.PdfDocument(made.path)
    for page in pdf:
        picture = page.render(scale=scan.dpi / 72, grayscale=True).to_pil()
        picture = picture.rotate(scan.turned, fillcolor=_WHITE, resample=Image.Resampling.BICUBIC)
        greys = np.asarray(picture) * (scan.paper / _WHITE)
        greys = greys + rng.normal(0, scan.grain, greys.shape)
        yield Image.fromarray(greys.clip(0, _WHITE).astype("uint8"))
    pdf.close()


def _row(scan: Scan, made: Made, path: Path) -> str:
    segments = segment_document(read_pdf(path))
    words = [word for segment in segments for word in _plain(segment).split()]
    wanted = [word for word in made.words if word.strip("•")]
    order = SequenceMatcher(None, wanted, words, autojunk=False).ratio()
    right = (Counter(wanted) & Counter(words)).total() / len(wanted)
    cells = [scan.layout, str(scan.dpi), f"{scan.turned}°", f"{scan.grain:.0f}", str(scan.paper)]
    cells += [f"{_headings(made, segments):.3f}", f"{order:.3f}", f"{right:.3f}"]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
