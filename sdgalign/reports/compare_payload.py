"""A comparison as plain data: what its JSON file holds and every other report of it is made from.

Its form is fixed by ``schema/compare-1.schema.json``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sdgalign._version import __version__
from sdgalign.clock import now
from sdgalign.errors import InputError
from sdgalign.framework import Language
from sdgalign.reports.compare_lineage import Encode, find_lineages, lineage_row, targets_of
from sdgalign.reports.saved import statements_of
from sdgalign.scoring import Alignment, Comparison, Difference, compare
from sdgalign.scoring.lineage import Fate, Lineage, Statement

SCHEMA_VERSION = "1.0"

Payload = dict[str, Any]
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the documents that are compared."""

    report: Entry
    """As `report-1.schema.json` describes it."""
    alignment: Alignment


@cache
def load_compare_schema() -> Payload:
    """Load the JSON schema of a comparison."""
    path = files("sdgalign.reports") / "schema" / "compare-1.schema.json"
    schema: Payload = json.loads(path.read_text(encoding="utf-8"))
    return schema


def build_comparison(
    documents: Sequence[Compared],
    language: Language,
    encode: Encode | None,
    *,
    follow: bool | None = None,
) -> Payload:
    """Compare documents and find what became of their commitments.

    Args:
        documents: At least two, classified by the same model.
        language: Of the interface; recorded.
        encode: Gives texts a vector of length 1; without it there is no lineage.
        follow: Whether they follow each other in the order given; decided by kind when None.

    Returns:
        Data that `load_compare_schema` describes, ready for ``json.dump``.

    Raises:
        InputError: When the documents were not classified by the same model.
    """
    reports = [each.report for each in documents]
    _require_one_model(reports)
    found = compare([each.alignment for each in documents])
    statements = [statements_of(each) for each in reports]
    lineages = find_lineages(reports, statements, encode, follow) if encode else ()
    shown = _shown(reports, found, lineages)
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "sdgalign", "version": __version__},
        "created": now().isoformat(timespec="seconds"),
        "model": dict(reports[0]["model"]),
        "settings": {"language": str(language), "lineage": bool(lineages)},
        "documents": [
            _document(at, report, own, found)
            for at, (report, own) in enumerate(zip(reports, statements, strict=True))
        ],
        "goals": [_goal(at, reports, found) for at in range(len(reports[0]["goals"]))],
        "targets": [_target(at, reports, found) for at in range(len(reports[0]["targets"]))],
        "lineage": [lineage_row(each, reports) for each in lineages],
        "segments": [
            _segments(report, ids, own)
            for report, ids, own in zip(reports, shown, statements, strict=True)
        ],
    }


def _require_one_model(reports: Sequence[Entry]) -> None:
    first, *others = reports
    for other in others:
        if other["model"]["digest"] != first["model"]["digest"]:
            raise InputError(
                f"{other['document']['name']}: was analysed with another model than "
                f"{first['document']['name']}. Analyse both again."
            )


def _shown(
    reports: Sequence[Entry], found: Comparison, lineages: Sequence[Lineage]
) -> list[set[str]]:
    """Return the ids of the segments that the comparison quotes, per document."""
    shown: list[set[str]] = [set() for _ in reports]
    for ids, report in zip(shown, reports, strict=True):
        ids |= {best for target in report["targets"] if (best := _best(target, report))}
    for each in lineages:
        for one in each.traces:
            earlier = (one.before, one.nearest if one.fate is Fate.NEW else None)
            later = (one.after, one.nearest if one.fate is Fate.DROPPED else None)
            shown[each.before] |= {name for name in earlier if name}
            shown[each.after] |= {name for name in later if name}
    return shown


def _best(target: Entry, report: Entry) -> str | None:
    """Return the segment that gives a target its status, else its strongest evidence."""
    matches = [report["matches"][at] for at in target["evidence"]]
    giving = [match for match in matches if match["status"] == target["status"]]
    return next((str(match["segment"]) for match in (*giving, *matches)), None)


def _document(
    at: int, report: Entry, statements: Sequence[Statement], found: Comparison
) -> Payload:
    document, summary = report["document"], report["summary"]
    names = ("name", "title", "sha256", "pages", "words", "language", "kind")
    return {
        **{name: document[name] for name in names},
        "paged": document.get("paged", True),
        **{name: document[name] for name in ("page_labels", "link") if name in document},
        **_score(summary),
        "coverage": summary["coverage"],
        "depth": summary["depth"],
        "targets_by_status": dict(_by_status(report["targets"])),
        "commitments": sum(each.commitment > 0 for each in statements),
        "difference": _difference(found.score.differences[at - 1]) if at else None,
        "warnings": list(report["warnings"]),
    }


def _by_status(targets: Sequence[Entry]) -> Counter[str]:
    return Counter(
        each["status"]
        for each in targets
        if each["relevance"] != "none" and each["basis"] == "classifier"
    )


def _score(entry: Entry) -> Payload:
    return {name: entry[name] for name in ("score", "score_low", "score_high")}


def _difference(difference: Difference | None) -> Payload | None:
    if difference is None:
        return None
    return {
        "value": round(difference.value, 1),
        "low": round(difference.low, 1),
        "high": round(difference.high, 1),
        "clear": difference.is_clear,
    }


def _goal(at: int, reports: Sequence[Entry], found: Comparison) -> Payload:
    first = reports[0]["goals"][at]
    differences = (None, *found.goals[at].differences)
    figures = ("coverage", "attention", "targets_scored", "targets_covered")
    return {
        **{name: first[name] for name in ("code", "uri", "title", "color")},
        "documents": [
            {
                **_score(report["goals"][at]),
                **{name: report["goals"][at][name] for name in figures},
                "difference": _difference(difference),
            }
            for report, difference in zip(reports, differences, strict=True)
        ],
    }


def _target(at: int, reports: Sequence[Entry], found: Comparison) -> Payload:
    first = reports[0]["targets"][at]
    clear = (False, *found.targets[at].is_clear)
    names = ("code", "goal", "uri", "title", "relevance", "basis")
    return {
        **{name: first[name] for name in names},
        "documents": [
            {
                "status": report["targets"][at]["status"],
                "clear": differs,
                "quotes": len(report["targets"][at]["evidence"]),
                "segment": _best(report["targets"][at], report),
            }
            for report, differs in zip(reports, clear, strict=True)
        ],
    }


def _segments(report: Entry, ids: set[str], statements: Sequence[Statement]) -> list[Payload]:
    commitments = {each.segment_id: each.commitment for each in statements}
    names = ("id", "text", "pages", "heading_path", "language")
    return [
        {
            **{name: each[name] for name in names},
            "commitment": commitments.get(each["id"], 0),
            "targets": targets_of(each),
            "against": bool((each["classification"] or {}).get("against_predicted")),
        }
        for each in report["segments"]
        if each["id"] in ids
    ]
