"""Which segments are evidence, and what the model says of them: with the rules beside the model."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sdgalign.kinds import DocumentKind, is_descriptive
from sdgalign.segmentation import Mention, Segment, only_claims_goals

if TYPE_CHECKING:
    from sdgalign.model import AlignmentModel, Classification

OnProgress = Callable[[str, float], None]
"""Called with a stage (``read``, ``segment``, ``classify``) and the share of it done, 0–1."""

_STAGE_BATCH = 512


def choose_evidence(
    segments: Sequence[Segment],
    mentions: Sequence[Sequence[Mention]],
    languages: Collection[str],
) -> tuple[Segment, ...]:
    """Choose the segments that can be evidence.

    Left out: headings and contents, languages that the model does not know, and lines that
    only claim goals ("SDG 7 – Betaalbare energie"): naming a goal is not working on it.
    """
    return tuple(
        segment
        for segment, found in zip(segments, mentions, strict=True)
        if segment.is_evidence
        and segment.language in languages
        and not only_claims_goals(segment.text, found)
    )


def classify_segments(
    segments: Sequence[Segment],
    model: AlignmentModel,
    on_progress: OnProgress = lambda stage, share: None,
) -> tuple[Classification, ...]:
    """Classify segments, with their headings as context."""
    classified: list[Classification] = []
    for start in range(0, len(segments), _STAGE_BATCH):
        batch = segments[start : start + _STAGE_BATCH]
        classified += model.classify(
            [segment.text for segment in batch],
            contexts=[segment.context for segment in batch],
            ids=[segment.id for segment in batch],
        )
        on_progress("classify", len(classified) / len(segments))
    return tuple(classified)


def without_promises(
    classifications: Sequence[Classification], segments: Sequence[Segment], kind: DocumentKind
) -> tuple[Classification, ...]:
    """Take the commitment out of texts that only describe.

    A figure in a context analysis ("traffic: 41.2 kilotonnes") may look like an action.
    """
    descriptive = {segment.id for segment in segments if is_descriptive(kind, segment.heading_path)}
    return tuple(
        replace(item, commitment=0, commitment_probabilities=(1.0, 0.0, 0.0, 0.0))
        if item.id in descriptive
        else item
        for item in classifications
    )
