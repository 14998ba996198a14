"""What the first characters of a line say: a list mark, a heading's number, a plan code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class MarkKind(StrEnum):
    """What stands before the text of a line."""

    BULLET = "bullet"
    DASH = "dash"
    NUMBER = "number"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Mark:
    """A list mark."""

    kind: MarkKind
    length: int
    """Characters of the mark with the space after it."""
    value: int = 0
    """The number, or the place of the letter in the alphabet; 0 for bullets."""


_BULLET = re.compile(
    r"(?:[•●▪▫■□◦○◉‣⁃⦁∙·▶►▸▹➢➤➔→➜➡✓✔✗✘☑☐❖◆◇★☆✦»›¤]|\*(?=\s)|[\ue000-\uf8ff]|[oO§](?=\s))[\s\u200b]*(?=\S)"
)
_DASH = re.compile(r"[-–—]\s+(?=\S)")
_NUMBER = re.compile(r"(?:\((\d{1,3})\)|(\d{1,3})[.)])\s+(?=\S)")
_LETTER = re.compile(r"(?:\(([a-z])\)|([a-zA-Z])[.)])\s+(?=\S)")

SECTION = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,4})\.?\s+(?=[^\W\d_]|[‘“\"'])"
    r"|(?P<chapter>\d{1,2})\s*(?:[—–|:]|\.?\s)\s*(?=[A-ZÀ-Ý‘“\"'])"
    r"|(?:hoofdstuk|deel|chapter|part|thema)\s+(?P<named>\d{1,2}|[ivx]{1,4})\b[\s.:–—-]*",
    re.IGNORECASE,
)
"""The number of a heading; case matters for ``chapter``, see `section_depth`."""

_OBJECTIVE = (
    r"(?:(?:strategische|operationele|prioritaire)?\s*(?:beleids)?doelstelling|strategic objective)"
)
_PLAN_CODE = re.compile(
    r"(?P<objective>(?:(?:M\d+[- ]?)?P?BD|SD|OBS|BDS|OD)[- ]?\d[\w.\-/]*)(?=[\s:–—-]|$)"
    r"|(?P<plan>(?:AP[- ]?[\dA-Z][\w.\-/]*|GBB(?:[- ][A-Z]{2,4})?))(?=[\s:–—-]|$)"
    r"|(?P<action>(?:AC|ACT|A)[- ]?\d[\w.\-/]*|(?:AC|ACT)-[A-Z]{2,}[\w.\-/]*)(?=[\s:–—-]|$)"
)
_PLAN_WORD = re.compile(
    rf"(?:(?P<objective>{_OBJECTIVE})|(?P<plan>(?:prioritair\s+)?actieplan)|(?P<action>actie))"
    r"\s*(?::|(?=[A-Z]{0,4}[- ]?\d))",
    re.IGNORECASE,
)


_BARE_CODE = re.compile(r"A[- ]?\d+(?![\w.\-/])")
_PLAN_INITIALS = frozenset("mpbsoag ")


class PlanLevel(StrEnum):
    """The three levels of a municipal plan."""

    OBJECTIVE = "objective"
    PLAN = "plan"
    ACTION = "action"


PLAN_DEPTH = {PlanLevel.OBJECTIVE: 1, PlanLevel.PLAN: 2, PlanLevel.ACTION: 3}


def list_mark(text: str) -> Mark | None:
    """Return the list mark that a line starts with."""
    if text[:2].isalpha():
        return None  # nearly all lines: spares them four patterns
    if match := _BULLET.match(text):
        return Mark(MarkKind.BULLET, match.end())
    if match := _DASH.match(text):
        return Mark(MarkKind.DASH, match.end())
    if match := _NUMBER.match(text):
        return Mark(MarkKind.NUMBER, match.end(), int(match[1] or match[2]))
    if match := _LETTER.match(text):
        letter = (match[1] or match[2]).lower()
        return Mark(MarkKind.LETTER, match.end(), ord(letter) - ord("a") + 1)
    return None


def section_depth(text: str) -> int | None:
    """Return how deep a heading stands by its number: ``1.2.5 Scholen`` is 3."""
    match = SECTION.match(text)
    if match is None:
        return None
    if match["number"]:
        return match["number"].count(".") + 1
    if match["named"]:
        return 1
    return 1 if text[match.end() : match.end() + 1].isupper() else None


def is_chapter(text: str) -> bool:
    """Return whether a heading calls itself a chapter or a part: ``Hoofdstuk 4: Wonen``."""
    match = SECTION.match(text)
    return match is not None and match["named"] is not None


def is_chapter_label(text: str) -> bool:
    """Return whether a text is the number of a chapter alone, above its title."""
    match = SECTION.fullmatch(text)
    return match is not None and match["named"] is not None


def plan_level(text: str) -> PlanLevel | None:
    """Return the level of a municipal plan whose code the text starts with."""
    if text[:1].lower() not in _PLAN_INITIALS:
        return None
    for pattern in (_PLAN_CODE, _PLAN_WORD):
        if match := pattern.match(text):
            return next(level for level in PlanLevel if match[level.value])
    return None


def is_bare_code(text: str) -> bool:
    """Return whether a text starts with one letter and a number, as roads and sizes do."""
    return bool(_BARE_CODE.match(text))


def code_of(text: str) -> str:
    """Return the plan code at the start of a text, or an empty text."""
    match = _PLAN_CODE.match(text)
    return match[0] if match else ""
