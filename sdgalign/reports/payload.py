"""The complete result of one document as plain data: what the JSON file holds.

Its form is fixed by ``schema/report-1.schema.json``; every other report is made from it.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from sdgalign._version import __version__
from sdgalign.clock import now
from sdgalign.documents import Document
from sdgalign.documents.labels import printed_labels
from sdgalign.documents.titles import title_from_name
from sdgalign.framework import Framework, Language
from sdgalign.pipeline import Analysis
from sdgalign.reports.answers import claim_row, gap_row, plan_row
from sdgalign.reports.marks import whole_words
from sdgalign.reports.texts import texts
from sdgalign.scoring import GoalAlignment, Match, Score, TargetAlignment
from sdgalign.segmentation import Mention, Segment

if TYPE_CHECKING:
    from sdgalign.model import Reason

SCHEMA_VERSION = "1.2"

Payload = dict[str, Any]


@cache
def load_schema() -> Payload:
    """Load the JSON schema of the payload."""
    path = files("sdgalign.reports") / "schema" / "report-1.schema.json"
    schema: Payload = json.loads(path.read_text(encoding="utf-8"))
    return schema


def build_payload(analysis: Analysis, language: Language) -> Payload:
    """Build the payload of an analysis.

    Args:
        analysis: Of one document.
        language: Of the interface; recorded, so that a report can be made again.

    Returns:
        Data that `load_schema` describes, ready for ``json.dump``.
    """
    matches = [match for target in analysis.alignment.targets for match in target.matches]
    index = {(match.segment_id, match.target_code): at for at, match in enumerate(matches)}
    said = {segment.id: segment.text for segment in analysis.segments}
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "sdgalign", "version": __version__},
        "created": now().isoformat(timespec="seconds"),
        "model": {"id": analysis.model.id, "digest": analysis.model.digest},
        "settings": {"kind": str(analysis.kind), "language": str(language)},
        "document": _document(analysis),
        "summary": _summary(analysis),
        "goals": [_goal(goal, analysis.framework, index) for goal in analysis.alignment.goals],
        "targets": [
            _target(target, analysis.framework, index) for target in analysis.alignment.targets
        ],
        "matches": [_match(match, said[match.segment_id]) for match in matches],
        "gaps": [gap_row(gap, analysis.framework) for gap in analysis.gaps],
        "mentions": _sdg_mentions(analysis),
        "claims": [claim_row(claim) for claim in analysis.claims],
        "plan": analysis.plan and plan_row(analysis.plan),
        "segments": _segments(analysis),
        "warnings": _warnings(analysis, language),
    }


def language_of(analysis: Analysis) -> Language:
    """Return the language to report in when nobody asks for one: the document's, else English."""
    return Language.NL if _document_language(analysis) == "nl" else Language.EN


def _document_language(analysis: Analysis) -> str:
    words: Counter[str] = Counter()
    for segment in analysis.segments:
        words[segment.language] += len(segment.text.split())
    return words.most_common(1)[0][0] if words else "other"


def _document(analysis: Analysis) -> Payload:
    document = analysis.document
    return {
        "name": document.name,
        "title": document.title or title_from_name(document.name),
        "sha256": document.sha256,
        "pages": len(document.pages),
        "paged": document.has_pages,
        **_labels(document),
        "words": analysis.alignment.words,
        "language": _document_language(analysis),
        "kind": str(analysis.kind),
    }


def _labels(document: Document) -> Payload:
    labels = printed_labels(document) if document.has_pages else {}
    return {"page_labels": {str(page): label for page, label in labels.items()}} if labels else {}


def _summary(analysis: Analysis) -> Payload:
    alignment = analysis.alignment
    relevant = [target for target in alignment.targets if target.relevance.is_local]
    return {
        **_score(alignment.score),
        "segments": len(analysis.segments),
        "segments_classified": len(analysis.classifications),
        "segments_matched": sum(bool(item.targets_predicted) for item in analysis.classifications),
        "coverage": _share(alignment.coverage),
        "depth": _share(alignment.depth),
        "balance": round(alignment.balance, 4),
        "words_without_target": round(alignment.words_without_target, 4),
        "targets_relevant": len(relevant),
        "targets_by_status": dict(Counter(str(target.status) for target in relevant)),
        "gaps": [gap.target_code for gap in analysis.gaps],
    }


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _score(score: Score | None) -> Payload:
    if score is None:
        return {"score": None, "score_low": None, "score_high": None}
    return {
        "score": round(score.value, 1),
        "score_low": round(score.low, 1),
        "score_high": round(score.high, 1),
    }


