"""Sheets of the workbook that every document has: goals, targets, evidence, gaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sdgalign.coding import planning_code
from sdgalign.reports.html_parts import STATUSES
from sdgalign.reports.sheets import Column, Form, Table, Value
from sdgalign.reports.tidy import match_rows
from sdgalign.reports.workbook_view import Entry, View

_QUOTE = 80
_BULLET = "• "


def goals(view: View) -> Table:
    """Return a row per goal: score with its interval, coverage, depth, attention, statuses."""
    t = view.words
    claims = {claim["goal"]: claim for claim in view.payload.get("claims", ())}
    columns = [
        Column(t["goal"], 7, "goal"),
        Column(t["title"], 34),
        Column(t["score"], 9, "score"),
        Column(t["column.low"], 11, "score"),
        Column(t["column.high"], 11, "score"),
        Column(t["coverage"], 10, "percent"),
        Column(t["column.depth"], 9, "percent"),
        Column(t["attention"], 11, "percent"),
        Column(t["column.counting"], 16, "integer"),
        *(Column(t[f"status.{status}"], 13, "integer") for status in STATUSES),
        Column(t["column.named"], 12, "integer"),
        Column(t["column.claim"], 24),
        Column(t["strongest"], _QUOTE),
        Column(t["column.page"], 8, "integer"),
    ]
    return Table(
        t["sheet.goals"],
        columns,
        [_goal_row(view, goal, claims.get(goal["code"])) for goal in view.payload["goals"]],
        frozen=2,
    )


def _goal_row(view: View, goal: Entry, claim: Entry | None) -> list[Value]:
    counted = goal.get("by_status", {})
    strongest = goal["strongest"]
    segment = None if strongest is None else view.payload["matches"][strongest]["segment"]
    return [
        view.goal(goal["code"]),
        view.title(goal["code"]),
        goal["score"],
        goal["score_low"],
        goal["score_high"],
        goal["coverage"],
        goal.get("depth"),
        goal["attention"],
        goal["targets_scored"],
        *(counted.get(status, 0) for status in STATUSES),
        claim and claim["mentions"],
        claim and view.words[f"claim.{claim['verdict']}"],
        *view.quote(segment),
    ]


def targets(view: View) -> Table:
    """Return a row per target: status, how probable, how many quotes, the strongest one."""
    t = view.words
    columns = [
        Column(t["goal"], 7, "goal"),
        Column(t["target"], 9),
        Column(t["column.sdg"], 11),
        Column(t["title"], 44),
        Column(t["relevance"], 20),
        Column(t["status"], 16),
        Column(t["column.taken_up"], 16, "probability"),
        Column(t["column.quotes"], 10, "integer"),
        Column(t["column.quotes_against"], 12, "integer"),
        Column(t["strongest"], _QUOTE),
        Column(t["column.page"], 8, "integer"),
        Column(t["gaps.reason"], 60),
    ]
    rows = [_target_row(view, target) for target in view.payload["targets"]]
    return Table(t["sheet.targets"], columns, rows, frozen=4)


def _target_row(view: View, target: Entry) -> list[Value]:
    evidence = target["evidence"]
    segment = view.payload["matches"][evidence[0]]["segment"] if evidence else None
    levels = target.get("levels")
    return [
        view.goal(target["goal"]),
        target["code"],
        planning_code(target["code"]),
        view.title(target["code"]),
        view.words[f"relevance_{target['relevance']}"],
        view.status(target),
        None if levels is None else round(sum(levels[2:]), 4),
        len(evidence),
        len(target.get("against", ())),
        *view.quote(segment),
        target["reason"][view.language],
    ]


def evidence(view: View) -> Table:
    """Return a row per match, by target, strongest first."""
    t = view.words
    columns = [
        Column(t["goal"], 7, "goal"),
        Column(t["target"], 9),
        Column(t["title"], 34),
        Column(t["column.quote_status"], 14),
        Column(t["reading.probability_term"], 17, "probability"),
        Column(t["commitment"], 18),
        Column(t["column.against"], 12),
        Column(t["column.page"], 8, "integer"),
        Column(t["column.quote"], _QUOTE),
        Column(t["column.path"], 44),
        Column(t["column.segment"], 11),
    ]
    rows: list[Sequence[Value]] = [
        [
            view.goal(row["goal"]),
            row["target"],
            view.title(row["target"]),
            view.status(row),
            row["probability"],
            t[f"commitment.{row['commitment']}"],
            t["column.against_yes"] if row["against_predicted"] else "",
            view.page(row["page"]),
            row["text"],
            row["heading_path"],
            row["segment"],
        ]
        for row in match_rows(view.payload)
    ]
    return Table(t["sheet.evidence"], columns, rows, frozen=2)


def gaps(view: View) -> Table:
    """Return a row per gap in the order of the payload, with actions and indicators."""
    t = view.words
    found = view.payload.get("gaps", ())
    known = {name: any(_extra(gap, name) not in (None, False) for gap in found) for name in _EXTRAS}
    columns = [
        Column(t["column.order"], 7, "integer"),
        Column(t["goal"], 7, "goal"),
        Column(t["target"], 9),
        Column(t["title"], 32),
        Column(t["relevance"], 18),
        Column(t["status"], 14),
        *(
            Column(t[f"column.{name}"], 13, _EXTRA_FORMS.get(name, "text"))
            for name in _EXTRAS
            if known[name]
        ),
        Column(t["gaps.reason"], 44),
        Column(t["column.actions"], 64),
        Column(t["column.indicators"], 54),
        Column(t["column.nearest"], 54),
        Column(t["column.page"], 8, "integer"),
        Column(t["column.nearest_probability"], 17, "probability"),
    ]
    rows = [_gap_row(view, number, gap, known) for number, gap in enumerate(found, start=1)]
    return Table(t["sheet.gaps"], columns, rows, frozen=4)


_EXTRAS = ("priority", "reference", "peers", "peers_action", "peers_documents")
"""What a gap has only when the user gave it; without it, no column."""


_EXTRA_FORMS: dict[str, Form] = {
    "peers": "percent",
    "peers_action": "integer",
    "peers_documents": "integer",
}


def _extra(gap: Entry, name: str) -> Any:  # noqa: ANN401 - plain JSON
    counted = gap.get("peer_documents", {})
    match name:
        case "peers_action":
            return counted.get("with_action")
        case "peers_documents":
            return counted.get("documents")
        case _:
            return gap[name]


def _gap_row(view: View, number: int, gap: Entry, known: dict[str, bool]) -> list[Value]:
    t, target, nearest = view.words, view.targets[gap["target"]], gap["nearest"]
    extras: dict[str, Value] = {
        "priority": t["column.yes"] if gap["priority"] else "",
        "reference": gap["reference"] and t[f"status.{gap['reference']}"],
        "peers": gap["peers"],
        "peers_action": _extra(gap, "peers_action"),
        "peers_documents": _extra(gap, "peers_documents"),
    }
    indicators = [
        f"{each[view.language]} ({each['source'][view.language]})" for each in gap["indicators"]
    ]
    return [
        number,
        view.goal(target["goal"]),
        gap["target"],
        view.title(gap["target"]),
        t[f"relevance_{gap['relevance']}"],
        view.status(gap),
        *(extras[name] for name in _EXTRAS if known[name]),
        target["reason"][view.language],
        bullets([action[view.language] for action in gap["actions"]]),
        bullets(indicators),
        *view.quote(nearest and nearest["segment"]),
        nearest and nearest["probability"],
    ]


def bullets(items: Sequence[str]) -> str:
    """Return items one below another in a cell."""
    return "\n".join(f"{_BULLET}{item}" for item in items)
