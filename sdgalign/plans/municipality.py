"""Whose plan it is, as far as the document says."""

from __future__ import annotations

import re
from collections import Counter

from sdgalign.documents import Document, LineRole

_NAMED = re.compile(
    r"\b(?:[Gg]emeente|[Ss]tad|[Gg]emeentebestuur|[Ss]tadsbestuur|[Ll]okaal [Bb]estuur|OCMW)"
    r"(?: (?:en|&) OCMW)? ([A-Z][\w’']+(?:[- ](?:[A-Z][\w’']+|aan|op|ten|den?))*)"
)
_NOT_NAMES = re.compile(
    r"\d|plan|nota|beleid|pagina|bijlage|doelstelling|toelichting|begroting|gemeente|bestuur|ocmw",
    re.IGNORECASE,
)
_PAGES = 5
_LONGEST = 40


def municipality_of(document: Document) -> str:
    """Return the name of the municipality, or an empty text when the document does not say."""
    front = [line for page in document.pages[:_PAGES] for line in page.lines]
    named = Counter(
        match[1].strip() for line in front for match in [_NAMED.search(line.text)] if match
    )
    running = Counter(
        line.text
        for page in document.pages
        for line in page.lines
        if line.role in (LineRole.HEADER, LineRole.FOOTER)
        and line.text[:1].isupper()
        and len(line.text) <= _LONGEST
        and len(line.text.split()) <= 3
        and not _NOT_NAMES.search(line.text)
    )
    for name, _ in running.most_common():
        if any(name in line.text for line in front if line.role is LineRole.BODY):
            return name
    if named:
        return named.most_common(1)[0][0]
    return running.most_common(1)[0][0] if running else ""
