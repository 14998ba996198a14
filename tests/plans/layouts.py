"""Plans printed in the ways that municipalities print them, made with ReportLab."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from sdgalign.plans import Action, ActionPlan, Objective, Plan

YEARS = tuple(range(2026, 2032))
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9, leading=11.5)
BOLD = ParagraphStyle("bold", BODY, fontName="Helvetica-Bold")
ITALIC = ParagraphStyle("italic", BODY, fontName="Helvetica-Oblique")
RIGHT = ParagraphStyle("right", BODY, alignment=2)
TITLE = ParagraphStyle("title", BOLD, fontSize=16, leading=20)
HEADING = ParagraphStyle("heading", BOLD, fontSize=12.5, leading=16)
BULLET = ParagraphStyle("bullet", BOLD, leftIndent=30, bulletIndent=22)
INDENTED = ParagraphStyle("indented", BODY, leftIndent=30)
Layout = Callable[[Plan], Iterator[Flowable]]


def euro(amount: float) -> str:
    """Return an amount as Belgians print it."""
    return f"{amount:,.0f}".replace(",", ".")


def write_plan(path: Path, plan: Plan, layout: Layout, *, is_wide: bool = False) -> Path:
    """Print a plan, with a running head and page numbers."""

    def decorate(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        height = canvas._pagesize[1]
        canvas.drawString(55, height - 35, "Meerjarenplan 2026-2031")
        canvas.drawRightString(canvas._pagesize[0] - 55, height - 35, plan.municipality)
        canvas.drawCentredString(canvas._pagesize[0] / 2, 25, f"Pagina {document.page}")

    SimpleDocTemplate(
        str(path),
        pagesize=landscape(A4) if is_wide else A4,
        topMargin=60,
        bottomMargin=50,
        leftMargin=55,
        rightMargin=55,
        invariant=1,
    ).build([*layout(plan)], onFirstPage=decorate, onLaterPages=decorate)
    return path


def headings(plan: Plan) -> Iterator[Flowable]:
    """Headings and lists, with a table of codes and amounts under each action plan."""
    yield _p(f"Meerjarenplan van {plan.municipality}", TITLE)
    for objective in plan.objectives:
        colon = ": " if objective.title else ""
        yield _p(f"Beleidsdoelstelling {objective.code}{colon}{objective.title}", TITLE)
        yield _p(objective.text)
        for each in objective.plans:
            yield _p(f"Actieplan {each.code} – {each.title or each.text}", HEADING)
            yield _p(each.text if each.title else "")
            for action in each.actions:
                words = f"{action.code} {action.title or action.text}"
                yield Paragraph(escape(words), BULLET, bulletText="•")
                yield _p(action.text if action.title else "", INDENTED)
            yield Spacer(1, 8)
            head = [_p(text, BOLD) for text in ("Actie", *map(str, YEARS), "Totaal")]
            rows = [[_p(action.code), *_amounts(action)] for action in each.actions]
            top = [("VALIGN", (0, 0), (-1, -1), "TOP")]
            yield Table([head, *rows], [_width(plan, 60), *[50] * 6, 60], style=top, repeatRows=1)
            yield Spacer(1, 8)


def one_table(plan: Plan, *, grid: bool = False, align: str = "TOP") -> Iterator[Flowable]:
    """One table of all levels with a column of codes and the amounts per year."""
    head = [_p(text, BOLD) for text in ("Code", "Omschrijving", *map(str, YEARS), "Totaal")]
    rows: list[list[Any]] = [head]
    style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), align)]
    for objective, each, action in _levels(plan):
        if action is not None:
            rows.append([_p(action.code), _p(action.text), *_amounts(action)])
            continue
        node, looks = (objective, BOLD) if each is None else (each, ITALIC)
        rows.append([_p(node.code, BOLD if each is None else BODY), _p(node.text, looks)])
        style.append(("SPAN", (1, len(rows) - 1), (-1, len(rows) - 1)))
    if grid:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    filled = [row + [""] * (9 - len(row)) for row in rows]
    yield _p(f"Doelstellingenboom {plan.municipality}", TITLE)
    first = _width(plan, 75)
    yield Table(
        filled,
        [first, 310 - first, *[57] * 6, 70],
        style=style,
        repeatRows=1,
        splitInRow=0 if grid else 1,
    )


def indented(plan: Plan) -> Iterator[Flowable]:
    """Columns without rules or head: the indent of the code is the level, and a total."""
    yield _p(f"Strategische nota – {plan.municipality}", TITLE)
    for objective, each, action in _levels(plan):
        depth = 2 if action is not None else 1 if each is not None else 0
        node = action or each or objective
        total = _p(f"€ {euro(action.budget.total)}", RIGHT) if action and action.budget else ""
        looks = BODY if depth else BOLD
        cells = [
            [
                _p("&nbsp;" * 4 * depth + escape(node.code), looks, raw=True),
                _p(node.text, looks),
                total,
            ]
        ]
        first = _width(plan, 70) + 30
        yield Table(
            cells,
            [first, 400 - first, 85],
            style=[("VALIGN", (0, 0), (-1, -1), "TOP")],
            splitInRow=1,
        )


def amounts_first(plan: Plan) -> Iterator[Flowable]:
    """A table that starts with the totals, in thousands."""
    rows: list[list[Any]] = [
        [_p("Raming (x 1.000 euro)", BOLD), _p("Code", BOLD), _p("Omschrijving", BOLD)]
    ]
    for objective, each, action in _levels(plan):
        node = action or each or objective
        looks = BODY if action else BOLD
        total = _p(euro(action.budget.total / 1000), RIGHT) if action and action.budget else ""
        rows.append([total, _p(node.code, looks), _p(node.text, looks)])
    first = _width(plan, 80)
    yield Table(
        rows, [110, first, 375 - first], style=[("VALIGN", (0, 0), (-1, -1), "TOP")], repeatRows=1
    )


def flat(plan: Plan, *, grid: bool = False) -> Iterator[Flowable]:
    """One row per action, with its objective and action plan beside it."""
    names = ("Beleidsdoelstelling", "Actieplan", "Actie", "Totaal")
    rows: list[list[Any]] = [[_p(name, BOLD) for name in names]]
    for objective, each, action in plan.actions():
        texts = [f"{node.code} {node.text}" for node in (objective, each, action)]
        total = _p(euro(action.budget.total), RIGHT) if action.budget else ""
        rows.append([*map(_p, texts), total])
    style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if grid:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    yield Table(rows, [180, 200, 250, 80], style=style, repeatRows=1)


def _levels(plan: Plan) -> Iterator[tuple[Objective, ActionPlan | None, Action | None]]:
    for objective in plan.objectives:
        if objective.code:
            yield objective, None, None
        for each in objective.plans:
            yield objective, each, None
            for action in each.actions:
                yield objective, each, action


def _width(plan: Plan, least: float) -> float:
    """Return how wide a column of codes must be for the longest."""
    longest = max((action.code for _, _, action in plan.actions()), key=len)
    return max(least, stringWidth(longest, "Helvetica-Bold", 9) + 14)


def _amounts(action: Action) -> Sequence[Paragraph]:
    budget = action.budget
    years = [budget.years.get(year, 0) if budget else 0 for year in YEARS]
    return [_p(euro(amount), RIGHT) for amount in (*years, budget.total if budget else 0)]


def _p(text: str, style: ParagraphStyle = BODY, *, raw: bool = False) -> Paragraph:
    text = text.encode("cp1252", "ignore").decode("cp1252")
    return Paragraph(text if raw else escape(text), style)
