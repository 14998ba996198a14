"""Where the marks of the report's pictures stand; the templates draw them as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sdgalign.reports.html_parts import STATUSES, Entry, GoalPart

CELL_WIDTH, CELL_HEIGHT, CHIP_WIDTH = 38.0, 30.0, 44.0
"""Of the heat map, in units of its drawing."""

_RADIUS, _HOLE, _RING = 100.0, 26.0, 113.0
"""Of the wheel: where a goal is covered wholly, not at all, and where its number stands."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One target in the heat map."""

    target: Entry
    x: float
    y: float
    status: str
    """Its status; ``not_local`` when it is national or global and was not found."""
    link: str
    """Id of the place in the report that is about it; empty when there is none."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One status in a bar that divides the targets of a goal."""

    status: str
    count: int
    start: float
    width: float
    """Both in per cent of the whole bar."""


@dataclass(frozen=True, slots=True)
class Sector:
    """One goal in the wheel."""

    goal: Entry
    path: str
    """Outline of what is covered; empty when that is nothing."""
    track: str
    """Outline of the whole."""
    x: float
    y: float
    """Where its number stands."""


def heat_map(parts: Sequence[GoalPart]) -> list[tuple[GoalPart, float, list[Cell]]]:
    """Return per goal the top of its row and its targets, in UN order."""
    return [
        (part, row * CELL_HEIGHT, _cells(part, row * CELL_HEIGHT)) for row, part in enumerate(parts)
    ]


def _cells(part: GoalPart, y: float) -> list[Cell]:
    found = {each.target["code"] for each in part.findings}
    against = {each.target["code"] for each in part.against}
    gaps = {each["code"] for each in part.gaps}

    def link(target: Entry) -> str:
        code = target["code"]
        for known, prefix in ((found, "t"), (gaps, "gap"), (against, "against")):
            if code in known:
                return f"{prefix}-{code}"
        local = target["relevance"] != "none" and target["status"] == "not_assessed"
        return f"unassessed-{code}" if local else ""

    return [
        Cell(target, CHIP_WIDTH + at * CELL_WIDTH, y, shown_status(target), link(target))
        for at, target in enumerate(part.targets)
    ]


def shown_status(target: Entry) -> str:
    """Return the status of a target; ``not_local`` where it says nothing about the document."""
    away = target["relevance"] == "none" and target["status"] in ("absent", "not_assessed")
    return "not_local" if away else str(target["status"])


def slices(counts: Mapping[str, int]) -> list[Slice]:
    """Divide a bar of 100 per cent by the number of targets at each status."""
    total, start, found = sum(counts.values()), 0.0, []
    for status in STATUSES:
        if count := counts.get(status, 0):
            width = 100 * count / total
            found.append(Slice(status, count, start, width))
            start += width
    return found


def wheel(goals: Sequence[Entry]) -> list[Sector]:
    """Return a sector per goal, clockwise from the top, filled as far as the goal is covered."""
    step = 2 * math.pi / len(goals)
    sectors = []
    for at, goal in enumerate(goals):
        start, end = at * step - math.pi / 2, (at + 1) * step - math.pi / 2
        # Area, not radius, grows with the coverage: half covered looks like half.
        share = goal["coverage"] or 0.0
        edge = math.sqrt(_HOLE**2 + share * (_RADIUS**2 - _HOLE**2))
        middle = (start + end) / 2
        sectors.append(
            Sector(
                goal,
                path=_sector(start, end, edge) if share else "",
                track=_sector(start, end, _RADIUS),
                x=_RING * math.cos(middle),
                y=_RING * math.sin(middle),
            )
        )
    return sectors


def _sector(start: float, end: float, outer: float) -> str:
    def point(radius: float, angle: float) -> str:
        return f"{radius * math.cos(angle):.1f} {radius * math.sin(angle):.1f}"

    return (
        f"M{point(_HOLE, start)}L{point(outer, start)}"
        f"A{outer:.1f} {outer:.1f} 0 0 1 {point(outer, end)}L{point(_HOLE, end)}"
        f"A{_HOLE:g} {_HOLE:g} 0 0 0 {point(_HOLE, start)}Z"
    )
