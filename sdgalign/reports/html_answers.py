"""What the HTML report shows beside quotes: gaps, claims, the filter and the plan of a payload."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sdgalign.reports.html_parts import (
    COVERED,
    RELEVANCES,
    Entry,
    GoalPart,
    Quote,
    counts_in_score,
    near_quote,
)
from sdgalign.reports.texts import Texts


@dataclass(frozen=True, slots=True)
class GapItem:
    """A gap with its target and the passage that comes nearest."""

    gap: Entry
    target: Entry
    goal: Entry
    near: Quote | None


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Gaps that stand together because the same makes them pressing, in the given order."""

    name: str
    """``priority``, ``reference``, ``core`` or ``shared``."""
    items: tuple[GapItem, ...]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """How a goal is named, and what is taken up of it."""

    claim: Entry
    goal: Entry
    codes: tuple[tuple[str, int, tuple[int, ...]], ...]
    """Each code that the document names, how often, and on which pages."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filter can choose from, each with its number of quotes."""

    goals: tuple[tuple[Entry, int], ...]
    targets: tuple[tuple[Entry, tuple[tuple[Entry, int], ...]], ...]
    statuses: Mapping[str, int]
    relevances: Mapping[str, int]
    headings: tuple[tuple[str, int], ...]
    level: int
    """Of the headings in a path, from 0."""

    def heading(self, quote: Quote) -> int:
        """Return the number, from 1, of the heading that a quote stands under; 0 for none."""
        name = quote.path[self.level] if len(quote.path) > self.level else ""
        return next((at for at, (each, _) in enumerate(self.headings, 1) if each == name), 0)


def gap_groups(payload: Entry) -> list[GapGroup]:
    """Return the gaps in the order of the payload, with a name for what they have in common."""
    targets = {target["code"]: target for target in payload["targets"]}
    goals = {goal["code"]: goal for goal in payload["goals"]}
    segments = {segment["id"]: segment for segment in payload["segments"]}

    def item(gap: Entry) -> GapItem:
        target, nearest = targets[gap["target"]], gap["nearest"]
        near = nearest and near_quote(segments[nearest["segment"]], nearest["probability"])
        return GapItem(gap, target, goals[target["goal"]], near)

    return [
        GapGroup(name, tuple(map(item, gaps))) for name, gaps in groupby(payload["gaps"], _pressing)
    ]


def _pressing(gap: Entry) -> str:
    if gap["priority"]:
        return "priority"
    return "reference" if gap["reference"] in COVERED else str(gap["relevance"])


def unassessed(payload: Entry) -> list[tuple[Entry, list[Entry]]]:
    """Return the locally relevant targets that the model cannot assess and that were not found."""
    missing = [
        e for e in payload["targets"] if e["status"] == "not_assessed" and e["relevance"] != "none"
    ]
    groups = [(g, [e for e in missing if e["goal"] == g["code"]]) for g in payload["goals"]]
    return [(goal, members) for goal, members in groups if members]


def claim_rows(payload: Entry) -> list[ClaimRow]:
    """Return per goal how it is named and taken up, in UN order."""
    pages: dict[str, list[int]] = {}
    for mention in payload["mentions"]:
        for code in dict.fromkeys(mention["codes"]):
            pages.setdefault(code, []).append(mention["page"])
    goals = {goal["code"]: goal for goal in payload["goals"]}

    def codes(goal: str) -> tuple[tuple[str, int, tuple[int, ...]], ...]:
        mine = sorted((c for c in pages if c.partition(".")[0] == goal), key=_code_order)
        return tuple((code, len(pages[code]), tuple(sorted(set(pages[code])))) for code in mine)

    return [
        ClaimRow(claim, goals[claim["goal"]], codes(claim["goal"])) for claim in payload["claims"]
    ]


def plan_intro(budget: Entry, t: Texts) -> str:
    """Return how many actions were read, and of how many no amount is known."""
    without = budget["actions_without_amount"]
    amounts = t.fill("plan.amountless", without=without) if without else t["plan.amounts"]
    return f"{t.count('plan.intro', budget['actions'])} {amounts}"


def general_mentions(payload: Entry) -> tuple[int, tuple[int, ...]]:
    """Return how often, and where, the document names the SDGs without a number."""
    pages = [mention["page"] for mention in payload["mentions"] if not mention["codes"]]
    return len(pages), tuple(sorted(set(pages)))


def _code_order(code: str) -> tuple[int, str]:
    _, _, rest = code.partition(".")
    return (int(rest) if rest.isdecimal() else 99 if rest else 0, rest)


def choices(parts: Iterable[GoalPart]) -> Choices:
    """Return what the filter can choose from: what has quotes."""
    found = [(part.goal, each) for part in parts for each in part.findings]
    quotes = [(each.target, quote) for _, each in found for quote in (*each.visible, *each.folded)]
    by_goal = Counter(target["goal"] for target, _ in quotes)
    by_target = Counter(target["code"] for target, _ in quotes)
    by_status = Counter(target["status"] for target, _ in quotes)
    by_relevance = Counter(target["relevance"] for target, _ in quotes)
    level, headings = _chapters([quote for _, quote in quotes])
    return Choices(
        goals=tuple((part.goal, by_goal[part.goal["code"]]) for part in parts if part.findings),
        targets=tuple(
            (
                part.goal,
                tuple((each.target, by_target[each.target["code"]]) for each in part.findings),
            )
            for part in parts
            if part.findings
        ),
        statuses=by_status,
        relevances={name: by_relevance[name] for name in RELEVANCES if by_relevance[name]},
        headings=headings,
        level=level,
    )


def _chapters(quotes: Sequence[Quote]) -> tuple[int, tuple[tuple[str, int], ...]]:
    """Return the highest level of headings that divides the quotes, and its headings in order."""
    for level in (0, 1):
        placed = sorted(
            (quote for quote in quotes if len(quote.path) > level), key=lambda q: q.pages[0]
        )
        names = Counter(quote.path[level] for quote in placed)
        if len(names) > 1:
            return level, tuple(names.items())
    return 0, ()


def counted(parts: Iterable[GoalPart]) -> tuple[int, int]:
    """Return the number of targets with quotes, and how many of them count in the score."""
    targets = [each.target for part in parts for each in part.findings]
    return len(targets), sum(map(counts_in_score, targets))


def objectives(plan: Entry) -> list[tuple[Entry, list[Entry], float]]:
    """Return the actions of a plan per objective, each with its known expenditure in euro."""
    groups = groupby(plan["actions"], key=lambda action: action["objective"])
    listed = [(objective, list(actions)) for objective, actions in groups]
    return [(objective, acts, sum(a["total"] or 0 for a in acts)) for objective, acts in listed]
