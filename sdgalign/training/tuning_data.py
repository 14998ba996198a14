"""Labelled texts laid out for tuning: annotations, exemplars, and English texts with one goal."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sdgalign.errors import InputError
from sdgalign.model.predictor import GOALS
from sdgalign.training.annotations import Annotation
from sdgalign.training.truth import Truth
from sdgalign.training.tune import UNKNOWN, TuningData

_OTHER_GOALS = 0.2
"""What an error on a goal counts for in texts where only one goal was asked for: the text may
well address others."""
_SHORTEST = 20
"""Characters; shorter texts say nothing once the goal's name is taken out."""
_NAMED = re.compile(
    r"(?:\b(?:the|united nations|un)\s+)?(?:\bsustainable development goals?\b|\bSDGs?\b)"
    r"(?:\s*(?:no\.?|number|target)?\s*\d+(?:\.\w+)?(?:\s*(?:,|and|&|-|–|to)\s*\d+(?:\.\w+)?)*)?"
    r"|\b(?:goal|target)s?\s+\d+(?:\.\w+)?",
    re.IGNORECASE,
)


def from_annotations(
    annotations: Sequence[Annotation], codes: Sequence[str], *, weight: float = 1.0
) -> TuningData:
    """Lay out annotations.

    Args:
        annotations: With every label known.
        codes: All targets, in order.
        weight: What an error counts for.
    """
    truth = Truth.of(annotations, codes)
    wanted = np.concatenate([truth.targets, truth.goals, truth.none[:, None]], axis=1)
    return TuningData(
        texts=[a.text for a in annotations],
        contexts=[a.context for a in annotations],
        wanted=wanted.astype(np.float32),
        weight=np.full(wanted.shape, weight, dtype=np.float32),
        commitment=truth.commitment,
        against=truth.against.astype(np.int64),
    )


def read_goal_texts(path: Path) -> list[tuple[str, int]]:
    """Read a table with the columns ``text`` and ``goal`` (1 to 17).

    Words that name the goal itself are taken out: a mention is no alignment.

    Raises:
        InputError: When the file cannot be read or a row is not valid.
    """
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = [(row["text"], int(row["goal"])) for row in csv.DictReader(stream)]
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path}: is no table of texts and goals ({error!r}).") from error
    if not all(1 <= goal <= GOALS for _, goal in rows):
        raise InputError(f"{path}: a goal is not between 1 and {GOALS}.")
    return [(" ".join(_NAMED.sub(" ", text).split()), goal) for text, goal in rows]


def split_goal_texts(
    texts: Sequence[tuple[str, int]], *, held_out: int = 1100, learnt: int = 4600, seed: int = 0
) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Return texts to measure on and texts to learn from, each once, none in both.

    Args:
        texts: With the goal, 1 to 17.
        held_out: Number of texts to measure on.
        learnt: Number of texts to learn from, at most.
        seed: Of the order.
    """
    kept = [(text, goal) for text, goal in dict(texts).items() if len(text) > _SHORTEST]
    random.Random(seed).shuffle(kept)
    return kept[:held_out], kept[held_out : held_out + learnt]


def from_goal_texts(texts: Sequence[tuple[str, int]], targets: int) -> TuningData:
    """Lay out texts of which one goal is known, and neither targets nor commitment.

    Args:
        texts: With the goal, 1 to 17.
        targets: Number of targets.
    """
    wanted = np.zeros((len(texts), targets + GOALS + 1), dtype=np.float32)
    weight = np.zeros_like(wanted)
    goals = np.array([goal - 1 for _, goal in texts], dtype=np.int64)
    weight[:, targets : targets + GOALS] = _OTHER_GOALS
    weight[np.arange(len(texts)), targets + goals] = 1.0
    wanted[np.arange(len(texts)), targets + goals] = 1.0
    unknown = np.full(len(texts), UNKNOWN, dtype=np.int64)
    plain = [text for text, _ in texts]
    return TuningData(plain, [""] * len(plain), wanted, weight, unknown, unknown.copy())
