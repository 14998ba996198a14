"""Small tables of invented plans: the amounts of one action or action plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plan_cells import (
    Years,
    amount_cells,
    cell,
    got_by_year,
    head_cells,
    minus,
    money_width,
    paid_by_year,
    small,
    table_style,
)
from plan_trees import YEARS, Look
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Table

from sdgalign.plans import Action, ActionPlan


def yearly_table(
    look: Look,
    actions: Sequence[Action],
    *,
    with_code: bool = True,
    with_unit: bool = False,
    total: str = "",
) -> Table:
    """Return a row of years for each action, with or without its code."""
    look = small(look)
    unit = " (x 1.000 euro)" if with_unit and look.unit != 1 else ""
    rows = [head_cells(look, "Actie" if with_code else f"Raming{unit}")]
    for action in actions:
        name = action.code if with_code else "Uitgaven"
        rows.append([cell(look, name), *amount_cells(look, action.budget.years)])  # type: ignore[union-attr]
    if total:
        rows.append([cell(look, total, bold=True), *amount_cells(look, paid_by_year(actions))])
    width = money_width(look)
    longest = max(stringWidth(action.code, "Helvetica", look.size) for action in actions)
    style = table_style(look.rng.random() < 0.5)
    return Table(
        rows, [max(75, longest + 14 if with_code else 0), *[width] * 7], style=style, repeatRows=1
    )


def fiche_table(look: Look, actions: Sequence[Action]) -> Table:
    """Return expenditure, receipts and balance under operation, investment and financing."""
    look = small(look)
    paid, got = paid_by_year(actions), got_by_year(actions)
    none: Years = dict.fromkeys(YEARS, 0.0)
    invested = {year: amount if year % 2 else 0.0 for year, amount in paid.items()}
    parts = (
        ("Exploitatie", minus(paid, invested), got),
        ("Investeringen", invested, none),
        ("Financiering", none, none),
    )
    rows: list[list[Any]] = [head_cells(look, "")]
    for name, spent, received in parts:
        rows.append([cell(look, name, bold=True), *[""] * 7])
        rows.append([cell(look, "Uitgaven"), *amount_cells(look, spent)])
        rows.append([cell(look, "Ontvangsten"), *amount_cells(look, received)])
        rows.append([cell(look, "Saldo"), *amount_cells(look, minus(received, spent))])
    width = money_width(look)
    return Table(rows, [80, *[width] * 7], style=table_style(look.rng.random() < 0.6), repeatRows=1)


def sorted_table(look: Look, plan: ActionPlan) -> Table:
    """Return a row for each sort of amount of each action, with its code, and the sums."""
    look = small(look)
    parts = look.rng.random() < 0.5
    repeats_code = look.rng.random() < 0.7
    has_sums = look.rng.random() < 0.6
    rows = [head_cells(look, "Code", look.rng.choice(("Aard", "Soort")))]

    def add(code: str, named: Sequence[tuple[str, Years]]) -> None:
        for number, (name, years) in enumerate(named):
            shown = code if repeats_code or not number else ""
            rows.append([cell(look, shown), cell(look, name), *amount_cells(look, years)])

    for action in plan.actions:
        paid, got = paid_by_year([action]), got_by_year([action])
        invested = {year: amount if year % 2 else 0.0 for year, amount in paid.items()}
        spent = (
            [
                ("Exploitatie – uitgave", minus(paid, invested)),
                ("Investering – uitgave", invested),
            ]
            if parts
            else [("Uitgaven", paid)]
        )
        name = "Exploitatie – ontvangst" if parts else "Ontvangsten"
        add(action.code, [*spent, *([(name, got)] if any(got.values()) else [])])
    if has_sums:
        every = [
            ("Uitgaven", paid_by_year(plan.actions)),
            ("Ontvangsten", got_by_year(plan.actions)),
        ]
        add(plan.code, every)
    width = money_width(look)
    longest = max(stringWidth(action.code, "Helvetica", look.size) for action in plan.actions)
    sort = stringWidth("Exploitatie – ontvangst", "Helvetica", look.size) + 14
    return Table(
        rows,
        [max(50, longest + 14), sort, *[width] * 7],
        style=table_style(look.rng.random() < 0.6),
        repeatRows=1,
    )
