"""``sdgalign plan``: show the tree of a multi-annual plan."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdgalign.cli.console import (
    PasswordOption,
    choose_language,
    output,
    path_of,
    progress_bar,
    say,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from sdgalign.plans import Action, ActionPlan, Objective, Plan

_SHOWN = 90
"""Letters of a text that the tree shows; csv and json have all of it."""


class PlanFormat(StrEnum):
    """How to show a plan."""

    TREE = "tree"
    CSV = "csv"
    JSON = "json"


def plan(
    file: Annotated[
        Path,
        typer.Argument(
            help="A plan (PDF, docx, odt, html), or a BBC export (csv, xlsx, jsonl).",
            show_default=False,
            parser=path_of,
        ),
    ],
    format: Annotated[PlanFormat, typer.Option(help="How to show it.")] = PlanFormat.TREE,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write to this file.", metavar="FILE")
    ] = None,
    password: PasswordOption = None,
) -> None:
    """Show the objectives, action plans and actions of a multi-annual plan, with their budgets."""
    from sdgalign.files import write_whole

    plans = read_with_progress(file, password)
    if format is PlanFormat.TREE and out is None:
        _print_trees(plans)
        return
    text = _as_text(plans, format)
    if out is None:
        typer.echo(text, nl=False)
        return
    with write_whole(out) as stream:
        stream.write(text)
    say(f"written to {out}")


def read_with_progress(file: Path, password: str | None) -> tuple[Plan, ...]:
    """Read the plans of a file; show progress, and say what the reader doubts.

    Raises:
        DocumentError: When the file cannot be read.
        InputError: When it holds no plan, or a column is missing.
    """
    from sdgalign.plans import read_plans

    pages = 0
    with progress_bar() as bar:
        task = bar.add_task(file.name, total=None)

        def on_page(done: int, total: int) -> None:
            nonlocal pages
            pages = total
            bar.update(task, completed=done, total=total)

        plans = read_plans(file, on_page=on_page, password=password)
    _say_doubts(file, plans, pages)
    return plans


def _say_doubts(file: Path, plans: Sequence[Plan], pages: int) -> None:
    from sdgalign.reports.texts import texts

    words = texts(choose_language(None))
    for each in plans:
        for doubt in each.doubts:
            say(f"{file}: {words.fill(f'warning.{doubt.code}', n=doubt.pages, total=pages)}")


def _as_text(plans: Sequence[Plan], format: PlanFormat) -> str:
    from sdgalign.plans.write import plan_data, write_csv

    buffer = io.StringIO()
    match format:
        case PlanFormat.JSON:
            data = [plan_data(each) for each in plans]
            json.dump(data[0] if len(data) == 1 else data, buffer, ensure_ascii=False, indent=1)
            buffer.write("\n")
        case PlanFormat.CSV:
            write_csv(plans, buffer)
        case PlanFormat.TREE:
            from rich.console import Console

            _print_trees(plans, Console(file=buffer, width=120, highlight=False))
    return buffer.getvalue()


def _print_trees(plans: Sequence[Plan], console: Console | None = None) -> None:
    from rich.table import Table
    from rich.text import Text

    console = console or output()
    for each in plans:
        table = Table.grid(padding=(0, 2), expand=False)
        table.add_column(ratio=1)
        table.add_column(justify="right", no_wrap=True)
        amount = sum(_amount(action) for _, _, action in each.actions())
        table.add_row(Text(each.municipality or "plan", style="bold"), _euro(amount))
        for objective in each.objectives:
            paid = [action for item in objective.plans for action in item.actions]
            table.add_row(_label(objective, 0), _euro(sum(map(_amount, paid))))
            for item in objective.plans:
                table.add_row(_label(item, 1), _euro(sum(map(_amount, item.actions))))
                for action in item.actions:
                    table.add_row(_label(action, 2), _euro(_amount(action)))
        console.print(table)


def _label(node: Objective | ActionPlan | Action, depth: int) -> Text:
    from rich.text import Text

    from sdgalign.plans.plan import bare_text

    text = node.title or bare_text(node.text)
    shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"
    label = Text("  " * depth)
    label.append(node.code, style="bold" if depth < 2 else "cyan")
    label.append(f"  {shown}" if node.code else shown or "–")
    return label


def _amount(action: Action) -> float:
    return action.budget.total if action.budget is not None else 0.0


def _euro(amount: float) -> str:
    """Return an amount with thousands marks, as Belgians write it."""
    return f"€ {amount:,.0f}".replace(",", ".")
