"""The overview of a corpus as an Excel workbook: a pure function."""

from __future__ import annotations

from sdgalign._version import __version__
from sdgalign.framework import load_framework
from sdgalign.reports.html_parts import STATUSES
from sdgalign.reports.overview_budget import budget, budget_each
from sdgalign.reports.overview_data import OverviewReport, failed, losses
from sdgalign.reports.overview_html import conclusion
from sdgalign.reports.overview_tables import (
    goals,
    groups,
    outliers,
    ranking,
    targets,
    trends,
    units,
)
from sdgalign.reports.sheets import Page, Table, Value
from sdgalign.reports.texts import Texts
from sdgalign.reports.xlsx import write_workbook


def render_overview_workbook(report: OverviewReport, words: Texts) -> bytes:
    """Write the overview as an xlsx file.

    Args:
        report: What to show.
        words: Of the language of sheets and headings.

    Returns:
        The file. Every table names the kind of document on each row, so that a filter keeps kinds
        apart; budget and trends only where there are any.
    """
    framework = load_framework()
    kinds = report.overview.kinds
    sheets: list[Table | Page] = [
        _overview(report, words),
        groups(report, words),
        units(report, words, framework),
        goals(report, words, framework),
        targets(report, words, framework),
        ranking(report, words),
    ]
    if any(kind.trends for kind in kinds):
        sheets.append(trends(report, words))
    if any(kind.outliers for kind in kinds):
        sheets.append(outliers(report, words))
    if any(kind.money for kind in kinds):
        sheets += [budget(report, words, framework), budget_each(report, words, framework)]
    sheets.append(_method(report, words))
    return write_workbook(
        sheets, title=report.title, created=report.created, language=words.language
    )


def _overview(report: OverviewReport, t: Texts) -> Page:
    rows: list[tuple[Value, Value] | str] = [t["conclusion"]]
    rows += [("", sentence) for sentence in conclusion(report.overview, t)]
    rows.append(t["corpus.run"])
    rows += [(t[f"corpus.state.{state}"], n) for state, n in report.overview.states.items()]
    if report.copies:
        rows.append((t["corpus.copies"], report.copies))
    rows += [(t["technical.created"], t.date(report.created))]
    rows += [(t["technical.model"], model) for model in report.models]
    if len(report.models) > 1:
        rows.append((t["column.warning"], t["corpus.several_models"]))
    if report.failures:
        rows.append(t["corpus.failures_intro"])
        rows += [(each.name, f"{failed(each, t)} {each.message}") for each in report.failures]
    if report.partial:
        rows.append(t.count("corpus.partial", len(report.partial)))
        rows += [(each.name, losses(each, t)) for each in report.partial]
    rows += [t["notice"], ("", t["corpus.notice"])]
    return Page(t["sheet.overview"], f"{t['corpus']}: {report.title}", rows)


def _method(report: OverviewReport, t: Texts) -> Page:
    rows: list[tuple[Value, Value] | str] = [
        t["status"],
        (t["status.measurable"], t["method.measurable"]),
        *((t[f"status.{each}"], t[f"reading.status.{each}"]) for each in STATUSES[1:]),
        t["reading.figures"],
        (t["score"], t["method.score"]),
        (t["reading.interval_term"], t["reading.interval"]),
        (t["corpus.mean_term"], t["corpus.reading_mean"]),
        (t["coverage"], f"{t['reading.coverage']} {t['corpus.reading_coverage']}"),
        (t["corpus.rank_term"], t["corpus.reading_rank"]),
        (t["corpus.outliers"], t["corpus.reading_outlier"]),
        (t["corpus.change"], t["corpus.reading_change"]),
        (t["corpus.kind_term"], t["corpus.reading_kind"]),
        (t["plan.spending"], f"{t['plan.rule']} {t['corpus.reading_euro']}"),
        (t["relevance"], t["reading.local"]),
        (t["reading.limits_term"], t["reading.limits"]),
        t["reading.technical"],
        (t["technical.tool"], f"sdgalign {__version__}"),
        *((t["technical.model"], model) for model in report.models),
        (t["technical.created"], t.date(report.created)),
    ]
    return Page(t["sheet.method"], t["method.title"], rows)
