"""What a worker does: analyse one document, or a few plans, and send back what is stored.

Runs in any process; what goes in and comes out is plain data. The model is loaded once a process.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sdgalign.corpus.ledger import packed
from sdgalign.corpus.records import Alignment, Payload, alignments_of, storable
from sdgalign.corpus.told import Told, told_by
from sdgalign.errors import DocumentError, ModelError, SdgalignError
from sdgalign.framework import Language
from sdgalign.kinds import DocumentKind
from sdgalign.plans import Plan
from sdgalign.threads import VARIABLE as THREADS

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from sdgalign.model import AlignmentModel
    from sdgalign.pipeline import Analysis

_GRACE_SECONDS, _TRIES = 5.0, 10
CRASH = "crash"
"""Kind of error of a document that ended its worker twice."""
UNEXPECTED = "unexpected"
"""Kind of error that is no fault of the document, but of sdgalign."""


@dataclass(frozen=True, slots=True)
class Job:
    """One document to analyse."""

    document_id: int
    name: str
    """How messages name it."""
    file: Path
    member: str = ""
    """Name in the archive ``file``."""
    plan: Plan | None = None
    """Of a data file, read already."""
    kind: DocumentKind | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker gets at a time."""

    jobs: tuple[Job, ...]
    model: Path
    model_digest: str
    language: Language | None = None
    """Of the interface; the document's when None."""
    password: str | None = None
    threads: int = 0
    """That the worker may keep busy; as many as there are cores when 0."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """What is stored of a document that could be analysed."""

    payload: bytes
    """As `ledger.packed` gives it."""
    alignments: tuple[Alignment, ...]
    sha256: str
    """Of what was read: the file may have changed since the run saw it first."""
    told: Told
    created: str
    pages: int
    words: int
    segments: int
    doubts: tuple[str, ...] = ()
    """Codes of what the reader doubts."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a document could not be analysed."""

    kind: str
    """One word, stable across versions."""
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document."""

    document_id: int
    result: Analysed | Failed
    seconds: float


@dataclass(frozen=True, slots=True)
class Report:
    """What a worker sends back."""

    outcomes: tuple[Outcome, ...]
    resident_mib: float
    """Memory of the worker after the task."""


def perform(task: Task) -> Report:
    """Analyse the documents of a task.

    Raises:
        ModelError: When the model cannot be loaded or is not the one that the run began with.
    """
    import psutil

    if task.threads:
        os.environ[THREADS] = str(task.threads)
    outcomes = tuple(_attempt(job, task) for job in task.jobs)
    return Report(outcomes, psutil.Process().memory_info().rss / 2**20)


def _attempt(job: Job, task: Task) -> Outcome:
    started = time.perf_counter()
    result: Analysed | Failed
    try:
        result = _stored(_analyse(job, task), task.language)
    except ModelError:
        raise  # it would fail every document
    except DocumentError as error:
        result = Failed(error.reason, storable(str(error.named(job.name))))
    except SdgalignError as error:
        result = Failed("input", storable(f"{job.name}: {error}"))
    except MemoryError:
        result = Failed(
            "limit", f"{job.name}: needs more memory than there is. Give fewer --workers."
        )
    except Exception as error:  # a corpus of a thousand documents goes on without one
        result = Failed(
            UNEXPECTED,
            storable(
                f"{job.name}: could not be analysed ({type(error).__name__}: {error}). "
                "Report this, with the document if you may."
            ),
        )
    return Outcome(job.document_id, result, time.perf_counter() - started)


def _analyse(job: Job, task: Task) -> Analysis:
    from sdgalign.pipeline import analyze, analyze_plan

    if job.plan is not None:
        return analyze_plan(job.plan, Path(job.name).name, _model(task.model, task.model_digest))
    with _on_disk(job) as path:
        return analyze(
            path,
            lambda: _model(task.model, task.model_digest),
            kind=job.kind,
            password=task.password,
        )


@contextlib.contextmanager
def _on_disk(job: Job) -> Iterator[Path]:
    """Give the file of a job; a copy when it lies in an archive."""
    if not job.member:
        yield job.file
        return
    from sdgalign.bundles import unpack_member

    with tempfile.TemporaryDirectory(prefix="sdgalign-") as folder:
        yield unpack_member(job.file, job.member, Path(folder), job.name)


def _stored(analysis: Analysis, language: Language | None) -> Analysed:
    from sdgalign.reports.payload import build_payload, language_of

    payload: Payload = build_payload(analysis, language or language_of(analysis))
    document = payload["document"]
    return Analysed(
        payload=packed(payload),
        alignments=tuple(alignments_of(payload)),
        sha256=document["sha256"],
        told=told_by(payload),
        created=payload["created"],
        pages=document["pages"] if document["paged"] else 0,
        words=document["words"],
        segments=payload["summary"]["segments"],
        doubts=tuple(doubt.code for doubt in analysis.document.doubts),
    )


@cache
def _model(path: Path, digest: str) -> AlignmentModel:
    from sdgalign.model import load_model

    model = load_model(path)
    if model.info.digest != digest:
        raise ModelError(
            f"{path}: is another model than the run began with, or changed since. Start again; "
            "on a cluster every machine needs the same model folder."
        )
    return model


def prepare_process() -> None:
    """Make a process of a pool a worker: deaf to Ctrl-C, gone when its parent is.

    The parent hears Ctrl-C and ends its workers. A parent that is killed cannot; a worker that is
    left over would keep half a gigabyte for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # An exit, not an end on the spot: the reader of a document ends with it.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_after, args=(parent,), daemon=True).start()


def _wake(number: signal.Signals) -> None:
    """Send the main thread a signal, which ends what it waits for."""
    main = threading.main_thread().ident
    if sys.platform == "win32" or main is None:
        signal.raise_signal(number)
    else:
        signal.pthread_kill(main, number)


def _leave_after(parent: BaseProcess) -> None:
    parent.join()
    for _ in range(_TRIES):  # the first may only end the task
        _wake(signal.SIGTERM)
        time.sleep(_GRACE_SECONDS / _TRIES)
    os._exit(1)
