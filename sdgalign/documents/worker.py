"""Read a document in a process of its own, with limits on memory, time and pages.

A PDF is a program written by somebody else: 2 kB can unfold to gigabytes, or draw for hours. The
process that opens it is therefore disposable. It is a plain subprocess (not ``multiprocessing``),
so that scripts that use the library need no ``if __name__ == "__main__"``.

Protocol, from the worker's standard output: frames of an 8-byte length and a pickled tuple,
``("page", done, total)`` any number of times, then ``("document", Document)`` or
``("error", DocumentError)``.
"""

from __future__ import annotations

import contextlib
import math
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Self

from sdgalign.documents.document import Document
from sdgalign.documents.limits import MEBIBYTE, Limits
from sdgalign.errors import DocumentError, LimitError, NotFoundError

OnPage = Callable[[int, int], None]
"""Called with the number of pages read and their total."""

_HEADER = struct.Struct(">Q")
_PROGRAM = f"from {__name__} import serve; serve()"
_NAME_HINT = "Name a PDF, docx, odt, html, md or txt file."
_LIMIT_HINT = "It may be damaged or made to harm; print it to a new PDF and try that."


def read_document(
    path: Path,
    *,
    limits: Limits | None = None,
    on_page: OnPage | None = None,
    words: bool = False,
) -> Document:
    """Read one document safely.

    Args:
        path: A file of a kind that `sdgalign.documents.formats` knows.
        limits: What reading may cost.
        on_page: Called after each page.
        words: Whether to give the place of every word too (`Page.words`).

    Returns:
        The document.

    Raises:
        DocumentError: When it cannot be read; the message says why and what to do.
    """
    with Reading(path, limits=limits, words=words) as reading:
        return reading.result(on_page)


class Reading:
    """A document being read in the background, so that the caller can load a model meanwhile.

    Args:
        path: A file of a kind that `sdgalign.documents.formats` knows.
        limits: What reading may cost.
        words: Whether to give the place of every word too (`Page.words`).

    Raises:
        NotFoundError: When there is no such file, or it may not be read.
    """

    def __init__(self, path: Path, *, limits: Limits | None = None, words: bool = False) -> None:
        _check_file(path)
        self._path = path
        self._limits = limits or Limits()
        self._process = _start(path, self._limits, words=words)
        self._frames: queue.Queue[tuple[Any, ...] | None] = queue.Queue()
        assert self._process.stdout is not None
        threading.Thread(
            target=_receive, args=(self._process.stdout, self._frames), daemon=True
        ).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def result(self, on_page: OnPage | None = None) -> Document:
        """Wait for the document.

        Raises:
            DocumentError: When it cannot be read.
        """
        deadline = time.monotonic() + self._limits.total_seconds
        while True:
            wait = min(self._limits.stall_seconds, deadline - time.monotonic())
            try:
                frame = self._frames.get(timeout=max(wait, 0.0))
            except queue.Empty:
                late = time.monotonic() >= deadline
                seconds = self._limits.total_seconds if late else self._limits.stall_seconds
                what = "took more than" if late else "stood still for"
                raise LimitError(
                    str(self._path), f"reading {what} {seconds:.0f} seconds", _LIMIT_HINT
                ) from None
            match frame:
                case ("page", done, total):
                    if on_page is not None:
                        on_page(done, total)
                case ("document", Document() as document):
                    return document
                case ("error", DocumentError() as error):
                    raise error
                case _:
                    raise LimitError(
                        str(self._path),
                        "reading crashed, or needed more than "
                        f"{self._limits.memory_mib} MiB of memory",
                        _LIMIT_HINT,
                    )


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


def _start(path: Path, limits: Limits, *, words: bool) -> subprocess.Popen[bytes]:
    # One thread per library: a pool per core would only eat the address space it is limited to.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    numbers = (
        limits.memory_mib,
        limits.pages,
        limits.characters_per_page,
        limits.characters,
        math.ceil(limits.total_seconds),
        int(words),
    )
    # -P: a file named like a standard module, in the folder of the documents, must not be imported.
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _PROGRAM, str(path), *map(str, numbers)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def _receive(stream: IO[bytes], frames: queue.Queue[tuple[Any, ...] | None]) -> None:
    """Put every frame in the queue, then None: the worker is gone."""
    try:
        while header := stream.read(_HEADER.size):
            frames.put(pickle.loads(stream.read(*_HEADER.unpack(header))))
    except (OSError, ValueError, EOFError, pickle.UnpicklingError, struct.error):
        pass  # killed in the middle of a frame
    frames.put(None)


def _send(stream: IO[bytes], *frame: object) -> None:
    data = pickle.dumps(frame)
    stream.write(_HEADER.pack(len(data)) + data)
    stream.flush()


def _limit_self(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    seconds = math.ceil(limits.total_seconds)
    # The caller's clock ends a worker sooner; this one ends it even when the caller is gone.
    wanted = [(resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)]
    if sys.platform != "darwin":  # macOS knows the limit and refuses to set it
        wanted.append((resource.RLIMIT_AS, limits.memory_mib * MEBIBYTE))
    for kind, value in wanted:
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(OSError, ValueError):  # the system's own limits are narrower
            resource.setrlimit(kind, (value, value))


def _work(path: Path, limits: Limits, stream: IO[bytes], *, words: bool) -> None:
    from sdgalign.documents.formats import read_file

    def on_page(done: int, total: int) -> None:
        if total > limits.pages:
            raise LimitError(
                str(path),
                f"has {total} pages, more than {limits.pages}",
                "Split it into parts and give those.",
            )
        _send(stream, "page", done, total)

    try:
        document = read_file(path, on_page=on_page, words=words)
        _check_length(path, document, limits)
        _send(stream, "document", document)
    except DocumentError as error:
        _send(stream, "error", error)
    except MemoryError:
        memory = LimitError(
            str(path), f"needs more than {limits.memory_mib} MiB of memory", _LIMIT_HINT
        )
        _send(stream, "error", memory)


def _check_length(path: Path, document: Document, limits: Limits) -> None:
    """Refuse what no page holds, or no file where the file has no pages.

    Raises:
        LimitError: When there is too much text.
    """
    most = limits.characters_per_page if document.has_pages else limits.characters
    for page in document.pages:
        if sum(len(line.text) for line in page.lines) > most:
            where = f"page {page.number}" if document.has_pages else "it"
            raise LimitError(str(path), f"{where} holds more than {most} characters", _LIMIT_HINT)
        if any(len(line.text) > limits.characters_per_page for line in page.lines):
            raise LimitError(
                str(path),
                f"a paragraph holds more than {limits.characters_per_page} characters",
                _LIMIT_HINT,
            )


def serve() -> None:
    """Be the worker: read the document that the command line names, send it, end."""
    path, *numbers = sys.argv[1:]
    memory_mib, pages, characters_per_page, characters, seconds, words = map(int, numbers)
    limits = Limits(
        memory_mib=memory_mib,
        pages=pages,
        characters_per_page=characters_per_page,
        characters=characters,
        total_seconds=seconds,
    )
    # Frames get a descriptor of their own: nothing that a library prints can come between them.
    stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit_self(limits)
    _work(Path(path), limits, stream, words=bool(words))
