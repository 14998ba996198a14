"""What the HTML report shows, chosen and grouped from the payload."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sdgalign.reports.marks import Spans, cut
from sdgalign.reports.texts import Texts

STATUSES = ("measurable", "action", "ambition", "mention", "absent", "not_assessed")
"""Firmest first."""

FOUND = STATUSES[:4]
"""Statuses of a target that occurs in the document."""

VISIBLE_QUOTES = 3
"""Quotes of a target that stand open; the next ones fold out."""

MAX_QUOTES = 25
"""Quotes of a target in the report; the JSON has all."""

LIKE = 0.5
"""Likeness from which the example sentence nearest to a quote is shown."""

LIKE_LENGTH = 80
"""Characters of it: one line on a wide screen."""

NAMED_GOALS = 3
"""Goals that the conclusion names."""

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Quote:
    """One passage as evidence for one target."""

    parts: tuple[tuple[str, str], ...]
    """The text in pieces, each with how it is marked: ``word`` carried the match, ``figure`` is a
    number or date that makes a promise measurable; both, or empty."""
    language: str
    pages: tuple[int, ...]
    path: tuple[str, ...]
    commitment: int
    probability: float
    like: Entry | None
    """An example sentence of the target, per language, that the passage resembles."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A target that the document addresses, with its quotes, strongest first."""

    target: Entry
    visible: tuple[Quote, ...]
    folded: tuple[Quote, ...]
    left: int
    """Number of quotes that only the JSON has."""


@dataclass(frozen=True, slots=True)
class GoalPart:
    """One goal with its targets and findings."""

    goal: Entry
    targets: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    gaps: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """How often, and where, the document names one goal or target, or the SDGs in general."""

    code: str
    """Empty for the SDGs in general."""
    count: int
    pages: tuple[int, ...]


def page_ranges(pages: Iterable[int]) -> str:
    """Return page numbers as people write them: ``3–5, 9``."""
    ordered = sorted(set(pages))
    runs = groupby(enumerate(ordered), key=lambda item: item[1] - item[0])
    bounds = [[page for _, page in run] for _, run in runs]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in bounds)


def shorten(sentence: str) -> str:
    """Return an example sentence, cut between words when it is long."""
    return textwrap.shorten(sentence, LIKE_LENGTH, placeholder="\u00a0…")


def count_status(summary: Entry) -> dict[str, int]:
    """Return the number of locally relevant targets at every status."""
    return {status: summary["targets_by_status"].get(status, 0) for status in STATUSES}


def conclusion(payload: Entry, t: Texts) -> list[str]:
    """Return the conclusion in sentences, the main one first."""
    summary, number = payload["summary"], count_status(payload["summary"])
    relevant = summary["targets_relevant"]
    addressed = sum(number[status] for status in STATUSES[:3])
    if addressed:
        sentences = [t.count("conclusion.addressed", addressed, relevant=relevant)]
        firm = [t.fill(f"conclusion.{s}", n=number[s]) for s in STATUSES[:3] if number[s]]
        sentences.append(t.fill("conclusion.split", parts=t.join(firm)))
    else:
        sentences = [t.fill("conclusion.addressed_none", relevant=relevant)]
    rest = [t.count(f"conclusion.{s}", number[s]) for s in STATUSES[3:] if number[s]]
    if rest:
        sentences.append(t.fill("conclusion.rest", parts=t.join(rest)))
    missing = set(summary["gaps"])
    core = [e for e in payload["targets"] if e["code"] in missing and e["relevance"] == "core"]
    if core:
        sentences.append(t.count("conclusion.core", len(core)))
    goals = sorted(payload["goals"], key=lambda goal: -goal["attention"])[:NAMED_GOALS]
    named = [_attention(goal, t) for goal in goals if goal["attention"] > 0]
    if named:
        sentences.append(t.fill("conclusion.attention", goals=t.join(named)))
    return sentences


def _attention(goal: Entry, t: Texts) -> str:
    name = t.fill("goal.code", code=goal["code"])
    return f"{name} ({goal['title'][t.language]}, {t.percent(goal['attention'])})"


