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
from sdgalign.scoring.levels import FloatArray, level_distributions, over_cases
from sdgalign.scoring.score import score

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
    evidence = _Evidence(framework, classifications)
    attention = _attention(classifications, words)
    total = sum(words[item.id] for item in classifications)
    idle = sum(words[item.id] for item in classifications if not item.targets_predicted)
    goals = tuple(
        _goal(goal, matches, evidence, trained, attention.get(goal.code, 0.0))
        for goal in framework.goals
    )
    scored = [target for goal in goals for target in goal.scored]
    return Alignment(
        score=evidence.score(scored) or Score(0.0, 0.0, 0.0),
        goals=goals,
        words=total,
        words_without_target=idle / total if total else 0.0,
    )


class _Evidence:
    """How probable the levels of all targets are, given what the model says of all segments."""

    def __init__(self, framework: Framework, classifications: Sequence[Classification]) -> None:
        codes = [target.code for target in framework.targets]
        self._index = {code: at for at, code in enumerate(codes)}
        size = len(classifications)
        self._levels = level_distributions(
            np.array(
                [[item.targets.get(code, 0.0) for code in codes] for item in classifications]
            ).reshape(size, len(codes)),
            np.array([item.commitment_probabilities for item in classifications]).reshape(size, 4),
            np.array([item.against for item in classifications]),
        )
        self._means = over_cases(self._levels)

    def levels(self, code: str) -> FloatArray:
        """Return how probable each level of a target is, shape (5,)."""
        found: FloatArray = self._means[self._index[code]]
        return found

    def score(self, targets: Sequence[TargetAlignment]) -> Score | None:
        """Return the score of these targets together."""
        columns = [self._index[target.target_code] for target in targets]
        return score(self._levels[:, columns])


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
                is_against=item.against_predicted,
                reason=item.reasons.get(code),
            )
            matches[code].append(match)
    for found in matches.values():
        found.sort(key=lambda match: -match.strength)  # stable: ties stay in reading order
    return matches


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
    evidence: _Evidence,
    trained: frozenset[str],
    attention: float,
) -> GoalAlignment:
    targets = tuple(
        _target(
            target,
            matches.get(target.code, ()),
            evidence.levels(target.code),
            is_trained=target.code in trained,
        )
        for target in goal.targets
    )
    return GoalAlignment(
        goal_code=goal.code,
        score=evidence.score([target for target in targets if target.is_scored]),
        targets=targets,
        attention=attention,
        segments_matched=len({match.segment_id for each in targets for match in each.matches}),
    )


def _target(
    target: Target, matches: Sequence[Match], levels: FloatArray, *, is_trained: bool
) -> TargetAlignment:
    if matches:
        status = _status(matches, levels)
    else:
        status = Status.ABSENT if is_trained else Status.NOT_ASSESSED
    return TargetAlignment(
        target.code,
        target.relevance,
        status,
        is_trained,
        tuple(matches),
        tuple(float(level) for level in levels),
    )


def _status(matches: Sequence[Match], levels: FloatArray) -> Status:
    """Return the firmest status of a match that the evidence makes at least as likely as not."""
    reached = [
        match.status
        for match in matches
        if levels[match.status.level :].sum() >= LIKELY or match.status is Status.MENTION
    ]
    return max(reached, key=lambda status: status.level, default=Status.MENTION)
