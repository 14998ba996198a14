"""The kinds of policy documents, and a guess of the kind from a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is in the life of a legislature."""

    MANIFESTO = "manifesto"
    AGREEMENT = "agreement"
    MEMORANDUM = "memorandum"
    CONTEXT_ANALYSIS = "context-analysis"
    PLAN = "plan"
    OTHER = "other"


_PATTERNS = (
    (DocumentKind.CONTEXT_ANALYSIS, r"omgevings?analyse|context.?analysis"),
    (DocumentKind.MEMORANDUM, r"memorandum"),
    (DocumentKind.AGREEMENT, r"(bestuurs|regeer|coalitie)[- ]?akkoord|coalition agreement"),
    (DocumentKind.MANIFESTO, r"manifest|verkiezingsprogramma|partijprogramma"),
    (
        DocumentKind.PLAN,
        r"meer.?jaren.?plan|beleidsplan|(?<![a-z])a?mjp|multi.?annual|council.plan"
        r"|aanpassing\s?(?:nr\.?\s?)?\d|strategische.?nota|doelstellingenboom",
    ),
)

_DESCRIPTIVE_HEADING = re.compile(
    r"[\d.\s]*(omgevings?analyse|contextanalyse|context analysis|kerncijfers|key figures)\b",
    re.IGNORECASE,
)

_PAST_HEADING = re.compile(
    r"[\d.\s]*(?:"
    r"(?:hier|daar|waar) (?:zijn )?(?:we|wij) (?:\w+ )?trots op(?: zijn)?|trots op\b"
    r"|(?:dit|dat|wat) (?:hebben|is|werd) (?:we |wij )?(?:er )?(?:al )?(?:samen )?"
    r"(?:bereikt|gerealiseerd|verwezenlijkt|gedaan)"
    r"|wat (?:we|wij) (?:al )?(?:hebben )?(?:bereikt|gerealiseerd|verwezenlijkt|deden)"
    r"|(?:bereikte|onze) (?:verwezenlijkingen|realisaties|resultaten)\b"
    r"|terugblik|our (?:record|achievements)\b|achievements\b|looking back"
    r"|what we (?:have |['’]ve )?(?:achieved|delivered|done)"
    r")",
    re.IGNORECASE,
)
"""Headings of what was done before: "Onze realisaties", "What we have achieved"."""


def is_descriptive(kind: DocumentKind, heading_path: Sequence[str]) -> bool:
    """Tell whether a text describes the place and binds nobody.

    Args:
        kind: Of the document.
        heading_path: Headings above the text.

    Returns:
        True in a context analysis, in the chapter of a plan that is one, and below a heading that
        announces results of the past.
    """
    return kind is DocumentKind.CONTEXT_ANALYSIS or any(
        _DESCRIPTIVE_HEADING.match(heading) or _PAST_HEADING.match(heading)
        for heading in heading_path
    )


def guess_kind(*names: str) -> DocumentKind:
    """Guess the kind from file name and title.

    Args:
        names: Texts to look in, the most telling first.

    Returns:
        The first kind that a name gives away, else ``other``.
    """
    for name in names:
        for kind, pattern in _PATTERNS:
            if re.search(pattern, name.replace("_", " "), re.IGNORECASE):
                return kind
    return DocumentKind.OTHER
