"""How many threads a process may keep busy."""

from __future__ import annotations

import os

VARIABLE = "SDGALIGN_THREADS"
"""Bounds them, where several processes share the cores (`sdgalign.corpus`)."""


def available_threads() -> int:
    """Return the number of cores that this process may use, or what the variable says if less."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    bound = os.environ.get(VARIABLE, "")
    return min(cores, int(bound)) if bound.isdigit() and int(bound) > 0 else cores
