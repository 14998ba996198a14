"""What the ledger of a project holds, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Payload = dict[str, Any]
"""Of one document, as ``report-1.schema.json`` describes it."""


LOSSES = frozenset({"cut-off", "salvaged", "damaged-pages", "no-text-pages", "lost-letters"})
"""Codes of doubts of the reader that mean that text is missing."""

_SHORT = 50
"""Words below which a document with pages is a cover, or was not read."""


class State(StrEnum):
    """How far a document is."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    GONE = "gone"
    """It was there in an earlier run and is no more; its result is kept."""


class Level(StrEnum):
    """What a row of the alignments is about."""

    DOCUMENT = "document"
    GOAL = "goal"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class LedgerDocument:
    """One document of a corpus; the fields are the columns of the table ``documents``."""

    id: int
    path: str
    """Relative to the folder of the run, with ``/``; ``bundle.zip!inner.pdf`` inside an archive."""
    part: str = ""
    """NIS code (or name) of one municipality in a data file with the plans of several."""
    kind: str | None = None
    municipality: str | None = None
    nis_code: str | None = None
    party: str | None = None
    year: int | None = None
    language: str | None = None
    title: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    state: State = State.WAITING
    result_key: str | None = None
    """Of its result; of a document that failed, what was tried."""
    error_kind: str | None = None
    """One word, such as ``encrypted``; stable across versions."""
    error: str | None = None
    seconds: float | None = None
    """That its analysis took; None when another document had the same content."""
    attempts: int = 0
    changed: str | None = None
    """When its state or content last changed, as ISO 8601."""

    @property
    def name(self) -> str:
        """Return how messages name it: its path, and the part of it."""
        return f"{self.path} [{self.part}]" if self.part else self.path


@dataclass(frozen=True, slots=True)
class Alignment:
    """What a document does for a goal, for a target or as a whole."""

    level: Level
    code: str
    """Empty for the document as a whole."""
    score: float | None
    """0–100; of a target 100 times its expected depth."""
    low: float | None
    high: float | None
    """The 90 % interval of the score; None for a target."""
    status: str | None
    """Of a target."""
    relevance: str | None
    """Of a target: ``core``, ``shared`` or ``none``."""
    assessed: bool | None
    """Of a target: whether the model has learnt it."""
    matches: int
    """Segments that address it, those against it left out."""
    share_words: float | None
    """Share of the classified words, 0–1: of a goal its attention, of the document the words with
    any target; None for a target."""
    coverage: float | None
    """Share of the targets that count that are taken up; of a target the probability that it is."""
    depth: float | None
    euro: float | None
    """Planned expenditure; None without a plan that shows amounts."""


@dataclass(frozen=True, slots=True)
class AlignmentRow:
    """An alignment and the document that it is of."""

    document: LedgerDocument
    alignment: Alignment


@dataclass(frozen=True, slots=True)
class Result:
    """What is known of a result without its payload: the columns of the table ``results``."""

    key: str
    sha256: str
    model_id: str
    model_digest: str
    settings: str
    """JSON."""
    tool_version: str
    created: str
    pages: int
    words: int
    segments: int
    seconds: float
    doubts: str = ""
    """Codes of what the reader doubts (`documents.Doubt`), with blanks between."""

    @property
    def losses(self) -> tuple[str, ...]:
        """Return why much of the document may be missing: codes, and ``short``."""
        codes = tuple(code for code in self.doubts.split() if code in LOSSES)
        return (*codes, "short") if self.pages and self.words < _SHORT else codes


def storable(text: str) -> str:
    """Return a text that every database takes: a broken file may declare half characters."""
    return text.encode("utf-8", "replace").decode("utf-8")


def alignments_of(payload: Mapping[str, Any]) -> Iterator[Alignment]:
    """Return the alignments of a document: its own, the goals', the targets'."""
    summary, plan = payload["summary"], payload.get("plan")
    budget = plan["budget"] if plan else None
    spent = budget if budget and budget["actions"] > budget["actions_without_amount"] else None
    matched: dict[str, set[str]] = {}
    for target in payload["targets"]:
        found = {payload["matches"][index]["segment"] for index in target["evidence"]}
        matched.setdefault(target["goal"], set()).update(found)
    yield Alignment(
        level=Level.DOCUMENT,
        code="",
        score=summary["score"],
        low=summary["score_low"],
        high=summary["score_high"],
        status=None,
        relevance=None,
        assessed=None,
        matches=len(set().union(*matched.values())),
        share_words=round(1 - summary["words_without_target"], 4),
        coverage=summary["coverage"],
        depth=summary["depth"],
        euro=spent and spent["total"],
    )
    for goal in payload["goals"]:
        yield Alignment(
            level=Level.GOAL,
            code=goal["code"],
            score=goal["score"],
            low=goal["score_low"],
            high=goal["score_high"],
            status=None,
            relevance=None,
            assessed=None,
            matches=len(matched.get(goal["code"], ())),
            share_words=goal["attention"],
            coverage=goal["coverage"],
            depth=goal["depth"],
            euro=spent and spent["by_goal"].get(goal["code"], 0.0),
        )
    for target in payload["targets"]:
        yield Alignment(
            level=Level.TARGET,
            code=target["code"],
            score=round(100 * _expected_depth(target["levels"]), 1),
            low=None,
            high=None,
            status=target["status"],
            relevance=target["relevance"],
            assessed=target["basis"] == "classifier",
            matches=len(target["evidence"]),
            share_words=None,
            coverage=round(sum(target["levels"][2:]), 4),
            depth=None,
            euro=spent and spent["by_target"].get(target["code"], 0.0),
        )


def _expected_depth(levels: Sequence[float]) -> float:
    """As ``TargetAlignment.expected_depth``: ambition 1/3, action 2/3, measurable 1."""
    depths = levels[1:]
    return sum(depth * p for depth, p in enumerate(depths)) / (len(depths) - 1)
