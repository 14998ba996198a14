"""The kinds of policy documents, and a guess of the kind from a name."""

from __future__ import annotations

import re
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
    (DocumentKind.PLAN, r"meer.?jaren.?plan|beleidsplan|\bmjp|multi.?annual|council.plan"),
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
