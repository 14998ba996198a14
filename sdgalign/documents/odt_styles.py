"""What the styles of an odt say of a paragraph or a part of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from sdgalign.documents.archive import attribute, local_name
from sdgalign.documents.flow import ORDINARY_SIZE

_HEADING = re.compile(r"Heading(?:_20_| )(\d)$")
_POINTS = re.compile(r"(\d+(?:\.\d+)?)pt$")
_BOLD = frozenset({"bold", "600", "700", "800", "900"})
_MOST_PARENTS = 12
"""A style may be based on itself; no real one stands so deep."""


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """What a style says, with all that it is based on."""

    level: int = 0
    """Of a heading, from 1; 0 for text."""
    size: float = ORDINARY_SIZE
    bold: bool = False
    hidden: bool = False
    breaks: bool = False
    """Whether a new page begins with the paragraph."""


class OdtStyles:
    """The styles of one file.

    Args:
        roots: Of ``styles.xml`` and ``content.xml``; None for a missing one.
    """

    def __init__(self, *roots: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, OdtStyle] = {}
        self._base = OdtStyle()
        for root in roots:
            for element in () if root is None else root.iter("{*}style"):
                self._elements[attribute(element, "name")] = element
            for element in () if root is None else root.iter("{*}default-style"):
                if attribute(element, "family") == "paragraph":
                    self._base = _with_element(self._base, element)

    def of(self, name: str, base: OdtStyle | None = None) -> OdtStyle:
        """Return a style with all that it is based on, set over ``base`` for a part of a text."""
        if base is None and name in self._known:
            return self._known[name]
        chain: list[etree._Element] = []
        parent = name
        while parent in self._elements and len(chain) < _MOST_PARENTS:
            chain.append(self._elements[parent])
            parent = attribute(chain[-1], "parent-style-name")
        style = base or self._base
        for element in reversed(chain):
            style = _with_element(style, element)
        if base is None:
            self._known[name] = style
        return style


def _with_element(style: OdtStyle, element: etree._Element) -> OdtStyle:
    name = attribute(element, "name")
    outline = attribute(element, "default-outline-level")
    if outline.isdecimal():
        style = replace(style, level=int(outline))
    elif match := _HEADING.match(name):
        style = replace(style, level=int(match[1]))
    elif name == "Title":
        style = replace(style, level=1)
    for properties in element:
        weight, size = attribute(properties, "font-weight"), attribute(properties, "font-size")
        if weight and local_name(properties) == "text-properties":
            style = replace(style, bold=weight in _BOLD)
        if display := attribute(properties, "display"):
            style = replace(style, hidden=display == "none")
        if match := _POINTS.match(size):
            style = replace(style, size=float(match[1]) or ORDINARY_SIZE)
        if attribute(properties, "break-before") == "page":
            style = replace(style, breaks=True)
    return style
