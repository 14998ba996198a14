"""Which column of a data file holds what, whatever the export calls it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sdgalign.plans.flows import FLOW_WORDS, Flow

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
_SORTS = {"soort", "aard", "type", "verrichting", "stroom"}
"""What a column is called that says of each row whether it is spent or received."""
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
    receipt_years: dict[int, str] = field(default_factory=dict)
    receipts: str | None = None
    """Of the column of their total."""
    received: str | None = None
    """Likewise, where it may hold an object with a year each too."""
    sort: str | None = None
    """Of the column that says whether the amounts of a row are spent or received."""
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
    flow = next((FLOW_WORDS[word] for word in words if word in FLOW_WORDS), None)
    if known & _SORTS and not known & (_CODES | _TOTALS) and flow is None:
        fields.sort = fields.sort or name
    elif level is not None and flow is None and not known & _TOTALS:
        kinds = (
            fields.codes if known & _CODES else fields.shorts if known & _SHORT else fields.longs
        )
        kinds.setdefault(level, name)
    elif known & _NIS:
        fields.nis_code = fields.nis_code or name
    elif known & _MUNICIPALITY:
        fields.municipality = fields.municipality or name
    elif flow is not Flow.NET:
        _place_money(fields, name, words, flow)


def _place_money(fields: Fields, name: str, words: Sequence[str], flow: Flow | None) -> None:
    known = set(words)
    years = [int(word) for word in words if _YEAR.fullmatch(word)]
    is_total = bool(known & {"total", "totaal", "eur"})
    if flow is Flow.RECEIPT:
        if len(years) == 1:
            fields.receipt_years.setdefault(years[0], name)
        elif not years and is_total:
            fields.receipts = fields.receipts or name
        elif not years:
            fields.received = fields.received or name
    elif len(years) == 1:
        fields.years.setdefault(years[0], name)
    elif known & _YEARLY and not is_total:
        fields.yearly = fields.yearly or name
    elif known & _TOTALS or flow is not None:
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
