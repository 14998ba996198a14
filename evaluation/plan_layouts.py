"""Invented plans printed in the ways that municipalities print theirs, as PDF.

    python evaluation/plan_layouts.py FOLDER --seeds 0 5

writes ``LAYOUT-SEED.pdf`` with its true tree in ``LAYOUT-SEED.json``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plan_frames import closing, goal_lines, opening, paragraph
from plan_side_tables import side_table
from plan_small_tables import fiche_table, sorted_table, yearly_table
from plan_tables import one_table, pairs_table
from plan_trees import YEARS, Look, make_plan, truth_of
from reportlab.lib.pagesizes import A2, A3, A4, landscape
from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer, Table

from sdgalign.plans import Action, ActionPlan, Objective, Plan

Build = Callable[[Plan, Look], Iterator[Flowable]]


def _name(node: Objective | ActionPlan | Action) -> str:
    return node.title or node.text


def _body(look: Look, node: Objective | ActionPlan | Action, indent: float = 0) -> list[Flowable]:
    return [paragraph(look, node.text, indent=indent)] if node.title else []


def _unit(look: Look) -> Iterator[Flowable]:
    if look.unit != 1:
        yield paragraph(look, look.rng.choice(("Bedragen in duizend euro", "(x 1.000 euro)")))


def numbered(plan: Plan, look: Look) -> Iterator[Flowable]:
    """A heading for each node, text under it, a table of years under each action."""
    yield from _unit(look)
    for objective in plan.objectives:
        if objective.code:
            yield paragraph(look, f"{objective.code} {_name(objective)}", 1.8, bold=True)
            yield from _body(look, objective)
            yield from goal_lines(look)
        for each in objective.plans:
            yield paragraph(look, f"{each.code} {_name(each)}", 1.4, bold=True)
            yield from _body(look, each)
            for action in each.actions:
                yield paragraph(look, f"{action.code} {_name(action)}", 1.1, bold=True)
                yield from _body(look, action)
                yield yearly_table(look, [action], with_code=False)
                yield Spacer(1, 6)


def labelled(plan: Plan, look: Look) -> Iterator[Flowable]:
    """``Actie 1.1.1: …`` and a line with the total."""
    mark = look.rng.choice((": ", " – ", " - "))
    for objective in plan.objectives:
        if objective.code:
            name = f"Beleidsdoelstelling {objective.code}{mark}{_name(objective)}"
            yield paragraph(look, name, 1.6, bold=True)
            yield from _body(look, objective)
            yield from goal_lines(look)
        for each in objective.plans:
            yield paragraph(look, f"Actieplan {each.code}{mark}{_name(each)}", 1.3, bold=True)
            yield from _body(look, each)
            for action in each.actions:
                yield paragraph(look, f"Actie {action.code}{mark}{_name(action)}", bold=True)
                yield from _body(look, action)
                yield yearly_table(look, [action], with_code=False, with_unit=True)
                yield Spacer(1, 5)


def priority(plan: Plan, look: Look) -> Iterator[Flowable]:
    """Sections for what is priority and what is not, sums under each action plan."""
    yield from _unit(look)
    for objective in plan.objectives:
        if objective.code:
            name = f"Beleidsdoelstelling {objective.code}: {_name(objective)}"
            yield paragraph(look, name, 1.6, bold=True)
            yield from _body(look, objective)
            yield from goal_lines(look)
        for each in objective.plans:
            kind = look.rng.choice(("Prioritair actieplan", "Niet-prioritair actieplan"))
            yield paragraph(look, f"{kind} {each.code}: {_name(each)}", 1.3, bold=True)
            yield from _body(look, each)
            yield paragraph(
                look, look.rng.choice(("Prioritaire acties", "Overige acties")), bold=True
            )
            for action in each.actions:
                yield paragraph(look, f"• {action.code} {_name(action)}", bold=True, indent=14)
                yield from _body(look, action, 26)
            yield yearly_table(look, each.actions, total=f"Totaal {each.code}")
            yield Spacer(1, 8)


def fiches(plan: Plan, look: Look) -> Iterator[Flowable]:
    """Expenditure and receipts under operation, investment and financing, for plans too."""
    yield from _unit(look)
    for objective in plan.objectives:
        if objective.code:
            name = f"Beleidsdoelstelling: {objective.code} {_name(objective)}"
            yield paragraph(look, name, 1.5, bold=True)
            yield from _body(look, objective)
            yield from goal_lines(look)
        for each in objective.plans:
            yield paragraph(look, f"Actieplan: {each.code} {_name(each)}", 1.25, bold=True)
            yield from _body(look, each)
            yield fiche_table(look, each.actions)
            for action in each.actions:
                yield paragraph(look, f"Actie: {action.code} {_name(action)}", bold=True)
                yield from _body(look, action)
                yield fiche_table(look, [action])
                yield Spacer(1, 6)


def keyed(plan: Plan, look: Look) -> Iterator[Flowable]:
    """Headings and texts, then a table per action plan whose rows say code and sort of amounts."""
    yield from _unit(look)
    for objective in plan.objectives:
        if objective.code:
            yield paragraph(look, f"{objective.code} {_name(objective)}", 1.7, bold=True)
            yield from _body(look, objective)
            yield from goal_lines(look)
        for each in objective.plans:
            yield paragraph(look, f"{each.code} {_name(each)}", 1.3, bold=True)
            yield from _body(look, each)
            for action in each.actions:
                yield paragraph(look, f"{action.code} {_name(action)}", bold=True)
                yield from _body(look, action)
            yield sorted_table(look, each)
            yield Spacer(1, 6)


@dataclass(frozen=True)
class PlanLayout:
    """A way to print a plan, and what it prints of it."""

    name: str
    build: Build
    is_wide: bool = False
    has_receipts: bool = False


def _table(make: Callable[..., Flowable | list[Table]], **options: Any) -> Build:  # noqa: ANN401
    def build(plan: Plan, look: Look) -> Iterator[Flowable]:
        yield paragraph(
            look, look.rng.choice(("Doelstellingenboom", "Strategische nota")), 1.6, bold=True
        )
        yield from _unit(look)
        made = make(plan, look, **options)
        yield from made if isinstance(made, list) else [made]

    return build


LAYOUTS = (
    PlanLayout("numbered", numbered),
    PlanLayout("labelled", labelled),
    PlanLayout("priority", priority),
    PlanLayout("fiches", fiches, has_receipts=True),
    PlanLayout("keyed", keyed, has_receipts=True),
    PlanLayout("ruled", _table(one_table, is_ruled=True), True),
    PlanLayout("unruled", _table(one_table), True),
    PlanLayout("receipt-rows", _table(one_table, rows=True, is_ruled=True), True, True),
    PlanLayout("receipt-rows-unruled", _table(one_table, rows=True), True, True),
    PlanLayout("receipt-columns", _table(pairs_table), True, True),
    PlanLayout("side-ruled", _table(side_table, is_ruled=True), True),
    PlanLayout("side-unruled", _table(side_table), True),
    PlanLayout("side-unnamed", _table(side_table, is_named=False), True),
    PlanLayout("side-receipts", _table(side_table, is_ruled=True, rows=True), True, True),
)


def write_plans(folder: Path, seeds: Iterable[int], names: Sequence[str] = ()) -> list[Path]:
    """Write the plans of each layout with their truths; return the paths of the PDFs."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for layout in LAYOUTS:
        for seed in seeds if not names or layout.name in names else ():
            path = folder / f"{layout.name}-{seed}.pdf"
            plan, look = make_plan(seed, layout.name)
            truth = truth_of(plan)
            if not layout.has_receipts:
                truth = [{k: v for k, v in row.items() if k != "receipts_eur"} for row in truth]
            _write(path, plan, look, layout)
            data = {"municipality": plan.municipality, "actions": truth}
            path.with_suffix(".json").write_text(json.dumps(data), encoding="utf-8")
            paths.append(path)
    return paths


