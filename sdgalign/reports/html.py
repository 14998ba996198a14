"""The report as one HTML file: a pure function of the payload, readable without network or script."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any, Literal
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sdgalign.reports.texts import Texts, texts

STATUSES = ("measurable", "action", "ambition", "mention", "absent", "not_assessed")
"""Firmest first."""

FOUND = STATUSES[:4]
"""Statuses of a target that occurs in the document."""

VISIBLE_QUOTES = 3
"""Quotes of a target that stand open; the next ones fold out."""

MAX_QUOTES = 25
"""Quotes of a target in the report; the JSON has all."""

NAMED_GOALS = 3
"""Goals that the conclusion names."""

INK = "#1B1F24"
PAPER = "#FFFFFF"

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Quote:
    """One passage as evidence for one target."""

    parts: tuple[tuple[str, bool], ...]
    """The text in pieces; True marks a number or date that makes a promise measurable."""
    language: str
    pages: tuple[int, ...]
    path: tuple[str, ...]
    commitment: int
    probability: float


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


def render_html(payload: Mapping[str, Any], language: Literal["nl", "en"]) -> str:
    """Write the report of one document.

    Args:
        payload: The report as `report-1.schema.json` describes it.
        language: Language of the interface; quotes keep their own.

    Returns:
        One self-contained HTML document that loads nothing.
    """
    words = texts(language)
    environment = _environment()
    style, script = _asset("report.css") + _asset("print.css"), _asset("report.js")
    colors = _colors(payload["goals"])
    html = environment.get_template("report.html.j2").render(
        t=words,
        language=language,
        report=payload,
        summary=payload["summary"],
        document=payload["document"],
        conclusion=_conclusion(payload, words),
        counts=_counts(payload["summary"]),
        parts=_goal_parts(payload),
        gaps=_gaps(payload),
        mentioned=_by_goal(_local(payload, "mention"), payload),
        unassessed=_by_goal(_local(payload, "not_assessed"), payload),
        mentions=_mentions(payload["mentions"]),
        statuses=STATUSES,
        found=FOUND,
        style=style,
        colors=colors,
        script=script,
        policy=_policy((style, colors), script),
        page_link=_PageLinks(payload["document"]["name"]),
        page_ranges=page_ranges,
    )
    return html.encode("utf-8", "replace").decode("utf-8")


def page_ranges(pages: Iterable[int]) -> str:
    """Return page numbers as people write them: ``3–5, 9``."""
    ordered = sorted(set(pages))
    runs = groupby(enumerate(ordered), key=lambda item: item[1] - item[0])
    bounds = [[page for _, page in run] for _, run in runs]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in bounds)


def ink_on(color: str) -> str:
    """Return the text colour, dark or white, that reads best on a colour."""
    light = _luminance(color) + 0.05
    on_white, on_dark = 1.05 / light, light / (_luminance(INK) + 0.05)
    return PAPER if on_white >= on_dark else INK


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("sdgalign.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _asset(name: str) -> Markup:
    environment = _environment()
    assert environment.loader is not None
    source, _, _ = environment.loader.get_source(environment, name)
    return Markup(source)  # our own file, not a text of a document


def _policy(styles: Sequence[str], script: str) -> str:
    """Forbid all but the styles and the script that stand in the file, by their digests."""
    style = " ".join(_digest(text) for text in styles)
    return (
        f"default-src 'none'; style-src {style}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _colors(goals: Iterable[Entry]) -> Markup:
    rules = []
    for goal in goals:
        if not re.fullmatch(r"#[0-9A-Fa-f]{6}", goal["color"]):
            raise ValueError(f"goal {goal['code']}: colour {goal['color']!r} is not #RRGGBB")
        rules.append(f".g{int(goal['code'])}{{--c:{goal['color']};--i:{ink_on(goal['color'])}}}")
    return Markup("\n".join(rules))


def _luminance(color: str) -> float:
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class _PageLinks:
    """Links to a page of the document, when it is a PDF that may lie beside the report."""

    def __init__(self, name: str) -> None:
        self._base = f"./{quote(name, safe='')}" if name.lower().endswith(".pdf") else ""

    def __call__(self, page: int) -> str:
        return f"{self._base}#page={page}" if self._base else ""


def _counts(summary: Entry) -> dict[str, int]:
    return {status: summary["targets_by_status"].get(status, 0) for status in STATUSES}


def _conclusion(payload: Entry, t: Texts) -> list[str]:
    summary, counts = payload["summary"], _counts(payload["summary"])
    relevant = summary["targets_relevant"]
    addressed = sum(counts[status] for status in STATUSES[:3])
    if addressed:
        sentences = [t.count("conclusion.addressed", addressed, relevant=relevant)]
        firm = [t.fill(f"conclusion.{s}", n=counts[s]) for s in STATUSES[:3] if counts[s]]
        sentences.append(t.fill("conclusion.split", parts=t.join(firm)))
    else:
        sentences = [t.fill("conclusion.addressed_none", relevant=relevant)]
    rest = [t.count(f"conclusion.{s}", counts[s]) for s in STATUSES[3:] if counts[s]]
    if rest:
        sentences.append(t.fill("conclusion.rest", parts=t.join(rest)))
    missing = set(summary["gaps"])
    core = [e for e in payload["targets"] if e["code"] in missing and e["relevance"] == "core"]
    if core:
        sentences.append(t.count("conclusion.core", len(core)))
    goals = sorted(payload["goals"], key=lambda goal: -goal["attention"])[:NAMED_GOALS]
    named = [
        f"{t.fill('goal', code=g['code'])} ({g['title'][t.language]}, {t.percent(g['attention'])})"
        for g in goals
        if g["attention"] > 0
    ]
    if named:
        sentences.append(t.fill("conclusion.attention", goals=t.join(named)))
    return sentences


def _goal_parts(payload: Entry) -> tuple[GoalPart, ...]:
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
    for index in target["evidence"][:MAX_QUOTES]:
        match = payload["matches"][index]
        quotes.append(_quote(match, segments[match["segment"]]))
    return Finding(
        target,
        visible=tuple(quotes[:VISIBLE_QUOTES]),
        folded=tuple(quotes[VISIBLE_QUOTES:]),
        left=len(target["evidence"]) - len(quotes),
    )


def _quote(match: Entry, segment: Entry) -> Quote:
    binding = match["commitment"] == 3
    marks = [*segment["quantities"], *segment["dates"]] if binding else []
    return Quote(
        parts=_mark(segment["text"], marks),
        language="" if segment["language"] == "other" else segment["language"],
        pages=tuple(segment["pages"]),
        path=tuple(segment["heading_path"]),
        commitment=match["commitment"],
        probability=match["probability"],
    )


def _mark(text: str, marks: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    wanted = sorted({mark for mark in marks if mark.strip()}, key=len, reverse=True)
    if not wanted:
        return ((text, False),)
    pattern = rf"(?<!\w)({'|'.join(map(re.escape, wanted))})(?!\w)"
    pieces = enumerate(re.split(pattern, text))
    return tuple((piece, index % 2 == 1) for index, piece in pieces if piece)


def _gaps(payload: Entry) -> list[tuple[str, int, list[tuple[Entry, list[Entry]]]]]:
    """Return the gaps per relevance and goal, own competences first."""
    missing = set(payload["summary"]["gaps"])
    targets = [target for target in payload["targets"] if target["code"] in missing]
    groups = []
    for relevance in ("core", "shared"):
        mine = [target for target in targets if target["relevance"] == relevance]
        if mine:
            groups.append((relevance, len(mine), _by_goal(mine, payload)))
    return groups


def _local(payload: Entry, status: str) -> list[Entry]:
    return [e for e in payload["targets"] if e["status"] == status and e["relevance"] != "none"]


def _by_goal(targets: Sequence[Entry], payload: Entry) -> list[tuple[Entry, list[Entry]]]:
    groups = [(g, [e for e in targets if e["goal"] == g["code"]]) for g in payload["goals"]]
    return [(goal, members) for goal, members in groups if members]


def _mentions(mentions: Iterable[Entry]) -> list[Mention]:
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
