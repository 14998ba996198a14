"""Where the work is done: here, in processes of this machine, or on a Dask cluster.

All three are a `concurrent.futures.Executor`, so that a run has one way of working.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from sdgalign.corpus.work import prepare_process
from sdgalign.errors import InputError

if TYPE_CHECKING:
    from distributed import Client

P = ParamSpec("P")
T = TypeVar("T")

WORKER_MIB = 700
"""Memory that a worker may use; one that has grown beyond it is replaced."""
_GRACE_SECONDS = 3.0
_ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
"""Workers, not threads, share the cores."""


class Workers(Protocol):
    """Makes executors and ends them."""

    count: int
    """Documents that are worked on at the same time."""
    window: int
    """Tasks that are handed out at a time: enough that no worker waits for the next."""

    threads: int
    """That each may keep busy; as many as there are cores when 0."""

    def start(self) -> Executor:
        """Return an executor that is ready for work."""

    def stop(self, executor: Executor, *, now: bool) -> None:
        """End an executor.

        Args:
            executor: That `start` gave.
            now: Whether to give up what it is working on.
        """

    def close(self) -> None:
        """End whatever is left."""


class _Serial(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class SerialWorkers:
    """One document after the other, in this process."""

    count = window = 1
    threads = 0

    def start(self) -> Executor:
        """Return an executor that works in this process."""
        return _Serial()

    def stop(self, executor: Executor, *, now: bool) -> None:
        """Do nothing: it works only while it is asked to."""

    def close(self) -> None:
        """Do nothing."""


class ProcessWorkers:
    """Processes on this machine.

    Started anew (``spawn``), not forked: the same on every system, and safe beside threads.

    Args:
        count: Number of processes.
    """

    threads = 1

    def __init__(self, count: int) -> None:
        self.count, self.window = count, 2 * count
        self._others = frozenset(child.pid for child in multiprocessing.active_children())

    def start(self) -> Executor:
        """Return a pool of processes."""
        return _Pool(self.count)

    def stop(self, executor: Executor, *, now: bool) -> None:
        """End a pool; kill its processes when it may not finish."""
        if now:
            self._kill()
        executor.shutdown(wait=True, cancel_futures=True)

    def close(self) -> None:
        """Kill what is left."""
        self._kill()

    def _kill(self) -> None:
        """End the processes: asked first, so that their readers end too."""
        children = [
            child for child in multiprocessing.active_children() if child.pid not in self._others
        ]
        last = time.monotonic() + _GRACE_SECONDS
        while time.monotonic() < last and any(child.is_alive() for child in children):
            for child in children:
                child.terminate()  # again: the first may only end the task
            multiprocessing.connection.wait(
                [child.sentinel for child in children if child.is_alive()], timeout=0.1
            )
        for child in children:
            child.kill()


class _Pool(ProcessPoolExecutor):
    def __init__(self, count: int) -> None:
        super().__init__(
            count,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=prepare_process,
        )

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        # Processes are started here, and get the environment of this moment.
        with _environment(_ONE_THREAD):
            return super().submit(fn, *args, **kwargs)


class DaskWorkers:
    """A Dask cluster: of this machine, or of the scheduler at an address.

    Every worker needs sdgalign, the model folder and the documents under the same paths.

    Args:
        address: Of a scheduler; a cluster on this machine is made when empty.
        count: Workers of that cluster.

    Raises:
        InputError: When Dask is not installed or the scheduler cannot be reached.
    """

    threads = 1

    def __init__(self, address: str = "", count: int = 0) -> None:
        try:
            from distributed import Client, LocalCluster
        except ImportError as error:
            raise InputError(
                "a cluster needs the extra dask: pip install 'sdgalign[dask]'."
            ) from error
        self._cluster: Any = None
        try:
            if not address:
                with _environment(_ONE_THREAD):
                    self._cluster = LocalCluster(  # type: ignore[no-untyped-call]
                        n_workers=count,
                        threads_per_worker=1,
                        dashboard_address=None,
                        host="127.0.0.1",
                        memory_limit=None,
                    )
            self._client: Client = Client(  # type: ignore[no-untyped-call]
                self._cluster or address, timeout="15s", set_as_default=False
            )
        except (OSError, ValueError, TimeoutError) as error:
            self._close_cluster()
            raise InputError(
                f"{address}: no Dask scheduler answers there ({error}). Start one with "
                "`dask scheduler` and give its address, such as tcp://127.0.0.1:8786."
            ) from error
        threads = self._client.scheduler_info(n_workers=-1)["workers"].values()
        self.count = max(1, sum(int(worker["nthreads"]) for worker in threads))
        self.window = 2 * self.count

    def start(self) -> Executor:
        """Return an executor on the cluster."""
        executor: Executor = self._client.get_executor(  # type: ignore[no-untyped-call]
            pure=False, retries=0
        )
        return executor

    def stop(self, executor: Executor, *, now: bool) -> None:
        """Cancel what is not done; the cluster stays."""
        with contextlib.suppress(Exception):
            executor.shutdown(wait=not now, cancel_futures=True)

    def close(self) -> None:
        """Leave the cluster; end it when it was made here."""
        with contextlib.suppress(Exception):
            self._client.close(timeout=5)  # type: ignore[no-untyped-call]
        self._close_cluster()

    def _close_cluster(self) -> None:
        if self._cluster is not None:
            with contextlib.suppress(Exception):
                self._cluster.close(timeout=10)


@contextlib.contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
