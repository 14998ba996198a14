"""Two languages in one file: the words of the other language as a list of differences.

Both languages are rendered with the same templates, so their elements are the same, one by one;
only texts and attributes differ. The report holds one language whole and of the other only those.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:[^<>\"]|\"[^\"]*\")*)>")
_ATTRIBUTE = re.compile(r"([\w:-]+)=\"([^\"]*)\"")
_VOID = frozenset({"input", "meta", "br", "link", "img", "hr"})
_BLANK = " \n\t"

Piece = tuple[int, str | int, str]
"""Number of an element in document order; the name of an attribute, or which of its texts that
are not blank; and what it says."""


def differences(own: str, other: str) -> str:
    """Return what the other language says elsewhere than the own one, as JSON.

    Args:
        own: The body of the report.
        other: Likewise, in the other language.

    Returns:
        ``{"texts": [...], "places": [...]}``: flat triples of how many elements further, which
        text or attribute, and the index of its text. Safe inside a script element.

    Raises:
        ValueError: When the bodies differ in more than texts and attributes.
    """
    texts: dict[str, int] = {}
    places: list[int | str] = []
    last = 0
    for mine, theirs in zip(_pieces(own), _pieces(other), strict=True):
        if mine[:2] != theirs[:2]:
            raise ValueError(f"the languages differ in form: {mine} and {theirs}")
        if mine[2] != theirs[2]:
            element, place, text = theirs
            places += (element - last, place, texts.setdefault(html.unescape(text), len(texts)))
            last = element
    data = json.dumps({"texts": list(texts), "places": places}, ensure_ascii=False)
    return data.replace("<", "\\u003c").replace('", "', '","')


def _pieces(body: str) -> Iterator[Piece]:
    """Tell all texts and attributes of well-formed markup, whose texts have no bare < or >."""
    number, at = 0, 0
    open_elements: list[list[int]] = [[0, 0]]
    for tag in _TAG.finditer(body):
        text = body[at : tag.start()]
        if text.strip(_BLANK):
            yield open_elements[-1][0], open_elements[-1][1], text
            open_elements[-1][1] += 1
        at = tag.end()
        closing, name, attributes = tag.groups()
        if closing:
            open_elements.pop()
            continue
        number += 1
        for key, value in _ATTRIBUTE.findall(attributes):
            yield number, key, value
        if name not in _VOID and not attributes.endswith("/"):
            open_elements.append([number, 0])
