"""What this machine has to give to a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sdgalign.corpus.executors import WORKER_MIB
from sdgalign.threads import available_threads

_GROUP = Path("/sys/fs/cgroup")
"""Of this process, on Linux."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What this machine has to give."""

    cores: int
    free_mib: float


def machine() -> Machine:
    """Return the cores that this process may use and the memory that is free."""
    import psutil

    return Machine(
        available_threads(), min(psutil.virtual_memory().available / 2**20, _container_mib())
    )


def default_workers(found: Machine) -> int:
    """Return how many processes a machine holds: one a core, as far as memory goes."""
    return max(1, min(found.cores, int(found.free_mib / WORKER_MIB)))


def _container_mib() -> float:
    """Return the memory left in the control group of this process (Linux containers)."""
    try:
        most = (_GROUP / "memory.max").read_text().strip()
        used = int((_GROUP / "memory.current").read_text())
        # Pages of files that the kernel gives back when asked count as used.
        cached = dict(line.split() for line in (_GROUP / "memory.stat").read_text().splitlines())
        return float("inf") if most == "max" else (int(most) - used + int(cached["file"])) / 2**20
    except (OSError, ValueError, KeyError):
        return float("inf")
