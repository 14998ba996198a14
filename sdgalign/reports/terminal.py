"""The alignment of one document on one screen of the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sdgalign.framework import Language
from sdgalign.pipeline import Analysis
from sdgalign.reports.html_parts import COVERED, count_status
from sdgalign.reports.payload import build_payload
from sdgalign.reports.texts import Texts, texts

QUOTE_LENGTH = 110
"""Characters of a quote in the table at most; the reports have it whole."""

GAPS_SHOWN = 5

Entry = Mapping[str, Any]


def print_alignment(analysis: Analysis, language: Language, console: Console) -> None:
    """Print score, coverage and depth, a line per goal, and the most pressing gaps.

    Args:
        analysis: Of one document.
        language: Of headings and titles; quotes stay as they are.
        console: Where to print.
    """
    print_payload(build_payload(analysis, language), language, console)


def summary_line(analysis: Analysis, language: Language) -> Text:
    """Return one line: the document, its score and coverage."""
    words = texts(language)
    alignment = analysis.alignment
    score = alignment.score
    interval = words.fill(
        "score.interval", low=words.score(score.low), high=words.score(score.high)
    )
    name = Text(analysis.document.title or analysis.document.name, style="bold")
    facts = (
        f"  {words['score']} {words.score(score.value)} ({interval}) · "
        f"{words['coverage']} {_share(alignment.coverage, words)}"
    )
    return name.append(facts, style="not bold")


def print_payload(payload: Entry, language: str, console: Console) -> None:
    """Print the same of a payload, with the figures and words of the other reports."""
    words = texts(language)
    document = payload["document"]
    title, name = document["title"], document["name"]
    console.print(Text(title if name == title else f"{title} ({name})", style="bold"))
    for fact in _summary(payload, words):
        console.print(Text(fact))
    console.print(_goals(payload, words))
    for line in _gaps(payload, words):
        console.print(line, no_wrap=True, overflow="ellipsis")
    console.print(Text(words["terminal_note"], style="dim"))


def _summary(payload: Entry, words: Texts) -> list[str]:
    summary, counts = payload["summary"], count_status(payload["targets"])
    counting = sum(counts.values())
    if not counting:
        return [words["score.none"]]
    covered = sum(counts[status] for status in COVERED)
    score = words.fill("score.of", score=words.score(summary["score"]))
    taken_up = words.fill("terminal.covered", covered=covered, relevant=counting)
    lines = [
        f"{words['score']} {score} ({_interval(summary, words)})",
        f"{words['coverage']} {_share(summary['coverage'], words)} ({taken_up}) · "
        f"{words['depth']} {_share(summary['depth'], words)}",
        " · ".join(f"{words[f'status.{status}']} {n}" for status, n in counts.items()),
    ]
    budget = payload["plan"]["budget"] if payload["plan"] else {"total": 0}
    if budget["total"] > 0:
        without = _share(budget["without_target"] / budget["total"], words)
        about = words.fill("plan.without_short", euro=words.euro(budget["total"]))
        lines.append(f"{words['plan.without']}: {without} {about}")
    return lines


def _interval(entry: Entry, words: Texts) -> str:
    low, high = words.score(entry["score_low"]), words.score(entry["score_high"])
    return words.fill("score.interval", low=low, high=high)


def _share(value: float | None, words: Texts) -> str:
    return "–" if value is None else words.percent(value)


def _goals(payload: Entry, words: Texts) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, expand=True)
    table.add_column("", width=4)
    table.add_column(words["goal"], no_wrap=True, overflow="ellipsis", ratio=4)
    for name, width in (("score", 12), ("coverage", 8), ("depth", 8)):
        table.add_column(words[name], no_wrap=True, justify="right", width=width)
    table.add_column(words["strongest"], no_wrap=True, overflow="ellipsis", ratio=7)
    said = {segment["id"]: segment for segment in payload["segments"]}
    for goal in payload["goals"]:
        strongest = goal["strongest"]
        match = None if strongest is None else payload["matches"][strongest]
        table.add_row(
            Text(f" {goal['code']:>2} ", style=f"bold white on {goal['color']}"),
            goal["title"][words.language],
            _score(goal, words),
            f"{goal['targets_covered']}/{goal['targets_scored']}"
            if goal["targets_scored"]
            else "–",
            _share(goal["depth"], words),
            _quote(match, said[match["segment"]], payload["document"]) if match else Text("–"),
        )
    return table


def _score(goal: Entry, words: Texts) -> str:
    if goal["score"] is None:
        return "–"
    value, low, high = (words.score(goal[key]) for key in ("score", "score_low", "score_high"))
    return f"{value} ({low}–{high})"


def _quote(match: Entry, segment: Entry, document: Entry) -> Text:
    text = segment["text"]
    if len(text) > QUOTE_LENGTH:
        text = text[:QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"
    page = f" p. {segment['pages'][0]}" if document.get("paged", True) else ""
    place = f"{match['target']}{page} “"
    quote = Text(f"{place}{text}”")
    for start, end in match.get("reason", {}).get("spans", ()):
        if segment["text"][:end] == text[:end]:  # not cut off
            quote.stylize("bold", len(place) + start, len(place) + end)
    return quote


def _gaps(payload: Entry, words: Texts) -> list[Text]:
    gaps = payload["gaps"]
    if not gaps:
        return [Text(words["gaps.none"])]
    titles = {target["code"]: target["title"][words.language] for target in payload["targets"]}
    lines = [Text(f"{words['terminal.gaps']} ({len(gaps)})", style="bold")]
    for gap in gaps[:GAPS_SHOWN]:
        about = [words[f"relevance_{gap['relevance']}"], words[f"status.{gap['status']}"]]
        if gap["priority"]:
            about.insert(0, words["gaps.tag_priority"])
        if gap["reference"]:
            status = words[f"status.{gap['reference']}"]
            about.append(words.fill("gaps.tag_reference", status=status))
        if "peer_documents" in gap:
            counted = gap["peer_documents"]
            taken_up, number = counted["taken_up"], counted["documents"]
            about.append(words.fill("gaps.tag_peer_documents", n=taken_up, of=number))
        lines.append(
            Text(f"{gap['target']:>5} {titles[gap['target']]} ({', '.join(about)})"),
        )
    if len(gaps) > GAPS_SHOWN:
        lines.append(Text(f"      {words.fill('terminal.more', n=len(gaps) - GAPS_SHOWN)}"))
    return lines
