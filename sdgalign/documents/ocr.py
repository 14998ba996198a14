"""Pages that are pictures: Tesseract recognises their words, where it is installed.

An optional part (``pip install sdgalign[ocr]``) that needs the program Tesseract beside it.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sdgalign.documents.ocr_lines import as_raw_line, found_lines
from sdgalign.documents.ocr_pictures import may_hold_text
from sdgalign.documents.rawline import RawLine
from sdgalign.threads import available_threads

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 200
"""Dots per inch of the picture that is read; more makes no fewer errors (measured)."""
_WANTED = ("nld", "eng")
_LONGEST = 60
"""Seconds for one page."""
_PATIENCE = 3.0
"""Seconds between two signs of life."""
_SURE = 0.8
"""A page read with less sureness may lie on its side."""
_TURNS = (90, 270, 180)
_MANY_WORDS = 30
_GARBAGE = 0.55
"""What is read in a photograph is less sure than this."""
_WORD = re.compile(r"[^\W\d_]{3}|\d{2}")
_LEAST_IN_WORDS = 0.5
"""Share of the letters that stand in words or numbers; signs in a picture are single letters."""
_INSTALL = {
    "win32": "winget install UB-Mannheim.TesseractOCR, and choose Dutch among its languages",
    "darwin": "brew install tesseract tesseract-lang",
    "linux": "apt install tesseract-ocr tesseract-ocr-nld, "
    "or dnf install tesseract tesseract-langpack-nld",
}
_WINDOWS_PLACES = ("PROGRAMFILES", "LOCALAPPDATA")
"""Where the installer for Windows puts the program, without adding it to the path."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a picture of a page says."""

    lines: list[RawLine]
    sureness: float
    """Mean sureness of its letters, also of words that were left out, 0–1; 0 without words."""
    turned: int = 0
    """Degrees clockwise that the picture was turned by; places are on the turned page."""
    lies: bool = False
    """Whether most lines are higher than wide: the page lies on its side, though it was read."""

    @property
    def is_text(self) -> bool:
        """Return whether it holds text, and is no photograph in which letters were guessed."""
        words = [word.text for line in self.lines for word in line.words]
        letters = sum(map(len, words))
        in_words = sum(len(word) for word in words if _WORD.search(word))
        return self.sureness >= _GARBAGE and in_words > _LEAST_IN_WORDS * letters


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that can be recognised; none when something is missing."""
    try:
        import pytesseract

        _find_program()
        installed = set(pytesseract.get_languages())
    except (ImportError, OSError, RuntimeError):  # pytesseract's own errors are of these kinds
        return ()
    return tuple(name for name in _WANTED if name in installed)


def _find_program() -> None:
    """Look for Tesseract where Windows' installer puts it."""
    from pytesseract import pytesseract

    if sys.platform != "win32" or shutil.which("tesseract"):
        return
    for name in _WINDOWS_PLACES:
        folder = Path(os.environ.get(name, ""))
        for place in (folder, folder / "Programs"):
            program = place / "Tesseract-OCR" / "tesseract.exe"
            if program.is_file():
                pytesseract.tesseract_cmd = str(program)
                return


def how_to_install() -> str:
    """Return what a user has to do before pictures of text can be read."""
    system = _INSTALL.get(sys.platform, _INSTALL["linux"])
    return f"To read scans, install Tesseract ({system}) and `pip install sdgalign[ocr]`."


def recognise(picture: Image, *, dpi: int = DPI) -> Recognised:
    """Read a picture of a page; one that lies on its side is turned first.

    Args:
        picture: The page; nothing is looked for where it cannot be one of text.
        dpi: Its dots per inch, to give places in points.
    """
    if not may_hold_text(picture):
        return Recognised([], 0.0)
    found = _read(picture, dpi)
    if found.sureness >= _SURE and not found.lies:
        return found
    turn = _turn(picture)
    many = sum(len(line.words) for line in found.lines) >= _MANY_WORDS
    # Nobody can tell how the page lies, but it holds too many "words" for a photograph.
    turns = (turn,) if turn else _TURNS if many and not found.is_text else ()
    for each in turns:
        turned = _read(picture.rotate(-each, expand=True), dpi)
        if turned.sureness > found.sureness or (found.lies and not turned.lies):
            found = replace(turned, turned=each)
        if found.sureness >= _SURE:
            break
    return found


def recognise_all(
    pictures: Iterable[Image], still_here: Callable[[], None]
) -> Iterator[Recognised]:
    """Read pictures of pages, as many at once as there are processors.

    Args:
        pictures: The pages; taken a few at a time, for they are large.
        still_here: Called every few seconds while a page takes long.
    """
    # One page per processor is faster than one page on all; the threads of a page wait busily for
    # each other, which makes them slow beside other work.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    workers = available_threads()
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
        hocr = pytesseract.image_to_pdf_or_hocr(
            picture,
            lang="+".join(languages()),
            config=f"--dpi {dpi}",
            timeout=_LONGEST,
            extension="hocr",
        )
    except (OSError, RuntimeError):  # the page stays empty; the document says so
        return Recognised([], 0.0)
    found = found_lines(hocr, 72 / dpi)
    lines = [line for each in found if (line := as_raw_line(each)) is not None]
    sure = [(each.sureness, len(each.word.text)) for line in found for each in line.words]
    if not lines:
        return Recognised([], 0.0)
    several = [line for line in found if len(line.words) > 1]
    lies = sum(line.height > line.width for line in several)
    return Recognised(
        lines,
        # By letters: a picture without text gives many short words.
        sureness=sum(s * letters for s, letters in sure) / sum(letters for _, letters in sure),
        lies=lies > len(several) / 2,
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
