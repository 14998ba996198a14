"""Levels of entries: labels first, then codes, amounts, looks and order together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from sdgalign.plans.codes import Level, code_level, depth, family, is_routine
from sdgalign.plans.entry import Entry, Style

_PAID, _FREE = 0.6, 0.1
"""Shares of entries with amounts: at least the first in a group of actions, at most the second in
a group of plans or objectives without sums."""
_WORD = "word"
"""The family of codes without figures."""
_NESTED = 0.9
"""Share of codes of figures, at least, that go on from another where codes are nested."""
_NEAR = 2.0
"""Points by which left edges of one level differ."""


@dataclass(slots=True)
class _Group:
    """Entries that look alike and have codes of one kind: all of one level."""

    style: Style
    family: str
    numbers: list[int] = field(default_factory=list)
    level: Level | None = None
    paid: float = 0.0
    """Share of them with amounts."""

    def looks_like(self, other: _Group) -> bool:
        return _same_style(self.style, other.style) and (self.paid >= _PAID) == (
            other.paid >= _PAID
        )


def find_levels(entries: Sequence[Entry]) -> list[Level]:
    """Return the level of each entry."""
    groups = _groups(entries)
    _by_code(groups, entries)
    _by_nesting(groups, entries)
    _by_amounts(groups, entries)
    _by_runs(groups, entries)
    _by_looks(groups)
    _by_depth(groups, entries)
    _by_order(groups, entries)
    levels: dict[int, Level] = {
        number: group.level or Level.OBJECTIVE for group in groups for number in group.numbers
    }
    return [
        entry.level if entry.level is not None else levels[number]
        for number, entry in enumerate(entries)
    ]


def _groups(entries: Sequence[Entry]) -> list[_Group]:
    groups: list[_Group] = []
    for number, entry in enumerate(entries):
        if entry.level is not None:
            continue
        style, kind = entry.style, family(entry.code)
        is_paid = entry.money is not None
        for group in groups:
            # Without letters that tell, amounts part a plan from an action of the same code.
            same = kind in Level.__members__ or is_paid == (group.paid > 0)
            if group.family == kind and same and _same_style(group.style, style):
                group.numbers.append(number)
                break
        else:
            groups.append(_Group(style, kind, [number], paid=float(is_paid)))
    for group in groups:
        group.paid = sum(entries[n].money is not None for n in group.numbers) / len(group.numbers)
    return groups


def _same_style(style: Style, other: Style) -> bool:
    if abs(style.x0 - other.x0) > _NEAR or style.code != other.code:
        return False
    return style.text is None or other.text is None or style.text == other.text


def _by_code(groups: Iterable[_Group], entries: Sequence[Entry]) -> None:
    for group in groups:
        code = entries[group.numbers[0]].code
        group.level = code_level(code)
        if is_routine(code) and group.level is None:
            # Routine policy has no objective: what is free of amounts is its action plan.
            group.level = Level.ACTION if group.paid else Level.PLAN


def _by_nesting(groups: Sequence[_Group], entries: Sequence[Entry]) -> None:
    """Give codes of figures that go on from each other (1, 1.1, 1.1.1) their levels by depth.

    Amounts do not count then: those of an action plan are the sum of its actions.
    """
    unknown = [group for group in groups if group.level is None and group.family != _WORD]
    codes = [entries[number].code.rstrip(".") for group in unknown for number in group.numbers]
    depths = sorted({depth(code) for code in codes})
    is_free = len(unknown) == sum(group.family != _WORD for group in groups)
    has_labels = any(entry.level is not None for entry in entries)
    if not is_free or has_labels or not 1 < len(depths) <= len(Level):
        return
    deep = [code for code in codes if depth(code) > depths[0]]
    nested = [code for code in deep if re.split(r"[./-](?=[^./-]*$)", code)[0] in codes]
    if len(nested) < _NESTED * len(deep):
        return
    names = dict(zip(reversed(depths), reversed(Level), strict=False))
    for group in unknown:
        group.level = names[depth(entries[group.numbers[0]].code)]


def _by_amounts(groups: Sequence[_Group], entries: Sequence[Entry]) -> None:
    """Correct codes that name another level than their own: all actions may be called ``AP``."""
    labels = {entry.level for entry in entries if entry.level is not None}
    # Routine policy is told by its own codes, which say nothing of the others.
    known = labels | {group.level for group in groups if group.family != _WORD}
    paid = [group for group in groups if group.paid >= _PAID]
    free = [group for group in groups if group.paid <= _FREE]
    if Level.ACTION in known or not (free or labels):
        return
    deepest = [group for group in paid if group.level in (None, Level.PLAN)]
    has_plans = Level.PLAN in labels or any(
        group.level is Level.PLAN and group.family != _WORD for group in free
    )
    if has_plans or len(deepest) == 1:
        for group in deepest:
            group.level = Level.ACTION


def _by_looks(groups: Sequence[_Group]) -> None:
    # Routine policy alone does not show how action plans look.
    has_plans = any(group.level is Level.PLAN and group.family != _WORD for group in groups)
    for group in groups:
        if group.level is None:
            alike = Counter[Level]()
            for other in groups:
                if other.level is not None and group.looks_like(other):
                    alike[other.level] += len(other.numbers)
            if len(alike) == 1 and (has_plans or Level.OBJECTIVE not in alike):
                group.level = alike.most_common(1)[0][0]


def _by_runs(groups: list[_Group], entries: Sequence[Entry]) -> None:
    """Tell objectives from action plans whose codes are alike.

    Of two in a row above actions the first is an objective; one by itself is an action plan.
    """
    named = {entry.level for entry in entries}
    named |= {group.level for group in groups if group.family != _WORD}
    free = [
        group
        for group in groups
        if group.level is None and group.paid <= _FREE and group.family != _WORD
    ]
    deep = {group.family for group in free}
    if len(deep) != 1 or Level.ACTION not in named or named & {Level.OBJECTIVE, Level.PLAN}:
        return
    numbers = sorted(number for group in free for number in group.numbers)
    above = [number for number in numbers if number + 1 in numbers]
    if not above or any(number + 1 in above for number in above):
        return
    for level, own in (
        (Level.OBJECTIVE, above),
        (Level.PLAN, [number for number in numbers if number not in above]),
    ):
        groups.append(_Group(free[0].style, free[0].family, own, level))
    for group in free:
        groups.remove(group)


def _by_depth(groups: Sequence[_Group], entries: Sequence[Entry]) -> None:
    """Give codes of figures their levels by their length: 1, 1.1, 1.1.1."""
    unknown = [group for group in groups if group.level is None and group.family != _WORD]
    depths = {
        id(group): median(depth(entries[number].code) for number in group.numbers)
        for group in unknown
    }
    steps = sorted(set(depths.values()))
    # Routine policy is told by its own codes, which say nothing of the others.
    known = {group.level for group in groups if group.family != _WORD}
    free = [level for level in Level if level not in known]
    if len(steps) > len(free) and free != [Level.PLAN]:
        free = list(Level)
    # Actions are always there; objectives may be what is missing.
    names = dict(zip(reversed(steps), reversed(free), strict=False))
    for group in unknown:
        group.level = names.get(depths[id(group)], Level.OBJECTIVE)


def _by_order(groups: Sequence[_Group], entries: Sequence[Entry]) -> None:
    """Give what is left the level that its place before other entries shows."""
    known: dict[int, Level] = {
        number: group.level
        for group in groups
        if group.level is not None
        for number in group.numbers
    }
    known |= {
        number: entry.level for number, entry in enumerate(entries) if entry.level is not None
    }
    for group in groups:
        if group.level is None:
            group.level = _from_neighbours(group, known)


def _from_neighbours(group: _Group, known: Mapping[int, Level]) -> Level:
    if group.paid >= _PAID:
        return Level.ACTION
    following = [known.get(number + 1) for number in group.numbers]
    before_plans = following.count(Level.PLAN)
    return Level.OBJECTIVE if before_plans > len(following) / 2 else Level.PLAN
