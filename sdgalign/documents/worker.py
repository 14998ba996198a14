"""The disposable process that opens a document, with limits on memory, time and pages.

A PDF is a program written by somebody else: 2 kB can unfold to gigabytes, or draw for hours. It is
opened in a plain subprocess (not ``multiprocessing``), so that scripts that use the library need no
``if __name__ == "__main__"``.

Protocol: a pickled `Job` on the worker's standard input, which nobody can look into, unlike its
command line. From its standard output frames of an 8-byte length and a pickled tuple, ``("page",
done, total)`` any number of times, then ``("document", Document)`` or ``("error", DocumentError)``.
"""

from __future__ import annotations

import contextlib
import math
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from sdgalign.documents.document import Document
from sdgalign.documents.limits import MEBIBYTE, Limits
from sdgalign.errors import DocumentError, LimitError

LIMIT_HINT = "It may be damaged or made to harm; print it to a new PDF and try that."
_HEADER = struct.Struct(">Q")
_PROGRAM = f"from {__name__} import serve; serve()"
_TRUSTED = frozenset({"sdgalign.documents.document", "sdgalign.errors"})
"""Modules of the classes that a frame may hold."""

Frame = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is to do."""

    path: Path
    limits: Limits
    password: str | None = None
    words: bool = False
    """Whether to give the place of every word too."""
    repair: bool = False
    """Whether to repair a PDF before it is opened."""
    avoid: frozenset[int] = frozenset()
    """Indices of the pages that crashed an earlier worker."""


class Worker:
    """A process at work.

    Args:
        job: What it is to do.
    """

    def __init__(self, job: Job) -> None:
        self.process = _start()
        self._frames: queue.Queue[Frame | None] = queue.Queue()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with contextlib.suppress(OSError), self.process.stdin as stream:  # it may be gone already
            stream.write(pickle.dumps(job))
        most = job.limits.memory_mib * MEBIBYTE
        threading.Thread(
            target=_receive, args=(self.process.stdout, self._frames, most), daemon=True
        ).start()

    def frame(self, seconds: float) -> Frame | None:
        """Return the next frame; None when the process has ended.

        Raises:
            queue.Empty: When nothing comes in time.
        """
        return self._frames.get(timeout=max(seconds, 0.0))

    def end(self) -> None:
        """End the process and those that it started, whatever they are doing."""
        if sys.platform == "win32":
            self.process.kill()
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def _start() -> subprocess.Popen[bytes]:
    # One thread and few heaps: a pool per core would only eat the address space it is limited to.
    environment = os.environ | {
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "OMP_THREAD_LIMIT": "1",  # the one that Tesseract heeds
        "MALLOC_ARENA_MAX": "2",
    }
    # -P: a file named like a standard module, in the folder of the documents, must not be imported.
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        process_group=None if sys.platform == "win32" else 0,
    )


class _Unpickler(pickle.Unpickler):
    """Makes documents and errors only: a worker that was taken over can send anything."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401
        if module in _TRUSTED and isinstance(found := super().find_class(module, name), type):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} in a frame")


def _receive(stream: IO[bytes], frames: queue.Queue[Frame | None], most: int) -> None:
    """Put every frame in the queue, then None: the worker is gone.

    Args:
        stream: From the worker.
        frames: The queue.
        most: Bytes of a frame.
    """
    try:
        while header := stream.read(_HEADER.size):
            (size,) = _HEADER.unpack(header)
            if size > most:
                break
            frames.put(_Unpickler(BytesIO(stream.read(size))).load())
    except Exception:  # killed in the middle of a frame, or it sends no frames
        pass
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


def _work(job: Job, stream: IO[bytes]) -> None:
    from sdgalign.documents.formats import read_file

    limits = job.limits

    def on_page(done: int, total: int) -> None:
        if total > limits.pages:
            raise LimitError(
                str(job.path),
                f"has {total} pages, more than {limits.pages}",
                "Split it into parts and give those.",
            )
        _send(stream, "page", done, total)

    try:
        document = read_file(
            job.path,
            on_page=on_page,
            words=job.words,
            password=job.password,
            repair=job.repair,
            avoid=job.avoid,
        )
        _check_length(job.path, document, limits)
        _send(stream, "document", document)
    except DocumentError as error:
        _send(stream, "error", error)
    except MemoryError:
        memory = LimitError(
            str(job.path), f"needs more than {limits.memory_mib} MiB of memory", LIMIT_HINT
        )
        _send(stream, "error", memory)


def _check_length(path: Path, document: Document, limits: Limits) -> None:
    """Refuse what no page holds, or no file.

    Raises:
        LimitError: When there is too much text.
    """
    most = limits.characters_per_page
    letters = [sum(len(line.text) for line in page.lines) for page in document.pages]
    for page, count in zip(document.pages, letters, strict=True):
        if document.has_pages and count > most:
            what = f"page {page.number} holds more than {most} characters"
            raise LimitError(str(path), what, LIMIT_HINT)
        if any(len(line.text) > most for line in page.lines):
            what = f"a paragraph holds more than {most} characters"
            raise LimitError(str(path), what, LIMIT_HINT)
    if sum(letters) > limits.characters:
        what = f"it holds more than {limits.characters} characters"
        raise LimitError(str(path), what, LIMIT_HINT)


def serve() -> None:
    """Be the worker: read the document that the job names, send it, end."""
    job = pickle.load(sys.stdin.buffer)
    # Frames get a descriptor of their own: nothing that a library prints can come between them.
    stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit_self(job.limits)
    _work(job, stream)
