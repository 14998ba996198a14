"""Invented plans as a table whose levels stand beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plan_cells import (
    PAD,
    amount_cells,
    cell,
    code_width,
    head_cells,
    money_rows,
    money_width,
    paid_by_year,
    table_style,
)
from plan_trees import Look
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Table

from sdgalign.plans import Plan


def side_table(  # noqa: C901 (likewise)
    plan: Plan, look: Look, *, is_ruled: bool = False, rows: bool = False, is_named: bool = True
) -> list[Table]:
    """Return a table with objective, action plan and action beside each other."""
    fill = (
        look.rng.choice(("first", "merged", "each"))
        if is_ruled
        else look.rng.choice(("first", "each"))
    )
    has_codes_apart = look.rng.random() < 0.4
    all_years = rows or look.rng.random() < 0.6
    align = look.rng.choice(("TOP", "TOP", "MIDDLE")) if is_ruled else "TOP"
    names = (
        ["Beleidsdoelstelling", "Actieplan", "Actie"] if is_named else ["Wat", "Hoe", "Concreet"]
    )
    if has_codes_apart:
        names = [text for name in names for text in ("Code", name)]
    kind = [""] if rows else []
    head = head_cells(look, *names, *kind)
    lines = [head if all_years else [*head[: len(names)], head[-1]]]
    style = table_style(is_ruled, align)
    step = 2 if has_codes_apart else 1

    def texts(node: Any) -> list[Any]:  # noqa: ANN401
        if node is None or not (node.code or node.text):
            return [""] * step
        if has_codes_apart:
            return [cell(look, node.code), cell(look, node.text)]
        return [cell(look, f"{node.code} {node.text}")]

    for objective in plan.objectives:
        objective_start, shown = len(lines), objective
        for each in objective.plans:
            plan_start, shown_plan = len(lines), each
            for action in each.actions:
                words = [*texts(shown), *texts(shown_plan), *texts(action)]
                for name, years in (
                    money_rows(look, action) if rows else [("", paid_by_year([action]))]
                ):
                    label = [cell(look, name)] if rows else []
                    amounts = amount_cells(look, years)
                    lines.append([*words, *label, *(amounts if all_years else amounts[-1:])])
                    words = [""] * len(words)
                if fill != "each":
                    shown = shown_plan = None  # type: ignore[assignment]
            if fill == "merged":
                style += _spans(range(step, 2 * step), plan_start, len(lines) - 1)
        if fill == "merged":
            style += _spans(range(step), objective_start, len(lines) - 1)
    money = [money_width(look)] * (7 if all_years else 1)
    kinds = [stringWidth("Ontvangsten", "Helvetica", look.size) + 2 * PAD + 4] if rows else []
    code = code_width(look, plan)
    scale = look.size / 8
    widths = [110 * scale, 120 * scale, (170 if all_years else 260) * scale]
    if has_codes_apart:
        widths = [each for width in widths for each in (code, width)]
    widths += [*kinds, *money]
    options = {"repeatRows": int(look.repeats_head), "splitInRow": 0}
    whole = Table(lines, widths, style=style, **options)
    if fill != "merged":
        return [whole]
    whole.wrap(sum(widths), 1e6)
    return _parted(lines, widths, whole._rowHeights, style, repeats=look.repeats_head)


def _parted(
    lines: list[list[Any]],
    widths: list[float],
    heights: Sequence[float],
    style: Sequence[tuple[Any, ...]],
    *,
    repeats: bool,
) -> list[Table]:
    """Part a table with merged cells into one per page: ReportLab does not part such cells."""
    tables = []
    first = 1
    while first < len(lines):
        end = first + 1
        while end < len(lines) and sum(heights[first : end + 1]) < 420:
            end += 1
        heads = [0] if first == 1 or repeats else []
        chosen = [*heads, *range(first, end)]
        own = []
        own_heights = [heights[n] for n in chosen]
        for name, (x0, y0), (x1, y1), *rest in style:
            if name == "SPAN":
                y0, y1 = max(y0, first), min(y1, end - 1)
                if y0 > y1:
                    continue
                needed = (
                    max(
                        each.wrap(widths[x0] - 12, 1e6)[1] if each else 0
                        for each in (lines[y][x0] for y in range(y0, y1 + 1))
                    )
                    + PAD
                )
                y0, y1 = (y - first + len(heads) for y in (y0, y1))
                own_heights[y1] += max(0.0, needed - sum(own_heights[y0 : y1 + 1]))
            own.append((name, (x0, y0), (x1, y1), *rest))
        tables.append(Table([lines[n] for n in chosen], widths, own_heights, style=own))
        first = end
    return tables


def _spans(columns: range, first: int, last: int) -> list[tuple[Any, ...]]:
    return [("SPAN", (x, first), (x, last)) for x in columns]
