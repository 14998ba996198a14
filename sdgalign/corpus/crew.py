"""Keep workers busy with documents, whatever happens to the workers."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field

from sdgalign.corpus.events import OnNote
from sdgalign.corpus.executors import WORKER_MIB, Workers
from sdgalign.corpus.todo import Item, Order
from sdgalign.corpus.work import CRASH, UNEXPECTED, Analysed, Failed, Report, perform
from sdgalign.errors import InputError, ModelError

_TICK = 1.0
"""Seconds after which a key press is heard at the latest, also on Windows."""
_MOST_CRASHES = 3
"""Documents in a row that ended a worker alone, after which a run stops: it is the machine."""
_KILLED = frozenset({"KilledWorker"})
_LOST = frozenset({"CommClosedError", "FutureCancelledError", "CancelledError", "TimeoutError"})
"""Errors of Dask, by name: it need not be installed."""
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Finished:
    """A document that came back."""

    item: Item
    result: Analysed | Failed
    seconds: float | None = None


@dataclass(slots=True)
class _Pending:
    items: tuple[Item, ...]
    alone: bool = False
    """Whether it is tried alone, because a worker died while it was in hand."""
    fresh: bool = False
    """Whether its workers have done nothing before: if one dies, it is because of the document."""


@dataclass(slots=True)
class Crew:
    """Workers and what they have in hand.

    Args:
        workers: Where the work is done; closed by the caller.
        order: How documents are analysed.
        on_note: Told in one line when a worker died.
    """

    workers: Workers
    order: Order
    on_note: OnNote
    _pending: dict[Future[Report], _Pending] = field(default_factory=dict)
    _suspects: deque[Item] = field(default_factory=deque)
    """In hand when a worker died; each is tried once more, alone."""
    _executor: Executor | None = None
    _worn: bool = False
    """Whether a worker has grown too large."""
    _crashes: int = 0

    def results(self, work: Iterator[tuple[Item, ...]]) -> Generator[Finished, None, None]:
        """Yield every document of the work as it comes back; closing it ends the workers.

        Args:
            work: What a worker gets at a time; taken as workers become free.

        Raises:
            ModelError: When workers cannot load the model.
            InputError: When workers cannot be started, keep dying, or a cluster is lost.
        """
        finished = False
        try:
            while True:
                self._hand_out(work)
                if not (self._pending or self._suspects):
                    break
                done, _ = wait(self._pending, timeout=_TICK, return_when=FIRST_COMPLETED)
                for future in done:
                    yield from self._take_in(future)
            finished = True
        finally:
            self._stop(now=not finished)

    def _hand_out(self, work: Iterator[tuple[Item, ...]]) -> None:
        """Give the workers as much as keeps them busy."""
        if self._worn and not self._pending:
            self._stop(now=False)
            self._worn = False
        while len(self._pending) < self.workers.window and not self._worn:
            if self._suspects:
                if not self._pending:
                    self._submit(_Pending((self._suspects.popleft(),), alone=True))
                return
            items = next(work, None)
            if items is None:
                return
            self._submit(_Pending(items))

    def _submit(self, pending: _Pending) -> None:
        task = self.order.task(pending.items, self.workers.threads)
        try:
            if self._executor is None:
                self._executor = self.workers.start()
                pending.fresh = True
            future = self._executor.submit(perform, task)
        except BrokenExecutor:
            self._stop(now=True)
            self._suspects.extend(pending.items)
        except OSError as error:
            raise InputError(
                f"workers cannot be started ({error.strerror or error}). Give fewer --workers."
            ) from error
        else:
            self._pending[future] = pending

    def _take_in(self, future: Future[Report]) -> Iterator[Finished]:
        pending = self._pending.pop(future)
        error = future.exception()
        if error is not None:
            yield from self._lose(pending, error)
            return
        report = future.result()
        self._worn = self._worn or report.resident_mib > WORKER_MIB
        self._crashes = 0
        items = {item.document.id: item for item in pending.items}
        for outcome in report.outcomes:
            yield Finished(items[outcome.document_id], outcome.result, outcome.seconds)

    def _lose(self, pending: _Pending, error: BaseException) -> Iterator[Finished]:
        """Deal with a task that did not come back."""
        if isinstance(error, ModelError):
            raise error
        name = type(error).__name__
        if isinstance(error, BrokenExecutor):
            self._stop(now=True)
        elif name in _LOST:
            raise InputError(
                "the connection with the cluster is lost. What is done is safe; run again."
            ) from error
        elif name not in _KILLED:
            for item in pending.items:
                message = f"{item.document.name}: could not be analysed ({name}: {error})."
                yield Finished(item, Failed(UNEXPECTED, f"{message} Report this."))
            return
        if pending.alone and (pending.fresh or name in _KILLED):
            yield from self._blame(pending.items[0])
            return
        if not pending.alone:
            names = ", ".join(item.document.name for item in pending.items[:_NAMED])
            self.on_note(f"a worker died; tried once more, alone: {names}")
        self._suspects.extend(pending.items)

    def _blame(self, item: Item) -> Iterator[Finished]:
        self._crashes += 1
        message = "ended its worker twice; it may need more memory than there is"
        yield Finished(item, Failed(CRASH, f"{item.document.name}: {message}."))
        if self._crashes >= _MOST_CRASHES:
            raise InputError(
                "workers keep dying, whatever they work on. What is done is safe; look at the "
                "free memory, and run again with fewer --workers."
            )

    def _stop(self, *, now: bool) -> None:
        if self._executor is not None:
            self.workers.stop(self._executor, now=now)
            self._executor = None
