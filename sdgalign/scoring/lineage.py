"""What became of it: the commitments of a document with their counterparts in a later one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from sdgalign.kinds import DocumentKind
from sdgalign.scoring.likeness import FloatArray, likeness

COUNTERPART = 0.4
"""Likeness from which a passage is taken for a counterpart. On the pairs of development, 78 % of
what lies above it was one, and 85 % of all counterparts lay above it (``docs/compare.md``)."""
NEAR = 0.2
"""Likeness from which the nearest passage is still shown, as no counterpart."""
_AS_LIKE = 0.15
"""Counterparts that are this little less like than the best speak too: the firmest is taken, for
a plan often gives the name of an action in one passage and the figures in the next."""
_DOUBTFUL = (0.3, 0.6)
"""Between these likenesses it is doubtful whether there is a counterpart."""
_CLEAR = 0.5
"""Probability below which a difference in commitment is doubtful."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Fate(StrEnum):
    """What became of a commitment."""

    FIRMER = "firmer"
    """A counterpart that commits to more: an action where there was an ambition."""
    KEPT = "kept"
    """A counterpart that is about as firm."""
    WEAKER = "weaker"
    """A counterpart that commits to less, or only speaks of it."""
    DROPPED = "dropped"
    """No counterpart found. It may stand there in other words."""
    NEW = "new"
    """A commitment of the later document without a counterpart in the earlier one."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A passage of a document that can be, or be a counterpart of, a commitment."""

    segment_id: str
    text: str
    targets: dict[str, float]
    """Probability per target code; improbable ones may be left out."""
    commitment: int
    """0 none, 1 ambition, 2 action, 3 measurable."""
    commitments: tuple[float, ...]
    """Probability of each of those."""
    figures: tuple[str, ...] = ()
    """Quantities and dates in the text, as they stand there."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A commitment with what became of it; or a new one, with nothing before it."""

    fate: Fate
    before: str | None
    """Id of the segment in the earlier document; None for what is new."""
    after: str | None
    """Id of the counterpart in the later document; None for what is dropped."""
    likeness: float
    """How likely it is that both promise the same thing, 0–1; of the nearest passage where there
    is no counterpart."""
    nearest: str | None = None
    """Where there is no counterpart: id of the passage in the other document that comes nearest,
    when one comes near at all."""
    is_doubtful: bool = False
    """Whether it is a close call: the likeness, or which of both is the firmer."""
    figures_differ: bool = False
    """Whether both have figures, and none in common."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """What became of the commitments of one document in another."""

    before: int
    """Position of the earlier document among those compared."""
    after: int
    traces: tuple[Trace, ...] = field(repr=False)
    """First those of the earlier document, then what is new, each in reading order."""


def steps(kinds: Sequence[DocumentKind]) -> tuple[tuple[int, int], ...]:
    """Choose which documents follow from which.

    Manifestos and memoranda are wishes, side by side: each is followed by the first decision. An
    agreement goes before a plan; decisions of one kind, such as two plans, follow each other in
    the order given. A context analysis decides nothing.

    Args:
        kinds: Of the documents, in the order given.

    Returns:
        Pairs of positions, earlier and later. None when all documents are wishes.
    """
    wishes = [at for at, kind in enumerate(kinds) if kind in _WISHES]
    decisions = [
        at
        for at, kind in enumerate(kinds)
        if kind not in _WISHES and kind is not DocumentKind.CONTEXT_ANALYSIS
    ]
    if not any(kinds[at] is DocumentKind.OTHER for at in decisions):
        decisions.sort(key=lambda at: kinds[at] is DocumentKind.PLAN)
    first = [(wish, decisions[0]) for wish in wishes if decisions]
    return (*first, *pairwise(decisions))


_WISHES = frozenset({DocumentKind.MANIFESTO, DocumentKind.MEMORANDUM})


def in_order(count: int) -> tuple[tuple[int, int], ...]:
    """Return the steps of documents that follow each other in the order given."""
    return tuple(pairwise(range(count)))


def trace(
    before: Sequence[Statement],
    after: Sequence[Statement],
    meanings: tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]],
) -> tuple[Trace, ...]:
    """Find what became of every commitment, and what is new.

    Args:
        before: Statements of the earlier document.
        after: Of the later one.
        meanings: Their vectors, of length 1, in rows.

    Returns:
        One trace per commitment of the earlier document, and one per commitment of the later
        document that has no counterpart.
    """
    alike = likeness(before, after, meanings)
    traces = [
        _outcome(one, after, alike[row]) for row, one in enumerate(before) if one.commitment > 0
    ]
    taken = {found.after for found in traces}
    for column, one in enumerate(after):
        best = float(alike[:, column].max(initial=0.0))
        if one.commitment > 0 and one.segment_id not in taken and best < COUNTERPART:
            traces.append(_alone(Fate.NEW, one, before, alike[:, column]))
    return tuple(traces)


def _outcome(one: Statement, after: Sequence[Statement], alike: FloatArray) -> Trace:
    best = float(alike.max(initial=0.0))
    if best < COUNTERPART:
        return _alone(Fate.DROPPED, one, after, alike)
    speaking = np.flatnonzero(alike >= max(COUNTERPART, best - _AS_LIKE))
    at = max(map(int, speaking), key=lambda column: (after[column].commitment, alike[column]))
    other = after[at]
    fate, is_clear = _fate(one, other)
    return Trace(
        fate,
        one.segment_id,
        other.segment_id,
        float(alike[at]),
        is_doubtful=best < _DOUBTFUL[1] or not is_clear,
        figures_differ=_figures_differ(one, other),
    )


def _alone(fate: Fate, one: Statement, others: Sequence[Statement], alike: FloatArray) -> Trace:
    """Return the trace of a commitment without a counterpart, with what comes nearest."""
    best = float(alike.max(initial=0.0))
    return Trace(
        fate,
        one.segment_id if fate is Fate.DROPPED else None,
        one.segment_id if fate is Fate.NEW else None,
        best,
        nearest=others[int(alike.argmax())].segment_id if best >= NEAR else None,
        is_doubtful=best >= _DOUBTFUL[0],
    )


def _fate(one: Statement, other: Statement) -> tuple[Fate, bool]:
    """Return which is the firmer, and whether that is clear."""
    joint = np.outer(one.commitments, other.commitments)
    if other.commitment > one.commitment:
        return Fate.FIRMER, bool(np.triu(joint, 1).sum() >= _CLEAR)
    if other.commitment < one.commitment:
        return Fate.WEAKER, bool(np.tril(joint, -1).sum() >= _CLEAR)
    return Fate.KEPT, True


def _figures_differ(one: Statement, other: Statement) -> bool:
    mine, theirs = (
        {number for figure in each.figures for number in _NUMBER.findall(figure)}
        for each in (one, other)
    )
    return bool(mine and theirs and mine.isdisjoint(theirs))
