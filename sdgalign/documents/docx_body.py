"""The text of a docx: paragraphs, tables and text boxes, as they read with all changes accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from sdgalign.documents.archive import attribute, local_name
from sdgalign.documents.document import Declared
from sdgalign.documents.docx_lists import Lists
from sdgalign.documents.docx_styles import (
    ParagraphStyle,
    Styles,
    W,
    is_on,
    value_of,
    with_font,
    with_paragraph,
)
from sdgalign.documents.docx_symbols import symbol
from sdgalign.documents.docx_text import ParagraphText
from sdgalign.documents.flow import MOST_COLUMNS, PAGE_BREAK, Block, Paragraph, Table, numbered

_CONTAINERS = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice"}
)
"""Elements around paragraphs, rows and cells that say nothing of their text."""
_SKIPPED = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback", "pPr", "rPr", "sdtPr"}
    | {"rt", "tblPr", "trPr", "tcPr", "sectPr"}
)
"""What is not read: deleted text, field codes, second copies for old programs, properties."""
_REMOVED = ("del", "moveFrom")
_LARGER = 1.12
"""A line so much larger than the ordinary style may be a heading, as in the segmentation."""


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
        text, paragraph = ParagraphText(), None
        for child in _children(parent):
            if child.tag == f"{W}p":
                paragraph = self._paragraph(child, text)
                if _goes_on(child):
                    continue
                yield paragraph
                yield from text.boxes
                text, paragraph = ParagraphText(), None
            elif child.tag == f"{W}tbl":
                if paragraph is not None:
                    yield paragraph
                    yield from text.boxes
                    text, paragraph = ParagraphText(), None
                yield self._table(child)
        if paragraph is not None:
            yield paragraph
            yield from text.boxes

    def _paragraph(self, element: etree._Element, text: ParagraphText) -> Paragraph:
        properties = element.find(f"{W}pPr")
        name = "" if properties is None else value_of(properties, "pStyle")
        style = with_paragraph(self._styles.of(name), properties)
        self._gather(element, style, text)
        text.fields.clear()
        bold = not text.plain and bool(text.sizes.total())
        size = text.sizes.most_common(1)[0][0] if text.sizes else style.size
        # A paragraph that goes on in the next is numbered there, once.
        is_seen = bool(text.parts) or not (style.hidden or _is_hidden(properties))
        is_counted = is_seen and not _goes_on(element)
        return Paragraph(
            numbered("".join(text.parts), self._lists.number(style) if is_counted else ""),
            Declared.CONTENTS if _in_contents(element) else self._declared(style, size, bold),
            style.level,
            size,
            bold,
            text.notes,
        )

    def _declared(self, style: ParagraphStyle, size: float, bold: bool) -> Declared:
        if style.is_contents:
            return Declared.CONTENTS
        if style.level:
            return Declared.HEADING
        # Many number their headings with a list and set them bold or large: the print must tell.
        stands_out = bold or size >= _LARGER * self._styles.of().size
        is_item = style.list_id not in {"", "0"}
        if is_item and not (stands_out and self._lists.is_numbered(style)):
            return Declared.ITEM
        return Declared.PARAGRAPH

    def _gather(self, parent: etree._Element, style: ParagraphStyle, text: ParagraphText) -> None:
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
                text.add("/" if name == "den" else "", style)  # of a fraction
                self._gather(child, style, text)

    def _run(self, run: etree._Element, style: ParagraphStyle, text: ParagraphText) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None:
            style = self._styles.font(value_of(properties, "rStyle"), style)
            style = with_font(style, properties)
        for child in run:
            name = local_name(child)
            if name == "fldChar":
                text.mark(attribute(child, "fldCharType"))
            elif name in ("footnoteReference", "endnoteReference"):
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
                list(self._cells(row))
                for row in _children(table)
                if row.tag == f"{W}tr" and row.find(f"{W}trPr/{W}del") is None
            ]
        )

    def _cells(self, row: etree._Element) -> Iterator[list[Block]]:
        """Yield the cells of a row, empty ones where a cell spans columns: the rest keep theirs."""
        yield from ([] for _ in range(_count(row, "trPr", "gridBefore")))
        for cell in _children(row):
            if _is_cell(cell):
                yield list(self.blocks(cell))
                yield from ([] for _ in range(_count(cell, "tcPr", "gridSpan") - 1))


def _is_empty_field(element: etree._Element) -> bool:
    """Whether an element is a field to fill in that nobody did: it asks to type something."""
    return element.tag == f"{W}sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _goes_on(paragraph: etree._Element) -> bool:
    """Whether a paragraph goes on in the next: its end is deleted, or it is a large initial."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    if mark is not None and any(mark.find(f"{W}{name}") is not None for name in _REMOVED):
        return True
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    return frame is not None and attribute(frame, "dropCap") in ("drop", "margin")


def _is_hidden(properties: etree._Element | None) -> bool:
    """Whether the mark at the end of a paragraph is hidden."""
    return properties is not None and is_on(properties.find(f"{W}rPr/{W}vanish"))


def _is_cell(cell: etree._Element) -> bool:
    return cell.tag == f"{W}tc" and cell.find(f"{W}tcPr/{W}cellDel") is None


def _count(element: etree._Element, properties: str, name: str) -> int:
    """Return a number of columns that the properties of a row or cell give, within reason."""
    found = element.find(f"{W}{properties}")
    value = "" if found is None else value_of(found, name)
    return min(int(value), MOST_COLUMNS) if value.isdecimal() else 0


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
            return symbol(attribute(element, "char"), attribute(element, "font"))
        case _:
            return None


def text_of(blocks: Iterable[Block]) -> str:
    """Return the text of a footnote, a header or a footer."""
    return " ".join(block.text for block in blocks if isinstance(block, Paragraph))
