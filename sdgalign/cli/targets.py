"""``sdgalign targets``: show the goals and targets."""

from __future__ import annotations

import csv
import io
import json
from enum import StrEnum
from typing import Annotated, Any

import typer

from sdgalign.cli.console import LanguageOption, choose_language, output
from sdgalign.errors import FrameworkError
from sdgalign.framework import Framework, Language, Target, load_framework


class TargetsFormat(StrEnum):
    """How to show targets."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def targets(
    code: Annotated[str | None, typer.Argument(help="A target (11.2) or a goal (11).")] = None,
    goal: Annotated[str | None, typer.Option(help="Only the targets of this goal (1–17).")] = None,
    lang: LanguageOption = None,
    format: Annotated[TargetsFormat, typer.Option(help="How to show them.")] = TargetsFormat.TABLE,
) -> None:
    """Show the 17 goals and 169 targets, read for a local authority in Flanders."""
    framework = load_framework()
    language = choose_language(lang)
    chosen = select_targets(framework, code, goal)
    rows = [target_row(framework, target, language) for target in chosen]
    match format:
        case TargetsFormat.JSON:
            typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        case TargetsFormat.CSV:
            typer.echo(_csv(rows), nl=False)
        case TargetsFormat.TABLE:
            _print_table(rows, language, detailed=len(rows) == 1)


def select_targets(framework: Framework, code: str | None, goal: str | None) -> tuple[Target, ...]:
    """Return the targets asked for, all of them when nothing is asked.

    Raises:
        FrameworkError: When there is no such goal or target.
    """
    if code is None:
        return framework.targets if goal is None else framework.goal(goal).targets
    code = code.lower()
    chosen = (framework.target(code),) if "." in code else framework.goal(code).targets
    if goal is not None and chosen[0].goal_code != framework.goal(goal).code:
        raise FrameworkError(f"{code} does not belong to goal {goal}; leave --goal out")
    return chosen


def target_row(framework: Framework, target: Target, language: Language) -> dict[str, Any]:
    """Return a target in one language as plain data."""
    goal = framework.goal(target.goal_code)
    return {
        "code": target.code,
        "uri": target.uri,
        "goal": goal.code,
        "goal_title": goal.title[language],
        "color": goal.color,
        "title": target.title[language],
        "description": target.description[language],
        "relevance": str(target.relevance),
        "reason": target.reason[language],
        "actions": [action[language] for action in target.actions],
        "indicators": [
            {"text": indicator.text[language], "source": indicator.source[language]}
            for indicator in target.indicators
        ],
    }


def _csv(rows: list[dict[str, Any]]) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, fieldnames=list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        row | {name: " | ".join(_lines(row[name])) for name in ("actions", "indicators")}
        for row in rows
    )
    return buffer.getvalue()


def _lines(entries: list[str] | list[dict[str, str]]) -> list[str]:
    return [
        entry if isinstance(entry, str) else f"{entry['text']} · {entry['source']}"
        for entry in entries
    ]


def _print_table(rows: list[dict[str, Any]], language: Language, detailed: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    from sdgalign.reports.texts import texts

    words = texts(language)
    console = output()
    if detailed:
        grid = Table.grid(padding=(0, 2))
        row = rows[0] | {"relevance": words[f"relevance_{rows[0]['relevance']}"]}
        for name, value in row.items():
            lines = _lines(value) if isinstance(value, list) else [value]
            for at, line in enumerate(lines):
                grid.add_row(Text("" if at else name, style="bold"), Text(line))
        console.print(grid)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("target", "title", "relevance", "reason"):
        table.add_column(words[heading])
    goal = None
    for row in rows:
        if row["goal"] != goal:
            goal = row["goal"]
            table.add_section()
            table.add_row(
                Text(f" {goal} ", style=f"bold {row['color']} reverse"),
                Text(row["goal_title"], style="bold"),
            )
        relevance = words[f"relevance_{row['relevance']}"]
        table.add_row(row["code"], Text(row["title"]), Text(relevance), Text(row["reason"]))
    console.print(table)
