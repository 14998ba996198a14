"""Every word that sdgalign says in a report or a table, per language, from one catalogue."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files

NO_BREAK = "\u00a0"
"""Keeps a number and what it counts on one line."""


class Texts:
    """The interface strings of one language, and how it writes numbers and dates.

    Args:
        language: ``nl`` or ``en``.
        entries: The catalogue.
    """

    def __init__(self, language: str, entries: Mapping[str, str]) -> None:
        self.language = language
        self._entries = entries

    def __getitem__(self, key: str) -> str:
        try:
            return self._entries[key]
        except KeyError:
            raise KeyError(f"no {self.language} text {key!r} in the catalogue") from None

    def keys(self) -> frozenset[str]:
        """Return the keys of the catalogue."""
        return frozenset(self._entries)

    def fill(self, key: str, **values: object) -> str:
        """Return a text with its ``{fields}`` filled in; whole numbers are grouped."""
        return self[key].format(**{name: self._value(value) for name, value in values.items()})

    def count(self, key: str, n: int, **values: object) -> str:
        """Return ``key_one`` when ``n`` is 1, else ``key_many``; ``{n}`` is the number."""
        return self.fill(f"{key}_one" if n == 1 else f"{key}_many", n=n, **values)

    def number(self, value: float) -> str:
        """Return a whole number with the language's thousands mark."""
        return f"{value:,.0f}".replace(",", self["format.thousands"])

    def score(self, value: float) -> str:
        """Return a score of 0 to 100 without decimals, halves up.

        Rounded to the decimal of the payload first, so that all reports show the same number.
        """
        return f"{math.floor(round(value, 1) + 0.5):d}"

    def signed(self, value: float) -> str:
        """Return a change of a score, rounded like one, with its sign."""
        rounded = self.score(abs(value))
        sign = "" if rounded == "0" else "+" if value > 0 else "−"
        return f"{sign}{rounded}"

    def euro(self, value: float) -> str:
        """Return a whole amount: ``€ 1.250.000``, ``€1,250,000``."""
        sign = "-" if round(value) < 0 else ""
        return f"{sign}{self['format.euro']}{self.number(abs(round(value)))}"

    def percent(self, share: float) -> str:
        """Return a share of 0 to 1 in whole per cents; only exactly all and none are 100 and 0."""
        sign = self["format.percent"]
        if 0 < share < 0.01:
            return f"<{NO_BREAK}1{sign}"
        if 0.99 < share < 1:
            return f">{NO_BREAK}99{sign}"
        return f"{share * 100:.0f}{sign}"

    def date(self, timestamp: str) -> str:
        """Return the day of an ISO 8601 timestamp, written out."""
        day = datetime.fromisoformat(timestamp)
        return f"{day.day}{NO_BREAK}{self[f'month.{day.month}']} {day.year}"

    def join(self, parts: list[str]) -> str:
        """Return an enumeration: "a, b en c"."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self['and']} {parts[-1]}"

    def likelihood(self, probability: float) -> str:
        """Return a calibrated probability in words."""
        for floor in (90, 75, 50):
            if probability * 100 >= floor:
                return self[f"likelihood.{floor}"]
        return self["likelihood.0"]

    def _value(self, value: object) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            return self.number(value)
        return str(value)


@cache
def texts(language: str) -> Texts:
    """Load the catalogue of a language.

    Raises:
        ValueError: When sdgalign does not speak it.
    """
    if language not in ("nl", "en"):
        raise ValueError(f"no texts in {language!r}; there are nl and en")
    source = files("sdgalign.reports") / "templates" / f"texts-{language}.json"
    return Texts(language, json.loads(source.read_text(encoding="utf-8")))
