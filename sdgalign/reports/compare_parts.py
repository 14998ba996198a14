"""What every report of a comparison shows: lines of documents, rows, a conclusion."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sdgalign.reports.texts import Texts

FATES = ("firmer", "kept", "weaker", "dropped", "new")

SURE_LIKENESS = 0.8
"""Likeness from which a counterpart is almost always right: 9 in 10 and more in the checks."""

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one document has in a row."""

    document: int
    segment: Entry | None
    trace: Entry | None = None
    """What became of the commitment in the cell before; of the commitment itself when new."""
    nearest: Entry | None = None
    """Where there is no counterpart, the passage that comes nearest."""
    is_open: bool = False
    """Whether a counterpart was looked for here, and not found."""


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment through the documents of a line."""

    cells: tuple[Cell, ...]

    @property
    def traces(self) -> tuple[Entry, ...]:
        """Return what became of it, step by step."""
        return tuple(cell.trace for cell in self.cells if cell.trace)

    @property
    def targets(self) -> tuple[str, ...]:
        """Return the codes of the targets of its passages, the earliest passage first."""
        codes = [code for cell in self.cells if cell.segment for code in cell.segment["targets"]]
        return tuple(dict.fromkeys(codes))

    @property
    def goals(self) -> tuple[str, ...]:
        """Return the codes of their goals."""
        return tuple(dict.fromkeys(code.partition(".")[0] for code in self.targets))

    @property
    def fates(self) -> tuple[str, ...]:
        """Return the names of what became of it."""
        return tuple(dict.fromkeys(each["fate"] for each in self.traces))

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what the filter can ask for: ``doubtful``, ``figures``, ``sure``."""
        found = {
            "doubtful": any(each["doubtful"] for each in self.traces),
            "figures": any(each["figures_differ"] for each in self.traces),
            "sure": any(is_sure(each) for each in self.traces),
        }
        return tuple(name for name, holds in found.items() if holds)


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of a line whose first target is of one goal."""

    goal: Entry | None
    """None for commitments without a target."""
    rows: tuple[Row, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """Documents that follow each other."""

    documents: tuple[int, ...]
    groups: tuple[Group, ...]


def letter(at: int) -> str:
    """Return the short name of a document: a capital; from the 27th on, its number."""
    return string.ascii_uppercase[at] if at < len(string.ascii_uppercase) else str(at + 1)


def is_sure(trace: Entry) -> bool:
    """Return whether a counterpart is almost certainly right."""
    return bool(trace["after"] and trace["before"] and trace["likeness"] >= SURE_LIKENESS)


def segments_by_id(payload: Entry) -> list[dict[str, Entry]]:
    """Return per document its quoted segments by id."""
    return [{each["id"]: each for each in segments} for segments in payload["segments"]]


def lines(payload: Entry) -> list[Line]:
    """Return every line of documents, each from one that follows none to one that none follows."""
    following = {step["before"]: step for step in payload["lineage"]}
    later = {step["after"] for step in payload["lineage"]}
    segments = segments_by_id(payload)
    goals = {goal["code"]: goal for goal in payload["goals"]}
    found = []
    for step in payload["lineage"]:
        if step["before"] in later:
            continue
        chain = [step]
        while chain[-1]["after"] in following:
            chain.append(following[chain[-1]["after"]])
        documents = (step["before"], *(each["after"] for each in chain))
        found.append(Line(documents, _groups(_rows(chain, segments), goals)))
    return found


def _rows(chain: Sequence[Entry], segments: Sequence[Mapping[str, Entry]]) -> list[Row]:
    documents = [chain[0]["before"], *(step["after"] for step in chain)]
    onward = [{each["before"]: each for each in step["traces"] if each["before"]} for step in chain]
    rows = []
    for start, step in enumerate(chain):
        for trace in step["traces"]:
            if trace["before"] is None:
                cells = [Cell(at, None) for at in documents[:start]]
                near = trace["nearest"] and segments[documents[start]][trace["nearest"]]
                cells.append(Cell(documents[start], None, nearest=near, is_open=True))
                own = segments[documents[start + 1]][trace["after"]]
                cells.append(Cell(documents[start + 1], own, trace))
                reached, at = trace["after"], start + 1
            elif start == 0:
                cells = [Cell(documents[0], segments[documents[0]][trace["before"]])]
                reached, at = trace["before"], 0
            else:
                continue  # told in the row of what it was before, or of its being new
            rows.append(Row((*cells, *_onward(reached, at, documents, onward, segments))))
    return rows


def _onward(
    reached: str | None,
    at: int,
    documents: Sequence[int],
    onward: Sequence[Mapping[str, Entry]],
    segments: Sequence[Mapping[str, Entry]],
) -> list[Cell]:
    """Follow a commitment from a document to the last one."""
    cells = []
    for step in range(at, len(onward)):
        place = documents[step + 1]
        trace = onward[step].get(reached) if reached else None
        if trace is None:
            reached = None
            cells.append(Cell(place, None))
            continue
        reached = trace["after"]
        near = trace["nearest"] and segments[place][trace["nearest"]]
        own = segments[place][reached] if reached else None
        cells.append(Cell(place, own, trace, near, is_open=reached is None))
    return cells


def _groups(rows: Iterable[Row], goals: Mapping[str, Entry]) -> tuple[Group, ...]:
    by_goal: dict[str, list[Row]] = {code: [] for code in (*goals, "")}
    for row in rows:
        by_goal[row.goals[0] if row.goals else ""].append(row)
    return tuple(
        Group(goals.get(code), tuple(members), _count(members))
        for code, members in by_goal.items()
        if members
    )


def _count(rows: Iterable[Row]) -> dict[str, int]:
    number = Counter(each["fate"] for row in rows for each in row.traces[:1])
    return {fate: number[fate] for fate in FATES}


def conclusion(payload: Entry, t: Texts) -> list[str]:
    """Return the conclusion in sentences, the main one first."""
    sentences = [_step(step, t) for step in payload["lineage"]]
    first, *others = payload["documents"]
    for at, other in enumerate(others, start=1):
        difference = other["difference"]
        if difference is None or first["score"] is None or other["score"] is None:
            continue
        key = "compare.score_clear" if difference["clear"] else "compare.score_unclear"
        words = t.fill(
            key,
            first=letter(0),
            other=letter(at),
            one=t.score(first["score"]),
            two=t.score(other["score"]),
        )
        goals = [
            goal["code"]
            for goal in payload["goals"]
            if (goal["documents"][at]["difference"] or {}).get("clear")
        ]
        targets = sum(target["documents"][at]["clear"] for target in payload["targets"])
        rest = t.fill("compare.clear_goals", goals=t.join(goals)) if goals else t["compare.no_goal"]
        sentences.append(f"{words} {rest} {t.count('compare.clear_targets', targets)}")
    if payload["lineage"] and len({each["language"] for each in payload["documents"]}) > 1:
        sentences.append(t["lineage.languages"])
    return sentences or [t["compare.no_score"]]


def _step(step: Entry, t: Texts) -> str:
    counts = step["counts"]
    total = sum(counts[fate] for fate in FATES if fate != "new")
    if not total:
        names = {end: letter(step[end]) for end in ("before", "after")}
        return t.fill("lineage.no_commitments", new=counts["new"], **names)
    return t.fill(
        "lineage.sentence",
        before=letter(step["before"]),
        after=letter(step["after"]),
        total=total,
        found=total - counts["dropped"],
        doubtful=sum(
            each["doubtful"] and each["fate"] not in ("dropped", "new") for each in step["traces"]
        ),
        **{fate: counts[fate] for fate in FATES},
    )


def title(payload: Entry) -> str:
    """Return the titles of the documents as one."""
    return " · ".join(str(each["title"]) for each in payload["documents"])