def goal_parts(payload: Entry) -> tuple[GoalPart, ...]:
    """Return every goal with what was found about its targets."""
    segments = {segment["id"]: segment for segment in payload["segments"]}
    parts = []
    for goal in payload["goals"]:
        targets = tuple(e for e in payload["targets"] if e["goal"] == goal["code"])
        findings = (_finding(e, payload, segments) for e in targets if e["status"] in FOUND)
        missing = tuple(e for e in targets if e["code"] in goal["gaps"])
        parts.append(GoalPart(goal, targets, tuple(findings), missing))
    return tuple(parts)


def _finding(target: Entry, payload: Entry, segments: Mapping[str, Entry]) -> Finding:
    quotes = []
    for match in _evidence(target, payload["matches"])[:MAX_QUOTES]:
        quotes.append(_quote(match, segments[match["segment"]]))
    return Finding(
        target,
        visible=tuple(quotes[:VISIBLE_QUOTES]),
        folded=tuple(quotes[VISIBLE_QUOTES:]),
        left=len(target["evidence"]) - len(quotes),
    )


def _evidence(target: Entry, matches: Sequence[Entry]) -> list[Entry]:
    """Return the matches of a target, strongest first, one that gives its status in sight."""
    evidence = [matches[index] for index in target["evidence"]]
    giving = [at for at, match in enumerate(evidence) if match["status"] == target["status"]]
    if giving and giving[0] >= VISIBLE_QUOTES:
        evidence.insert(VISIBLE_QUOTES - 1, evidence.pop(giving[0]))
    return evidence


def _quote(match: Entry, segment: Entry) -> Quote:
    binding = match["commitment"] == 3
    figures = [*segment["quantities"], *segment["dates"]] if binding else []
    text, reason = segment["text"], match.get("reason", {})
    return Quote(
        parts=cut(text, {"word": _words(text, reason), "figure": _figures(text, figures)}),
        language="" if segment["language"] == "other" else segment["language"],
        pages=tuple(segment["pages"]),
        path=tuple(segment["heading_path"]),
        commitment=match["commitment"],
        probability=match["probability"],
        like=reason.get("nearest") if reason.get("likeness", 0.0) >= LIKE else None,
    )


def _words(text: str, reason: Entry) -> Spans:
    """Return where the words that carried a match stand, as far as the text bears it out."""
    found = zip(reason["spans"], reason["words"], strict=True) if reason else ()
    return tuple((start, end) for (start, end), word in found if text[start:end] == word)


def _figures(text: str, figures: Iterable[str]) -> Spans:
    wanted = sorted({figure for figure in figures if figure.strip()}, key=len, reverse=True)
    if not wanted:
        return ()
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)"
    return tuple(found.span() for found in re.finditer(pattern, text))


def gap_groups(payload: Entry) -> list[tuple[str, int, list[tuple[Entry, list[Entry]]]]]:
    """Return the gaps per relevance and goal, own competences first."""
    missing = set(payload["summary"]["gaps"])
    targets = [target for target in payload["targets"] if target["code"] in missing]
    groups = []
    for relevance in ("core", "shared"):
        mine = [target for target in targets if target["relevance"] == relevance]
        if mine:
            groups.append((relevance, len(mine), by_goal(mine, payload)))
    return groups


def local(payload: Entry, status: str) -> list[Entry]:
    """Return the locally relevant targets with this status."""
    return [e for e in payload["targets"] if e["status"] == status and e["relevance"] != "none"]


def by_goal(targets: Sequence[Entry], payload: Entry) -> list[tuple[Entry, list[Entry]]]:
    """Return targets grouped by goal, in UN order."""
    groups = [(g, [e for e in targets if e["goal"] == g["code"]]) for g in payload["goals"]]
    return [(goal, members) for goal, members in groups if members]


def count_mentions(mentions: Iterable[Entry]) -> list[Mention]:
    """Return how often the document names each goal or target."""
    pages: dict[str, list[int]] = {}
    for mention in mentions:
        for code in dict.fromkeys(mention["codes"]) or [""]:
            pages.setdefault(code, []).append(mention["page"])
    ordered = sorted(pages, key=_code_order)
    return [Mention(code, len(pages[code]), tuple(sorted(set(pages[code])))) for code in ordered]


def _code_order(code: str) -> tuple[int, int, str]:
    goal, _, rest = code.partition(".")
    return (
        int(goal) if goal.isdecimal() else 0,
        int(rest) if rest.isdecimal() else 99 if rest else 0,
        rest,
    )
