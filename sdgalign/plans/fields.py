"""Which column of a data file holds what, whatever the export calls it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_LEVELS = (
    ("plan", {"ap", "actieplan", "actieplannen"}),
    ("objective", {"bd", "beleidsdoelstelling", "doelstelling", "objective", "sd"}),
    ("action", {"ac", "act", "actie", "acties", "action"}),
)
"""``plan`` is last to be told: an action plan has "action" in its English name."""
_CODES = {"code", "nr", "nummer", "id", "number", "codes"}
_SHORT = {"short", "kort", "korte", "naam", "name", "titel", "title"}
_TOTALS = {"total", "totaal", "bedrag", "amount", "raming", "budget", "eur", "som"}
_MUNICIPALITY = {"municipality", "gemeente", "bestuur", "stad", "gemeentenaam", "bestuursnaam"}
_NIS = {"nis", "niscode", "refnis"}
_YEARLY = {"yearly", "amounts", "years", "jaarbedragen"}
_YEAR = re.compile(r"20[1-5]\d")
_WORD = re.compile(r"[a-z]+|\d+")


@dataclass(slots=True)
class Fields:
    """For each thing the name of its column; a missing one has none."""

    codes: dict[str, str] = field(default_factory=dict)
    """By level: objective, plan or action."""
    shorts: dict[str, str] = field(default_factory=dict)
    longs: dict[str, str] = field(default_factory=dict)
    years: dict[int, str] = field(default_factory=dict)
    yearly: str | None = None
    """A column of objects with a year each."""
    total: str | None = None
    municipality: str | None = None
    nis_code: str | None = None

    @property
    def missing(self) -> list[str]:
        """Return the levels that no column tells of."""
        return [
            level
            for level in ("objective", "plan", "action")
            if not any(level in names for names in (self.codes, self.shorts, self.longs))
        ]


def find_fields(names: Sequence[str]) -> Fields:
    """Match column names in Dutch or English, with capitals, signs and order as they come.

    Args:
        names: As in the file; of two for one thing the first is taken.
    """
    fields = Fields()
    for name in names:
        _place(fields, name, _words(name))
    return fields


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    # yearlyAmounts, BDCode
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", plain)
    return _WORD.findall(spaced.lower())


def _place(fields: Fields, name: str, words: Sequence[str]) -> None:
    known = set(words)
    level = _level(known)
    years = [word for word in words if _YEAR.fullmatch(word)]
    if level is not None and not known & _TOTALS:
        kinds = (
            fields.codes if known & _CODES else fields.shorts if known & _SHORT else fields.longs
        )
        kinds.setdefault(level, name)
    elif len(years) == 1:
        fields.years.setdefault(int(years[0]), name)
    elif known & _NIS:
        fields.nis_code = fields.nis_code or name
    elif known & _MUNICIPALITY:
        fields.municipality = fields.municipality or name
    elif known & _YEARLY and not known & {"total", "totaal"}:
        fields.yearly = fields.yearly or name
    elif known & _TOTALS:
        fields.total = fields.total or name


def _level(words: set[str]) -> str | None:
    if {"action", "plan"} <= words or (words & {"plan"} and not words & {"action", "actie"}):
        return "plan"
    return next((level for level, names in _LEVELS if words & names), None)


def describe_missing(fields: Fields, names: Sequence[str]) -> str:
    """Return what is missing and what is there, for a message."""
    wanted: Mapping[str, str] = {
        "objective": "objective (bd_code or beleidsdoelstelling)",
        "plan": "action plan (ap_code or actieplan)",
        "action": "action (ac_code or actie)",
    }
    missing = " and ".join(wanted[level] for level in fields.missing)
    seen = ", ".join(name for name in names if name.strip()) or "none"
    return f"has no column for the {missing} (columns: {seen})"
