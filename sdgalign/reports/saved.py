"""Reading back what `analyze` saved as JSON: alignment and statements without a classification."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sdgalign.errors import InputError
from sdgalign.framework import Framework, load_framework
from sdgalign.kinds import DocumentKind, is_descriptive
from sdgalign.scoring import Alignment, GoalAlignment, Match, Score, Status, TargetAlignment
from sdgalign.scoring.lineage import Statement

if TYPE_CHECKING:
    from sdgalign.model import ModelInfo

Entry = Mapping[str, Any]

_ACTION = 2
"""Commitment of what a plan lists as an action, however briefly it names it."""


_MARK = b'"schema_version"'
_REACH = 200


def is_saved_report(path: Path) -> bool:
    """Return whether a file looks like a JSON report, and not like a document or a plan's data."""
    if path.suffix.lower() != ".json":
        return False
    try:
        with path.open("rb") as stream:
            return _MARK in stream.read(_REACH)
    except OSError:
        return False  # reading it will say why


def read_report(path: Path) -> dict[str, Any]:
    """Read a JSON report of `analyze`.

    Raises:
        InputError: When it is no such report, or of another version.
    """
    try:
        payload = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}).") from None
    except ValueError:
        raise InputError(f"{path}: is no JSON. Give the document, or analyse it again.") from None
    if not isinstance(payload, dict) or not {"document", "segments", "model"} <= payload.keys():
        raise InputError(f"{path}: is no JSON report of `sdgalign analyze`. Give the document.")
    version = str(payload.get("schema_version", ""))
    if not version.startswith("1."):
        raise InputError(
            f"{path}: is a report of version {version[:20]!r}, and this sdgalign reads 1. "
            "Analyse the document again."
        )
    return payload


def require_model(payload: Entry, name: str, model: ModelInfo) -> None:
    """Check that a report was made with a model, so that it can be compared with what it says.

    Raises:
        InputError: When it was made with another one.
    """
    if payload["model"].get("digest") != model.digest:
        raise InputError(
            f"{name}: was made with another model than the one in use. "
            "Give the document itself, or analyse it again."
        )


def alignment_of(payload: Entry) -> Alignment:
    """Return the alignment that a report was made from, without why each match was made.

    Its scores have intervals and no distributions.

    Raises:
        InputError: When parts of the report are missing.
    """
    framework = load_framework()
    try:
        return _alignment(payload, framework)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise _incomplete(payload, error) from None


def _incomplete(payload: Entry, error: Exception) -> InputError:
    name = payload["document"].get("name", "report")
    return InputError(
        f"{name}: its JSON report is incomplete ({type(error).__name__} {error}). Analyse it again."
    )


def _alignment(payload: Entry, framework: Framework) -> Alignment:
    classified = {each["id"]: each["classification"] for each in payload["segments"]}
    matches = [_match(each, classified[each["segment"]]) for each in payload["matches"]]
    targets = {each["code"]: _target(each, matches, framework) for each in payload["targets"]}
    goals = tuple(
        GoalAlignment(
            goal_code=each["code"],
            score=_score(each),
            targets=tuple(targets[target.code] for target in framework.goal(each["code"]).targets),
            attention=each["attention"],
            segments_matched=each["segments_matched"],
        )
        for each in payload["goals"]
    )
    return Alignment(
        score=_score(payload["summary"]) or Score(0.0, 0.0, 0.0),
        goals=goals,
        words=payload["document"]["words"],
        words_without_target=payload["summary"]["words_without_target"],
    )


def _score(entry: Entry) -> Score | None:
    if entry["score"] is None:
        return None
    return Score(entry["score"], entry["score_low"], entry["score_high"])


def _match(row: Entry, found: Entry) -> Match:
    levels = enumerate(found["commitment_probabilities"], start=1)
    return Match(
        segment_id=row["segment"],
        target_code=row["target"],
        probability=row["probability"],
        commitment=row["commitment"],
        strength=row["probability"] * sum(level * share for level, share in levels),
        against=row.get("against", 0.0),
        is_against=row.get("against_predicted", False),
    )


def _target(row: Entry, matches: Sequence[Match], framework: Framework) -> TargetAlignment:
    return TargetAlignment(
        target_code=row["code"],
        relevance=framework.target(row["code"]).relevance,
        status=Status(row["status"]),
        is_trained=row["basis"] == "classifier",
        matches=tuple(matches[at] for at in (*row["evidence"], *row.get("against", ()))),
        levels=tuple(row["levels"]),
    )


def statements_of(payload: Entry) -> tuple[Statement, ...]:
    """Return the passages of a report that promise something or could be a counterpart.

    Descriptions of the place are left out. What a plan lists as an action counts as one, also
    where its name alone ("Speed cameras") sounds like no commitment.
    """
    kind = DocumentKind(payload["document"]["kind"])
    plan = payload.get("plan") or {"actions": []}
    codes = tuple(each["code"] for each in plan["actions"] if not each["code"].isdecimal())
    return tuple(
        _statement(each, is_listed=each["text"].startswith(codes))
        for each in payload["segments"]
        if each["classification"] and not is_descriptive(kind, each["heading_path"])
    )


def _statement(segment: Entry, *, is_listed: bool) -> Statement:
    found = segment["classification"]
    commitment, probabilities = found["commitment"], tuple(found["commitment_probabilities"])
    if is_listed and commitment < _ACTION:
        commitment, probabilities = _ACTION, (0.0, 0.0, 1.0, 0.0)
    return Statement(
        segment_id=segment["id"],
        text=segment["text"],
        targets=dict(found["targets"]),
        commitment=commitment,
        commitments=probabilities,
        figures=(*segment.get("quantities", ()), *segment.get("dates", ())),
    )
