"""Parts of a text that a report marks: whole words, as they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

Spans = tuple[tuple[int, int], ...]
"""Offsets (start, end) in a text, in text order, apart from each other."""

_WORD = re.compile(r"\w[\w\u0300-\u036f]*")
"""With the accents that a PDF gives as characters of their own."""


def whole_words(text: str, spans: Iterable[tuple[int, int]]) -> Spans:
    """Return the words that some spans touch, each once; spans outside the text touch none."""
    inside = [(start, end) for start, end in spans if 0 <= start < end <= len(text)]
    return tuple(
        word.span()
        for word in (_WORD.finditer(text) if inside else ())
        if any(start < word.end() and word.start() < end for start, end in inside)
    )


def cut(text: str, spans: Mapping[str, Spans]) -> tuple[tuple[str, str], ...]:
    """Cut a text at the edges of its marks.

    Args:
        text: As it is shown.
        spans: Per kind of mark; marks of different kinds may overlap.

    Returns:
        The text in pieces, each with the kinds that mark it, separated by spaces.
    """
    edges = {edge for found in spans.values() for span in found for edge in span}
    bounds = sorted({0, len(text), *edges})
    return tuple(
        (text[start:end], " ".join(kind for kind in spans if _covers(spans[kind], start, end)))
        for start, end in pairwise(bounds)
    )


def _covers(spans: Spans, start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in spans)
