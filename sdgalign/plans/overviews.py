"""Entries that are no nodes: numbered chapters, overviews of what stands elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sdgalign.plans.codes import Level, code_level
from sdgalign.plans.entry import Entry

_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?$")


def without_overviews(entries: Sequence[Entry]) -> list[Entry]:
    """Leave out lists of nodes before and after the tree; what they alone say goes to the tree.

    Args:
        entries: In reading order.
    """
    start = _last_start(entries)
    end = _first_end(entries[:start])
    first, tree, last = entries[:end], entries[end:start], entries[start:]
    # Tables may print a node again beside each of its actions.
    counts = Counter(code for code, _ in {(entry.code, _text(entry)) for entry in tree})
    places = {entry.code: number for number, entry in reversed([*enumerate(tree)])}
    starts_again = any(counts[entry.code] > 1 for entry in (*first, *last))
    if starts_again:
        return [*entries]
    if first and not _skips(places[entry.code] for entry in first):
        first, tree = [], [*first, *tree]
    if not _skips(places[entry.code] for entry in last):
        last, tree = [], [*tree, *last]
    has_money = any(entry.money is not None for entry in tree)
    own = {entry.code: entry for entry in reversed(tree)}
    for entry in (*first, *last):
        _hand_over(entry, own[entry.code], with_money=not has_money)
    return [*tree]


def without_chapters(entries: Sequence[Entry]) -> list[Entry]:
    """Leave out numbered headings that are no nodes.

    They are where labels or letters name the nodes of every level; elsewhere before the first node
    or after the last, when codes do not go on from their numbers.
    """
    named = {
        entry.level if entry.level is not None else code_level(entry.code) for entry in entries
    }
    named.discard(None)
    if named.issuperset(Level):
        return [entry for entry in entries if not _is_numbered(entry)]
    figures = [re.findall(r"\d+", entry.code) for entry in entries]
    above = {each[0] for each in figures if len(each) > 1}
    nodes = [
        number
        for number, entry in enumerate(entries)
        if not _is_numbered(entry) or len(figures[number]) > 1 or figures[number][0] in above
    ]
    return [*entries] if named or not nodes else [*entries[nodes[0] : nodes[-1] + 1]]


def _is_numbered(entry: Entry) -> bool:
    return entry.level is None and bool(_NUMBER.match(entry.code))


def _last_start(entries: Sequence[Entry]) -> int:
    """Return the place after the last entry whose code is not in an entry before it."""
    seen: set[str] = set()
    start = 0
    for number, entry in enumerate(entries, 1):
        if entry.code not in seen or not any(map(str.isdigit, entry.code)):
            start = number
        seen.add(entry.code)
    return start


def _first_end(entries: Sequence[Entry]) -> int:
    """Return the place of the first entry whose code is in none after it, or of its parents.

    A table may print parents again beside each action: they start where the first code comes back.
    """
    end = len(entries) - _last_start([*reversed(entries)])
    again = [number for number in range(1, end) if entries[number].code == entries[0].code]
    return again[-1] if again else end


def _hand_over(entry: Entry, own: Entry, *, with_money: bool) -> None:
    own.lines = own.lines or entry.lines
    own.ledger = entry.ledger if with_money else own.ledger
    own.pages = sorted({*own.pages, *entry.pages})


def _skips(places: Iterable[int]) -> bool:
    """Whether nodes follow each other in an overview that do not in the tree.

    Where codes start again under each action plan, all of them do.
    """
    return any(after - before > 1 for before, after in pairwise(sorted(places)))


def _text(entry: Entry) -> str:
    return " ".join(word.text for line in entry.lines[:1] for word in line)
