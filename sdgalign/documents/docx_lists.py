"""The numbers that Word gives to paragraphs: they are printed, but are in no paragraph's text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from sdgalign.documents.archive import attribute
from sdgalign.documents.docx_styles import ParagraphStyle, W, is_on, value_of
from sdgalign.documents.numbering import Level, Numbering

_FORMS = {
    "decimal": "1",
    "decimalZero": "01",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "bullet": "",
    "none": "",
}
_GAPS = {"nothing": ""}
"""What follows a number, where it is no space or tab."""


@dataclass(slots=True)
class _List(Numbering):
    def depth_of(self, style: ParagraphStyle) -> int:
        """Return the level of a paragraph, from 0."""
        for name in style.linked:
            for depth, level in self.levels.items():
                if level.style == name:
                    return depth
        return int(style.list_level) if style.list_level.isdecimal() else 0


class Lists:
    """The lists of one file; it counts along with the reader.

    Args:
        root: Of ``numbering.xml``; None when there is none.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        if root is None:
            return
        definitions, links = _definitions(root)
        counts: dict[str, dict[int, int]] = {}
        for element in root.findall(f"{W}num"):
            name = value_of(element, "abstractNumId")
            name = links.get(name, name)
            levels = dict(definitions.get(name, {}))
            fresh = {
                depth
                for override in element.findall(f"{W}lvlOverride")
                if (depth := _override(levels, override)) is not None
            }
            found = _List(levels, counts.setdefault(name, {}), fresh)
            self._lists[attribute(element, "numId")] = found

    def is_numbered(self, style: ParagraphStyle) -> bool:
        """Return whether the items of a list count: 1, 2, 3 or a, b, c."""
        found = self._lists.get(style.list_id)
        return found is not None and bool(found.levels.get(found.depth_of(style), Level()).form)

    def number(self, style: ParagraphStyle) -> str:
        """Count a paragraph and return its number as printed; empty for bullets and no list."""
        found = self._lists.get(style.list_id)
        return "" if found is None else found.next(found.depth_of(style))


def _definitions(
    root: etree._Element,
) -> tuple[dict[str, dict[int, Level]], dict[str, str]]:
    """Return the levels of each definition, and which definitions stand for another."""
    definitions: dict[str, dict[int, Level]] = {}
    owners: dict[str, str] = {}
    borrowed: dict[str, str] = {}
    for element in root.findall(f"{W}abstractNum"):
        name = attribute(element, "abstractNumId")
        definitions[name] = {
            int(depth): _level(level)
            for level in element.findall(f"{W}lvl")
            if (depth := attribute(level, "ilvl")).isdecimal()
        }
        if style := value_of(element, "styleLink"):
            owners[style] = name
        if style := value_of(element, "numStyleLink"):
            borrowed[name] = style
    return definitions, {name: owners[style] for name, style in borrowed.items() if style in owners}


def _level(element: etree._Element) -> Level:
    # A form of Word's later versions comes with one for others, which stands last.
    forms = [attribute(each, "val") for each in element.iter(f"{W}numFmt")]
    restart = value_of(element, "lvlRestart")
    start = value_of(element, "start")
    form = forms[-1] if forms else "decimal"
    is_hidden = is_on(element.find(f"{W}rPr/{W}vanish"))
    is_silent = form == "bullet" or is_hidden
    return Level(
        form=_FORMS.get(form, "1"),
        text="" if is_silent else value_of(element, "lvlText"),
        start=int(start) if start.isdecimal() else 0,
        gap=_GAPS.get(value_of(element, "suff"), " "),
        restarts_below=int(restart) if restart.isdecimal() else None,
        only_figures=is_on(element.find(f"{W}isLgl")),
        style=value_of(element, "pStyle"),
    )


def _override(levels: dict[int, Level], element: etree._Element) -> int | None:
    """Change a level as a list asks; return it when the list starts it anew."""
    depth = attribute(element, "ilvl")
    if not depth.isdecimal():
        return None
    number = int(depth)
    level = element.find(f"{W}lvl")
    if level is not None:
        levels[number] = _level(level)
    start = value_of(element, "startOverride")
    if not start.isdecimal():
        return None
    levels[number] = replace(levels.get(number, Level()), start=int(start))
    return number
