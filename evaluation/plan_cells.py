"""Cells of the tables of invented plans: texts, amounts, what stands in a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

from plan_trees import YEARS, Look
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph

from sdgalign.plans import Action, Plan

Years = Mapping[int, float]
PAD = 6


def cell(look: Look, text: str, *, bold: bool = False, right: bool = False) -> Paragraph:
    """Return the text of a cell."""
    times = look.family == "Times"
    font = (
        ("Times-Bold" if bold else "Times-Roman")
        if times
        else ("Helvetica-Bold" if bold else "Helvetica")
    )
    style = ParagraphStyle(
        font,
        fontName=font,
        fontSize=look.size,
        leading=look.size * 1.2,
        alignment=2 if right else 0,
    )
    return Paragraph(escape(text), style)


def euro(look: Look, amount: float) -> str:
    """Return an amount as the plan prints it."""
    if amount == 0:
        return look.money(0)
    text = look.money(abs(amount) / look.unit)
    return look.minus(text) if amount < 0 else text


def amount_cells(look: Look, years: Years) -> list[Paragraph]:
    """Return a cell for each year and one for their sum."""
    values = [years[year] for year in YEARS]
    return [cell(look, euro(look, each), right=True) for each in (*values, sum(values))]


def plus(*each: Years) -> Years:
    """Return the sum per year."""
    return {year: sum(years[year] for years in each) for year in YEARS}


def minus(one: Years, other: Years) -> Years:
    """Return the difference per year."""
    return {year: one[year] - other[year] for year in YEARS}


def paid_by_year(actions: Sequence[Action]) -> Years:
    """Return the expenditure of actions."""
    return plus(*(action.budget.years for action in actions if action.budget))


def got_by_year(actions: Sequence[Action]) -> Years:
    """Return their receipts."""
    return plus(*(action.budget.receipt_years for action in actions if action.budget))


def money_width(look: Look) -> float:
    """Return the width of a column of amounts, in points."""
    return stringWidth(euro(look, -98_000_000), "Helvetica", look.size) + 2 * PAD + 1


def small(look: Look) -> Look:
    """Return the looks with a size in which seven amounts stand on an upright page."""
    while money_width(look) > 55:
        look = replace(look, size=look.size - 0.5)
    return look


def head_cells(look: Look, *names: str) -> list[Paragraph]:
    """Return the head of a table with a column per year."""
    years = [cell(look, str(year), bold=True, right=True) for year in YEARS]
    total = cell(look, "Totaal", bold=True, right=True)
    return [*(cell(look, name, bold=True) for name in names), *years, total]


def table_style(is_ruled: bool, align: str = "TOP") -> list[tuple[Any, ...]]:
    """Return the style of a table, with or without rules."""
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")] if is_ruled else []
    return [("VALIGN", (0, 0), (-1, -1), align), *grid]


def money_rows(look: Look, action: Action) -> list[tuple[str, Years]]:
    """Return the rows of amounts of an action, sometimes with their balance."""
    paid, got = paid_by_year([action]), got_by_year([action])
    rows = [("Uitgaven", paid), ("Ontvangsten", got), ("Saldo", minus(got, paid))]
    return rows if look.rng.random() < 0.8 else rows[:2]


def code_width(look: Look, plan: Plan) -> float:
    """Return the width of the column of codes, in points."""
    codes = [action.code for _, _, action in plan.actions()]
    longest = max(stringWidth(code, "Helvetica-Bold", look.size) for code in codes)
    return max(70, longest + 2 * PAD + 4)
