"""Whether a document prints a plan, told from its lines alone: cheap enough for every document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sdgalign.documents import Document
from sdgalign.plans.codes import Level, code_level, is_code, is_sure_code, label_level

_FEWEST = 5
"""Lines with codes of a plan, at least."""
_TITLE_PAGES = 2
_TITLE = re.compile(
    r"^(?:(?:aanpassing|wijziging)\s.{0,20})?(?:strategisch\s)?meerjarenplan\b.{0,30}20[1-5]\d"
    r"|^doelstellingenboom\b|^strategische nota\b",
    re.IGNORECASE,
)
_NESTED = re.compile(r"^(?:\d+(?:[./]\d+)+\.?|\d{6,12})$")


def prints_plan(document: Document) -> bool:
    """Return whether many lines of a document start as nodes of a plan do.

    Either labels or the letters of codes name actions and what is above them (``AC-1.1``,
    ``Actieplan 3:``), or the document calls itself a plan and codes of any form follow.
    """
    lines = [line.text for page in document.pages for line in page.lines]
    named = dict(_named(lines))
    actions = sum(level is Level.ACTION for level in named.values())
    if actions >= _FEWEST and len(named) > actions:
        return True
    front = (line.text for page in document.pages[:_TITLE_PAGES] for line in page.lines)
    return any(map(_TITLE.match, front)) and len({*named, *_nested(lines)}) >= _FEWEST


def _named(lines: Iterable[str]) -> Iterator[tuple[str, Level]]:
    """Yield codes with the level that they or the label before them name."""
    for line in lines:
        label = label_level(line)
        code = line[label[1] if label is not None else 0 :].lstrip(" :–-•").partition(" ")[0]
        code = code.rstrip(":")
        if label is not None and is_code(code) and any(map(str.isdigit, code)):
            yield code, label[0]
        elif is_sure_code(code) and (level := code_level(code)) is not None:
            yield code, level


def _nested(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        code = line.partition(" ")[0]
        if _NESTED.match(code) and is_code(code):
            yield code
