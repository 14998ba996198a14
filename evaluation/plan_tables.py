"""Tables of invented plans: amounts per year, receipts beside expenditure, levels side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

from plan_trees import YEARS, Look
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph, Table

from sdgalign.plans import Action, Plan

Years = Mapping[int, float]
_PAD = 6


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


def _amounts(look: Look, years: Years) -> list[Paragraph]:
    values = [years[year] for year in YEARS]
    return [cell(look, euro(look, each), right=True) for each in (*values, sum(values))]


def _plus(*each: Years) -> Years:
    return {year: sum(years[year] for years in each) for year in YEARS}


def _minus(one: Years, other: Years) -> Years:
    return {year: one[year] - other[year] for year in YEARS}


def _paid(actions: Sequence[Action]) -> Years:
    return _plus(*(action.budget.years for action in actions if action.budget))


def _got(actions: Sequence[Action]) -> Years:
    return _plus(*(action.budget.receipt_years for action in actions if action.budget))


def _money_width(look: Look) -> float:
    return stringWidth(euro(look, -98_000_000), "Helvetica", look.size) + 2 * _PAD + 1


def _small(look: Look) -> Look:
    """Return the looks with a size in which seven amounts stand on an upright page."""
    while _money_width(look) > 60:
        look = replace(look, size=look.size - 0.5)
    return look


def _head(look: Look, *names: str) -> list[Paragraph]:
    years = [cell(look, str(year), bold=True, right=True) for year in YEARS]
    total = cell(look, "Totaal", bold=True, right=True)
    return [*(cell(look, name, bold=True) for name in names), *years, total]


def _style(is_ruled: bool, align: str = "TOP") -> list[tuple[Any, ...]]:
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")] if is_ruled else []
    return [("VALIGN", (0, 0), (-1, -1), align), *grid]


def yearly_table(
    look: Look,
    actions: Sequence[Action],
    *,
    with_code: bool = True,
    with_unit: bool = False,
    total: str = "",
) -> Table:
    """Return a row of years for each action, with or without its code."""
    look = _small(look)
    unit = " (x 1.000 euro)" if with_unit and look.unit != 1 else ""
    rows = [_head(look, "Actie" if with_code else f"Raming{unit}")]
    for action in actions:
        name = action.code if with_code else "Uitgaven"
        rows.append([cell(look, name), *_amounts(look, action.budget.years)])  # type: ignore[union-attr]
    if total:
        rows.append([cell(look, total, bold=True), *_amounts(look, _paid(actions))])
    width = _money_width(look)
    longest = max(stringWidth(action.code, "Helvetica", look.size) for action in actions)
    style = _style(look.rng.random() < 0.5)
    return Table(
        rows, [max(75, longest + 14 if with_code else 0), *[width] * 7], style=style, repeatRows=1
    )


def fiche_table(look: Look, actions: Sequence[Action]) -> Table:
    """Return expenditure, receipts and balance under operation, investment and financing."""
    look = _small(look)
    paid, got = _paid(actions), _got(actions)
    none: Years = dict.fromkeys(YEARS, 0.0)
    invested = {year: amount if year % 2 else 0.0 for year, amount in paid.items()}
    parts = (
        ("Exploitatie", _minus(paid, invested), got),
        ("Investeringen", invested, none),
        ("Financiering", none, none),
    )
    rows: list[list[Any]] = [_head(look, "")]
    for name, spent, received in parts:
        rows.append([cell(look, name, bold=True), *[""] * 7])
        rows.append([cell(look, "Uitgaven"), *_amounts(look, spent)])
        rows.append([cell(look, "Ontvangsten"), *_amounts(look, received)])
        rows.append([cell(look, "Saldo"), *_amounts(look, _minus(received, spent))])
    width = _money_width(look)
    return Table(rows, [80, *[width] * 7], style=_style(look.rng.random() < 0.6), repeatRows=1)


def _money_rows(look: Look, action: Action) -> list[tuple[str, Years]]:
    paid, got = _paid([action]), _got([action])
    rows = [("Uitgaven", paid), ("Ontvangsten", got), ("Saldo", _minus(got, paid))]
    return rows if look.rng.random() < 0.8 else rows[:2]


def _code_width(look: Look, plan: Plan) -> float:
    codes = [action.code for _, _, action in plan.actions()]
    longest = max(stringWidth(code, "Helvetica-Bold", look.size) for code in codes)
    return max(70, longest + 2 * _PAD + 4)


def one_table(  # noqa: C901 (a list of what plans print)
    plan: Plan, look: Look, *, is_ruled: bool = False, rows: bool = False
) -> Table:
    """Return one table of all levels; with rows of expenditure and receipts where asked for."""
    kind = ["Soort"] if rows else []
    lines: list[list[Any]] = [_head(look, "Code", "Omschrijving", *kind)]
    style = _style(is_ruled, look.rng.choice(("TOP", "MIDDLE")) if is_ruled else "TOP")
    merges = look.rng.random() < 0.5

    def add_sum(name: str, actions: Sequence[Action]) -> None:
        if rows:
            lines.append(
                [
                    "",
                    cell(look, name, bold=True),
                    cell(look, "Uitgaven"),
                    *_amounts(look, _paid(actions)),
                ]
            )
            lines.append(["", "", cell(look, "Ontvangsten"), *_amounts(look, _got(actions))])
        else:
            lines.append(["", cell(look, name, bold=True), *_amounts(look, _paid(actions))])

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
                    lines.append([*texts, *_amounts(look, _paid([action]))])
                    continue
                for name, years in _money_rows(look, action):
                    lines.append([*texts, cell(look, name), *_amounts(look, years)])
                    texts = ["", ""]
                if merges and is_ruled:
                    style += [("SPAN", (x, first), (x, len(lines) - 1)) for x in (0, 1)]
            add_sum(f"Totaal {each.code}", each.actions)
        if objective.code:
            every = [action for each in objective.plans for action in each.actions]
            add_sum(f"Totaal {objective.code}", every)
    count = len(lines[0])
    filled = [line + [""] * (count - len(line)) for line in lines]
    kinds = [stringWidth("Ontvangsten", "Helvetica", look.size) + 2 * _PAD + 4] if rows else []
    money = _money_width(look)
    first_width = _code_width(look, plan)
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
    style = _style(is_ruled)
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
                    _amounts(look, _paid([action])), _amounts(look, _got([action])), strict=True
                )
                amounts = [amount for pair in pairs for amount in pair]
                lines.append([cell(look, action.code), cell(look, action.text), *amounts])
    filled = [line + [""] * (16 - len(line)) for line in lines]
    width = max(_money_width(look), stringWidth("Ontvangsten", "Helvetica-Bold", look.size) + 13)
    first = _code_width(look, plan)
    text = max(160, 1100 - first - 14 * width)
    return Table(filled, [first, text, *[width] * 14], style=style, repeatRows=2, splitInRow=0)


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
    head = _head(look, *names, *kind)
    lines = [head if all_years else [*head[: len(names)], head[-1]]]
    style = _style(is_ruled, align)
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
                for name, years in _money_rows(look, action) if rows else [("", _paid([action]))]:
                    label = [cell(look, name)] if rows else []
                    amounts = _amounts(look, years)
                    lines.append([*words, *label, *(amounts if all_years else amounts[-1:])])
                    words = [""] * len(words)
                if fill != "each":
                    shown = shown_plan = None  # type: ignore[assignment]
            if fill == "merged":
                style += _spans(range(step, 2 * step), plan_start, len(lines) - 1)
        if fill == "merged":
            style += _spans(range(step), objective_start, len(lines) - 1)
    money = [_money_width(look)] * (7 if all_years else 1)
    kinds = [stringWidth("Ontvangsten", "Helvetica", look.size) + 2 * _PAD + 4] if rows else []
    code = _code_width(look, plan)
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
                    + _PAD
                )
                y0, y1 = (y - first + len(heads) for y in (y0, y1))
                own_heights[y1] += max(0.0, needed - sum(own_heights[y0 : y1 + 1]))
            own.append((name, (x0, y0), (x1, y1), *rest))
        tables.append(Table([lines[n] for n in chosen], widths, own_heights, style=own))
        first = end
    return tables


def _spans(columns: range, first: int, last: int) -> list[tuple[Any, ...]]:
    return [("SPAN", (x, first), (x, last)) for x in columns]
