"""Small hand-written comparisons for tests: two invented documents of Zandvliert."""

from __future__ import annotations

from typing import Any

from sdgalign.framework import Language
from sdgalign.reports.compare_payload import Compared, build_comparison
from sdgalign.reports.saved import alignment_of
from tests.reports import payloads

Payload = dict[str, Any]

PLAN_TEXTS = (
    "AC-1.1 Aanleg van 9 kilometer fietspad, <Molenweg> eerst, tegen 2031.",
    "We onderzoeken of een buurthuis in de Kouterwijk haalbaar is.",
    "Er komt een nieuw containerpark.",
)


def reports() -> list[Payload]:
    """Return the reports of a manifesto and a plan."""
    manifesto = payloads.small()
    manifesto["document"]["link"] = "../pdf/zandvliert%202025.pdf"
    segments = [payloads.segment(at, text, at + 7) for at, text in enumerate(PLAN_TEXTS)]
    matches = [
        payloads.match(0, "11.2", 0.96, 3),
        payloads.match(1, "2.1", 0.7, 1),
        payloads.match(2, "12.5", 0.9, 2),
    ]
    about = {"name": "plan.pdf", "title": "Meerjarenplan Zandvliert", "kind": "plan"}
    plan = payloads.build(segments, matches, **about, sha256="ef" * 32, pages=60)
    plan["document"]["link"] = "../pdf/plan.pdf"
    for report in (manifesto, plan):
        own = {each["id"]: each for each in report["segments"]}
        for match in report["matches"]:
            found = own[match["segment"]]["classification"]
            found["targets"][match["target"]] = match["probability"]
            found["targets_predicted"].append(match["target"])
            found["commitment"] = match["commitment"]
    return [manifesto, plan]


def side_by_side(language: Language = Language.NL) -> Payload:
    """Return the documents side by side, without lineage."""
    documents = [Compared(each, alignment_of(each)) for each in reports()]
    payload = build_comparison(documents, language, None)
    return {
        **payload,
        "created": "2025-03-09T08:30:00+00:00",
        "tool": {"name": "sdgalign", "version": "0.1.0"},
    }


def trace(fate: str, before: str | None, after: str | None, **more: Any) -> Payload:
    """Return what became of one commitment."""
    return {
        "fate": fate,
        "before": before,
        "after": after,
        "likeness": 0.85,
        "nearest": None,
        "doubtful": False,
        "figures_differ": False,
        "targets": [],
        **more,
    }


def small() -> Payload:
    """Return the documents with a lineage in which everything occurs."""
    payload = side_by_side()
    traces = [
        trace("kept", "s00001", "s00001", figures_differ=True, targets=["11.2"]),
        trace("dropped", "s00002", None, likeness=0.31, nearest="s00001", doubtful=True),
        trace("weaker", "s00003", "s00002", likeness=0.52, doubtful=True, targets=["2.1", "10.2"]),
        trace("dropped", "s00004", None, likeness=0.04),
        trace("new", None, "s00003", likeness=0.1, targets=["12.5"]),
    ]
    counts = {"firmer": 0, "kept": 1, "weaker": 1, "dropped": 2, "new": 1}
    payload["lineage"] = [{"before": 0, "after": 1, "counts": counts, "traces": traces}]
    payload["settings"]["lineage"] = True
    payload["segments"] = [[quoted(each) for each in report["segments"]] for report in reports()]
    return payload


def chain() -> Payload:
    """Return three documents, of which the third follows the second."""
    payload = small()
    third = {**payload["documents"][1], "name": "plan2.pdf", "title": "Tweede plan"}
    payload["documents"].append(third)
    for entry in (*payload["goals"], *payload["targets"]):
        entry["documents"].append(entry["documents"][1])
    payload["segments"].append(payload["segments"][1])
    traces = [
        trace("kept", "s00001", "s00001"),
        trace("dropped", "s00002", None),
        trace("firmer", "s00003", "s00003"),
    ]
    counts = {"firmer": 1, "kept": 1, "weaker": 0, "dropped": 1, "new": 0}
    payload["lineage"].append({"before": 1, "after": 2, "counts": counts, "traces": traces})
    return payload


def quoted(segment: Payload) -> Payload:
    """Return a segment as a comparison quotes it."""
    found = segment["classification"]
    names = ("id", "text", "pages", "heading_path", "language")
    return {
        **{name: segment[name] for name in names},
        "commitment": found["commitment"],
        "targets": found["targets_predicted"],
        "against": False,
    }
