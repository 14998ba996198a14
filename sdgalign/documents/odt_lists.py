"""The numbers that an odt gives to headings and list items: they are in no paragraph's text."""

from __future__ import annotations

import re

from lxml import etree

from sdgalign.documents.archive import attribute, local_name
from sdgalign.documents.numbering import Level, Numbering

_NUMBERED = frozenset({"list-level-style-number", "outline-level-style"})
_PLACE = re.compile(r"%(\d+)%")
_PERCENT = re.compile(r"%(?!\d+%)")


class OdtLists:
    """The lists of one file; it counts along with the reader.

    Args:
        roots: Of ``styles.xml`` and ``content.xml``; None for a missing one.
    """

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[str, dict[int, Level]] = {}
        self._outline = Numbering({})
        self._outline_name = ""
        for root in roots:
            for element in () if root is None else root.iter("{*}list-style", "{*}outline-style"):
                name, levels = attribute(element, "name"), _levels(element)
                self._styles[name] = levels
                if local_name(element) == "outline-style":
                    self._outline, self._outline_name = Numbering(levels), name
        self._open: list[tuple[str, Numbering]] = []
        """The lists around what is being read, each with the name of its style."""
        self._last: dict[str, Numbering] = {}
        """The last list of each style."""
        self._named: dict[str, Numbering] = {}

    def enter(self, element: etree._Element) -> None:
        """Begin a list, or one inside an item of another."""
        if self._open:
            style, numbering = self._open[-1]
            own = attribute(element, "style-name")
            if own and own != style:
                numbering = Numbering(self._styles.get(own, {}), numbering.counts)
            self._open.append((own or style, numbering))
            return
        style = attribute(element, "style-name")
        before = self._named.get(attribute(element, "continue-list"))
        if before is None and attribute(element, "continue-numbering") == "true":
            before = self._last.get(style)
        if style and style == self._outline_name:
            before = self._outline
        levels = self._styles.get(style, {})
        numbering = Numbering(levels, {} if before is None else before.counts)
        self._last[style] = numbering
        if name := attribute(element, "id"):
            self._named[name] = numbering
        self._open.append((style, numbering))

    def leave(self) -> None:
        """End the list that was begun last."""
        self._open.pop()

    def item(self, element: etree._Element) -> str:
        """Count an item of the list that is open and return its number."""
        if not self._open:
            return ""
        _, numbering = self._open[-1]
        if override := attribute(element, "style-override"):
            numbering = Numbering(self._styles.get(override, {}), numbering.counts)
        return numbering.next(len(self._open) - 1, _start(element))

    def heading(self, element: etree._Element, level: int) -> str:
        """Count a heading and return its number.

        Args:
            element: The heading.
            level: From 1.
        """
        is_silent = attribute(element, "is-list-header") == "true"
        return "" if is_silent else self._outline.next(level - 1, _start(element))


def _start(element: etree._Element) -> int | None:
    value = attribute(element, "start-value")
    return int(value) if value.isdecimal() else None


def _levels(element: etree._Element) -> dict[int, Level]:
    return {
        int(number) - 1: _level(each, int(number))
        for each in element
        if local_name(each) in _NUMBERED and (number := attribute(each, "level")).isdecimal()
    }


def _level(element: etree._Element, number: int) -> Level:
    form, start = attribute(element, "num-format"), attribute(element, "start-value")
    label = next(element.iter("{*}list-level-label-alignment"), None)
    follows = "" if label is None else attribute(label, "label-followed-by")
    return Level(
        form=form[:1],
        text=_text(element, number) if form else "",
        start=int(start) if start.isdecimal() else 1,
        gap="" if follows == "nothing" else " ",
        only_figures=attribute(element, "is-legal") == "true",
    )


def _text(element: etree._Element, number: int) -> str:
    """Return what a level shows, in the form of `Level`."""
    # LibreOffice writes the whole since version 7; the standard has its parts.
    if whole := attribute(element, "num-list-format"):
        return _PLACE.sub(lambda match: f"%{match[1]}", _PERCENT.sub("", whole))
    shown = attribute(element, "display-levels")
    first = number - (int(shown) if shown.isdecimal() else 1) + 1
    places = ".".join(f"%{place}" for place in range(max(first, 1), number + 1))
    return attribute(element, "num-prefix") + places + attribute(element, "num-suffix")
