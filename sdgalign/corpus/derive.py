"""What the path of a document tells of it: a first answer, for people to correct."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from sdgalign.corpus.manifest import ManifestRow, complete
from sdgalign.corpus.municipalities import (
    is_code,
    is_municipality,
    municipalities,
    spell,
    unaccented,
)
from sdgalign.documents.formats import SUFFIXES
from sdgalign.errors import InputError
from sdgalign.kinds import DocumentKind, guess_kind
from sdgalign.plans import Plan
from sdgalign.plans.data_files import SUFFIXES as PLAN_SUFFIXES

_PARTIES = {
    "CD&V": "cdv cdenv",
    "N-VA": "nva",
    "Open Vld": "openvld",
    "Anders": "anders",
    "Vooruit": "vooruit",
    "sp.a": "spa",
    "Groen": "groen",
    "Vlaams Belang": "vlaamsbelang vb",
    "PVDA": "pvda ptbpvda pvdaptb",
    "Team Fouad Ahidar": "teamfouadahidar",
    "PS": "ps",
    "MR": "mr",
    "Ecolo": "ecolo",
    "Les Engagés": "lesengages cdh",
    "DéFI": "defi",
    "PTB": "ptb",
    "BBB": "bbb",
    "CDA": "cda",
    "ChristenUnie": "christenunie cu",
    "D66": "d66",
    "DENK": "denk",
    "FVD": "fvd forumvoordemocratie",
    "GroenLinks": "groenlinks gl",
    "GroenLinks-PvdA": "groenlinkspvda glpvda",
    "JA21": "ja21",
    "NSC": "nsc",
    "Partij voor de Dieren": "pvdd partijvoordedieren",
    "PVDS": "pvds",
    "PVV": "pvv",
    "SGP": "sgp",
    "SP": "sp",
    "Volt": "volt",
    "VVD": "vvd",
    "Conservative Party": "conservative conservatives",
    "Green Party": "greenparty",
    "Labour Party": "labour",
    "Liberal Democrats": "libdem libdems liberaldemocrats",
    "Plaid Cymru": "plaidcymru",
    "SNP": "snp",
}
_PARTY_OF = {each: name for name, spellings in _PARTIES.items() for each in spellings.split()}
_DOUBTFUL_PARTIES = frozenset(
    "anders cu defi denk gl groen labour mr ps sp spa vb volt vooruit".split()
)
"""Words and abbreviations that may stand for something else."""
_ORDINARY = frozenset(
    "aat ans as ath balen bergen bever boom bree essen evere forest geel halle ham heers hove "
    "jette kapellen komen landen lede lessen lint lo luik marche mol mons namen niel olen peer "
    "pelt pont spa vorst waver zele".split()
)
"""Municipalities that are words too, in the spelling of names of files."""
_LANGUAGE_WORDS = {
    "nl": "nl ned nederlands dutch",
    "en": "en eng engels english",
    "fr": "fr fra frans francais french",
}
_LANGUAGE_OF = {each: code for code, words in _LANGUAGE_WORDS.items() for each in words.split()}
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)"
    r"(?:[01]\d[0-3]\d|[-–_ ]+(?:(?:19|20)?\d\d))?(?!\d)"
)
"""With a day after it (20240613), or the end of a period (2026-2031, 2026-31)."""
_NIS = re.compile(r"(?<!\d)\d{5}(?!\d)")
_WORD = re.compile(r"[^\W\d_]+[&.][^\W\d_]+|[^\W\d_]+\d{2}(?!\d)|[^\W\d_]+")
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
_LONGEST_NAME, _LONGEST_PARTY = 6, 5
"""Words of a municipality and of a party; capitals inside a word begin a new one."""
_SUFFIXES = SUFFIXES | PLAN_SUFFIXES | {".gz", ".zip"}


@dataclass(frozen=True, slots=True)
class Derived:
    """A row of a manifest and which of its columns are guesses that may well be wrong."""

    row: ManifestRow
    uncertain: frozenset[str] = frozenset()


def derive(path: str, *, part: str = "", plan: Plan | None = None) -> Derived:
    """Derive what is known of a document from its path; from a plan, whose it is.

    The title is left empty: the document itself tells it better.

    Args:
        path: In the folder of the run, with ``/`` (``Lier/2024/groen.pdf``); nearer names go
            before those of outer folders. In an archive ``bundle.zip!Lier/groen.pdf``.
        part: Of a data file.
        plan: In a data file.
    """
    names = _names(path)
    doubts: set[str] = set()
    row = ManifestRow(path, part, year=_year(names, doubts))
    if plan is not None:
        row = replace(
            row,
            kind=DocumentKind.PLAN,
            municipality=plan.municipality,
            nis_code=plan.nis_code,
            year=row.year or _first_year(plan),
        )
    else:
        kind, party = _kind_and_party(names, doubts)
        row = replace(row, kind=kind, party=party)
        row = _placed(row, names, doubts)
    try:
        row, _ = complete(row)
    except InputError:
        doubts |= {"municipality", "nis_code"}
    return Derived(replace(row, language=_language(row, names)), frozenset(doubts))


def _names(path: str) -> list[str]:
    """Return the name of the file without suffixes and those of its folders, the nearest first."""
    *folders, file = PurePosixPath(path.replace("!", "/")).parts
    while PurePosixPath(file).suffix.lower() in _SUFFIXES:
        file = PurePosixPath(file).stem
    return [file, *reversed(folders)]


def _year(names: Sequence[str], doubts: set[str]) -> int | None:
    """Return the year, of a period the first; one that a name gives beside others is doubtful."""
    for name in names:
        found = [int(match[1]) for match in _YEAR.finditer(name)]
        if found:
            if len(set(found)) > 1:
                doubts.add("year")
            return found[0]
    return None


def _first_year(plan: Plan) -> int | None:
    budgets = (action.budget for _, _, action in plan.actions())
    return min((year for budget in budgets if budget for year in budget.years), default=None)


def _kind_and_party(names: Sequence[str], doubts: set[str]) -> tuple[DocumentKind | None, str]:
    """Return kind and party; only manifestos have one, and who names a party likely is one."""
    kind = next(
        (found for name in names if (found := guess_kind(name)) is not DocumentKind.OTHER), None
    )
    if kind not in (None, DocumentKind.MANIFESTO):
        return kind, ""
    for name in names:
        parties = dict(_parties(name))
        if parties:
            if len(parties) > 1 or set(parties.values()) & _DOUBTFUL_PARTIES:
                doubts.add("party")
            if kind is None:
                doubts.add("kind")
            return DocumentKind.MANIFESTO, "-".join(parties)
    return kind, ""


def _parties(name: str) -> Iterator[tuple[str, str]]:
    """Yield the parties in a name, several of a joint list, each with how it is spelt."""
    words = _words(name)
    while words:
        length = next(
            (n for n in range(_LONGEST_PARTY, 0, -1) if _letters(" ".join(words[:n])) in _PARTY_OF),
            0,
        )
        if length:
            spelling = _letters(" ".join(words[:length]))
            yield _PARTY_OF[spelling], spelling
        words = words[max(length, 1) :]


def _placed(row: ManifestRow, names: Sequence[str], doubts: set[str]) -> ManifestRow:
    """Return the row with the municipality that a name gives, by its code or its own name."""
    for name in names:
        code = next(filter(is_code, _NIS.findall(name)), "")
        if code:
            return replace(row, nis_code=code)
        found = next(filter(_is_place, _runs(name, _LONGEST_NAME)), "")
        if found:
            if spell(found) in _ORDINARY and spell(found) == _letters(found):
                doubts |= {"municipality", "nis_code"}
            return replace(row, municipality=found)
    return row


def _is_place(words: str) -> bool:
    """Whether words are a municipality: a word of every day only as a name, or after "stad"."""
    if not is_municipality(words):
        return False
    spelt = spell(words)
    return spelt not in _ORDINARY or words[:1].isupper() or spelt != _letters(words)


def _runs(name: str, longest: int) -> Iterator[str]:
    """Yield every run of words in a name, the longest first."""
    words = _words(name)
    for length in range(min(longest, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _words(name: str) -> list[str]:
    return _WORD.findall(_HUMP.sub(" ", name))


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", unaccented(text))


def _language(row: ManifestRow, names: Sequence[str]) -> str:
    """Return the language: that which ends the name, or names a folder; else that of the place."""
    for name in names:
        last = (_WORD.findall(name) or [""])[-1].lower()
        if last in _LANGUAGE_OF and (last != "en" or len(_WORD.findall(name)) > 1):
            return _LANGUAGE_OF[last]
    place = municipalities().get(row.nis_code)
    return {"nl": "nl", "fr": "fr", "de": "other"}.get(place.language, "") if place else ""
