"""What stands around the tree of an invented plan: chapters before and after, links to goals."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from plan_cells import amount_cells, cell, head_cells, money_width, paid_by_year, small, table_style
from plan_trees import YEARS, Look
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from sdgalign.plans import Plan

_GOALS = (
    "SDG 3 – Goede gezondheid en welzijn|SDG 4 – Kwaliteitsonderwijs|SDG 11 – Duurzame steden|"
    "SDG 13 – Klimaatactie|SDG1102 Duurzaam vervoer|SDG1603 Rechten|SDG 8: Waardig werk"
).split("|")


def paragraph(
    look: Look, text: str, size: float = 1.0, *, bold: bool = False, indent: float = 0
) -> Paragraph:
    """Return a paragraph.

    Args:
        look: Of the plan.
        text: What it says.
        size: Of its letters, as a multiple of the usual one.
        bold: Likewise.
        indent: In points.
    """
    family = look.family if look.family == "Helvetica" else "Times"
    font = f"{family}-Bold" if bold else {"Times": "Times-Roman"}.get(family, family)
    points = look.size * size
    style = ParagraphStyle(
        font, fontName=font, fontSize=points, leading=points * 1.25, leftIndent=indent, spaceAfter=3
    )
    return Paragraph(escape(text), style)


def goal_lines(look: Look) -> Iterator[Flowable]:
    """Yield the goals that an objective is linked to, under a heading or not; often none."""
    if look.rng.random() < 0.5:
        return
    if look.rng.random() < 0.6:
        yield paragraph(look, look.rng.choice(("Link met de SDG’s", "SDG's:")), bold=True)
    for goal in look.rng.sample(_GOALS, look.rng.randint(1, 3)):
        yield paragraph(look, goal, 0.85, indent=look.rng.choice((0, 10)))


def opening(plan: Plan, look: Look) -> Iterator[Flowable]:
    """Yield the chapters before the plan; sometimes with an overview of the objectives."""
    if look.rng.random() < 0.5:
        return
    number = look.rng.choice(("", "1. "))
    yield paragraph(look, f"{number}Inleiding", 1.8, bold=True)
    yield paragraph(
        look,
        f"Voor u ligt het meerjarenplan {YEARS[0]}-{YEARS[-1]}. De raad keurde het goed op 15 "
        "december 2025, na drie gesprekken in de dorpen en een bevraging van 1.312 inwoners. "
        "Elke doelstelling bestaat uit actieplannen, elk actieplan uit acties.",
    )
    yield paragraph(look, f"{number and '2. '}Omgevingsanalyse", 1.8, bold=True)
    yield paragraph(look, "Op 1 januari 2025 woonden er 21.480 mensen.")
    figures = [
        [cell(look, text, right=n > 0) for n, text in enumerate(row)]
        for row in (
            ("Kerncijfer", "2015", "2020", "2025"),
            ("Inwoners", "20.188", "20.861", "21.480"),
            ("Sociale woningen", "388", "402", "421"),
        )
    ]
    yield Table(figures, [150, 60, 60, 60], style=table_style(look.rng.random() < 0.5))
    if look.rng.random() < 0.5:
        yield paragraph(look, "De doelstellingen in het kort", 1.4, bold=True)
        for objective in plan.objectives:
            if objective.code:
                name = objective.title or objective.text
                yield paragraph(look, f"{objective.code} {name}")
    yield Spacer(1, 12)


def closing(plan: Plan, look: Look) -> Iterator[Flowable]:
    """Yield the chapters after the plan: goals of each objective, expenditure of each."""
    named = [objective for objective in plan.objectives if objective.code]
    if look.rng.random() < 0.4:
        rows = [[cell(look, text) for text in ("Beleidsdoelstelling", "SDG", "Subdoelstellingen")]]
        for objective in named:
            goals = look.rng.sample(_GOALS, 2)
            rows.append(
                [
                    cell(look, f"{objective.code} {look.rng.choice(('Mobiliteit', 'Zorg'))}"),
                    cell(look, ", ".join(goal.split(" – ")[0] for goal in goals)),
                    cell(look, look.rng.choice(("SDG0306 Veiligheid", "SDG1107 Openbare ruimte"))),
                ]
            )
        yield Spacer(1, 12)
        yield paragraph(look, "Overzicht van de SDG’s", 1.8, bold=True)
        yield paragraph(look, "De koppeling gebeurde op het niveau van de doelstelling.")
        yield Table(rows, [150, 130, 190], style=table_style(look.rng.random() < 0.6))
    if look.rng.random() < 0.3:
        look = small(look)
        rows = [head_cells(look, "Doelstelling")]
        for objective in named:
            actions = [action for each in objective.plans for action in each.actions]
            rows.append([cell(look, objective.code), *amount_cells(look, paid_by_year(actions))])
        yield Spacer(1, 12)
        yield paragraph(look, "Uitgaven per doelstelling", 1.8, bold=True)
        yield Table(
            rows, [90, *[money_width(look)] * 7], style=table_style(look.rng.random() < 0.6)
        )
    if look.rng.random() < 0.5:
        yield paragraph(look, "Besluit", 1.8, bold=True)
        yield paragraph(look, "De voortgang wordt twee keer per jaar in de raad besproken.")
