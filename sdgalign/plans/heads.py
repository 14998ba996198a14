"""Heads of tables: which columns hold the amounts of which year, and which level stands where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sdgalign.documents import PrintedWord
from sdgalign.plans.codes import Level
from sdgalign.plans.flows import FLOW_WORDS, Flow, phrases, read_label
from sdgalign.plans.rows import Row

_YEAR = re.compile(r"^(?:20[1-5]\d)$")
_PERIOD = re.compile(r"^20[1-5]\d\s?[-–/]\s?(?:20)?[1-5]\d$")
_TOTAL = frozenset("totaal totalen total som".split())
_MONEY = frozenset(
    "raming ramingen geraamd geraamde bedrag bedragen budget krediet kredieten kostprijs "
    "kostenraming investering investeringen middelen amount euro eur transactiekrediet".split()
) | set(FLOW_WORDS)
_TEXT = frozenset(
    "code codes nr nummer actienummer omschrijving beschrijving titel toelichting actie acties "
    "actieplan actieplannen beleidsdoelstelling beleidsdoelstellingen doelstelling bd ap ac "
    "naam korte lange tekst description action objective plan strategische "
    "operationele prioritaire beleids maatregel maatregelen "
    "subdoelstelling subdoelstellingen".split()
)
_SORTS = frozenset("soort aard type".split())
"""Names of a column that says what the amounts of a row are."""
_FILLERS = frozenset(
    "mjp mjp1 meerjarenplan jaar van de het in per en x 1.000 1000 duizend € k€ (€) (euro) "
    "exploitatie prioritair sdg sdg's sdg’s sdgs".split()
)
_LEVELS = (
    (Level.PLAN, frozenset("actieplan actieplannen ap".split())),
    (Level.ACTION, frozenset("actie acties ac action maatregel maatregelen".split())),
    (
        Level.OBJECTIVE,
        frozenset(
            "beleidsdoelstelling beleidsdoelstellingen beleids doelstelling doelstellingen bd "
            "objective ambitie".split()
        ),
    ),
)
_BEFORE = frozenset("code codes nr nummer".split())
"""What a column of codes is called, left of that of the texts."""
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class HeadCell:
    """One column of amounts as the head of its table names it."""

    x0: float
    x1: float
    year: int | None
    """None for a total."""
    is_total: bool = False
    """Whether it is called so; a lone column of money is one too."""
    flow: Flow | None = None
    """What it says that its amounts are; None when it does not say."""


@dataclass(frozen=True, slots=True)
class LevelCell:
    """The columns of one level, where levels stand beside each other."""

    level: Level
    x0: float
    """Of the first of its names: ``Code``, ``Actieplan``."""
    x1: float
    """Of the last."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table."""

    amounts: tuple[HeadCell, ...]
    texts: int
    """Number of words that name columns of text: with one only, rows hold a code and amounts."""
    levels: tuple[LevelCell, ...] = ()
    """From left to right; empty when rows of the table are of one level each."""
    text_end: float | None = None
    """Where the texts of the last level end, when another column follows these."""


def read_head(row: Row, above: Head | None = None) -> Head | None:
    """Return what a row says of the columns under it, or None when it is no head.

    Args:
        row: The row.
        above: The head right above it, of which it may be the second line.
    """
    names = phrases(row.words)
    levels, text_end = _levels(names)
    kinds = [_kind(word.text) for word in row.words]
    texts = kinds.count("text")
    has_text = texts + kinds.count("sort")
    has_money = any(kind in {"year", "total", "money"} for kind in kinds)
    if levels and (None not in kinds or has_money or row.bold):
        return Head(tuple(_amounts(names)), texts, levels, text_end)
    if None in kinds:
        return Head(tuple(_amounts(names)), texts) if _has_years_apart(names) else None
    if above is not None and (len(names) > 1 or read_label(row.text) is None):
        return _joined(above, _amounts(names), texts)
    if len(kinds) < 2:
        return None
    if not (has_text and has_money) and has_text < 2 and kinds.count("year") < 2:
        return None
    return Head(tuple(_amounts(names)), texts)


def _has_years_apart(names: Sequence[Sequence[PrintedWord]]) -> bool:
    """Whether years stand by themselves one after the other, whatever else is named."""
    years = [int(_bare(name[0].text)) for name in names if len(name) == 1 and _is_year(name)]
    return len(years) > 2 and all(after == before + 1 for before, after in pairwise(years))


