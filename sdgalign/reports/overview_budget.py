"""Sheets of the workbook of an overview: euro per goal, of all plans and of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sdgalign.corpus.euro import WITHOUT
from sdgalign.corpus.overview_parts import KindOverview
from sdgalign.framework import Framework
from sdgalign.reports.overview_data import OverviewReport
from sdgalign.reports.overview_tables import goal_cell, goal_title, kind_column, linked
from sdgalign.reports.sheets import Colored, Column, Form, Table, Value
from sdgalign.reports.texts import Texts

_NEUTRAL = "#D5DBE1"


def budget(report: OverviewReport, t: Texts, framework: Framework) -> Table:
    """Return euro per goal of all plans, with intervals."""
    columns = [
        kind_column(t),
        Column(t["goal"], 7, "goal"),
        Column(t["title"], 40),
        Column(t["column.euro"], 18, "euro"),
        Column(t["column.low"], 18, "euro"),
        Column(t["column.high"], 18, "euro"),
        Column(t["column.share"], 12, "share"),
    ]
    rows = [
        row for kind in report.overview.kinds for row in _money_rows(report, kind, t, framework)
    ]
    return Table(t["sheet.budget"], columns, rows, frozen=3)


def _money_rows(
    report: OverviewReport, kind: KindOverview, t: Texts, framework: Framework
) -> Iterator[list[Value]]:
    if kind.money is None:
        return
    name, total = t[f"corpus.kind.{kind.kind}"], kind.money.total
    estimate = report.estimates.get(kind.kind)
    yield [name, Colored("", _NEUTRAL), t["budget.total"], total, None, None, None]
    for code in (WITHOUT, *(goal.code for goal in framework.goals)):
        euro = kind.money.by_goal.get(code, 0.0) if code else kind.money.without_goal
        interval = estimate.by_goal[code] if estimate else None
        yield [
            name,
            goal_cell(framework, code),
            goal_title(framework, code, t),
            round(euro),
            round(interval.low) if interval else None,
            round(interval.high) if interval else None,
            euro / total if total else None,
        ]


def budget_each(report: OverviewReport, t: Texts, framework: Framework) -> Table:
    """Return euro per goal of each plan."""
    euro: Form = "euro"
    columns = [
        kind_column(t),
        Column(t["corpus.name"], 34),
        Column(t["corpus.nis"], 10),
        Column(t["plan.total"], 16, euro),
        Column(t["plan.without"], 16, euro),
        *(Column(f"SDG {goal.code}", 15, euro) for goal in framework.goals),
    ]
    rows: list[Sequence[Value]] = [
        [
            t[f"corpus.kind.{kind.kind}"],
            linked(report, unit),
            unit.current[0].nis_code,
            round(sum(amounts.values())),
            round(amounts[WITHOUT]),
            *(round(amounts.get(goal.code, 0.0)) for goal in framework.goals),
        ]
        for kind in report.overview.kinds
        for unit in kind.units
        if (amounts := unit.euro)
    ]
    return Table(t["sheet.budget_each"], columns, rows, frozen=2)
