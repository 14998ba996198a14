"""What an annotated PDF says: a highlight with a note per passage, and bookmarks per goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sdgalign.documents.document import Box
from sdgalign.pipeline import Analysis
from sdgalign.reports.annotated_places import lines_on, places_of
from sdgalign.reports.texts import Texts

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Highlight:
    """One passage on one page."""

    segment_id: str
    page: int
    """From 1."""
    boxes: tuple[Box, ...]
    """One per printed line, in reading order."""
    color: str
    """Of the goal that the passage is surest about."""
    labels: tuple[str, str]
    """Target that it is surest about, its status and how many others: ``11.2 actie +1``. The second
    is for where the first does not fit: ``11.2``."""
    note: str
    """Goals, targets, status and probability of all its matches, in words."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline."""

    title: str
    page: int | None
    """From 1; None for an entry that only holds others."""
    top: float = 0.0
    """How far from the top of the page as shown, in points."""
    children: tuple[Bookmark, ...] = ()


def highlights_of(analysis: Analysis, payload: Entry, t: Texts) -> tuple[Highlight, ...]:
    """Return the highlights of a document, in reading order.

    A passage that runs over a page break has one per page; one with several targets has one
    highlight, in the colour of the first.

    Args:
        analysis: Of a document whose places on pages are known.
        payload: Of the analysis.
        t: The words of the interface.
    """
    targets = {target["code"]: target for target in payload["targets"]}
    goals = {goal["code"]: goal for goal in payload["goals"]}
    matches: dict[str, list[Entry]] = {}
    for match in payload["matches"]:
        matches.setdefault(match["segment"], []).append(match)
    lines = lines_on(analysis.document)
    found: list[Highlight] = []
    for segment in analysis.segments:
        mine = sorted(matches.get(segment.id, ()), key=lambda match: -match["probability"])
        if not mine:
            continue
        first = targets[mine[0]["target"]]
        more = f" +{len(mine) - 1}" if len(mine) > 1 else ""
        labels = (f"{first['code']} {_status_of(mine[0], t)}{more}", first["code"])
        note = _note(mine, targets, goals, t)
        places = places_of(segment, lines)
        found += [
            Highlight(
                segment.id,
                page,
                tuple(box for box in places if box.page == page),
                goals[first["goal"]]["color"],
                labels,
                note,
            )
            for page in dict.fromkeys(box.page for box in places)
        ]
    return tuple(found)


def _note(
    matches: Sequence[Entry], targets: Mapping[str, Entry], goals: Mapping[str, Entry], t: Texts
) -> str:
    parts: list[str] = []
    by_goal: dict[str, list[Entry]] = {}
    for match in matches:
        by_goal.setdefault(targets[match["target"]]["goal"], []).append(match)
    for code, mine in by_goal.items():
        name = t.fill("goal.code", code=code)
        parts.append(f"{name} – {goals[code]['title'][t.language]}")
        parts += [_line(match, targets[match["target"]], t) for match in mine]
    return "\n".join((*parts, t["annotated.estimate"]))


def _line(match: Entry, target: Entry, t: Texts) -> str:
    likely = t.likelihood(match["probability"])
    title, share = target["title"][t.language], t.percent(match["probability"])
    return f"{target['code']} {title}: {_status_of(match, t)}; {likely} ({share})"


def _status_of(match: Entry, t: Texts) -> str:
    is_against = match.get("against_predicted")
    return t["against.tag"] if is_against else t[f"status.{match['status']}"]


def bookmarks_of(highlights: Sequence[Highlight], payload: Entry, t: Texts) -> Bookmark:
    """Return the bookmarks: goal, target, page.

    Args:
        highlights: That were placed.
        payload: Of the analysis.
        t: The words of the interface.
    """
    places: dict[str, dict[int, float]] = {}
    for each in highlights:
        places.setdefault(each.segment_id, {}).setdefault(each.page, each.boxes[0].top)
    targets: dict[str, list[Bookmark]] = {}
    for target in payload["targets"]:
        pages = tuple(_pages(target, payload, places, t))
        if pages:
            status = t[f"status.{target['status']}" if target["evidence"] else "against.tag"]
            title = f"{target['code']} {target['title'][t.language]} ({status})"
            targets.setdefault(target["goal"], []).append(
                Bookmark(title, pages[0].page, pages[0].top, pages)
            )
    goals = tuple(
        Bookmark(
            f"{t.fill('goal.code', code=goal['code'])} – {goal['title'][t.language]}",
            mine[0].page,
            mine[0].top,
            tuple(mine),
        )
        for goal in payload["goals"]
        if (mine := targets.get(goal["code"]))
    )
    return Bookmark(t["annotated.bookmarks"], None, children=goals)


def _pages(
    target: Entry, payload: Entry, places: Mapping[str, Mapping[int, float]], t: Texts
) -> Iterator[Bookmark]:
    """Yield a bookmark per page on which passages of a target begin."""
    tops: dict[int, float] = {}
    for index in (*target["evidence"], *target.get("against", ())):
        for page, top in list(places.get(payload["matches"][index]["segment"], {}).items())[:1]:
            tops[page] = min(top, tops.get(page, top))
    labels = payload["document"].get("page_labels", {})
    for page, top in sorted(tops.items()):
        title = t.fill("page", pages=str(page))
        if str(page) in labels:
            title += " " + t.fill("page.printed", label=labels[str(page)])
        yield Bookmark(title, page, top)
