"""Belgian municipalities: their NIS codes and names, before and after mergers.

``data/municipalities.csv`` has every code in use since 2018, with what came after it. It is made by
``evaluation/municipalities.py`` from public facts.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from sdgalign.errors import InputError

_PREFIX = re.compile(
    r"^(?:(?:de |het )?(?:gemeente|stad|gemeentebestuur|stadsbestuur|lokaal bestuur|bestuur|ocmw)"
    r"(?: (?:en|&) ocmw)? |(?:la )?(?:ville|commune) d[eu'’] ?|(?:die )?(?:stadt|gemeinde) "
    r"|(?:the )?(?:city|town|municipality) of )"
)
_SUFFIX = re.compile(r" (?:stad|gemeente|ocmw|\([^)]*\))$")
_WRITTEN_OUT = (
    (re.compile(r"\bst(?:e)?\b[. -]*"), "sint "),
    (re.compile(r"\bo/d\b"), "op den"),
    (re.compile(r"\ba/d\b"), "aan de"),
    (re.compile(r"\ba/z\b"), "aan zee"),
    (re.compile(r"\bsaint[e]?\b"), "sint"),
)
_ENGLISH = {
    "antwerp": "antwerpen",
    "ghent": "gent",
    "brussels": "brussel",
    "brussel stad": "brussel",
    "ostend": "oostende",
}
"""What no official list has."""
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality under one code."""

    nis_code: str
    name: str
    """In its official language; Dutch in Brussels."""
    names: tuple[str, ...]
    """In Dutch, French and German, each once."""
    language: str
    """The official one: ``nl``, ``fr`` or ``de``; both in Brussels: ``nl fr``."""
    province: str
    """Its Dutch name; ``Brussel`` in that region."""
    since: int | None
    """First year of the code, when that is later than 2018."""
    until: int | None
    """Last year of the code; None when it is in use."""
    successor: str
    """Code of what it went up in; empty when it is in use."""

    def is_valid(self, year: int) -> bool:
        """Return whether the code was in use in a year."""
        return (self.since or 0) <= year <= (self.until or 9999)


@dataclass(frozen=True, slots=True)
class Found:
    """A municipality and what is to be said of how it was found."""

    municipality: Municipality
    note: str = ""
    """A sentence, such as that a code is obsolete; empty when all is as it should be."""


@cache
def municipalities() -> Mapping[str, Municipality]:
    """Return all municipalities since 2018 by their code, ascending."""
    path = files("sdgalign.corpus") / "data" / "municipalities.csv"
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    return {row["nis_code"]: _municipality(row) for row in rows}


def _municipality(row: Mapping[str, str]) -> Municipality:
    dutch, french, german = row["name"], row["fr"] or row["name"], row["de"] or row["name"]
    official = {"fr": french, "de": german}.get(row["official"], dutch)
    return Municipality(
        nis_code=row["nis_code"],
        name=official,
        names=tuple(dict.fromkeys((official, dutch, french, german))),
        language=row["official"],
        province=row["province"],
        since=int(row["since"]) if row["since"] else None,
        until=int(row["until"]) if row["until"] else None,
        successor=row["successor"],
    )


def predecessors(nis_code: str) -> tuple[Municipality, ...]:
    """Return the municipalities that went up in one, by code; itself when it grew is not in it."""
    return tuple(each for each in municipalities().values() if each.successor == nis_code)


