"""From a `Document` to `Segment`s: the texts that are classified, with their place and context."""

from sdgalign.segmentation.claims import only_claims_goals
from sdgalign.segmentation.mentions import Mention, find_mentions
from sdgalign.segmentation.segment import (
    EVIDENCE_KINDS,
    Segment,
    SegmentKind,
    cleaned_text,
)
from sdgalign.segmentation.segmenter import segment_document

__all__ = [
    "EVIDENCE_KINDS",
    "Mention",
    "Segment",
    "SegmentKind",
    "cleaned_text",
    "find_mentions",
    "only_claims_goals",
    "segment_document",
]
