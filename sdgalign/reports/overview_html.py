"""The overview of a corpus as one HTML file: a pure function; needs no network, nor script."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from sdgalign._version import __version__
from sdgalign.corpus.euro import WITHOUT
from sdgalign.corpus.overview_parts import KindOverview, Overview, Trend
from sdgalign.corpus.statistics import FEW, LEAST_FOR_OUTLIERS
from sdgalign.framework import Framework, load_framework
from sdgalign.reports import plots
from sdgalign.reports.html_page import OTHER, environment, render_page
from sdgalign.reports.html_parts import STATUSES
from sdgalign.reports.overview_data import OverviewReport, failed, losses
from sdgalign.reports.texts import NO_BREAK, Texts, texts

SHADES = (2, 5, 10, 15, 20, 30, 40, 50, 65)
"""Scores at which the heat map takes the next shade."""

MONEY_SHADES = (0.5, 1, 2.5, 5, 10, 15, 20, 30, 50)
"""Likewise, per cents of the expenditure."""

FEW_TARGETS = 10
"""Targets shown as most and as least taken up."""

MOST_UNITS, MOST_OUTLIERS, MOST_FAILURES = 1000, 40, 100
"""Shown; the JSON has all."""


def render_overview(report: OverviewReport, language: str) -> str:
    """Write the overview of a corpus.

    Args:
        report: What to show.
        language: ``nl`` or ``en``, of the interface; the other one is in the file too.

    Returns:
        One self-contained HTML document that loads nothing.
    """
    framework = load_framework()
    bodies = {
        words.language: environment()
        .get_template("corpus_body.html.j2")
        .render(t=words, language=words.language, **_shown(report, framework, words))
        for words in (texts(language), texts(OTHER[language]))
    }
    return render_page(
        bodies,
        language,
        title=f"{report.title} – {texts(language)['corpus']}",
        generator=f"sdgalign {__version__}",
        goals=((goal.code, goal.color) for goal in framework.goals),
        styles=("report.css", "print.css", "corpus.css"),
        scripts=("switch.js", "corpus.js"),
    )


def _shown(report: OverviewReport, framework: Framework, words: Texts) -> dict[str, Any]:
    return {
        "report": report,
        "overview": report.overview,
        "goals": framework.goals,
        "target_of": framework.target,
        "goal_of": framework.goal,
        "conclusion": conclusion(report.overview, words),
        "statuses": STATUSES,
        "slices": plots.slices,
        "shade": shade,
        "shades": SHADES,
        "money_shades": MONEY_SHADES,
        "millions": lambda euro: millions(words, euro),
        "WITHOUT": WITHOUT,
        "FEW": FEW,
        "LEAST_FOR_OUTLIERS": LEAST_FOR_OUTLIERS,
        "FEW_TARGETS": FEW_TARGETS,
        "MOST_OUTLIERS": MOST_OUTLIERS,
        "MOST_FAILURES": MOST_FAILURES,
        "told_apart": told_apart,
        "failed": failed,
        "losses": losses,
        "sections": sections,
        "numbered": lambda kind: list(enumerate(kind.units[:MOST_UNITS], start=1)),
        "MOST_UNITS": MOST_UNITS,
        "several_years": lambda kind: len({unit.year for unit in kind.units}) > 1,
        "several_documents": lambda kind: any(len(unit.current) > 1 for unit in kind.units),
        "signed": lambda value: signed(words, value),
        "line": trend_line,
        "version": __version__,
    }


def sections(kind: KindOverview) -> list[str]:
    """Return the names of the parts that there is something to show in."""
    shown = {
        "ranking": True,
        "heat": bool(kind.goals),
        "targets": bool(kind.targets),
        "groups": bool(kind.municipalities or kind.parties or len(kind.years) > 1),
        "trends": bool(kind.trends),
        "outliers": kind.whole.documents >= LEAST_FOR_OUTLIERS,
        "money": kind.money is not None and kind.money.total > 0,
    }
    return [name for name, is_shown in shown.items() if is_shown]


def conclusion(overview: Overview, words: Texts) -> list[str]:
    """Return what the overview comes to, one sentence per kind and one on money; main one first."""
    sentences = []
    for kind in overview.kinds:
        whole, name = kind.whole, words[f"corpus.kind.{kind.kind}"]
        if whole.score is None or whole.coverage is None:
            continue
        number = words.count(f"corpus.kind_count.{kind.kind}", whole.documents)
        key = "corpus.conclusion" if whole.documents > 1 else "corpus.conclusion_single"
        sentences.append(
            words.fill(
                key,
                documents=number,
                kind=name,
                coverage=words.percent(whole.coverage.value),
                score=words.score(whole.score.value),
                low=words.score(whole.score.low),
                high=words.score(whole.score.high),
            )
        )
        if kind.money and kind.money.total > 0:
            share = kind.money.without_goal / kind.money.total
            sentences.append(
                words.fill(
                    "corpus.conclusion_money",
                    total=millions(words, kind.money.total),
                    share=words.percent(share),
                )
            )
    return sentences or [words["corpus.nothing"]]


def told_apart(kind: KindOverview) -> float | None:
    """Return the share of pairs of units whose scores differ clearly; None without pairs."""
    ranked = [unit.ranks for unit in kind.units if unit.ranks]
    if len(ranked) < 2:
        return None
    clear = sum(each.best - 1 + len(ranked) - each.worst for each in ranked)
    return clear / (len(ranked) * (len(ranked) - 1))


def shade(value: float, bounds: Sequence[float] = SHADES) -> int:
    """Return the shade of a value in the heat map, 0 for the lightest."""
    return bisect_right(bounds, value)


def millions(words: Texts, euro: float) -> str:
    """Return an amount in millions where it is large: ``€ 1.434 mln``."""
    if abs(euro) < 1e6:
        return words.euro(euro)
    digits = 0 if abs(euro) >= 1e7 else 1
    number = f"{euro / 1e6:,.{digits}f}"
    if words.language == "nl":
        number = number.translate(str.maketrans(",.", ".,"))
    return words.fill("corpus.millions", n=number).replace(" ", NO_BREAK)


def signed(words: Texts, value: float) -> str:
    """Return a change of a score with its sign."""
    rounded = words.score(abs(value))
    sign = "" if rounded == "0" else "+" if value > 0 else "−"
    return f"{sign}{rounded}"


def trend_line(trend: Trend) -> Mapping[str, Any]:
    """Return a small line with its intervals: points in a drawing of 120 by 40."""
    first, last = trend.years[0][0], trend.years[-1][0]
    top = max(10.0, *(score.high for _, score in trend.years))

    def place(year: int, score: float) -> tuple[float, float]:
        return 6 + 108 * (year - first) / (last - first), 37 - 34 * score / top

    points = [(*place(year, score.value), score) for year, score in trend.years]
    return {
        "path": " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points),
        "points": [
            (x, y, place(first, score.low)[1], place(first, score.high)[1])
            for x, y, score in points
        ],
    }
