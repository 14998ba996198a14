"""Read the framework data shipped with the package and check it as a whole."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from sdgalign.errors import FrameworkError
from sdgalign.framework.framework import (
    Framework,
    Goal,
    Indicator,
    Language,
    Relevance,
    Target,
    Texts,
)

TARGETS_PER_GOAL = (7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19)
"""Number of targets of goals 1 … 17 in A/RES/71/313, 169 in all."""

MAX_TITLE = 60
"""Characters; what a table row on a phone can show."""

ACTION_COUNT = range(2, 4)
"""Actions of a local target: enough to choose from, few enough to read."""

ACTION_WORDS = range(8, 23)
"""Words of an action: who does what with which instrument, in one short sentence."""

INDICATOR_COUNT = range(1, 4)
"""Indicators of a local target."""

INDICATOR_WORDS = range(3, 23)
"""Words of an indicator: what is counted and in which unit."""


@cache
def load_framework() -> Framework:
    """Load and validate the goals and targets.

    Returns:
        The framework; the same object on every call.

    Raises:
        FrameworkError: When the data contradicts itself: says in which file and why.
    """
    folder = files("sdgalign.framework") / "data"
    goals = []
    for number in range(1, len(TARGETS_PER_GOAL) + 1):
        name = f"goal-{number:02}.json"
        try:
            goals.append(_goal(json.loads((folder / name).read_text(encoding="utf-8"))))
        except (OSError, KeyError, ValueError, TypeError) as error:
            raise FrameworkError(f"framework data {name}: {error!r}") from error
    framework = Framework(tuple(goals))
    validate(framework)
    return framework


def validate(framework: Framework) -> None:
    """Check what the data promises.

    Raises:
        FrameworkError: With every fault found, one per line.
    """
    faults = [
        f"goal {goal.code}: {len(goal.targets)} targets instead of {expected}"
        for goal, expected in zip(framework.goals, TARGETS_PER_GOAL, strict=True)
        if len(goal.targets) != expected
    ]
    for goal in framework.goals:
        faults.extend(f"goal {goal.code}: {fault}" for fault in _goal_faults(goal))
    for target in framework.targets:
        faults.extend(f"target {target.code}: {fault}" for fault in _target_faults(target))
    for language in Language:
        faults.extend(_repeated("title", [target.title for target in framework.targets], language))
        actions = [action for target in framework.targets for action in target.actions]
        faults.extend(_repeated("action", actions, language))
        indicators = [one.text for target in framework.targets for one in target.indicators]
        faults.extend(_repeated("indicator", indicators, language))
    if faults:
        raise FrameworkError("framework data: " + "\n".join(faults))


def _repeated(name: str, all_texts: list[Texts], language: Language) -> list[str]:
    counts = Counter(texts[language].casefold() for texts in all_texts)
    return [f"{name} {text!r} stands twice" for text, count in counts.items() if count > 1]


def _goal_faults(goal: Goal) -> list[str]:
    faults = []
    if not re.fullmatch(r"#[0-9A-F]{6}", goal.color):
        faults.append(f"colour {goal.color!r} is not #RRGGBB")
    if len({target.code for target in goal.targets}) != len(goal.targets):
        faults.append("a target code stands twice")
    faults += [
        f"{target.code} belongs to another goal"
        for target in goal.targets
        if target.goal_code != goal.code
    ]
    return faults


def _target_faults(target: Target) -> list[str]:
    faults = []
    if not re.fullmatch(r"\d{1,2}\.(\d{1,2}|[a-d])", target.code):
        faults.append("the code is not like 11.2 or 1.a")
    for language in Language:
        if not 3 <= len(target.title[language]) <= MAX_TITLE:
            faults.append(f"the {language} title has {len(target.title[language])} characters")
        faults += [
            f"the {language} {name} is empty"
            for name, texts in (("description", target.description), ("reason", target.reason))
            if not texts[language].strip()
        ]
        if not target.keywords[language]:
            faults.append(f"no {language} keywords")
    return faults + _help_faults(target)


def _help_faults(target: Target) -> list[str]:
    if not target.relevance.is_local:
        there = target.actions or target.indicators
        return ["it is not local, yet has actions or indicators"] if there else []
    faults = []
    if len(target.actions) not in ACTION_COUNT:
        faults.append(f"{len(target.actions)} actions")
    if len(target.indicators) not in INDICATOR_COUNT:
        faults.append(f"{len(target.indicators)} indicators")
    lines = [("action", action, ACTION_WORDS) for action in target.actions]
    lines += [("indicator", one.text, INDICATOR_WORDS) for one in target.indicators]
    for language in Language:
        faults += [
            f"the {language} {name} {text[language]!r} has {len(text[language].split())} words"
            for name, text, words in lines
            if len(text[language].split()) not in words
        ]
        faults += [
            f"the {language} indicator {one.text[language]!r} names no source"
            for one in target.indicators
            if not one.source[language].strip()
        ]
    return faults


def _goal(data: Mapping[str, Any]) -> Goal:
    return Goal(
        code=data["code"],
        title=_texts(data["title"]),
        description=_texts(data["description"]),
        color=data["color"],
        targets=tuple(_target(entry) for entry in data["targets"]),
    )


def _target(data: Mapping[str, Any]) -> Target:
    return Target(
        code=data["code"],
        title=_texts(data["title"]),
        description=_texts(data["description"]),
        relevance=Relevance(data["relevance"]),
        reason=_texts(data["reason"]),
        actions=tuple(_texts(action) for action in data.get("actions", ())),
        indicators=tuple(_indicator(entry) for entry in data.get("indicators", ())),
        keywords={language: tuple(data["keywords"][language]) for language in Language},
    )


def _indicator(data: Mapping[str, Any]) -> Indicator:
    return Indicator(text=_texts(data), source=_texts(data["source"]))


def _texts(data: Mapping[str, str]) -> dict[Language, str]:
    return {language: data[language] for language in Language}
