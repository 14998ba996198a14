"""The alignment of one document as a table in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sdgalign.framework import Language
from sdgalign.pipeline import Analysis
from sdgalign.reports.marks import whole_words
from sdgalign.reports.texts import texts
from sdgalign.scoring import GoalAlignment, Match, Score
from sdgalign.segmentation import Segment

QUOTE_LENGTH = 110
"""Characters of a quote in the table; the reports have it whole."""

GAPS_SHOWN = 8


def print_alignment(analysis: Analysis, language: Language, console: Console) -> None:
    """Print per goal: score with interval, coverage, strongest evidence, gaps.

    Args:
        analysis: Of one document.
        language: Of headings and titles; quotes stay as they are.
        console: Where to print.
    """
    words = texts(language)
    segments = {segment.id: segment for segment in analysis.segments}
    table = Table(
        title=Text(f"{analysis.document.name}: {format_score(analysis.alignment.score)} / 100"),
        title_justify="left",
        title_style="bold",
        box=None,
        header_style="bold",
        pad_edge=False,
    )
    table.add_column("")
    table.add_column(words["goal"], ratio=5)
    table.add_column(words["score"], no_wrap=True, justify="right")
    table.add_column(words["coverage"], no_wrap=True, justify="right")
    table.add_column(words["strongest"], ratio=9)
    table.add_column(words["gaps"], ratio=4)
    for goal in analysis.alignment.goals:
        about = analysis.framework.goal(goal.goal_code)
        table.add_row(
            Text(f" {goal.goal_code:>2} ", style=f"bold white on {about.color}"),
            about.title[language],
            format_score(goal.score) if goal.score else "–",
            f"{len(goal.covered)}/{len(goal.scored)}" if goal.scored else "–",
            _quote(goal.strongest, segments, has_pages=analysis.document.has_pages),
            _gaps(goal),
        )
    console.print(table)
    console.print(Text(words["terminal_note"], style="dim"))


def format_score(score: Score) -> str:
    """Return ``63 (58–67)``: the score and its 90 % interval."""
    return f"{score.value:.0f} ({score.low:.0f}–{score.high:.0f})"


def _quote(match: Match | None, segments: dict[str, Segment], *, has_pages: bool) -> Text:
    if match is None:
        return Text("–")
    segment = segments[match.segment_id]
    text = segment.text
    if len(text) > QUOTE_LENGTH:
        text = text[:QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"
    page = f" p. {segment.pages[0]}" if has_pages else ""
    place = f"{match.target_code}{page} “"
    quote = Text(f"{place}{text}”")
    for start, end in whole_words(segment.text, match.reason.words if match.reason else ()):
        if segment.text[:end] == text[:end]:  # not cut off
            quote.stylize("bold", len(place) + start, len(place) + end)
    return quote


def _gaps(goal: GoalAlignment) -> str:
    codes = [gap.target_code for gap in goal.gaps]
    more = f" +{len(codes) - GAPS_SHOWN}" if len(codes) > GAPS_SHOWN else ""
    return " ".join(codes[:GAPS_SHOWN]) + more
