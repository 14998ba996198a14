"""Which locally relevant targets a document leaves out, and what it comes nearest to saying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdgalign.framework import Relevance
from sdgalign.scoring.alignment import Alignment, Status, TargetAlignment

if TYPE_CHECKING:
    from sdgalign.model import Classification

LEAST_NEAR = 0.02
"""Probability below which a segment is not near a target at all."""


@dataclass(frozen=True, slots=True)
class Near:
    """The segment that comes nearest to a target that is not taken up."""

    segment_id: str
    probability: float
    """Calibrated probability that the segment addresses the target, 0–1."""


@dataclass(frozen=True, slots=True)
class PeerTarget:
    """What comparable documents do for a target."""

    documents: int
    """Those that assess it; at least one."""
    taken_up: int
    """Those with at least an ambition."""
    with_action: int
    """Those with at least an action."""
    median: Status
    """Of their statuses; the less firm one of the middle two."""
    median_score: float | None = None
    """Of 100 times their expected depths; None when unknown."""

    @property
    def share(self) -> float:
        """Return the share that takes it up, 0–1."""
        return self.taken_up / self.documents


@dataclass(frozen=True, slots=True)
class Gap:
    """A locally relevant target that is absent or only mentioned."""

    target_code: str
    relevance: Relevance
    status: Status
    """``absent`` or ``mention``."""
    nearest: Near | None
    """None when nothing comes near."""
    is_priority: bool = False
    """Whether the user named the target or its goal."""
    reference: Status | None = None
    """Status in the reference document, where one is given."""
    peers: PeerTarget | None = None
    """What comparable documents do for the target, where they are given and assess it."""


def find_gaps(
    alignment: Alignment,
    classifications: Sequence[Classification],
    *,
    priorities: Sequence[str] = (),
    reference: Alignment | None = None,
    peers: Mapping[str, PeerTarget] | None = None,
) -> tuple[Gap, ...]:
    """Find what a document leaves out, the most pressing first.

    The order: what the user gave priority; then what the reference document takes up (firmest
    first); then own competences before shared ones; then what most peers take up; then absent
    before mentioned; then UN order.

    Args:
        alignment: Of the document.
        classifications: Of its segments.
        priorities: Codes of goals and targets that matter most to the user.
        reference: Of a document to measure it against, such as a manifesto.
        peers: What comparable documents do, per target.

    Returns:
        The gaps among the targets that are assessed.
    """
    wanted = frozenset(priorities)
    before = (
        {target.target_code: target.status for target in reference.targets} if reference else {}
    )
    open_targets = [each for each in alignment.scored if not each.status.is_covered]
    gaps = [
        Gap(
            target_code=target.target_code,
            relevance=target.relevance,
            status=target.status,
            nearest=_nearest(target, classifications),
            is_priority=not wanted.isdisjoint({target.target_code, _goal(target.target_code)}),
            reference=before.get(target.target_code),
            peers=(peers or {}).get(target.target_code),
        )
        for target in open_targets
    ]
    return tuple(sorted(gaps, key=_urgency))


def _urgency(gap: Gap) -> tuple[float, ...]:
    return (
        not gap.is_priority,
        -(gap.reference.depth if gap.reference else 0),
        gap.relevance is not Relevance.CORE,
        -(gap.peers.share if gap.peers else 0.0),
        gap.status is not Status.ABSENT,
    )


def _nearest(target: TargetAlignment, classifications: Sequence[Classification]) -> Near | None:
    if target.supporting:
        best = target.supporting[0]
        return Near(best.segment_id, best.probability)
    code = target.target_code
    against = {match.segment_id for match in target.opposing}
    near = [item for item in classifications if item.id not in against]
    best_item = max(near, key=lambda item: item.targets.get(code, 0.0), default=None)
    probability = best_item.targets.get(code, 0.0) if best_item else 0.0
    if best_item is None or probability < LEAST_NEAR:
        return None
    return Near(best_item.id, probability)


def _goal(code: str) -> str:
    return code.partition(".")[0]
