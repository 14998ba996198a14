"""Codes of objectives, action plans and actions: every municipality has its own form.

No single pattern fits, so a code only votes for a level; its place and style in the document
decide together with it (see `sdgalign.plans.levels`).
"""

from __future__ import annotations

import re
from enum import IntEnum


class Level(IntEnum):
    """A level of the tree, the highest first."""

    OBJECTIVE = 0
    PLAN = 1
    ACTION = 2


_PREFIXES = {
    **dict.fromkeys(
        "bd pbd sd obd od kd hd sbd bds obs bdst sds dst doel doelstelling".split(),
        Level.OBJECTIVE,
    ),
    **dict.fromkeys("ap pap oap apl actieplan".split(), Level.PLAN),
    **dict.fromkeys("ac act a pac pact actie".split(), Level.ACTION),
}
_RUN = re.compile(r"[A-Za-z]+")
_ROUTINE = re.compile(r"^(?:\w{1,3}[-_.])?[A-Z]{0,2}GBB|^overig_?beleid|^GEBB", re.IGNORECASE)
_SHAPE = re.compile(r"^(?!\d+\+)(?:[A-Z]+ (?=\d))?[^\W_](?:[\w&+]|[./\-](?=[\w&+]))*[.]?$")
_WORDY = re.compile(r"^[a-z]+\d{2,}(?:_[a-z]+\d{2,})*$")
"""``beleving01``, ``beleving01_beleving0102``; no word of a sentence ends in two figures."""
_CAPITALS = re.compile(r"^(?=.{2})[A-Z][A-Z&]*(?:[-_./][A-Z0-9&]+)*$")
_GOAL = re.compile(r"^SDG(?:['’]?s)?[\s\-_:]{0,2}\d", re.IGNORECASE)
_PERIOD = re.compile(r"^20[1-5]\d(?:\s?[-–/]\s?(?:20)?[1-5]\d)?[.:]?$")
_LABELS = (
    (
        re.compile(
            r"^(?:(?:niet[- ])?(?:prioritaire|strategische|operationele|overige)\s+)?"
            r"(?:beleids)?doelstelling(?:en)?\b",
            re.IGNORECASE,
        ),
        Level.OBJECTIVE,
    ),
    (
        re.compile(r"^(?:(?:niet[- ])?(?:prioritair|overig)e?\s+)?actieplan\b", re.IGNORECASE),
        Level.PLAN,
    ),
    (
        re.compile(r"^(?:(?:niet[- ])?(?:prioritaire|overige)\s+)?actie\b", re.IGNORECASE),
        Level.ACTION,
    ),
)


def label_level(text: str) -> tuple[Level, int] | None:
    """Return which level a line says it is, and where the saying ends.

    Args:
        text: A line such as ``Actieplan AP-1.4 – Gezinnen``.
    """
    for pattern, level in _LABELS:
        if match := pattern.match(text):
            return level, match.end()
    return None


def is_routine(code: str) -> bool:
    """Return whether a code is of policy that stays as it is, which no objective covers."""
    return bool(_ROUTINE.match(code))


def code_level(code: str) -> Level | None:
    """Return the level that a code speaks for by its letters, or None when it does not."""
    left, _, right = code.rpartition("_")
    if left and any(map(str.isdigit, left)) and any(map(str.isdigit, right)):
        own = code_level(right)
        # AP1_AC2 and 1.1_1.1.2 name the plan first; D1/AP1_D1/AP1/2 names it twice.
        return Level.ACTION if own in (None, Level.PLAN) else own
    runs = list(_RUN.finditer(code))
    for match in reversed(runs):
        level = _PREFIXES.get(match.group().lower())
        if level is not None and re.match(r"[-_./ ]?\d", code[match.end() :]):
            return level
    if runs and runs[0].start() == 0:
        rest = code[runs[0].end() :]
        if not rest or rest[0] in "-_./":
            first = runs[0].group()
            # A lone A is an article, a lone letter a chapter.
            return _PREFIXES.get(first.lower()) if first.isupper() and len(first) > 1 else None
    return None


def names_goal(text: str) -> bool:
    """Return whether a text starts with a goal or target: ``SDG 3 – …``, ``SDG1107 …``."""
    return bool(_GOAL.match(text))


def is_period(text: str) -> bool:
    """Return whether a word is a year or some years: ``2026-2031``."""
    return bool(_PERIOD.match(text))


def is_code(text: str) -> bool:
    """Return whether a word may be a code, read without knowing its place."""
    if not 1 <= len(text) <= 40 or not _SHAPE.match(text):
        return False
    if text.startswith("SDG") or is_period(text):
        return False
    if is_routine(text):
        return True
    letters = [char for char in text if char.isalpha()]
    if any(map(str.isdigit, text)):
        # A few lower-case letters happen (Actie12, 1.a); a word with a figure (covid-19) does not.
        few = sum(map(str.islower, letters)) <= 1
        return few or code_level(text) is not None or bool(_WORDY.match(text))
    return bool(_CAPITALS.match(text))


def is_sure_code(text: str) -> bool:
    """Return whether a word is a code wherever it starts a line."""
    has_digit = any(map(str.isdigit, text))
    return is_code(text) and (is_routine(text) or (has_digit and code_level(text) is not None))


def is_bare_prefix(text: str) -> bool:
    """Return whether a word is the letters of a code whose figures follow after a space."""
    return text.isupper() and text.lower() in _PREFIXES


def family(code: str) -> str:
    """Return what kind of code it is, so that codes of one level are alike.

    Codes with telling letters are alike by their level, others by their depth.
    """
    level = code_level(code)
    if level is not None:
        return level.name
    if is_routine(code) or not any(map(str.isdigit, code)):
        return "word"
    return f"depth {depth(code)}"


def depth(code: str) -> int:
    """Return how deep a code of figures stands: 1 for ``1.`` and ``12``, 3 for ``1.2.3``.

    Figures without marks between them count in pairs: ``3SBS07`` is above ``3SBS0701``.
    """
    parts = [part for part in re.split(r"[^\w&]+|_", code) if part]
    return len(parts) if len(parts) > 1 else (sum(map(str.isdigit, code)) + 1) // 2
