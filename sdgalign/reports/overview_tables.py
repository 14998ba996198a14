"""Sheets of the workbook of an overview: groups, makers, goals, targets, ranks, changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sdgalign.corpus.overview_parts import Group, Unit
from sdgalign.corpus.statistics import Interval
from sdgalign.framework import Framework
from sdgalign.reports.html_parts import STATUSES
from sdgalign.reports.overview_data import OverviewReport
from sdgalign.reports.sheets import Colored, Column, Linked, Table, Value
from sdgalign.reports.texts import Texts

_NEUTRAL = "#D5DBE1"


def kind_column(t: Texts) -> Column:
    """Return the first column of every table."""
    return Column(t["technical.kind"], 26)


def _score_columns(t: Texts) -> list[Column]:
    return [
        Column(t["score"], 9, "score"),
        Column(t["column.low"], 11, "score"),
        Column(t["column.high"], 11, "score"),
    ]


def _coverage_columns(t: Texts) -> list[Column]:
    name = t["coverage"]
    return [
        Column(name, 10, "percent"),
        Column(f"{name} {t['column.low']}", 13, "percent"),
        Column(f"{name} {t['column.high']}", 13, "percent"),
    ]


def _spread(value: Interval | None, digits: int) -> list[Value]:
    if value is None:
        return [None, None, None]
    return [round(each, digits) for each in (value.value, value.low, value.high)]


def groups(report: OverviewReport, t: Texts) -> Table:
    """Return a row per group: party, municipality, year, and all of a kind."""
    columns = [
        kind_column(t),
        Column(t["corpus.group"], 20),
        Column(t["corpus.name"], 30),
        Column(t["corpus.documents"], 13, "integer"),
        *_score_columns(t),
        *_coverage_columns(t),
        Column(t["corpus.lowest"], 10, "score"),
        Column(t["corpus.highest"], 10, "score"),
        Column(t["corpus.basis"], 44),
    ]
    return Table(t["sheet.groups"], columns, list(_group_rows(report, t)), frozen=3)


def _group_rows(report: OverviewReport, t: Texts) -> Iterator[list[Value]]:
    for kind in report.overview.kinds:
        name = t[f"corpus.kind.{kind.kind}"]
        yield _group_row(t, name, t["corpus.everything"], kind.whole, "")
        for by, groups in (
            ("corpus.party", kind.parties),
            ("corpus.municipality", kind.municipalities),
            ("plan.year", kind.years),
        ):
            for group in groups:
                yield _group_row(t, name, t[by], group, group.name)


def _group_row(t: Texts, kind: str, by: str, group: Group, name: str) -> list[Value]:
    basis = min(group.documents, 3)
    return [
        kind,
        by,
        name,
        group.documents,
        *_spread(group.score, 1),
        *_spread(group.coverage, 4),
        group.lowest,
        group.highest,
        t[f"corpus.basis_{basis}"],
    ]


def units(report: OverviewReport, t: Texts, framework: Framework) -> Table:
    """Return a row per municipality or other maker, with the score of every goal."""
    columns = [
        kind_column(t),
        Column(t["corpus.name"], 34),
        Column(t["corpus.municipality"], 24),
        Column(t["corpus.nis"], 10),
        Column(t["corpus.party"], 16),
        Column(t["plan.year"], 8, "integer"),
        Column(t["corpus.documents"], 13, "integer"),
        *_score_columns(t),
        *_coverage_columns(t),
        *(Column(f"SDG {goal.code}", 9, "score") for goal in framework.goals),
    ]
    codes = [goal.code for goal in framework.goals]
    rows = [
        [
            t[f"corpus.kind.{kind.kind}"],
            linked(report, unit),
            unit.current[0].municipality,
            unit.current[0].nis_code,
            unit.current[0].party,
            unit.year,
            unit.group.documents,
            *_spread(unit.group.score, 1),
            *_spread(unit.group.coverage, 4),
            *(round(unit.goals[c].value, 1) if c in unit.goals else None for c in codes),
        ]
        for kind in report.overview.kinds
        for unit in kind.units
    ]
    return Table(t["sheet.units"], columns, rows, frozen=2)


def linked(report: OverviewReport, unit: Unit) -> Value:
    """Return the name of a unit, which opens the report of its document where there is one."""
    return Linked(unit.name, report.link(unit.current[0]))


def goals(report: OverviewReport, t: Texts, framework: Framework) -> Table:
    """Return a row per goal: the mean of its scores."""
    columns = [
        kind_column(t),
        Column(t["goal"], 7, "goal"),
        Column(t["title"], 40),
        Column(t["corpus.documents"], 13, "integer"),
        *_score_columns(t),
        Column(t["corpus.lowest"], 10, "score"),
        Column(t["corpus.highest"], 10, "score"),
    ]
    rows: list[Sequence[Value]] = [
        [
            t[f"corpus.kind.{kind.kind}"],
            goal_cell(framework, code),
            goal_title(framework, code, t),
            group.documents,
            *_spread(group.score, 1),
            group.lowest,
            group.highest,
        ]
        for kind in report.overview.kinds
        for code, group in kind.goals.items()
    ]
    return Table(t["sheet.goals"], columns, rows, frozen=3)


def goal_cell(framework: Framework, code: str) -> Value:
    """Return the number of a goal on its colour; an empty cell for no goal."""
    return Colored(int(code), framework.goal(code).color) if code else Colored("", _NEUTRAL)


def goal_title(framework: Framework, code: str, t: Texts) -> str:
    """Return the title of a goal, or what euro without any are called."""
    if not code:
        return t["budget.without_target"]
    titles = {str(language): text for language, text in framework.goal(code).title.items()}
    return titles[t.language]


def targets(report: OverviewReport, t: Texts, framework: Framework) -> Table:
    """Return a row per target, the most taken up first, with the documents at each status."""
    shown = STATUSES[:5]
    columns = [
        kind_column(t),
        Column(t["goal"], 7, "goal"),
        Column(t["target"], 9),
        Column(t["title"], 50),
        Column(t["relevance"], 24),
        Column(t["corpus.documents"], 13, "integer"),
        Column(t["corpus.taken_up"], 12, "percent"),
        *(Column(t[f"status.{status}"], 13, "integer") for status in shown),
    ]
    rows: list[Sequence[Value]] = []
    for kind in report.overview.kinds:
        for each in kind.most_covered:
            target = framework.target(each.code)
            titles = {str(language): text for language, text in target.title.items()}
            rows.append(
                [
                    t[f"corpus.kind.{kind.kind}"],
                    goal_cell(framework, target.goal_code),
                    each.code,
                    titles[t.language],
                    t[f"relevance_{target.relevance}"],
                    each.documents,
                    round(each.taken_up, 4),
                    *(each.by_status.get(status, 0) for status in shown),
                ]
            )
    return Table(t["sheet.targets"], columns, rows, frozen=4)


def ranking(report: OverviewReport, t: Texts) -> Table:
    """Return the ranks with the range that cannot be told apart."""
    columns = [
        kind_column(t),
        Column(t["corpus.rank"], 8, "integer"),
        Column(t["corpus.best"], 14, "integer"),
        Column(t["corpus.worst"], 14, "integer"),
        Column(t["corpus.name"], 40),
        *_score_columns(t),
    ]
    rows = [
        [
            t[f"corpus.kind.{kind.kind}"],
            unit.ranks.rank,
            unit.ranks.best,
            unit.ranks.worst,
            linked(report, unit),
            *_spread(unit.group.score, 1),
        ]
        for kind in report.overview.kinds
        for unit in kind.units
        if unit.ranks
    ]
    return Table(t["sheet.ranking"], columns, rows, frozen=5)


def trends(report: OverviewReport, t: Texts) -> Table:
    """Return a row per maker with documents of several years."""
    columns = [
        kind_column(t),
        Column(t["corpus.name"], 34),
        Column(t["corpus.first_year"], 10, "integer"),
        Column(t["corpus.last_year"], 10, "integer"),
        Column(t["corpus.first_score"], 12, "score"),
        Column(t["corpus.last_score"], 12, "score"),
        Column(t["corpus.change"], 12, "score"),
        Column(t["column.low"], 11, "score"),
        Column(t["column.high"], 11, "score"),
        Column(t["corpus.clear"], 10),
    ]
    rows = [
        [
            t[f"corpus.kind.{kind.kind}"],
            trend.name,
            trend.years[0][0],
            trend.years[-1][0],
            round(trend.years[0][1].value, 1),
            round(trend.years[-1][1].value, 1),
            *_spread(trend.change, 1),
            t["column.yes"] if trend.is_clear else t["column.no"],
        ]
        for kind in report.overview.kinds
        for trend in kind.trends
    ]
    return Table(t["sheet.trends"], columns, rows, frozen=2)


def outliers(report: OverviewReport, t: Texts) -> Table:
    """Return a row per unusual figure."""
    columns = [
        kind_column(t),
        Column(t["corpus.name"], 34),
        Column(t["corpus.measure"], 30),
        Column(t["corpus.value"], 12, "score"),
        Column(t["corpus.median"], 12, "score"),
        Column(t["corpus.distance"], 12, "score"),
    ]
    rows: list[Sequence[Value]] = [
        [
            t[f"corpus.kind.{kind.kind}"],
            each.unit.name,
            t.fill("corpus.measure_goal", code=each.measure)
            if each.measure.isdigit()
            else t[f"corpus.measure_{each.measure}"],
            round(each.value, 1),
            round(each.median, 1),
            round(each.found.distance, 1),
        ]
        for kind in report.overview.kinds
        for each in kind.outliers
    ]
    return Table(t["sheet.outliers"], columns, rows, frozen=2)