def _write(path: Path, plan: Plan, look: Look, layout: PlanLayout) -> None:
    flowables = [
        paragraph(look, f"Meerjarenplan {YEARS[0]}-{YEARS[-1]}", 2, bold=True),
        paragraph(look, f"Gemeente {plan.municipality}"),
        *opening(plan, look),
        *layout.build(plan, look),
        *closing(plan, look),
    ]
    widest = max(sum(getattr(each, "_colWidths", None) or ()) for each in flowables)
    wide = next(paper for paper in (A4, A3, A2) if landscape(paper)[0] - 92 >= widest)
    size = landscape(wide) if layout.is_wide else A4

    def decorate(canvas: Any, document: Any) -> None:  # noqa: ANN401
        canvas.setFont("Helvetica", 7.5)
        canvas.drawString(40, size[1] - 28, f"{plan.municipality} – meerjarenplan")
        canvas.drawRightString(size[0] - 40, 20, f"{document.page}")

    SimpleDocTemplate(
        str(path),
        pagesize=size,
        topMargin=48,
        bottomMargin=40,
        leftMargin=40,
        rightMargin=40,
        invariant=1,
    ).build(flowables, onFirstPage=decorate, onLaterPages=decorate)


def main() -> None:
    """Write the plans."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, nargs=2, default=(0, 5), metavar=("FIRST", "END"))
    options = parser.parse_args()
    write_plans(options.folder, range(*options.seeds))


if __name__ == "__main__":
    main()
