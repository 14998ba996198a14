"""A summary of two pages for a council file: what it says, before it is Word or Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sdgalign.framework import Language
from sdgalign.reports.html_answers import plan_intro
from sdgalign.reports.html_parts import COVERED, conclusion, page_ranges, printed_label
from sdgalign.reports.summary_parts import Block, Cell, Paragraph, Run, Section, Summary, Table
from sdgalign.reports.texts import NO_BREAK, Texts, texts

Entry = Mapping[str, Any]

STRONGEST = 5
GAPS = 5
AGAINST = 3
WARNINGS = 3
"""Numbers of what is shown: two pages hold no more."""

_DOUBTFUL = 0.02
"""Probability of moving against its target above which a passage is no strong point here. The
model misses most of such passages, and nineteen in twenty matches stay below this."""

_QUOTE = 190
_BEGINNING = 60
"""Of the quote, for how the passage begins where its figure comes late."""
_LEFT_OFF = 4
"""For the mark of what is left off, with room for a full stop."""
_AMOUNTS = re.compile(r"(?:\s+€?\s?-?\d[\d.,]*){3,}$")
"""The columns of a table row."""
_ACTIONS = 2
_ACTION = 150
_TITLE = 90
"""Lengths in characters, cut between words."""


def summarize(payload: Entry, language: Language) -> Summary:
    """Choose and word what a council needs to know.

    Args:
        payload: The report as `report-1.schema.json` describes it.
        language: Of the summary.
    """
    t = texts(language)
    sections = [
        Section(t["conclusion"], tuple(_in_short(payload, t))),
        Section(t["summary.goals"], tuple(_goals(payload, t))),
        Section(t["summary.strongest"], tuple(_strongest(payload, t))),
        Section(t["summary.gaps"], tuple(_gaps(payload, t))),
        Section(t["against"], tuple(_against(payload, t))),
        Section(t["summary.method"], (_said(t.fill("summary.method_text", **_model(payload))),)),
    ]
    return Summary(
        language=Language(language),
        title=t.fill("summary.title", title=_short(payload["document"]["title"], _TITLE)),
        about=tuple(_about(payload, t)),
        sections=tuple(sections),
        made=t.fill("summary.made", **_model(payload), date=t.date(payload["created"])),
        created=payload["created"],
    )


def _model(payload: Entry) -> dict[str, str]:
    return {"model": payload["model"]["id"], "version": payload["tool"]["version"]}


def _about(payload: Entry, t: Texts) -> Iterator[str]:
    document = payload["document"]
    paged = document.get("paged", True)
    yield t.fill(
        "summary.about",
        kind=t[f"kind.{document['kind']}"],
        name=document["name"],
        pages=t.count("pages", document["pages"]) if paged else t["pages_none"],
        words=document["words"],
        matched=payload["summary"]["segments_matched"],
        classified=payload["summary"]["segments_classified"],
    )
    yield from payload["warnings"][:WARNINGS]


def _said(*parts: str | Run, is_item: bool = False) -> Paragraph:
    runs = (part if isinstance(part, Run) else Run(part) for part in parts)
    return Paragraph(tuple(runs), is_item)


def _in_short(payload: Entry, t: Texts) -> Iterator[Block]:
    summary = payload["summary"]
    if summary["score"] is None:
        yield _said(Run(t["score.none"], bold=True))
    else:
        of = t.fill("score.of", score=t.score(summary["score"]))
        low, high = t.score(summary["score_low"]), t.score(summary["score_high"])
        yield _said(
            Run(f"{t['score']}: {of}. ", bold=True),
            t.fill("score.interval_words", low=low, high=high) + " " + t["summary.score_means"],
        )
    yield _said(" ".join(conclusion(payload, t)))
    goals = {goal["code"]: goal for goal in payload["goals"]}
    named = [
        _goal_name(goals[claim["goal"]], t)
        for claim in payload["claims"]
        if claim["verdict"] == "claimed_only"
    ]
    if named:
        yield _said(t.fill("summary.claimed_only", goals=t.join(named)))


def _goal_name(goal: Entry, t: Texts) -> str:
    return f"{t.fill('goal.code', code=goal['code'])} ({goal['title'][t.language]})"


def _goals(payload: Entry, t: Texts) -> Iterator[Block]:
    plan = payload["plan"]
    spent = plan["budget"]["by_goal"] if plan else {}
    keys = ["goal", "title", "score.column", "coverage", "depth", "attention"]
    widths = [1.1, 7.3, 2.8, 1.9, 2.0, 1.9]
    if plan:
        keys.append("plan.spending")
        widths = [1.1, 5.0, 2.7, 1.8, 1.9, 1.8, 2.7]
    rows = []
    for goal in payload["goals"]:
        row = [
            Cell(goal["code"], goal["color"]),
            Cell(goal["title"][t.language]),
            *(Cell(text, is_number=True) for text in _figures(goal, t)),
        ]
        if plan:
            row.append(Cell(t.euro(spent.get(goal["code"], 0)), is_number=True))
        rows.append(tuple(row))
    yield Table(t["summary.goals"], tuple(t[key] for key in keys), tuple(rows), tuple(widths))
    yield _said(t["summary.goals_means"])
    if plan:
        yield _said(_money(plan["budget"], t))


def _figures(goal: Entry, t: Texts) -> tuple[str, str, str, str]:
    """Return score with interval, coverage, depth and attention; a dash where there is none."""
    score = "–"
    if goal["score"] is not None:
        low, high = t.score(goal["score_low"]), t.score(goal["score_high"])
        score = f"{t.score(goal['score'])} ({low}–{high})"
    covered, relevant = goal["targets_covered"], goal["targets_scored"]
    coverage = t.fill("coverage.of", covered=covered, relevant=relevant) if relevant else "–"
    depth = "–" if goal.get("depth") is None else t.percent(goal["depth"])
    return score, coverage, depth, t.percent(goal["attention"])


def _money(budget: Entry, t: Texts) -> str:
    total, without = budget["total"], budget["without_target"]
    intro = plan_intro(budget, t)
    if not total:
        return intro
    money = t.fill(
        "plan.money",
        total=t.euro(total),
        without=t.euro(without),
        share=t.percent(without / total),
    )
    return f"{intro} {money} {t['summary.rule']}".replace("€ ", f"€{NO_BREAK}")


def _strongest(payload: Entry, t: Texts) -> Iterator[Block]:
    """Yield the firmest quotes, of as many goals as there are."""
    targets = [e for e in payload["targets"] if e["status"] in COVERED and e["evidence"]]
    counting = [e for e in targets if e["relevance"] != "none"] or targets
    firmest = [(e, payload["matches"][e["evidence"][0]]) for e in counting]
    best = sorted(
        (item for item in firmest if item[1].get("against", 0.0) <= _DOUBTFUL),
        key=lambda item: (-item[1]["commitment"], -item[1]["probability"]),
    )
    chosen: list[tuple[Entry, Entry]] = []
    for target, match in best:
        is_new = all(
            target["goal"] != other["goal"] and match["segment"] != quoted["segment"]
            for other, quoted in chosen
        )
        if is_new and len(chosen) < STRONGEST:
            chosen.append((target, match))
    if not chosen:
        yield _said(t["summary.strongest_none"])
    for target, match in chosen:
        yield _quoted(target, match, t[f"status.{match['status']}"], payload, t)


def _quoted(target: Entry, match: Entry, status: str, payload: Entry, t: Texts) -> Paragraph:
    segment = next(each for each in payload["segments"] if each["id"] == match["segment"])
    place = _place(segment, payload["document"], t)
    return _said(
        Run(f"{target['code']} {target['title'][t.language]}", bold=True),
        f" ({status}): “",
        Run(_passage(segment, match), language=segment["language"]),
        f"”{place}",
        is_item=True,
    )


def _passage(segment: Entry, match: Entry) -> str:
    """Return the words of a segment, cut so that the figure that binds stays in sight."""
    text = _AMOUNTS.sub(f"{NO_BREAK}…", segment["text"])
    figures = [*segment["quantities"], *segment["dates"]] if match["commitment"] == 3 else []
    ends = [place + len(each) for each in figures if (place := text.find(each)) >= 0]
    if not ends or min(ends) <= _QUOTE - _LEFT_OFF:
        return _short(text, _QUOTE)
    # How it begins, then the sentence with the figure, or the words before it where that is long.
    earliest = min(ends) - _QUOTE + _BEGINNING + 2 * _LEFT_OFF
    sentence = text.rfind(". ", 0, min(ends)) + 2
    start = sentence if sentence > earliest else text.find(" ", earliest) + 1
    beginning = _short(text, min(_BEGINNING, start))
    return f"{beginning} {_short(text[start:], _QUOTE - _BEGINNING - _LEFT_OFF)}"


def _place(segment: Entry, document: Entry, t: Texts) -> str:
    if not document.get("paged", True):
        return ""
    place = t.fill("page", pages=page_ranges(segment["pages"]))
    printed = printed_label(document.get("page_labels", {}), segment["pages"])
    place = place.replace(" ", NO_BREAK)
    return f" ({place}; {t.fill('summary.printed', label=printed)})" if printed else f" ({place})"


def _gaps(payload: Entry, t: Texts) -> Iterator[Block]:
    gaps = payload["gaps"]
    if not gaps:
        yield _said(t["gaps.none"])
        return
    targets = {target["code"]: target for target in payload["targets"]}
    colors = {goal["code"]: goal["color"] for goal in payload["goals"]}
    rows = [
        (
            Cell(gap["target"], colors[targets[gap["target"]]["goal"]]),
            Cell(_missing(gap, targets[gap["target"]], t)),
            Cell(_joined([each[t.language] for each in gap["actions"][:_ACTIONS]])),
            Cell(_joined([_indicator(each, t) for each in gap["indicators"][:1]])),
        )
        for gap in gaps[:GAPS]
    ]
    header = ("target", "summary.missing", "gaps.actions", "gaps.indicators")
    yield _said(t.fill("summary.gaps_intro", n=len(rows), all=len(gaps)))
    yield Table(
        t["summary.gaps"], tuple(t[key] for key in header), tuple(rows), (1.4, 4.2, 7.2, 4.2)
    )


def _missing(gap: Entry, target: Entry, t: Texts) -> str:
    tags = [t[f"status.{gap['status']}"], t[f"relevance_{gap['relevance']}"]]
    if gap["priority"]:
        tags.append(t["gaps.tag_priority"])
    return f"{target['title'][t.language]} ({', '.join(tags)})"


def _indicator(indicator: Entry, t: Texts) -> str:
    source = t.fill("gaps.source", source=indicator["source"][t.language])
    return f"{indicator[t.language]} – {source}"


def _joined(parts: Sequence[str]) -> str:
    """Return sentences after each other, each of them cut when long."""
    return " ".join(_short(part, _ACTION) for part in parts)


def _against(payload: Entry, t: Texts) -> Iterator[Block]:
    found = sorted(
        (
            (target, payload["matches"][index])
            for target in payload["targets"]
            for index in target.get("against", ())
        ),
        key=lambda item: -item[1].get("against", 0.0),
    )
    # A passage may move against several targets; one of them is enough here.
    passages = list(
        {match["segment"]: (target, match) for target, match in reversed(found)}.values()
    )
    if not passages:
        yield _said(t["against.none"])
        return
    yield _said(t.count("summary.against", len(passages)))
    for target, match in sorted(passages, key=lambda item: -item[1].get("against", 0.0))[:AGAINST]:
        yield _quoted(target, match, t["against.tag"], payload, t)


def _short(text: str, length: int) -> str:
    return textwrap.shorten(text, length, placeholder="\u00a0…")
