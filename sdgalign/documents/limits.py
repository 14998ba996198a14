"""What reading one document may cost."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on the process that reads one document.

    The defaults read every document of a municipality that we know of with a wide margin, and end
    a hostile one within seconds.
    """

    memory_mib: int = 1024
    """Address space of each process, with a third to spare over the heaviest plan; enforced on
    Linux; macOS and Windows have no such limit."""
    stall_seconds: float = 15.0
    """Longest time for one page, and for opening the file."""
    total_seconds: float = 600.0
    """Longest time for the whole document."""
    pages: int = 5000
    characters_per_page: int = 200_000
    """Of one page, and of one paragraph of a file without pages."""
    characters: int = 10_000_000
    """Of the whole document: what four thousand full pages hold."""
