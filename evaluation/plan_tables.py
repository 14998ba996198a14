"""Whole invented plans as one table, with receipts beside or under expenditure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plan_cells import (
    PAD,
    amount_cells,
    cell,
    code_width,
    got_by_year,
    head_cells,
    money_rows,
    money_width,
    paid_by_year,
    table_style,
)
from plan_trees import YEARS, Look
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Table

from sdgalign.plans import Action, Plan


def one_table(  # noqa: C901 (a list of what plans print)
    plan: Plan, look: Look, *, is_ruled: bool = False, rows: bool = False
) -> Table:
    """Return one table of all levels; with rows of expenditure and receipts where asked for."""
    kind = ["Soort"] if rows else []
    lines: list[list[Any]] = [head_cells(look, "Code", "Omschrijving", *kind)]
    style = table_style(is_ruled, look.rng.choice(("TOP", "MIDDLE")) if is_ruled else "TOP")
    merges = look.rng.random() < 0.5

    def add_sum(name: str, actions: Sequence[Action]) -> None:
        if rows:
            lines.append(
                [
                    "",
                    cell(look, name, bold=True),
                    cell(look, "Uitgaven"),
                    *amount_cells(look, paid_by_year(actions)),
                ]
            )
            lines.append(
                ["", "", cell(look, "Ontvangsten"), *amount_cells(look, got_by_year(actions))]
            )
        else:
            lines.append(
                ["", cell(look, name, bold=True), *amount_cells(look, paid_by_year(actions))]
            )

    for objective in plan.objectives:
        if objective.code:
            bold = True
            lines.append(
                [cell(look, objective.code, bold=bold), cell(look, objective.text, bold=bold)]
            )
            style.append(("SPAN", (1, len(lines) - 1), (-1, len(lines) - 1)))
        for each in objective.plans:
            lines.append([cell(look, each.code), cell(look, each.text)])
            style.append(("SPAN", (1, len(lines) - 1), (-1, len(lines) - 1)))
            for action in each.actions:
                first = len(lines)
                texts = [cell(look, action.code), cell(look, action.text)]
                if not rows:
                    lines.append([*texts, *amount_cells(look, paid_by_year([action]))])
                    continue
                for name, years in money_rows(look, action):
                    lines.append([*texts, cell(look, name), *amount_cells(look, years)])
                    texts = ["", ""]
                if merges and is_ruled:
                    style += [("SPAN", (x, first), (x, len(lines) - 1)) for x in (0, 1)]
            add_sum(f"Totaal {each.code}", each.actions)
        if objective.code:
            every = [action for each in objective.plans for action in each.actions]
            add_sum(f"Totaal {objective.code}", every)
    count = len(lines[0])
    filled = [line + [""] * (count - len(line)) for line in lines]
    kinds = [stringWidth("Ontvangsten", "Helvetica", look.size) + 2 * PAD + 4] if rows else []
    money = money_width(look)
    first_width = code_width(look, plan)
    text = max(200, 755 - first_width - sum(kinds) - 7 * money)
    return Table(
        filled,
        [first_width, text, *kinds, *[money] * 7],
        style=style,
        repeatRows=int(look.repeats_head),
        splitInRow=0,
    )


def pairs_table(plan: Plan, look: Look) -> Table:
    """Return a table with a column of expenditure and one of receipts for each year."""
    is_ruled = look.rng.random() < 0.5
    top: list[Any] = [cell(look, "Code", bold=True), cell(look, "Omschrijving", bold=True)]
    under: list[Any] = ["", ""]
    for name in (*map(str, YEARS), "Totaal"):
        top += [cell(look, name, bold=True), ""]
        under += [cell(look, text, bold=True, right=True) for text in ("Uitgaven", "Ontvangsten")]
    lines = [top, under]
    style = table_style(is_ruled)
    style += [("SPAN", (2 + 2 * at, 0), (3 + 2 * at, 0)) for at in range(7)]
    for objective in plan.objectives:
        nodes = [objective] if objective.code else []
        for each in objective.plans:
            for node in (*nodes, each):
                lines.append([cell(look, node.code, bold=True), cell(look, node.text)])
                style.append(("SPAN", (1, len(lines) - 1), (-1, len(lines) - 1)))
            nodes = []
            for action in each.actions:
                pairs = zip(
                    amount_cells(look, paid_by_year([action])),
                    amount_cells(look, got_by_year([action])),
                    strict=True,
                )
                amounts = [amount for pair in pairs for amount in pair]
                lines.append([cell(look, action.code), cell(look, action.text), *amounts])
    filled = [line + [""] * (16 - len(line)) for line in lines]
    width = max(money_width(look), stringWidth("Ontvangsten", "Helvetica-Bold", look.size) + 13)
    first = code_width(look, plan)
    text = max(160, 1100 - first - 14 * width)
    return Table(filled, [first, text, *[width] * 14], style=style, repeatRows=2, splitInRow=0)
