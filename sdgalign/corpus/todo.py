"""What there is to do about a document: its content, the key of its result, whether to try."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sdgalign.corpus.discover import Found
from sdgalign.corpus.keys import ModelId, file_digest, result_key
from sdgalign.corpus.manifest import ManifestRow
from sdgalign.corpus.records import LedgerDocument
from sdgalign.corpus.work import CRASH, UNEXPECTED, Job, Task
from sdgalign.documents.zips import UNPACK_ERRORS
from sdgalign.errors import EncryptedError, NoTextError, NotFoundError
from sdgalign.framework import Language

_BATCH = 300
"""Actions of plans from data files that a worker gets at a time."""
_ACTION_BYTES = 200
"""About what one takes in a file."""
_BLOCK = 2**20


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document before it is read."""

    found: Found
    row: ManifestRow
    is_told: bool
    """Whether a manifest says so; what is derived only fills what is empty."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a corpus is to be analysed."""

    model: ModelId
    language: Language | None = None
    """Of the interface, in which warnings are kept; each document's own when None."""
    password: str | None = None
    retry: bool = False
    """Whether to try again what failed before and did not change."""

    def task(self, items: Iterable[Item], threads: int) -> Task:
        """Return what a worker is told; `threads` are those that it may keep busy."""
        jobs = tuple(item.job for item in items)
        model = self.model
        return Task(jobs, model.path, model.digest, self.language, self.password, threads)


@dataclass(frozen=True, slots=True)
class Item:
    """A document and what decides its result."""

    document: LedgerDocument
    known: Known
    sha256: str
    key: str
    settings: str
    """JSON."""
    size: int
    """Bytes of its file."""

    @property
    def weight(self) -> int:
        """Return the share of it in the whole of the work, in bytes."""
        return size_of(self.known.found)

    @property
    def job(self) -> Job:
        """Return what a worker needs to know of it."""
        found, kind = self.known.found, self.known.row.kind
        document = self.document
        return Job(document.id, document.name, found.file, found.member, found.plan, kind)

    @property
    def actions(self) -> int:
        """Return the number of actions of a plan from a data file; 0 for a document."""
        plan = self.known.found.plan
        return 0 if plan is None else sum(1 for _ in plan.actions())


def look(document: LedgerDocument, known: Known, order: Order) -> Item:
    """Read the content of a document.

    Raises:
        OSError: When its file cannot be read.
    """
    sha256, size = _digest(known.found), known.found.file.stat().st_size
    settings = {"kind": known.row.kind and str(known.row.kind), "language": order.language}
    key = result_key(sha256, known.found.part, settings, order.model)
    return Item(document, known, sha256, key, json.dumps(settings, sort_keys=True), size)


def largest_first(known: Iterable[Known]) -> list[Known]:
    """Return documents in the order of work: with a large one last, all workers would wait."""
    return sorted(known, key=lambda each: -size_of(each.found))


def batches(items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    """Yield what a worker gets at a time: a document, or the plans of some municipalities."""
    batch: list[Item] = []
    actions = 0
    for item in items:
        if item.known.found.plan is None:
            yield (item,)
            continue
        batch.append(item)
        actions += item.actions
        if actions >= _BATCH:
            yield tuple(batch)
            batch, actions = [], 0
    if batch:
        yield tuple(batch)


def is_worth_another_try(document: LedgerDocument, order: Order) -> bool:
    """Whether a document that failed, and did not change, may do better now."""
    match document.error_kind:
        case EncryptedError.reason:
            may_help = order.password is not None
        case NoTextError.reason:
            from sdgalign.documents.ocr import languages

            may_help = bool(languages())
        case _:
            may_help = document.error_kind in (NotFoundError.reason, CRASH, UNEXPECTED)
    return order.retry or may_help


def size_of(found: Found) -> int:
    """Return the bytes that a document stands for, by which progress is told."""
    if found.plan is not None:
        return _ACTION_BYTES * sum(1 for _ in found.plan.actions())
    try:
        return found.file.stat().st_size
    except OSError:
        return 0  # reading it will say why


def _digest(found: Found) -> str:
    if found.plan is not None:
        from sdgalign.plans.as_document import plan_digest

        return plan_digest(found.plan)
    if found.member:
        return _member_digest(found.file, found.member)
    return file_digest(found.file)


def _member_digest(path: Path, member: str) -> str:
    if not path.is_file():
        return file_digest(path)  # says that it is not there
    digest = hashlib.sha256()
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    except (KeyError, *UNPACK_ERRORS):
        digest.update(file_digest(path).encode())  # unpacking it will say why
    return digest.hexdigest()
