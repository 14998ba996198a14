"""Codes of goals and targets in a text, as the framework writes them."""

from __future__ import annotations

import re

CODE = r"(?:1[0-7]|0?[1-9])(?:\.(?:\d{1,2}|[a-d]))?"
"""The pattern of a goal (``11``) or a target (``11.7``, ``11.b``)."""
_CODES = re.compile(rf"(?<![\d.]){CODE}(?![\d])")
_RANGE = re.compile(
    r"(?<![\d.])(\d{1,2})\s*(?:-|–|t/m|tot(?: en met)?|t\.e\.m\.|to)\s*(\d{1,2})(?![\d.])"
)
TARGETS = (5, 5, 9, 7, 6, 6, 3, 10, 5, 7, 7, 8, 3, 7, 9, 10, 19)
_LETTERED = (2, 3, 4, 3, 3, 2, 2, 2, 3, 3, 3, 3, 2, 3, 3, 2, 0)
"""Targets per goal with a number and with a letter, 169 together."""


def codes_in(text: str) -> tuple[str, ...]:
    """Return the goals and targets that a text names by their codes, each once."""
    codes: list[str] = []
    for match in _RANGE.finditer(text):
        first, last = int(match[1]), int(match[2])
        if 1 <= first < last <= 17:
            codes.extend(map(str, range(first, last + 1)))
    codes.extend(code for match in _CODES.finditer(text) if (code := valid_code(match[0])))
    return tuple(dict.fromkeys(codes))


def valid_code(code: str) -> str | None:
    """Return the code as the framework writes it, or None when there is no such goal or target."""
    goal, _, target = code.partition(".")
    number = int(goal)
    if not 1 <= number <= 17:
        return None
    if not target:
        return str(number)
    if target.isdigit():
        return f"{number}.{int(target)}" if 1 <= int(target) <= TARGETS[number - 1] else None
    return f"{number}.{target}" if ord(target) - ord("a") < _LETTERED[number - 1] else None
