"""One analysed document of a corpus as an overview counts it: figures only, no texts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from sdgalign.corpus.records import Alignment, AlignmentRow, LedgerDocument, Level, State
from sdgalign.corpus.statistics import Interval

if TYPE_CHECKING:
    from sdgalign.corpus.ledger import Ledger

TAKEN_UP = frozenset({"ambition", "action", "measurable"})
"""Statuses of a target that is taken up."""


@dataclass(frozen=True, slots=True)
class Euro:
    """Where the expenditure of a plan goes."""

    total: float
    """Of the actions with an amount."""
    by_goal: Mapping[str, float]

    @property
    def without_goal(self) -> float:
        """Return what goes to actions without any target."""
        return self.total - sum(self.by_goal.values())


@dataclass(frozen=True, slots=True)
class Assessed:
    """A document with its alignment."""

    path: str
    kind: str
    municipality: str = ""
    nis_code: str = ""
    party: str = ""
    year: int | None = None
    title: str = ""
    content: str = ""
    """Key of the result: copies of a document have the same; empty when unknown."""
    part: str = ""
    """Of a data file that holds several plans: which one."""
    score: Interval | None = None
    """0–100; None when no target could be assessed."""
    coverage: Interval | None = None
    """0–1; likewise."""
    goals: Mapping[str, Interval] = field(default_factory=dict)
    """Score per goal that has targets that count."""
    statuses: Mapping[str, str] = field(default_factory=dict)
    """Status per target that counts."""
    target_scores: Mapping[str, float] = field(default_factory=dict)
    """100 times the expected depth of those targets."""
    euro: Euro | None = None
    """Of a plan with amounts."""
    words: int | None = None
    """Of the analysed text; None when unknown."""

    @property
    def name(self) -> str:
        """Return what people know it by: its maker, else its title, else its file."""
        makers = [each for each in (self.municipality, self.party) if each]
        return " – ".join(makers) or self.title or self.path

    @property
    def unit(self) -> tuple[str, ...]:
        """Return what documents of one maker share; a document without maker stands alone."""
        place = self.nis_code or self.municipality
        return (place, self.party) if place or self.party else ("", "", self.path, self.part)


_NORMAL = 1.645
"""Standard deviations to either side that hold 90 % of normal values."""


def assessed_of(ledger: Ledger) -> Iterator[Assessed]:
    """Return the documents that are done, as overviews count them."""
    words: dict[str, int] = {}
    for document in ledger.documents(State.DONE):
        key = document.result_key or ""
        if key not in words and (result := ledger.result(key)):
            words[key] = result.words
    return assess(ledger.alignments(), words)


def assess(
    rows: Iterable[AlignmentRow], words: Mapping[str, int] | None = None
) -> Iterator[Assessed]:
    """Gather the rows of a ledger per document.

    Args:
        rows: In which those of one document stand together, as `Ledger.alignments` gives them.
        words: Number of analysed words per result key, as far as known.
    """
    for _, members in groupby(rows, key=lambda row: row.document.id):
        found = list(members)
        document = found[0].document
        yield _assess(
            document, [row.alignment for row in found], (words or {}).get(document.result_key or "")
        )


def _assess(
    document: LedgerDocument, alignments: Sequence[Alignment], words: int | None
) -> Assessed:
    goals = [each for each in alignments if each.level is Level.GOAL]
    scored = [each for each in alignments if _is_scored(each)]
    whole = next((each for each in alignments if each.level is Level.DOCUMENT), None)
    return Assessed(
        path=document.path,
        part=document.part,
        content=document.result_key or "",
        kind=document.kind or "other",
        municipality=document.municipality or "",
        nis_code=document.nis_code or "",
        party=document.party or "",
        year=document.year,
        title=document.title or "",
        score=_score(whole),
        coverage=_coverage(whole, scored),
        goals={each.code: score for each in goals if (score := _score(each))},
        statuses={each.code: each.status for each in scored if each.status},
        target_scores={each.code: each.score for each in scored if each.score is not None},
        euro=_euro(whole, goals),
        words=words,
    )


def _is_scored(row: Alignment) -> bool:
    return row.level is Level.TARGET and bool(row.assessed) and row.relevance != "none"


def _score(row: Alignment | None) -> Interval | None:
    if row is None or row.score is None or row.low is None or row.high is None:
        return None
    return Interval(row.score, min(row.low, row.score), max(row.high, row.score))


def _coverage(whole: Alignment | None, scored: Sequence[Alignment]) -> Interval | None:
    """Return the share of targets taken up; its interval by the probability of each to be so."""
    if whole is None or whole.coverage is None:
        return None
    value, chances = whole.coverage, [each.coverage for each in scored if each.coverage is not None]
    if not chances:
        return Interval(value, value, value)
    expected = sum(chances) / len(chances)
    half = _NORMAL * math.sqrt(sum(p * (1 - p) for p in chances)) / len(chances)
    low, high = max(0.0, expected - half), min(1.0, expected + half)
    return Interval(value, min(value, low), max(value, high))


def _euro(whole: Alignment | None, goals: Sequence[Alignment]) -> Euro | None:
    if whole is None or not whole.euro:
        return None
    return Euro(whole.euro, {each.code: each.euro for each in goals if each.euro})
