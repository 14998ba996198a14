"""What speaks against a tree that was recovered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sdgalign.plans.codes import Level, code_level, is_routine
from sdgalign.plans.entry import Entry
from sdgalign.plans.plan import Plan
from sdgalign.plans.rows import Row

_USUALLY = 0.8
"""Share of actions that carry the code of their action plan, from which the others are odd."""
_FEWEST = 5
_PAID = 0.6
"""Share of actions with amounts, at least, where neither labels nor letters name the levels."""
_NAMED = 0.3
"""Share of the entries of a plan, at least, that are surely its own."""
_OWN_WORDS = re.compile(
    r"meerjarenplan|doelstellingenboom|strategische nota|beleidsdoelstelling",
    re.IGNORECASE,
)


def odd_pages(plan: Plan) -> set[int]:
    """Return the pages with actions whose code says that they belong elsewhere.

    Where nearly all codes go on from that of their action plan (1.2 › 1.2.3), one that does not
    may have been put under the wrong one.
    """
    fits: list[tuple[bool, tuple[int, ...]]] = []
    for _, action_plan, action in plan.actions():
        above, own = _figures(action_plan.code), _figures(action.code)
        if above and own and not is_routine(action_plan.code):
            fits.append((own[: len(above)] == above and len(own) > len(above), action.pages))
    is_usual = len(fits) >= _FEWEST and sum(fit for fit, _ in fits) >= _USUALLY * len(fits)
    return {page for fit, pages in fits for page in pages[:1] if is_usual and not fit}


def _figures(code: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", code))


def is_plan(entries: Sequence[Entry], levels: Sequence[Level], rows: Iterable[Row]) -> bool:
    """Return whether entries are those of a plan, and not numbered headings or points of a list.

    Labels or the letters of codes name two levels for a good part of the entries; or most actions
    have amounts, with years, or as the usual entry of a document that calls itself a plan.
    """
    pairs = list(zip(entries, levels, strict=True))
    named = [
        level
        for entry, level in pairs
        if entry.code and level in (entry.level, code_level(entry.code))
    ]
    is_named = len(named) >= _NAMED * len(pairs)
    if is_named and Level.ACTION in named and len(set(named)) > 1:
        return True
    money = [entry.money for entry, level in pairs if level is Level.ACTION]
    paid = [each for each in money if each is not None]
    if not paid or len(paid) < _PAID * len(money):
        return False
    if sum(bool(each.years) for each in paid) > len(paid) / 2:
        return True
    return len(paid) >= _NAMED * len(pairs) and any(_OWN_WORDS.search(row.text) for row in rows)