def find_municipality(name: str = "", nis_code: str = "", year: int | None = None) -> Found:
    """Find a municipality by name, code or both.

    Args:
        name: In any official language and spelling: capitals, accents, hyphens and words such as
            "gemeente" do not matter.
        nis_code: Five digits; may be obsolete.
        year: Of the document. A municipality that has merged since is left as it was then; without
            a year it gives what it went up in, with a note.

    Raises:
        InputError: When there is none, more than one, or name and code say different things; says
            what is near.
    """
    by_code = municipalities().get(nis_code)
    if not name.strip():
        if by_code is None:
            raise InputError(f"{nis_code!r} is no NIS code of a municipality since 2018.")
        return _in_year(by_code, year)
    named = _named(name, year)
    if by_code is not None and not named:
        return _in_year(by_code, year, f"The name {name!r} is not known; the code decided.")
    if not named:
        raise InputError(f"{name!r} is no municipality.{_near(name)}")
    if by_code is not None:
        return _agreed(by_code, named, name, year)
    if len(named) > 1:
        options = " and ".join(f"{each.name} ({each.nis_code})" for each in named)
        raise InputError(f"{name!r} is the name of {options}. Give the NIS code.")
    unknown = f"{nis_code} is no NIS code in use since 2018; the name decided." if nis_code else ""
    return _in_year(named[0], year, unknown)


def is_municipality(name: str) -> bool:
    """Return whether a name is that of a municipality, now or since 2018."""
    return spell(name) in _index()


def is_code(nis_code: str) -> bool:
    """Return whether a code is that of a municipality, now or since 2018."""
    return nis_code in municipalities()


def nearest_names(name: str) -> list[str]:
    """Return the names that are spelt most like one that is not known."""
    near = difflib.get_close_matches(spell(name), _index(), n=_NEAR, cutoff=0.7)
    return list(dict.fromkeys(_index()[each][0].name for each in near))


@lru_cache(10_000)
def spell(name: str) -> str:
    """Return the letters of a name that spellings agree on."""
    text = re.sub(r"[\s_–-]+", " ", unaccented(name)).strip()
    text = _SUFFIX.sub("", _PREFIX.sub("", text))
    for pattern, written in _WRITTEN_OUT:
        text = pattern.sub(written, text)
    text = _ENGLISH.get(text, text)
    return re.sub(r"[^a-z0-9]", "", text)


def unaccented(text: str) -> str:
    """Return a text in small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


@cache
def _index() -> Mapping[str, Sequence[Municipality]]:
    """Return the municipalities by spelling; an official name goes before the other languages."""
    official: dict[str, list[Municipality]] = defaultdict(list)
    others: dict[str, list[Municipality]] = defaultdict(list)
    for each in municipalities().values():
        for at, name in enumerate(each.names):
            (others if at else official)[spell(name)].append(each)
    return {**others, **official}


def _named(name: str, year: int | None) -> list[Municipality]:
    """Return the municipalities of a name: of one that changed its code, the code of the year."""
    found = _index().get(spell(name), ())
    if year is None:
        fitting = [each for each in found if each.until is None]
    else:
        fitting = [each for each in found if each.is_valid(year)]
    return fitting or list(found)[-1:]


def _in_year(found: Municipality, year: int | None, note: str = "") -> Found:
    """Return what a municipality was in a year, with a note when that is another one."""
    place = found
    while place.successor and not (year is not None and place.is_valid(year)):
        place = municipalities()[place.successor]
    if place is found:
        return Found(place, note)
    if place.name == found.name:
        became = (
            f"{place.name} has the code {place.nis_code} since {place.since or _next(found)} "
            f"instead of {found.nis_code}."
        )
    else:
        became = (
            f"{found.name} ({found.nis_code}) is part of {place.name} ({place.nis_code}) "
            f"since {_next(found)}."
        )
    return Found(place, f"{note} {became}".strip())


def _next(found: Municipality) -> int:
    return (found.until or 0) + 1


def _agreed(
    by_code: Municipality, named: Sequence[Municipality], name: str, year: int | None
) -> Found:
    coded = _in_year(by_code, year)
    results = {_in_year(each, year).municipality for each in named}
    if coded.municipality in results:
        return coded
    later = {_in_year(each, None).municipality for each in named}
    if _in_year(by_code, None).municipality in later:
        # A party of 2024 writes for the municipality of 2025.
        return Found(next(each for each in named), coded.note)
    raise InputError(
        f"{name!r} and NIS code {by_code.nis_code} ({by_code.name}) are different municipalities. "
        "Correct one of them."
    )


def _near(name: str) -> str:
    near = nearest_names(name)
    return f" Near: {', '.join(near)}." if near else " Write its name as the municipality does."
