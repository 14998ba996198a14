"""What a run tells about each document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sdgalign.corpus.records import LedgerDocument


class Ending(StrEnum):
    """What a run did about a document."""

    ANALYSED = "analysed"
    SHARED = "shared"
    """Nothing: a result of the same content is there."""
    UNCHANGED = "unchanged"
    """Nothing: it was done in an earlier run."""
    FAILED = "failed"
    FAILED_BEFORE = "failed-before"
    """Nothing: it failed in an earlier run and would again."""
    UNSAVED = "unsaved"
    """Its result could not be written; the next run does it again."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of one document."""

    document: LedgerDocument
    ending: Ending
    size: int = 0
    """Bytes of its file."""
    seconds: float = 0.0
    pages: int = 0
    words: int = 0
    segments: int = 0
    score: float | None = None
    low: float | None = None
    high: float | None = None
    losses: tuple[str, ...] = ()
    """Why much of it may be missing (`records.Result.losses`)."""
    error_kind: str = ""
    error: str = ""


OnEnd = Callable[[Ended], None]
OnNote = Callable[[str], None]
"""Told in one line about what happens to the run itself."""
