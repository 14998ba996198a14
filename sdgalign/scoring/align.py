"""Turn classified segments into the alignment of a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sdgalign.framework import Framework, Goal, Target
from sdgalign.scoring.alignment import (
    Alignment,
    GoalAlignment,
    Match,
    Score,
    Status,
    TargetAlignment,
)
from sdgalign.scoring.score import FloatArray, level_distribution, score

if TYPE_CHECKING:
    from sdgalign.model import Classification

LIKELY = 0.5
"""Probability from which a target counts as reaching a level: at least as likely as not."""


def align(
    framework: Framework,
    classifications: Sequence[Classification],
    words: Mapping[str, int],
    trained: frozenset[str],
) -> Alignment:
    """Align a document with the framework.

    Args:
        framework: Goals and targets with their local relevance.
        classifications: One per classified segment; ``id`` is the segment's.
        words: Number of words of each of those segments, by id.
        trained: Codes of the targets that the model learnt from examples.

    Returns:
        Status, evidence and score of every target and goal. Pure: same input, same output.
    """
    matches = _matches(classifications)
    levels = _levels(framework, classifications)
    attention = _attention(classifications, words)
    total = sum(words[item.id] for item in classifications)
    idle = sum(words[item.id] for item in classifications if not item.targets_predicted)
    goals = tuple(
        _goal(goal, matches, levels, trained, attention.get(goal.code, 0.0))
        for goal in framework.goals
    )
    scored = [target for goal in goals for target in goal.scored]
    return Alignment(
        score=_score(scored, levels) or Score(0.0, 0.0, 0.0),
        goals=goals,
        words=total,
        words_without_target=idle / total if total else 0.0,
    )


def _matches(classifications: Sequence[Classification]) -> dict[str, list[Match]]:
    matches: dict[str, list[Match]] = defaultdict(list)
    for item in classifications:
        expected_level = sum(
            (commitment + 1) * share
            for commitment, share in enumerate(item.commitment_probabilities)
        )
        for code in item.targets_predicted:
            probability = item.targets[code]
            match = Match(
                segment_id=item.id,
                target_code=code,
                probability=probability,
                commitment=item.commitment,
                strength=probability * expected_level,
                against=item.against,
                reason=item.reasons.get(code),
            )
            matches[code].append(match)
    for found in matches.values():
        found.sort(key=lambda match: -match.strength)  # stable: ties stay in reading order
    return matches


def _levels(
    framework: Framework, classifications: Sequence[Classification]
) -> dict[str, FloatArray]:
    commitments = np.array([item.commitment_probabilities for item in classifications])
    commitments = commitments.reshape(-1, 4)
    return {
        target.code: level_distribution(
            np.array([item.targets.get(target.code, 0.0) for item in classifications]), commitments
        )
        for target in framework.targets
    }


def _attention(
    classifications: Sequence[Classification], words: Mapping[str, int]
) -> dict[str, float]:
    shares: dict[str, float] = defaultdict(float)
    for item in classifications:
        for goal in item.goals_predicted:
            shares[goal] += words[item.id] / len(item.goals_predicted)
    total = sum(words[item.id] for item in classifications)
    return {goal: share / total for goal, share in shares.items()} if total else {}


def _goal(
    goal: Goal,
    matches: Mapping[str, Sequence[Match]],
    levels: Mapping[str, FloatArray],
    trained: frozenset[str],
    attention: float,
) -> GoalAlignment:
    targets = tuple(
        _target(target, matches.get(target.code, ()), levels[target.code], target.code in trained)
        for target in goal.targets
    )
    return GoalAlignment(
        goal_code=goal.code,
        score=_score([target for target in targets if target.is_scored], levels),
        targets=targets,
        attention=attention,
        segments_matched=len({match.segment_id for each in targets for match in each.matches}),
    )


def _score(targets: Sequence[TargetAlignment], levels: Mapping[str, FloatArray]) -> Score | None:
    return score(
        [target.status.level for target in targets],
        [levels[target.target_code] for target in targets],
    )


def _target(
    target: Target, matches: Sequence[Match], levels: FloatArray, is_trained: bool
) -> TargetAlignment:
    if matches:
        status = _status(matches, levels)
    else:
        status = Status.ABSENT if is_trained else Status.NOT_ASSESSED
    return TargetAlignment(target.code, target.relevance, status, is_trained, tuple(matches))


def _status(matches: Sequence[Match], levels: FloatArray) -> Status:
    """Return the firmest status of a match that the evidence makes at least as likely as not."""
    reached = [
        match.status
        for match in matches
        if levels[match.status.level :].sum() >= LIKELY or match.status is Status.MENTION
    ]
    return max(reached, key=lambda status: status.level, default=Status.MENTION)
