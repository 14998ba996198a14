"""The numbers that a browser gives to the items of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from sdgalign.documents.numbering import numeral

_UNMARKED = re.compile(r"list-style(?:-type)?\s*:[^;]*\b(?:none|disc|circle|square)", re.IGNORECASE)
_FORMS = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A"}
_FORMS |= {"lower-roman": "i", "upper-roman": "I", "decimal-leading-zero": "01"}
_FORM = re.compile(rf"list-style(?:-type)?\s*:[^;]*?({'|'.join(_FORMS)})", re.IGNORECASE)


class ItemNumbers:
    """Knows the number of each list item; a list is counted once."""

    def __init__(self) -> None:
        self._known: dict[etree._Element, str] = {}

    def of(self, item: etree._Element) -> str:
        """Return the number of an item with a full stop and a space; empty for bullets."""
        if item not in self._known:
            self._known[item] = ""
            parent = item.getparent()
            if parent is not None and parent.tag == "ol":
                self._known.update(_numbers(parent))
        return self._known[item]


def _numbers(parent: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    style = parent.get("style", "")
    if _UNMARKED.search(style):
        return
    named = _FORM.search(style)
    form = _FORMS[named[1].lower()] if named else parent.get("type", "1")
    items = parent.findall("li")
    step = 1 if parent.get("reversed") is None else -1
    number = _whole(parent.get("start"), 1 if step > 0 else len(items))
    for item in items:
        number = _whole(item.get("value"), number)
        yield item, f"{numeral(number, form)}. "
        number += step


def _whole(value: str | None, other: int) -> int:
    return int(value) if value is not None and re.fullmatch(r"-?\d{1,9}", value.strip()) else other
