"""What the styles of a docx say of a paragraph: heading, contents, list item, font."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from sdgalign.documents.archive import attribute

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading ([1-9])$")
"""Word writes style names in English, whatever its language."""
_CONTENTS = re.compile(r"toc \d|toc heading|table of figures|index \d")
_TITLE = "title"
_WORD_SIZE = 10.0
"""Points; what a docx means that names no size."""
_OFF = frozenset({"0", "false", "off", "none"})
_MOST_PARENTS = 12
"""Word allows eleven; a loop would go on for ever."""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a style says, with all that it is based on."""

    level: int = 0
    """Of a heading, from 1; 0 for text."""
    is_contents: bool = False
    list_id: str = ""
    """``numId`` of the list that its paragraphs are items of; empty or "0" for none."""
    list_level: str = "0"
    linked: tuple[str, ...] = ()
    """Ids of the styles whose level in a list counts, nearest first; none where the paragraph
    names its level itself."""
    size: float = _WORD_SIZE
    bold: bool = False
    hidden: bool = False


class Styles:
    """The styles of one file.

    Args:
        root: Of ``styles.xml``; None when there is none.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._default = ""
        self._known: dict[str, ParagraphStyle] = {}
        self._base = ParagraphStyle()
        if root is None:
            return
        for element in root.iter(f"{W}style"):
            name = attribute(element, "styleId")
            self._elements[name] = element
            is_default = attribute(element, "default") not in {"", *_OFF}
            if is_default and attribute(element, "type") == "paragraph":
                self._default = name
        self._base = with_font(self._base, root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def of(self, name: str = "") -> ParagraphStyle:
        """Return a style by its id; the ordinary one when it is empty or unknown."""
        if name not in self._elements:
            name = self._default
        if name not in self._known:
            style = self._base
            for element in reversed(self._chain(name)):
                style = _with_element(style, element)
            self._known[name] = style
        return self._known[name]

    def font(self, name: str, style: ParagraphStyle) -> ParagraphStyle:
        """Return a style with the font that a character style sets."""
        for element in reversed(self._chain(name)):
            style = with_font(style, element.find(f"{W}rPr"))
        return style

    def _chain(self, name: str) -> list[etree._Element]:
        """Return a style and what it is based on, nearest first."""
        chain: list[etree._Element] = []
        while name in self._elements and len(chain) < _MOST_PARENTS:
            chain.append(self._elements[name])
            name = value_of(chain[-1], "basedOn")
        return chain


def with_paragraph(style: ParagraphStyle, properties: etree._Element | None) -> ParagraphStyle:
    """Return a style with what the properties of a paragraph (``pPr``) change."""
    if properties is None:
        return style
    outline = value_of(properties, "outlineLvl")
    if outline.isdecimal():
        # Level 9 is what Word calls body text.
        style = replace(style, level=int(outline) + 1 if int(outline) < 9 else 0)
    numbering = properties.find(f"{W}numPr")
    if numbering is not None:
        style = replace(
            style,
            list_id=value_of(numbering, "numId") or style.list_id,
            list_level=value_of(numbering, "ilvl") or "0",
            linked=(),
        )
    return style


def with_font(style: ParagraphStyle, properties: etree._Element | None) -> ParagraphStyle:
    """Return a style with what the properties of a run (``rPr``) change."""
    if properties is None or not len(properties):
        return style
    bold, size = properties.find(f"{W}b"), value_of(properties, "sz")
    hidden = properties.find(f"{W}vanish")
    if bold is not None:
        style = replace(style, bold=is_on(bold))
    if hidden is not None:
        style = replace(style, hidden=is_on(hidden))
    if size.isdecimal() and int(size):
        style = replace(style, size=int(size) / 2)  # the file counts half points
    return style


def is_on(element: etree._Element | None) -> bool:
    """Return whether a switch such as ``<w:b/>`` is there and on."""
    return element is not None and attribute(element, "val") not in _OFF


def value_of(element: etree._Element, name: str) -> str:
    """Return the ``val`` of a child; empty when there is none."""
    child = element.find(f"{W}{name}")
    return "" if child is None else attribute(child, "val")


def _with_element(style: ParagraphStyle, element: etree._Element) -> ParagraphStyle:
    name = value_of(element, "name").casefold()
    if match := _HEADING.match(name):
        style = replace(style, level=int(match[1]))
    elif name == _TITLE:
        style = replace(style, level=1)
    style = with_paragraph(style, element.find(f"{W}pPr"))
    style = replace(style, linked=(attribute(element, "styleId"), *style.linked))
    if _CONTENTS.match(name):
        style = replace(style, level=0, is_contents=True)
    return with_font(style, element.find(f"{W}rPr"))
