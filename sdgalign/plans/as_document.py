"""A plan of a data file as a document without pages, so that every report can be made of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from sdgalign.documents.document import Box, Declared, Document, Line, Page
from sdgalign.plans.plan import Action, ActionPlan, Objective, Plan, whole_text
from sdgalign.plans.write import plan_data
from sdgalign.segmentation.language import language_of, main_language
from sdgalign.segmentation.segment import SEGMENT_SEPARATOR, Segment, SegmentKind

_NOWHERE = Box(1, 0.0, 0.0, 0.0, 0.0)
"""Place of a text that stands on no page."""
_DECLARED = {1: Declared.HEADING, 2: Declared.HEADING, 3: Declared.ITEM}

_Level = Objective | ActionPlan | Action


def plan_as_document(plan: Plan, name: str) -> Document:
    """Return a plan as a document.

    Args:
        plan: One of the plans of a data file.
        name: Of the file, for a plan that does not say whose it is.

    Returns:
        Its name is the municipality, its digest that of the plan alone (`plan_digest`), so that
        the plans of one file are told apart.
    """
    lines = (
        Line(
            text=_shown(level, depth),
            box=_NOWHERE,
            size=0.0,
            declared=_DECLARED[depth],
            level=depth if depth < 3 else 0,
        )
        for level, depth, _ in _levels(plan)
    )
    return Document(
        name=plan.municipality or name,
        sha256=plan_digest(plan),
        pages=(Page(1, 0.0, 0.0, tuple(line for line in lines if line.text)),),
        title=plan.municipality,
        doubts=plan.doubts,
        has_pages=False,
    )


def plan_digest(plan: Plan) -> str:
    """Return the SHA-256 of what a plan says, whatever file and format it comes from."""
    data = json.dumps(plan_data(plan), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()


def segment_plan(plan: Plan) -> tuple[Segment, ...]:
    """Return one segment per action, below headings of its objective and action plan.

    The actions come in the order of ``plan.actions()``; one without a text has its code, and is no
    evidence. Objectives and action plans are headings: they say what actions have to bring about.
    """
    said = [(_shown(*found[:2]), *found) for found in _levels(plan)]
    main = main_language([text for text, *_ in said])
    segments: list[Segment] = []
    offset = 0
    for text, level, depth, above in said:
        if not text and depth < 3:
            continue
        segments.append(
            Segment(
                id=f"s{len(segments) + 1:05d}",
                kind=_kind(level, depth),
                text=text,
                start=offset,
                end=offset + len(text),
                boxes=(_NOWHERE,),
                heading_path=tuple(above),
                language=language_of(text, main),
            )
        )
        offset += len(text) + len(SEGMENT_SEPARATOR)
    return tuple(segments)


def _levels(plan: Plan) -> Iterator[tuple[_Level, int, Sequence[str]]]:
    """Yield every level that an action is of, with its depth from 1 and the names above it."""
    for objective in plan.objectives:
        name = objective.title or objective.text
        path = [name] if name else []
        yield objective, 1, ()
        for action_plan in objective.plans:
            yield action_plan, 2, path
            below = action_plan.title or action_plan.text
            for action in action_plan.actions:
                yield action, 3, [*path, below] if below else path


def _shown(level: _Level, depth: int) -> str:
    text = whole_text(level.title, level.text)
    if depth == 3:
        return text or level.code
    return " ".join(filter(None, (level.code, text)))


def _kind(level: _Level, depth: int) -> SegmentKind:
    if depth < 3:
        return SegmentKind.HEADING
    is_said = any(map(str.isalpha, level.title + level.text))
    return SegmentKind.LIST_ITEM if is_said else SegmentKind.FIGURES
