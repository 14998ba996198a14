"""Check the intervals of scores: by simulation, and against the labels of held-out documents.

    python evaluation/intervals.py --shared ../shared

Of every document with enough labelled segments: does the 90 % interval, made from what the model
says of those segments, hold the score that their labels give? And that of documents drawn from the
model itself?
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sdgalign.framework import load_framework
from sdgalign.model import Classification, load_model
from sdgalign.scoring.levels import SHARED_DOUBT, level_distributions
from sdgalign.scoring.score import score
from sdgalign.training import Annotation, Splits, read_annotations

REPOSITORY = Path(__file__).parents[1]
ENOUGH = 15
"""Labelled segments of a document."""
DRAWS = 400
_EDGE = 1e-9
LOCAL = [target.code for target in load_framework().targets if target.relevance.is_local]


def main() -> None:
    """Classify, check, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared")
    shared = parser.parse_args().shared
    texts = [
        shared / "annotation" / "segments_labelled.jsonl",
        shared / "data" / "segments_unlabelled.jsonl.gz",
    ]
    annotations = REPOSITORY / "annotations"
    everything = read_annotations(annotations / "labels.tsv", texts=texts)
    splits = Splits.load(annotations / "splits.json")
    rng = np.random.default_rng(0)
    for split in ("dev", "test"):
        pages = [Pieces.of(rows) for rows in _documents(splits.select(everything, split))]
        labelled = [page.holds(page.truth()) for page in pages]
        simulated = [np.mean([page.holds(page.draw(rng)) for _ in range(DRAWS)]) for page in pages]
        sys.stdout.write(
            f"{split}: {len(pages)} documents; the labels' score is in the interval of "
            f"{np.mean(labelled):.1%}; of {DRAWS} simulated documents each, "
            f"{np.mean(simulated):.1%} ({min(simulated):.1%} to {max(simulated):.1%})\n"
        )


@dataclass(frozen=True, slots=True)
class Pieces:
    """The labelled segments of a document and what the model says of them."""

    items: Sequence[Annotation]
    targets: np.ndarray
    """Shape (segments, local targets), probabilities."""
    commitments: np.ndarray
    against: np.ndarray
    low: int
    high: int
    """Bounds of the interval, as sums of depths."""

    @classmethod
    def of(cls, rows: Sequence[tuple[Annotation, Classification]]) -> Pieces:
        """Compute the interval of a document."""
        targets = np.array([[found.targets[code] for code in LOCAL] for _, found in rows])
        commitments = np.array([found.commitment_probabilities for _, found in rows])
        against = np.array([found.against for _, found in rows])
        result = score(level_distributions(targets, commitments, against))
        assert result is not None
        cumulative = np.cumsum(result.distribution)
        low, high = (int(np.searchsorted(cumulative, quantile)) for quantile in (0.05, 0.95))
        return cls([item for item, _ in rows], targets, commitments, against, low, high)

    def holds(self, depth: int) -> bool:
        """Return whether a sum of depths is in the interval."""
        return self.low <= depth <= self.high

    def truth(self) -> int:
        """Return the sum of depths that the labels give."""
        depths: dict[str, int] = defaultdict(int)
        for item in self.items:
            for code in item.targets:
                firm = 0 if item.against else item.commitment
                depths[code] = max(depths[code], firm)
        return sum(depths[code] for code in LOCAL)

    def draw(self, rng: np.random.Generator) -> int:
        """Return the sum of depths of a document drawn from the model."""
        bounded = self.targets.clip(_EDGE, 1 - _EDGE)
        odds = np.log(bounded / (1 - bounded)) + SHARED_DOUBT * rng.standard_normal()
        ladder = self.commitments.cumsum(axis=1)[:, :3]
        firm = (rng.random((len(self.items), 1)) > ladder).sum(axis=1)
        firm[rng.random(len(self.items)) < self.against] = 0
        addressed = rng.random(odds.shape) < 1 / (1 + np.exp(-odds))
        return int(np.where(addressed, firm[:, None], 0).max(axis=0).sum())


def _documents(
    items: Sequence[Annotation],
) -> list[list[tuple[Annotation, Classification]]]:
    found = load_model().classify(
        [item.text for item in items], contexts=[item.context for item in items]
    )
    documents: dict[str, list[tuple[Annotation, Classification]]] = defaultdict(list)
    for item, classification in zip(items, found, strict=True):
        documents[item.doc].append((item, classification))
    return [rows for rows in documents.values() if len(rows) >= ENOUGH]


if __name__ == "__main__":
    main()
