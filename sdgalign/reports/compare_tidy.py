"""A comparison as tidy tables, csv: one row per commitment and step, one per target and document.

Names of columns are English and stay; ``docs/compare.md`` tells what they mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sdgalign.coding import planning_code
from sdgalign.reports.cells import csv_text
from sdgalign.reports.compare_parts import segments_by_id
from sdgalign.reports.tidy import PATH_MARK, about_target

Entry = Mapping[str, Any]
Row = dict[str, Any]

_OF_PASSAGE = ("segment", "page", "heading_path", "text", "commitment", "targets")

LINEAGE_COLUMNS = (
    "document_before",
    "document_after",
    "fate",
    "doubtful",
    "likeness",
    "figures_differ",
    "targets",
    *(f"before_{name}" for name in _OF_PASSAGE),
    *(f"after_{name}" for name in _OF_PASSAGE),
    *(f"nearest_{name}" for name in _OF_PASSAGE),
)

TARGET_COLUMNS = (
    "document",
    "document_sha256",
    "document_kind",
    "goal",
    "target",
    "sdg",
    "target_title_nl",
    "target_title_en",
    "relevance",
    "assessed",
    "status",
    "differs_clearly",
    "quotes",
    "page",
    "text",
)


def lineage_rows(payload: Entry) -> list[Row]:
    """Return one row per commitment and step."""
    segments = segments_by_id(payload)
    documents = payload["documents"]
    rows = []
    for step in payload["lineage"]:
        before, after = step["before"], step["after"]
        for trace in step["traces"]:
            other = before if trace["fate"] == "new" else after
            rows.append(
                {
                    "document_before": documents[before]["name"],
                    "document_after": documents[after]["name"],
                    "fate": trace["fate"],
                    "doubtful": trace["doubtful"],
                    "likeness": trace["likeness"],
                    "figures_differ": trace["figures_differ"],
                    "targets": " ".join(map(planning_code, trace["targets"])),
                    **_passage("before", trace["before"], segments[before], documents[before]),
                    **_passage("after", trace["after"], segments[after], documents[after]),
                    **_passage("nearest", trace["nearest"], segments[other], documents[other]),
                }
            )
    return rows


def _passage(
    prefix: str, name: str | None, segments: Mapping[str, Entry], document: Entry
) -> dict[str, Any]:
    if name is None:
        return {f"{prefix}_{each}": None for each in _OF_PASSAGE}
    segment = segments[name]
    return {
        f"{prefix}_segment": name,
        f"{prefix}_page": segment["pages"][0] if document["paged"] else None,
        f"{prefix}_heading_path": PATH_MARK.join(segment["heading_path"]),
        f"{prefix}_text": segment["text"],
        f"{prefix}_commitment": segment["commitment"],
        f"{prefix}_targets": " ".join(map(planning_code, segment["targets"])),
    }


def target_rows(payload: Entry) -> list[Row]:
    """Return one row per target and document."""
    segments = segments_by_id(payload)
    rows = []
    for target in payload["targets"]:
        for at, (own, document) in enumerate(
            zip(target["documents"], payload["documents"], strict=True)
        ):
            segment = segments[at][own["segment"]] if own["segment"] else None
            rows.append(
                {
                    "document": document["name"],
                    "document_sha256": document["sha256"],
                    "document_kind": document["kind"],
                    **about_target(target),
                    "status": own["status"],
                    "differs_clearly": own["clear"],
                    "quotes": own["quotes"],
                    "page": segment["pages"][0] if segment and document["paged"] else None,
                    "text": segment and segment["text"],
                }
            )
    return rows


def render_lineage_csv(payload: Entry) -> str | None:
    """Write what became of the commitments as csv for programs; None without lineage."""
    if not payload["lineage"]:
        return None
    rows = lineage_rows(payload)
    return csv_text([LINEAGE_COLUMNS, *([row[name] for name in LINEAGE_COLUMNS] for row in rows)])


def render_target_csv(payload: Entry) -> str:
    """Write the targets side by side as csv for programs."""
    rows = target_rows(payload)
    return csv_text([TARGET_COLUMNS, *([row[name] for name in TARGET_COLUMNS] for row in rows)])
