"""The rows of the tables of a project (`sdgalign.corpus.tables`): pure, one document at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sdgalign.coding import planning_code
from sdgalign.corpus.municipalities import find_municipality, municipalities
from sdgalign.corpus.records import AlignmentRow, LedgerDocument, Result
from sdgalign.corpus.tables import NO_TARGET, WHOLE
from sdgalign.framework import Language, load_framework
from sdgalign.plans.plan import whole_text
from sdgalign.reports.codes import name_of
from sdgalign.reports.tidy import Row, match_rows, segment_row

PART_MARK = "#"
"""Between path and part in the id of a document."""


def document_id(document: LedgerDocument) -> str:
    """Return the key of a document: the same in every export, on every machine."""
    return f"{document.path}{PART_MARK}{document.part}" if document.part else document.path


def document_row(document: LedgerDocument, result: Result | None, *, counts: bool) -> Row:
    """Return the row of a document; without a result what is known is little.

    Args:
        document: Of the ledger.
        result: Its result.
        counts: Whether the overview counts it (`sdgalign.corpus.overview.that_count`).
    """
    nis_code = document.nis_code or ""
    place = municipalities().get(nis_code)
    now = find_municipality(nis_code=nis_code).municipality.nis_code if place else ""
    return {
        "document_id": document_id(document),
        "path": document.path,
        "part": document.part,
        "state": str(document.state),
        "counts": counts,
        "kind": document.kind,
        "municipality": document.municipality,
        "nis_code": document.nis_code,
        "nis_code_now": now or None,
        "province": place.province if place else None,
        "party": document.party,
        "year": document.year,
        "language": document.language,
        "title": document.title,
        "sha256": document.sha256,
        "bytes": document.bytes,
        "pages": (result.pages or None) if result else None,
        "words": result.words if result else None,
        "segments": result.segments if result else None,
        "losses": (" ".join(result.losses) or None) if result else None,
        "model": result.model_id if result else None,
        "model_digest": result.model_digest if result else None,
        "tool_version": result.tool_version if result else None,
        "analysed": result.created if result else None,
        "error_kind": document.error_kind,
        "error": document.error,
    }


def segment_rows(key: str, payload: Mapping[str, Any], *, texts: bool = True) -> Iterator[Row]:
    """Yield the segments of a document in reading order.

    Args:
        key: Of the document.
        payload: Its result.
        texts: Whether to give what they say.
    """
    for segment in payload["segments"]:
        found = segment["classification"]
        row = segment_row(segment, payload["document"])
        yield {
            **row,
            "document_id": key,
            "words": len(segment["text"].split()),
            "classified": found is not None,
            "targets": len(found["targets_predicted"]) if found else 0,
            "none": found and found["none"],
            "commitment": found and found["commitment"],
            "text": row["text"] if texts else None,
            "heading_path": row["heading_path"] if texts else None,
        }


def dataset_match_rows(key: str, payload: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the matches of a document, by target in UN order and strongest first."""
    for row in match_rows(payload):
        yield {**row, "document_id": key}


def alignment_row(found: AlignmentRow) -> Row:
    """Return what a document does for all, a goal or a target."""
    alignment = found.alignment
    return {
        "document_id": document_id(found.document),
        "level": str(alignment.level),
        "code": alignment.code or WHOLE,
        "goal": alignment.code.partition(".")[0] or None,
        **{
            name: getattr(alignment, name)
            for name in ("score", "low", "high", "status", "relevance", "assessed", "matches",
                         "share_words", "coverage", "depth", "euro")
        },
    }  # fmt: skip


def claim_rows(key: str, payload: Mapping[str, Any]) -> Iterator[Row]:
    """Yield per goal how a document names it and takes it up."""
    for claim in payload["claims"]:
        yield {**claim, "document_id": key}


def action_rows(key: str, payload: Mapping[str, Any], *, texts: bool = True) -> Iterator[Row]:
    """Yield the actions of a plan with their targets, the most probable first.

    Args:
        key: Of the document.
        payload: Its result.
        texts: Whether to give what they say.
    """
    plan = payload.get("plan")
    for number, action in enumerate(plan["actions"] if plan else (), start=1):
        total = action["total"]
        found = [(each["code"], each["probability"]) for each in action["targets"]]
        for code, probability in found or [(NO_TARGET, action["none"])]:
            yield {
                "document_id": key,
                "action": number,
                "target": code,
                "goal": code.partition(".")[0],
                "probability": probability,
                "commitment": action["commitment"],
                "objective_code": action["objective"]["code"],
                "action_plan_code": action["action_plan"]["code"],
                "action_code": action["code"],
                "page": action["pages"][0] if action["pages"] else None,
                "euro_action": total,
                "euro": None if total is None else total / max(len(found), 1),
                "objective": name_of(action["objective"]) if texts else None,
                "action_plan": name_of(action["action_plan"]) if texts else None,
                "text": whole_text(action["title"], action["text"]) if texts else None,
            }


def spending_rows(key: str, payload: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the money of a plan per year and target."""
    plan = payload.get("plan")
    for year, spent in (plan["budget"]["years"] if plan else {}).items():
        found = {**spent["by_target"], NO_TARGET: spent["without_target"]}
        for code, euro in found.items():
            if euro:
                yield {
                    "document_id": key,
                    "year": int(year),
                    "target": code,
                    "goal": code.partition(".")[0],
                    "euro": euro,
                }


def target_rows() -> Iterator[Row]:
    """Yield the targets in UN order."""
    framework = load_framework()
    for target in framework.targets:
        goal = framework.goal(target.goal_code)
        yield {
            "target": target.code,
            "goal": goal.code,
            "sdg": planning_code(target.code),
            "goal_title_nl": goal.title[Language.NL],
            "goal_title_en": goal.title[Language.EN],
            "target_title_nl": target.title[Language.NL],
            "target_title_en": target.title[Language.EN],
            "relevance": str(target.relevance),
            "uri": target.uri,
        }
