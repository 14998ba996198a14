"""Heads of tables: which columns hold the amounts of which year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sdgalign.documents import PrintedWord
from sdgalign.plans.rows import Row

_YEAR = re.compile(r"^(?:20[1-5]\d)$")
_PERIOD = re.compile(r"^20[1-5]\d\s?[-–/]\s?(?:20)?[1-5]\d$")
_TOTAL = frozenset("totaal totalen total som".split())
_MONEY = frozenset(
    "raming ramingen geraamd geraamde bedrag bedragen budget krediet kredieten uitgave uitgaven "
    "kost kosten kostprijs kostenraming investering investeringen middelen amount euro eur "
    "transactiekrediet ontvangsten ontvangst saldo netto".split()
)
_TEXT = frozenset(
    "code codes nr nummer actienummer omschrijving beschrijving titel toelichting actie acties "
    "actieplan actieplannen beleidsdoelstelling beleidsdoelstellingen doelstelling bd ap ac "
    "naam korte lange tekst description action objective plan".split()
)
_FILLERS = frozenset(
    "mjp mjp1 meerjarenplan jaar van de het in per en x 1.000 1000 duizend € k€ (€) (euro) "
    "exploitatie prioritair".split()
)
_PHRASE_GAP = 0.8
"""Gap, in font sizes, between the names of two columns."""


@dataclass(frozen=True, slots=True)
class HeadCell:
    """One column of amounts as the head of its table names it."""

    x0: float
    x1: float
    year: int | None
    """None for a total."""
    is_total: bool = False
    """Whether it is called so; a lone column of money is one too."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table."""

    amounts: tuple[HeadCell, ...]
    texts: int
    """Number of words that name columns of text: with one only, rows hold a code and amounts."""


def read_head(row: Row) -> Head | None:
    """Return what a row says of the columns under it, or None when it is no head."""
    kinds = [_kind(word.text) for word in row.words]
    if None in kinds or len(kinds) < 2:
        return None
    has_text = kinds.count("text")
    has_money = any(kind in {"year", "total", "money"} for kind in kinds)
    if not (has_text and has_money) and has_text < 2 and kinds.count("year") < 2:
        return None
    cells: list[HeadCell] = []
    for words in _phrases(row.words):
        named = [_kind(word.text) for word in words]
        x0, x1 = words[0].box.x0, words[-1].box.x1
        if "total" in named or "period" in named:
            cells.append(HeadCell(x0, x1, None, is_total=True))
        elif "year" in named:
            cells += [
                HeadCell(
                    x0 if named.count("year") == 1 else word.box.x0, word.box.x1, int(word.text)
                )
                for word, kind in zip(words, named, strict=True)
                if kind == "year"
            ]
        elif "money" in named:
            cells.append(HeadCell(x0, x1, None))
    return Head(tuple(cells), has_text)


def _kind(text: str) -> str | None:
    bare = text.strip(".:;()").lower()
    if _YEAR.match(bare):
        return "year"
    if _PERIOD.match(bare):
        return "period"
    for kind, words in (("total", _TOTAL), ("money", _MONEY), ("text", _TEXT)):
        if bare in words:
            return kind
    return "filler" if bare in _FILLERS or text.lower() in _FILLERS or not bare else None


def _phrases(words: Sequence[PrintedWord]) -> list[list[PrintedWord]]:
    phrases = [[words[0]]]
    for before, word in pairwise(words):
        if word.box.x0 - before.box.x1 > _PHRASE_GAP * word.size:
            phrases.append([])
        phrases[-1].append(word)
    return phrases
