"""The whole story: from a file to what it does for the goals. Read this first.

::

    path → Document → Segments → Classifications → Alignment → reports
           documents  segmentation  model           scoring     reports

Reading happens in a guarded process, writing in ``reports``; all that lies between is pure. A plan
from a data file comes without a document: `analyze_plan` takes its actions as the segments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sdgalign.coding import CodedPlan, code_plan
from sdgalign.documents import Document, Limits, Reading, read_document
from sdgalign.evidence import OnProgress, choose_evidence, classify_segments, without_promises
from sdgalign.framework import Framework, load_framework
from sdgalign.kinds import DocumentKind, guess_kind
from sdgalign.plans import Plan, extract_plan, prints_plan
from sdgalign.plans.as_document import plan_as_document, segment_plan
from sdgalign.scoring import Alignment, Claim, Gap, PeerTarget, align, claims, find_gaps
from sdgalign.segmentation import (
    Mention,
    Segment,
    SegmentKind,
    find_mentions,
    segment_document,
)

if TYPE_CHECKING:
    from sdgalign.model import AlignmentModel, Classification, ModelInfo

PeersOf = Callable[[Document, DocumentKind], Mapping[str, PeerTarget]]
"""Gives what documents that are comparable with one do for each target."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that is known about one document; every report is made from it."""

    document: Document
    kind: DocumentKind
    segments: tuple[Segment, ...]
    classifications: tuple[Classification, ...]
    """One per segment that was classified, in reading order; ``id`` is the segment's."""
    mentions: tuple[tuple[Mention, ...], ...]
    """Per segment: explicit SDG mentions, quantities and dates in its text."""
    alignment: Alignment
    gaps: tuple[Gap, ...]
    """What is absent or only mentioned, the most pressing first."""
    claims: tuple[Claim, ...]
    """Per goal: named, and taken up."""
    framework: Framework
    model: ModelInfo
    plan: CodedPlan | None = None
    """Of a multi-annual plan whose tree could be read: its actions with codes and money."""


def analyze(
    path: Path | str,
    model: Callable[[], AlignmentModel] | None = None,
    *,
    kind: DocumentKind | None = None,
    limits: Limits | None = None,
    password: str | None = None,
    priorities: Sequence[str] = (),
    reference: Alignment | None = None,
    peers: PeersOf | None = None,
    on_progress: OnProgress = lambda stage, share: None,
) -> Analysis:
    """Read a document and align it with the goals and targets.

    Args:
        path: A file: PDF, docx, odt, html, md or txt.
        model: Gives the model; called while the document is being read. The shipped model when
            None.
        kind: What the document is; guessed from its name, title and codes when None.
        limits: What reading may cost.
        password: Opens a PDF that is encrypted for its readers.
        priorities: Codes of goals and targets whose gaps come first.
        reference: Of a document, such as a manifesto, that this one is measured against.
        peers: Gives what comparable documents do, such as `corpus.peers.peers_of` a project.
        on_progress: Told about the progress.

    Returns:
        The analysis.

    Raises:
        DocumentError: When the document cannot be read.
        ModelError: When the model cannot be loaded.
    """
    from sdgalign.model import load_model

    path = Path(path)
    likely_plan = (kind or guess_kind(path.name)) is DocumentKind.PLAN
    with Reading(path, limits=limits, words=likely_plan, password=password) as reading:
        loaded = (model or load_model)()
        document = reading.result(lambda done, total: on_progress("read", done / total))
    kind = kind or _kind_of(document)
    if kind is DocumentKind.PLAN and not likely_plan:
        # Only its title or its codes say that it is a plan.
        document = read_document(path, limits=limits, words=True, password=password)
    segments = segment_document(document)
    on_progress("segment", 1.0)
    mentions = tuple(find_mentions(segment.text, segment.language) for segment in segments)
    evidence = choose_evidence(segments, mentions, loaded.info.languages)
    classifications = without_promises(
        classify_segments(evidence, loaded, on_progress), segments, kind
    )
    return _conclude(
        document,
        kind,
        segments,
        mentions,
        classifications,
        loaded,
        plan=code_plan_of(document, loaded) if kind is DocumentKind.PLAN else None,
        priorities=priorities,
        reference=reference,
        peers=peers,
    )


def analyze_plan(
    plan: Plan,
    name: str,
    model: AlignmentModel | None = None,
    *,
    priorities: Sequence[str] = (),
    reference: Alignment | None = None,
    peers: PeersOf | None = None,
    on_progress: OnProgress = lambda stage, share: None,
) -> Analysis:
    """Align a plan that was read from a data file (`plans.read_plans`): every action is a segment.

    Args:
        plan: Of one municipality.
        name: Of the file; the document is named after it when the plan does not say whose it is.
        model: The shipped model when None.
        priorities: As for `analyze`.
        reference: As for `analyze`.
        peers: As for `analyze`.
        on_progress: Told about the progress.

    Returns:
        The analysis, of a document without pages.

    Raises:
        ModelError: When the model cannot be loaded.
    """
    from sdgalign.model import load_model

    loaded = model or load_model()
    segments = segment_plan(plan)
    on_progress("segment", 1.0)
    mentions = tuple(find_mentions(segment.text, segment.language) for segment in segments)
    coded = code_plan(plan, loaded, lambda share: on_progress("classify", share))
    actions = [segment for segment in segments if segment.kind is not SegmentKind.HEADING]
    evidence = {each.id for each in choose_evidence(segments, mentions, loaded.info.languages)}
    classifications = tuple(
        replace(action.classification, id=segment.id)
        for action, segment in zip(coded.actions, actions, strict=True)
        if segment.id in evidence
    )
    kind = DocumentKind.PLAN
    return _conclude(
        plan_as_document(plan, name),
        kind,
        segments,
        mentions,
        without_promises(classifications, segments, kind),
        loaded,
        plan=coded,
        priorities=priorities,
        reference=reference,
        peers=peers,
    )


def _conclude(
    document: Document,
    kind: DocumentKind,
    segments: tuple[Segment, ...],
    mentions: tuple[tuple[Mention, ...], ...],
    classifications: tuple[Classification, ...],
    model: AlignmentModel,
    *,
    plan: CodedPlan | None,
    priorities: Sequence[str],
    reference: Alignment | None,
    peers: PeersOf | None,
) -> Analysis:
    """Draw all conclusions from what the model says of the segments."""
    framework = load_framework()
    words = {segment.id: len(segment.text.split()) for segment in segments}
    alignment = align(framework, classifications, words, frozenset(model.assessed_targets))
    named = [code for found in mentions for mention in found for code in mention.codes]
    return Analysis(
        document=document,
        kind=kind,
        segments=segments,
        classifications=classifications,
        mentions=mentions,
        alignment=alignment,
        gaps=find_gaps(
            alignment,
            classifications,
            priorities=priorities,
            reference=reference,
            peers=peers(document, kind) if peers else None,
        ),
        claims=claims(alignment, named),
        framework=framework,
        model=model.info,
        plan=plan,
    )


def _kind_of(document: Document) -> DocumentKind:
    """Guess what a document is from its name and title, its running titles, or its codes."""
    kind = guess_kind(document.name, document.title)
    if kind is DocumentKind.OTHER:
        kind = guess_kind(*document.running_titles)
    if kind is DocumentKind.OTHER and prints_plan(document):
        kind = DocumentKind.PLAN
    return kind


def code_plan_of(document: Document, model: AlignmentModel) -> CodedPlan | None:
    """Recover the plan that a document prints and code its actions; None when it prints none."""
    plan = extract_plan(document)
    return code_plan(plan, model) if any(True for _ in plan.actions()) else None
