"""Texts that only hold amounts, years and periods: never evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

_YEAR = re.compile(r"(?:19|20)\d{2}$")
_LEAST_YEARS = 3
"""A row with so many years is the head of a table of figures."""
_WORD = re.compile(r"(?<![\w-])[^\W\d_]{3,}(?![\w-]*\d)(?!-)")
"""A word of a language, and no part of a code (``GBB-FIN``) or a unit."""
_PERIODS = frozenset(
    "januari februari maart april mei juni juli augustus september oktober november december"
    " january february march may june july august october"
    " jaar kwartaal maand totaal subtotaal eindtotaal year quarter month total subtotal".split()
)
"""With nothing but these, a row is about amounts."""


def is_figures(text: str, cells: Sequence[str]) -> bool:
    """Return whether a text tells amounts or years and nothing else.

    Args:
        text: The text.
        cells: Of a row of a table; else empty.
    """
    if sum(bool(_YEAR.match(cell)) for cell in cells) >= _LEAST_YEARS:
        return True
    return all(word.lower() in _PERIODS for word in _WORD.findall(text))