def _goal(
    alignment: GoalAlignment, framework: Framework, index: dict[tuple[str, str], int]
) -> Payload:
    goal = framework.goal(alignment.goal_code)
    strongest = alignment.strongest
    return {
        "code": goal.code,
        "uri": goal.uri,
        "title": dict(goal.title),
        "color": goal.color,
        **_score(alignment.score),
        "coverage": _share(alignment.coverage),
        "depth": _share(alignment.depth),
        "by_status": {str(status): count for status, count in alignment.by_status.items()},
        "attention": round(alignment.attention, 4),
        "targets_scored": len(alignment.scored),
        "targets_covered": len(alignment.covered),
        "segments_matched": alignment.segments_matched,
        "strongest": strongest and index[strongest.segment_id, strongest.target_code],
        "gaps": [gap.target_code for gap in alignment.gaps],
    }


def _target(
    alignment: TargetAlignment, framework: Framework, index: dict[tuple[str, str], int]
) -> Payload:
    target = framework.target(alignment.target_code)
    return {
        "code": target.code,
        "goal": target.goal_code,
        "uri": target.uri,
        "title": dict(target.title),
        "description": dict(target.description),
        "relevance": str(target.relevance),
        "reason": dict(target.reason),
        "status": str(alignment.status),
        "basis": "classifier" if alignment.is_trained else "description",
        "gap": alignment.is_gap,
        "levels": [round(level, 4) for level in alignment.levels],
        "evidence": [index[match.segment_id, match.target_code] for match in alignment.supporting],
        "against": [index[match.segment_id, match.target_code] for match in alignment.opposing],
    }


def _match(match: Match, text: str) -> Payload:
    reason = _reason(match.reason, text) if match.reason else {}
    return {
        "segment": match.segment_id,
        "target": match.target_code,
        "probability": round(match.probability, 4),
        "commitment": match.commitment,
        "status": str(match.status),
        "against": round(match.against, 4),
        "against_predicted": match.is_against,
        **({"reason": reason} if reason else {}),
    }


def _reason(reason: Reason, text: str) -> Payload:
    spans = whole_words(text, reason.words)
    if not spans and reason.nearest is None:
        return {}
    row: Payload = {
        "words": [text[start:end] for start, end in spans],
        "spans": [list(span) for span in spans],
    }
    if reason.nearest:
        row["nearest"] = {name: getattr(reason.nearest, name) for name in ("id", "nl", "en")}
        row["likeness"] = min(1.0, round(reason.likeness, 2))
    return row


def _sdg_mentions(analysis: Analysis) -> list[Payload]:
    return [
        {
            "text": mention.text,
            "codes": list(mention.codes),
            "segment": segment.id,
            "page": segment.pages[0],
        }
        for segment, mentions in zip(analysis.segments, analysis.mentions, strict=True)
        for mention in mentions
        if mention.kind == "sdg"
    ]


def _segments(analysis: Analysis) -> list[Payload]:
    rows = {item.id: item.as_row() for item in analysis.classifications}
    for row in rows.values():
        del row["id"]
    return [
        {**segment_row(segment), **_findings(mentions), "classification": rows.get(segment.id)}
        for segment, mentions in zip(analysis.segments, analysis.mentions, strict=True)
    ]


def segment_row(segment: Segment) -> Payload:
    """Return a segment as plain data."""
    return {
        "id": segment.id,
        "kind": str(segment.kind),
        "text": segment.text,
        "start": segment.start,
        "end": segment.end,
        "pages": list(segment.pages),
        "boxes": [
            [box.page, *(round(edge, 1) for edge in (box.x0, box.top, box.x1, box.bottom))]
            for box in segment.boxes
        ],
        "heading_path": list(segment.heading_path),
        "language": segment.language,
    }


def _findings(mentions: tuple[Mention, ...]) -> Payload:
    return {
        "quantities": [mention.text for mention in mentions if mention.kind == "quantity"],
        "dates": [mention.text for mention in mentions if mention.kind == "date"],
    }


def _warnings(analysis: Analysis, language: Language) -> list[str]:
    words = texts(language)
    total = len(analysis.document.pages)
    warnings = [
        words.fill(f"warning.{doubt.code}", n=doubt.pages, total=total)
        for doubt in analysis.document.doubts
    ]
    skipped = [
        segment
        for segment in analysis.segments
        if segment.is_evidence and segment.language not in analysis.model.languages
    ]
    if skipped:
        names = sorted({words[f"language.{segment.language}"] for segment in skipped})
        warnings.append(words.fill("warning.language", n=len(skipped), languages=", ".join(names)))
    return warnings
