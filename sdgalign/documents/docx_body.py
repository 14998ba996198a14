"""The text of a docx: paragraphs, tables and text boxes, as they read with all changes accepted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from sdgalign.documents.archive import attribute, local_name
from sdgalign.documents.document import Declared
from sdgalign.documents.docx_styles import (
    Lists,
    ParagraphStyle,
    Styles,
    W,
    is_on,
    value_of,
    with_font,
    with_paragraph,
)
from sdgalign.documents.flow import PAGE_BREAK, Block, Paragraph, Table

_CONTAINERS = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice"}
)
"""Elements around paragraphs, rows and cells that say nothing of their text."""
_SKIPPED = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback", "pPr", "rPr", "sdtPr"}
    | {"rt", "tblPr", "trPr", "tcPr", "sectPr"}
)
"""What is not read: deleted text, field codes, second copies for old programs, properties."""


@dataclass(slots=True)
class _Text:
    """The text of a paragraph while it is gathered."""

    parts: list[str] = field(default_factory=list)
    sizes: Counter[float] = field(default_factory=Counter)
    """Letters per size."""
    plain: int = 0
    """Letters that are not bold."""
    notes: list[str] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    """What stands in text boxes that hang on the paragraph."""

    def add(self, text: str, font: ParagraphStyle) -> None:
        self.parts.append(text)
        letters = len("".join(text.split()))
        self.sizes[font.size] += letters
        self.plain += 0 if font.bold else letters


class Body:
    """Reads the parts of one file.

    Args:
        styles: Of the file.
        lists: Of the file.
        notes: Text of each footnote and endnote, by kind of reference and id.
        counts_pages: Whether the page breaks that Word noted are to be kept.
    """

    def __init__(
        self,
        styles: Styles,
        lists: Lists,
        notes: Mapping[tuple[str, str], str],
        *,
        counts_pages: bool,
    ) -> None:
        self._styles = styles
        self._lists = lists
        self._notes = notes
        self._counts_pages = counts_pages

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """Yield the paragraphs and tables in an element, in reading order."""
        text, paragraph = _Text(), None
        for child in _children(parent):
            if child.tag == f"{W}p":
                paragraph = self._paragraph(child, text)
                if _goes_on(child):
                    continue
                yield paragraph
                yield from text.boxes
                text, paragraph = _Text(), None
            elif child.tag == f"{W}tbl":
                yield self._table(child)
        if paragraph is not None:
            yield paragraph
            yield from text.boxes

    def _paragraph(self, element: etree._Element, text: _Text) -> Paragraph:
        properties = element.find(f"{W}pPr")
        name = "" if properties is None else value_of(properties, "pStyle")
        style = with_paragraph(self._styles.of(name), properties)
        self._gather(element, style, text)
        bold = not text.plain and bool(text.sizes.total())
        return Paragraph(
            "".join(text.parts),
            Declared.CONTENTS if _in_contents(element) else self._declared(style, bold),
            style.level,
            text.sizes.most_common(1)[0][0] if text.sizes else style.size,
            bold,
            text.notes,
        )

    def _declared(self, style: ParagraphStyle, bold: bool) -> Declared:
        if style.is_contents:
            return Declared.CONTENTS
        if style.level:
            return Declared.HEADING
        # Many number their headings with a list and make them bold: then the print must tell.
        is_item = style.list_id not in {"", "0"} and not (bold and self._lists.is_numbered(style))
        return Declared.ITEM if is_item else Declared.PARAGRAPH

    def _gather(self, parent: etree._Element, style: ParagraphStyle, text: _Text) -> None:
        """Add the text of an element that holds runs."""
        for child in parent:
            name = local_name(child)
            if _is_empty_field(child):
                continue
            if child.tag == f"{W}r":
                self._run(child, style, text)
            elif name == "txbxContent":
                text.boxes.extend(self.blocks(child))
            elif name == "t":
                text.add(child.text or "", style)  # a formula
            elif name not in _SKIPPED:
                self._gather(child, style, text)

    def _run(self, run: etree._Element, style: ParagraphStyle, text: _Text) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None:
            if is_on(properties.find(f"{W}vanish")):
                return
            style = self._styles.font(value_of(properties, "rStyle"), style)
            style = with_font(style, properties)
        for child in run:
            name = local_name(child)
            if name in ("footnoteReference", "endnoteReference"):
                text.notes.append(self._notes.get((name, attribute(child, "id")), ""))
            elif name == "lastRenderedPageBreak":
                text.parts.append(PAGE_BREAK if self._counts_pages else "")
            elif (said := _said(child, name)) is not None:
                text.add(said, style)
            elif name not in _SKIPPED:
                self._gather(child, style, text)

    def _table(self, table: etree._Element) -> Table:
        return Table(
            [
                [list(self.blocks(cell)) for cell in _children(row) if _is_cell(cell)]
                for row in _children(table)
                if row.tag == f"{W}tr" and row.find(f"{W}trPr/{W}del") is None
            ]
        )


def _is_empty_field(element: etree._Element) -> bool:
    """Whether an element is a field to fill in that nobody did: it asks to type something."""
    return element.tag == f"{W}sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _goes_on(paragraph: etree._Element) -> bool:
    """Whether the end of a paragraph is deleted, so that it goes on in the next."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and mark.find(f"{W}del") is not None


def _is_cell(cell: etree._Element) -> bool:
    return cell.tag == f"{W}tc" and cell.find(f"{W}tcPr/{W}cellDel") is None


def _children(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the children of an element, looking into containers."""
    for child in parent:
        if _is_empty_field(child):
            continue
        if local_name(child) in _CONTAINERS:
            yield from _children(child)
        else:
            yield child


def _in_contents(paragraph: etree._Element) -> bool:
    """Whether a paragraph stands in the table of contents that Word keeps up to date."""
    for parent in paragraph.iterancestors(f"{W}sdt"):
        gallery = parent.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and attribute(gallery, "val") == "Table of Contents":
            return True
    return False


def _said(element: etree._Element, name: str) -> str | None:
    """Return the text that an element of a run stands for; None when it holds others."""
    match name:
        case "t":
            return element.text or ""
        case "tab" | "ptab" | "br" | "cr":
            return " "
        case "noBreakHyphen":
            return "-"
        case "sym":
            code = attribute(element, "char")
            return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else ""
        case _:
            return None


def text_of(blocks: Iterable[Block]) -> str:
    """Return the text of a footnote, a header or a footer."""
    return " ".join(block.text for block in blocks if isinstance(block, Paragraph))
