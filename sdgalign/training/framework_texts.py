"""The framework's own words per target, in the form that training and baselines need."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TargetTexts:
    """What the framework says of one target."""

    code: str
    title: dict[str, str]
    """By language, ``nl`` and ``en``."""
    description: dict[str, str]
    keywords: dict[str, tuple[str, ...]]

    @property
    def goal_code(self) -> str:
        """The goal it belongs to."""
        return self.code.partition(".")[0]


@cache
def target_texts() -> tuple[TargetTexts, ...]:
    """Return the 169 targets in UN order."""
    folder = Path(__file__).parent.parent / "framework" / "data"
    found = []
    for path in sorted(folder.glob("goal-*.json")):
        for row in json.loads(path.read_text(encoding="utf-8"))["targets"]:
            keywords = {lang: tuple(words) for lang, words in row["keywords"].items()}
            found.append(TargetTexts(row["code"], row["title"], row["description"], keywords))
    return tuple(found)
