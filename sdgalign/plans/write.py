"""Plans as plain data and as csv."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from typing import IO, Any

from sdgalign.plans.plan import Plan

_TEXT_COLUMNS = (
    "objective_code",
    "objective",
    "plan_code",
    "plan",
    "action_code",
    "action",
    "total_eur",
    "receipts_eur",
)


def plan_data(plan: Plan) -> dict[str, Any]:
    """Return a plan as plain data: one object per action, with what is above it.

    Objectives and action plans without actions are not in it.
    """
    place = {"nis_code": plan.nis_code} if plan.nis_code else {}
    return {"municipality": plan.municipality, **place, "actions": list(_rows(plan))}


def write_csv(plans: Sequence[Plan], stream: IO[str]) -> None:
    """Write one row per action, with a column for each year that a plan has."""
    years = sorted(
        {
            year
            for plan in plans
            for _, _, action in plan.actions()
            if action.budget is not None
            for year in action.budget.years
        }
    )
    columns = ("municipality", "nis_code", *_TEXT_COLUMNS, *map(str, years), "pages")
    writer = csv.DictWriter(stream, fieldnames=columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for plan in plans:
        for row in _rows(plan):
            row["pages"] = " ".join(map(str, row["pages"]))
            place = {"municipality": plan.municipality, "nis_code": plan.nis_code}
            writer.writerow({**place, **row, **row["amounts"]})


def _rows(plan: Plan) -> list[dict[str, Any]]:
    rows = []
    for objective, action_plan, action in plan.actions():
        budget = action.budget
        rows.append(
            {
                "objective_code": objective.code,
                "objective_title": objective.title,
                "objective": objective.text,
                "plan_code": action_plan.code,
                "plan_title": action_plan.title,
                "plan": action_plan.text,
                "action_code": action.code,
                "action_title": action.title,
                "action": action.text,
                "total_eur": None if budget is None else budget.total,
                "amounts": _by_year(budget.years) if budget else {},
                "receipts_eur": None if budget is None else budget.receipts,
                "receipts": _by_year(budget.receipt_years) if budget else {},
                "pages": list(action.pages),
            }
        )
    return rows


def _by_year(amounts: Mapping[int, float]) -> dict[str, float]:
    return {str(year): amount for year, amount in amounts.items()}
