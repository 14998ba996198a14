"""Read a document: in a worker, and in a fresh one when a PDF turns out to be damaged.

The second worker repairs the file first (`sdgalign.documents.salvage`), or leaves out the page that
crashed the first. What it reads is better, or is not used.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Self

from sdgalign.documents.document import Document, PathCode
from sdgalign.documents.limits import Limits
from sdgalign.documents.worker import LIMIT_HINT, Frame, Job, Worker
from sdgalign.errors import DamagedError, DocumentError, LimitError, NotFoundError

OnPage = Callable[[int, int], None]
"""Called with the number of pages read and their total."""

_NAME_HINT = "Name a PDF, docx, odt, html, md or txt file."
_MOST_WORKERS = 4
"""For one document: each crash costs one, and the last may only repair."""


def read_document(
    path: Path,
    *,
    limits: Limits | None = None,
    on_page: OnPage | None = None,
    words: bool = False,
    password: str | None = None,
) -> Document:
    """Read one document safely.

    Args:
        path: A file of a kind that `sdgalign.documents.formats` knows.
        limits: What reading may cost.
        on_page: Called before the first and after each page.
        words: Whether to give the place of every word too (`Page.words`).
        password: Opens a PDF that is encrypted for its readers.

    Returns:
        The document.

    Raises:
        DocumentError: When it cannot be read; the message says why and what to do.
    """
    with Reading(path, limits=limits, words=words, password=password) as reading:
        return reading.result(on_page)


class _CrashedError(Exception):
    """The worker is gone: its reader crashed, or wanted more memory than it may have."""


class Reading:
    """A document being read in the background, so that the caller can load a model meanwhile.

    Args:
        path: A file of a kind that `sdgalign.documents.formats` knows.
        limits: What reading may cost.
        words: Whether to give the place of every word too (`Page.words`).
        password: Opens a PDF that is encrypted for its readers.

    Raises:
        NotFoundError: When there is no such file, or it may not be read.
    """

    def __init__(
        self,
        path: Path,
        *,
        limits: Limits | None = None,
        words: bool = False,
        password: str | None = None,
    ) -> None:
        _check_file(path)
        self._limits = limits or Limits()
        self._job = Job(path, self._limits, password, words)
        self._deadline = 0.0
        self._patience = self._limits.stall_seconds
        """Seconds without a page; what a crashed worker used of them its successor does not get."""
        self._done = self._total = 0
        self._worker = Worker(self._job)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._worker.end()

    def result(self, on_page: OnPage | None = None) -> Document:
        """Wait for the document.

        Raises:
            DocumentError: When it cannot be read.
        """
        self._deadline = time.monotonic() + self._limits.total_seconds
        for _ in range(_MOST_WORKERS - 1):
            try:
                document = self._attempt(on_page)
            except DamagedError:
                if self._job.repair:
                    raise
                self._again(replace(self._job, repair=True))
            except _CrashedError:
                self._again(self._without_crash())
            else:
                return document if self._is_final(document) else self._repaired(document, on_page)
        try:
            return self._attempt(on_page)
        except _CrashedError:
            raise self._crash() from None

    def _attempt(self, on_page: OnPage | None) -> Document:
        """Wait for the worker.

        Raises:
            DocumentError: When it says that it cannot read the document.
            _CrashedError: When it ended without a word.
        """
        self._done = self._total = 0
        while True:
            since = time.monotonic()
            match self._frame():
                case ("page", int(done), int(total)):
                    self._done, self._total = done, total
                    if on_page is not None:
                        on_page(done, total)
                case ("document", Document() as document):
                    return document
                case ("error", DocumentError() as error):
                    raise error
                case _:
                    self._patience -= time.monotonic() - since
                    raise _CrashedError

    def _frame(self) -> Frame | None:
        wait = min(self._patience, self._deadline - time.monotonic())
        try:
            return self._worker.frame(wait)
        except queue.Empty:
            late = time.monotonic() >= self._deadline
            seconds = self._limits.total_seconds if late else self._limits.stall_seconds
            what = "took more than" if late else "stood still for"
            raise LimitError(
                str(self._job.path), f"reading {what} {seconds:.0f} seconds", LIMIT_HINT
            ) from None

    def _again(self, job: Job) -> None:
        self._worker.end()
        self._job = job
        self._worker = Worker(job)

    def _without_crash(self) -> Job:
        """Return the job that may do better than the one that crashed.

        Raises:
            LimitError: When there is none.
        """
        job = self._job
        if self._done < self._total and self._total > len(job.avoid) + 1:
            return replace(job, avoid=job.avoid | {self._done})
        if self._total == 0 and not job.repair:
            return replace(job, repair=True)
        raise self._crash()

    def _crash(self) -> LimitError:
        return LimitError(
            str(self._job.path),
            f"reading crashed, or needed more than {self._limits.memory_mib} MiB of memory",
            LIMIT_HINT,
        )

    def _is_final(self, document: Document) -> bool:
        """Whether a repair cannot make a document better."""
        codes = {doubt.code for doubt in document.doubts}
        is_short = "cut-off" in codes and any(page.went(PathCode.EMPTY) for page in document.pages)
        return self._job.repair or not ("damaged-pages" in codes or is_short)

    def _repaired(self, document: Document, on_page: OnPage | None) -> Document:
        """Return what is left of a file after a repair, when that is more."""
        self._again(replace(self._job, repair=True, avoid=frozenset()))
        try:
            other = self._attempt(on_page)
        except (DocumentError, _CrashedError):
            return document
        return _better(document, other)


def _better(first: Document, second: Document) -> Document:
    """Return what two looks at a damaged file saw: page by page where both count as many pages."""
    if len(first.pages) != len(second.pages):
        return second if _letters(second) > _letters(first) else first
    pairs = zip(first.pages, second.pages, strict=True)
    pages = tuple(other if page.is_empty else page for page, other in pairs)
    if all(page.is_empty == other.is_empty for page, other in zip(pages, first.pages, strict=True)):
        return first
    empty = sum(page.went(PathCode.EMPTY) for page in pages)
    doubts = (
        replace(doubt, pages=empty) if doubt.code == "no-text-pages" else doubt
        for doubt in second.doubts
    )
    return replace(first, pages=pages, doubts=tuple(doubts))


def _letters(document: Document) -> int:
    return sum(len(line.text) for page in document.pages for line in page.lines)


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise NotFoundError(str(path), "there are no documents in it", _NAME_HINT)
    if path.exists() and not path.is_file():
        raise NotFoundError(str(path), "this is no ordinary file", _NAME_HINT)
    try:
        path.open("rb").close()
    except FileNotFoundError:
        raise NotFoundError(
            str(path), "there is no such file", "Check the spelling and the folder."
        ) from None
    except OSError as error:
        raise NotFoundError(
            str(path), f"cannot be opened ({error.strerror})", "Check your rights on the file."
        ) from None
