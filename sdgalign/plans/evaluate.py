"""How much of a plan was recovered, against the true tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from sdgalign.plans.plan import Plan

LEAST_SIMILARITY = 0.95
"""Similarity from which two texts count as the same."""
_CENT = 0.5
"""Euro by which totals may differ (plans print whole euro)."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """Numbers of true actions that were recovered; shares are of ``actions``."""

    actions: int
    """In the truth."""
    extra: int
    """Actions found that the truth does not have."""
    codes: int
    """With the right code."""
    parents: int
    """Of these, with the right codes of action plan and objective too."""
    texts: int
    """Of those with the right code, with the right text."""
    totals: int
    """Of those with the right code, with the right expenditure, also per year."""
    receipts: int
    """Likewise, with the right receipts; where the truth does not tell of any, all with the right
    code."""
    whole: int
    """Right in code, parents and text."""
    plans: int
    """Action plans in the truth, each under its objective."""
    plans_right: int
    """Of these, with the right codes and the right text."""
    objectives: int
    """Objectives in the truth, but for the nameless one above routine policy."""
    objectives_right: int
    """Likewise."""


def compare(plan: Plan, truth: Sequence[Mapping[str, Any]]) -> Recovery:
    """Compare a plan with the true actions.

    Args:
        plan: What was recovered.
        truth: Actions as in the truth files (``objective_code``, ``plan_code``, ``action_code``,
            ``action``, ``total_eur``).
    """
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    number = 0
    for objective, action_plan, action in plan.actions():
        number += 1
        found[action.code].append(
            {
                "objective_code": objective.code,
                "plan_code": action_plan.code,
                "action": action.text,
                "total_eur": action.budget.total if action.budget else None,
                "amounts": action.budget.years if action.budget else {},
                "receipts_eur": action.budget.receipts if action.budget else 0.0,
            }
        )
    counts = dict.fromkeys(("codes", "parents", "texts", "totals", "receipts", "whole"), 0)
    for row in truth:
        candidates = found[row["action_code"]]
        if not candidates:
            continue
        best = max(candidates, key=lambda each: _score(each, row))
        candidates.remove(best)
        checks = _checks(best, row)
        counts["codes"] += 1
        counts["parents"] += checks[0]
        counts["texts"] += checks[1]
        counts["totals"] += checks[2]
        counts["receipts"] += checks[3]
        counts["whole"] += checks[0] and checks[1]
    extra = number - counts["codes"]
    return Recovery(len(truth), extra, **counts, **_parents(plan, truth))


def _parents(plan: Plan, truth: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    objectives = {row["objective_code"]: row.get("objective", "") for row in truth}
    plans = {
        (row["objective_code"], row["plan_code"]): row.get("plan", "")
        for row in truth
        if row["plan_code"]
    }
    objectives.pop("", None)
    # One of several with the same code is enough: the actions tell where the others went.
    found = {(each.code, item.code, item.text) for each in plan.objectives for item in each.plans}
    tops = {(each.code, each.text) for each in plan.objectives}
    return {
        "plans": len(plans),
        "plans_right": sum(
            any(key == (one, two) and _is_alike(text, own) for one, two, own in found)
            for key, text in plans.items()
        ),
        "objectives": len(objectives),
        "objectives_right": sum(
            any(key == code and _is_alike(text, own) for code, own in tops)
            for key, text in objectives.items()
        ),
    }


def _is_alike(true: str, found: str) -> bool:
    return not true or similarity(true, found) >= LEAST_SIMILARITY


def similarity(text: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1, whatever their spaces."""
    one, two = (" ".join(each.split()) for each in (text, other))
    return 1.0 if one == two else SequenceMatcher(None, one, two, autojunk=False).ratio()


def _checks(found: Mapping[str, Any], row: Mapping[str, Any]) -> tuple[bool, bool, bool, bool]:
    parents = all(found[name] == row[name] for name in ("plan_code", "objective_code"))
    total = found["total_eur"]
    return (
        parents,
        similarity(found["action"], row["action"]) >= LEAST_SIMILARITY,
        total is not None and abs(total - row["total_eur"]) <= _CENT and _has_years(found, row),
        abs(found["receipts_eur"] - row.get("receipts_eur", found["receipts_eur"])) <= _CENT,
    )


def _has_years(found: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether the amounts per year are right, as far as both tell of any."""
    true = {int(year): amount for year, amount in row.get("amounts", {}).items()}
    return all(
        abs(amount - true.get(year, amount)) <= _CENT for year, amount in found["amounts"].items()
    )


def _score(found: Mapping[str, Any], row: Mapping[str, Any]) -> int:
    return sum(_checks(found, row))


def total(recoveries: Iterable[Recovery]) -> Recovery:
    """Add up the figures of several documents."""
    every = list(recoveries)
    return Recovery(
        **{
            name: sum(getattr(each, name) for each in every)
            for name in Recovery.__dataclass_fields__
        }
    )