def _is_year(name: Sequence[PrintedWord]) -> bool:
    return _kind(name[0].text) == "year"


def _amounts(names: Sequence[Sequence[PrintedWord]]) -> list[HeadCell]:
    cells: list[HeadCell] = []
    for words in names:
        named = [_kind(word.text) for word in words]
        flows = [FLOW_WORDS[_bare(word.text)] for word in words if _bare(word.text) in FLOW_WORDS]
        flow = flows[0] if flows else None
        x0, x1 = words[0].box.x0, words[-1].box.x1
        if "total" in named or "period" in named:
            cells.append(HeadCell(x0, x1, None, is_total=True, flow=flow))
        elif "year" in named:
            cells += [
                HeadCell(
                    x0 if named.count("year") == 1 else word.box.x0,
                    x1 if named.count("year") == 1 else word.box.x1,
                    int(_bare(word.text)),
                    flow=flow,
                )
                for word, kind in zip(words, named, strict=True)
                if kind == "year"
            ]
        elif "money" in named:
            cells.append(HeadCell(x0, x1, None, flow=flow))
    return cells


def _joined(above: Head, cells: Sequence[HeadCell], texts: int) -> Head:
    """Join the two lines of a head: years over expenditure and receipts, or the other way."""
    one, other = sorted((above.amounts, tuple(cells)), key=len)
    if not one:
        return Head(other, above.texts + texts, above.levels, above.text_end)
    ratio, rest = divmod(len(other), len(one))
    joined: list[HeadCell] = []
    used = set[int]()
    for number, cell in enumerate(other):
        # Names over several columns stand at the left, in the middle or at the right of these.
        over = (
            number // ratio
            if not rest
            else max((n for n, each in enumerate(one) if each.x0 <= cell.x1), default=0)
        )
        used.add(over)
        name = one[over]
        joined.append(
            HeadCell(
                cell.x0,
                cell.x1,
                name.year if cell.year is None else cell.year,
                cell.is_total or name.is_total,
                cell.flow or name.flow,
            )
        )
    joined += [cell for number, cell in enumerate(one) if number not in used]
    joined.sort(key=lambda cell: cell.x1)
    return Head(tuple(joined), above.texts + texts, above.levels, above.text_end)


def _levels(names: Sequence[Sequence[PrintedWord]]) -> tuple[tuple[LevelCell, ...], float | None]:
    """Return the levels that stand beside each other, and where the texts of the last end."""
    found: list[LevelCell] = []
    code: float | None = None
    end: float | None = None
    for words in names:
        bare = [_bare(word.text) for word in words]
        named = [level for level, known in _LEVELS if known & set(bare)]
        if len(named) == 1 and len(words) <= _LONGEST_NAME and not _is_money(words):
            x0 = words[0].box.x0 if code is None else code
            found.append(LevelCell(named[0], x0, words[-1].box.x1))
            code, end = None, None
        elif set(bare) <= _BEFORE:
            code = words[0].box.x0
        elif set(bare) <= _TEXT and found and end is None:
            found[-1] = replace(found[-1], x1=words[-1].box.x1)
        elif end is None:
            end = words[0].box.x0
    levels = [cell.level for cell in found]
    if len(found) == len(Level):
        ordered = _in_order(levels)
        found = [replace(cell, level=level) for level, cell in zip(ordered, found, strict=True)]
    levels = [cell.level for cell in found]
    if Level.ACTION not in levels or len(found) < 2 or len(set(levels)) < len(found):
        return (), None
    return tuple(found), end


def _in_order(levels: Sequence[Level]) -> Sequence[Level]:
    """Name the levels of three columns: strategic and operational objectives are two levels."""
    return levels if len(set(levels)) == len(levels) else tuple(Level)


def _is_money(words: Sequence[PrintedWord]) -> bool:
    return any(_kind(word.text) in {"year", "total", "money", "period"} for word in words)


def _bare(text: str) -> str:
    return text.strip(".:;()-").lower()


def _kind(text: str) -> str | None:
    bare = _bare(text)
    if _YEAR.match(bare):
        return "year"
    if _PERIOD.match(bare):
        return "period"
    for kind, words in (("total", _TOTAL), ("money", _MONEY), ("text", _TEXT), ("sort", _SORTS)):
        if bare in words:
            return kind
    return "filler" if bare in _FILLERS or text.lower() in _FILLERS or not bare else None
