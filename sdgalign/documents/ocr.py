"""Pages that are pictures: Tesseract recognises their words, where it is installed.

An optional part (``pip install sdgalign[ocr]``) that needs the program Tesseract beside it.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from statistics import mean, median
from typing import TYPE_CHECKING, Any

from sdgalign.documents.rawline import ASCENT, BULLET, DESCENT, RawLine, Word

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 200
"""Dots per inch of the picture that is read; more makes no fewer errors (measured)."""
_WANTED = ("nld", "eng")
_LONGEST = 60
"""Seconds for one page."""
_PATIENCE = 3.0
"""Seconds between two signs of life."""
_LEAST_SURE = 0.3
"""Words that Tesseract is less sure of are dirt and lines more often than words."""
_SURE = 0.8
"""A page read with less sureness may lie on its side."""
_LIKE = 0.15
"""A line is larger than the page's text when its letters are higher by this share at least; a
lower one may only lack letters that reach up or down."""
_MARKS = frozenset("+*¢°©«»·")
"""What Tesseract makes of a bullet."""
_LINE_LEVEL, _WORD_LEVEL = 4, 5
_INSTALL = {
    "win32": "https://github.com/UB-Mannheim/tesseract/wiki, with Dutch",
    "darwin": "brew install tesseract tesseract-lang",
    "linux": "apt install tesseract-ocr tesseract-ocr-nld",
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a picture of a page says."""

    lines: list[RawLine]
    sureness: float
    """Mean sureness of its words, 0–1; 0 when there are none."""
    turned: int = 0
    """Degrees clockwise that the picture was turned by; places are on the turned page."""
    lies: bool = False
    """Whether most lines are higher than wide: the page lies on its side, though it was read."""


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that can be recognised; none when something is missing."""
    try:
        import pytesseract

        installed = set(pytesseract.get_languages())
    except (ImportError, OSError, RuntimeError):  # pytesseract's own errors are of these kinds
        return ()
    return tuple(name for name in _WANTED if name in installed)


def how_to_install() -> str:
    """Return what a user has to do before pictures of text can be read."""
    system = _INSTALL.get(sys.platform, _INSTALL["linux"])
    return f"To read scans, install Tesseract ({system}) and `pip install sdgalign[ocr]`."


def recognise(picture: Image, *, dpi: int = DPI) -> Recognised:
    """Read a picture of a page; one that lies on its side is turned first.

    Args:
        picture: The page.
        dpi: Its dots per inch, to give places in points.
    """
    found = _read(picture, dpi)
    if found.sureness >= _SURE and not found.lies:
        return found
    turn = _turn(picture)
    if not turn:
        return found
    turned = _read(picture.rotate(-turn, expand=True), dpi)
    better = turned.sureness > found.sureness or (found.lies and not turned.lies)
    return replace(turned, turned=turn) if better else found


def recognise_all(
    pictures: Iterable[Image], still_here: Callable[[], None]
) -> Iterator[Recognised]:
    """Read pictures of pages, as many at once as there are processors.

    Args:
        pictures: The pages; taken a few at a time, for they are large.
        still_here: Called every few seconds while a page takes long.
    """
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[Recognised]] = deque()
        for picture in pictures:
            waiting.append(pool.submit(recognise, picture))
            if len(waiting) > workers:
                yield _result(waiting.popleft(), still_here)
        while waiting:
            yield _result(waiting.popleft(), still_here)


def _result(job: Future[Recognised], still_here: Callable[[], None]) -> Recognised:
    while True:
        try:
            return job.result(timeout=_PATIENCE)
        except TimeoutError:
            still_here()


def _read(picture: Image, dpi: int) -> Recognised:
    import pytesseract

    try:
        rows: dict[str, list[Any]] = pytesseract.image_to_data(
            picture,
            lang="+".join(languages()),
            config=f"--dpi {dpi}",
            timeout=_LONGEST,
            output_type=pytesseract.Output.DICT,
        )
    except (OSError, RuntimeError):  # the page stays empty; the document says so
        return Recognised([], 0.0)
    found = list(_lines(rows, 72 / dpi))
    if not found:
        return Recognised([], 0.0)
    lines = [line for line, _ in found]
    lies = sum(line.height > line.width for line in lines if len(line.words) > 1)
    usual = median(line.size for line in lines)
    for line in lines:
        _level(line, usual)
    return Recognised(
        lines,
        sureness=mean(s for _, sure in found for s in sure),
        lies=lies > sum(len(line.words) > 1 for line in lines) / 2,
    )


def _turn(picture: Image) -> int:
    """Return by how many degrees clockwise a picture has to be turned; 0 when nobody can tell."""
    import pytesseract

    try:
        found = pytesseract.image_to_osd(
            picture, timeout=_LONGEST, output_type=pytesseract.Output.DICT
        )
    except (OSError, RuntimeError):  # too few letters, or no data for orientation
        return 0
    return int(found["rotate"])


def _lines(rows: dict[str, list[Any]], scale: float) -> Iterator[tuple[RawLine, list[float]]]:
    """Yield the lines in Tesseract's reading order, with the sureness of their words."""
    words: list[Word] = []
    sure: list[float] = []
    box = (0.0, 0.0)
    for number, level in enumerate([*rows["level"], _LINE_LEVEL]):
        if level == _LINE_LEVEL:
            if words:
                yield _line(words, box, mean(sure)), sure
            words, sure = [], []
            if number < len(rows["level"]):
                top = rows["top"][number] * scale
                box = (top, top + rows["height"][number] * scale)
        elif level == _WORD_LEVEL and rows["text"][number].strip():
            sureness = float(rows["conf"][number]) / 100
            if sureness >= _LEAST_SURE:
                x0 = rows["left"][number] * scale
                x1 = x0 + rows["width"][number] * scale
                words.append(Word(rows["text"][number].strip(), x0, x1))
                sure.append(sureness)


def _line(words: list[Word], box: tuple[float, float], sureness: float) -> RawLine:
    top, bottom = box
    if words[0].text in _MARKS and len(words) > 1:
        words[0].text = BULLET
    return RawLine(
        text=" ".join(word.text for word in words),
        x0=words[0].x0,
        top=top,
        x1=words[-1].x1,
        bottom=bottom,
        size=bottom - top,
        words=tuple(words),
        sureness=sureness,
    )


def _level(line: RawLine, usual: float) -> None:
    """Give a line the size of the page's text when it is about as high, and its height by it.

    The box of a line depends on its letters: "ace" is half as high as "pfj".
    """
    if line.size < (1 + _LIKE) * usual:
        line.size = usual
    line.size = round(line.size, 1)
    middle = (line.top + line.bottom) / 2
    baseline = middle + line.size * (ASCENT - DESCENT) / 2
    line.top = baseline - line.size * ASCENT
    line.bottom = baseline + line.size * DESCENT
