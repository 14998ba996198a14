"""Read an odt (OpenDocument text) with lxml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from sdgalign.documents.archive import PASSWORD_HINT, Archive, attribute, local_name
from sdgalign.documents.document import Declared, Document, LineRole
from sdgalign.documents.flow import (
    MOST_COLUMNS,
    PAGE_BREAK,
    Block,
    Paragraph,
    Table,
    document_of,
    numbered,
)
from sdgalign.documents.odt_lists import OdtLists
from sdgalign.documents.odt_styles import OdtStyle, OdtStyles
from sdgalign.documents.titles import declared_title
from sdgalign.errors import EncryptedError, FormatError

MIME_TYPE = "application/vnd.oasis.opendocument.text"
_CONTENTS = re.compile(r"(?:table-of-content|.*-index|bibliography)$")
_SKIPPED = frozenset(
    "tracked-changes annotation annotation-end note-citation ruby-text placeholder script number "
    "forms sequence-decls variable-decls user-field-decls table-columns "
    "index-title-template table-of-content-source alphabetical-index-source "
    "illustration-index-source title desc".split()
)
"""What is not read: deleted text, comments, the marks of notes, declarations, and numbers of lists
that some write beside what they follow from."""
_FURNITURE = {
    "header": LineRole.HEADER,
    "header-left": LineRole.HEADER,
    "header-first": LineRole.HEADER,
    "footer": LineRole.FOOTER,
    "footer-left": LineRole.FOOTER,
    "footer-first": LineRole.FOOTER,
}


@dataclass(slots=True)
class _Text:
    """The text of a paragraph while it is gathered."""

    parts: list[str] = field(default_factory=list)
    bold: int = 0
    plain: int = 0
    """Letters that are not bold."""
    size: float = 0.0
    notes: list[str] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)

    def add(self, text: str | None, style: OdtStyle) -> None:
        if not text or style.hidden:
            return
        self.parts.append(text)
        letters = len("".join(text.split()))
        self.bold += letters if style.bold else 0
        self.plain += 0 if style.bold else letters
        self.size = max(self.size, style.size if letters else 0.0)


class _Body:
    def __init__(self, styles: OdtStyles, lists: OdtLists, *, counts_pages: bool) -> None:
        self._styles = styles
        self._lists = lists
        self._counts_pages = counts_pages

    def blocks(
        self,
        parent: etree._Element,
        declared: Declared = Declared.PARAGRAPH,
        item: etree._Element | None = None,
    ) -> Iterator[Block]:
        """Yield the paragraphs and tables in an element, in reading order.

        Args:
            parent: The element.
            declared: What its first paragraph is; in contents, what all are.
            item: The list item whose number its first paragraph shows.
        """
        for child in parent:
            name = local_name(child)
            if _is_hidden(child):
                continue
            if name in ("p", "h"):
                yield from self._paragraph(child, declared, item)
                declared = Declared.PARAGRAPH if declared is Declared.ITEM else declared
                item = None
            elif name in ("list-item", "list-header"):
                is_text = declared is not Declared.CONTENTS
                counted = child if is_text and name == "list-item" else None
                yield from self.blocks(child, Declared.ITEM if is_text else declared, counted)
            elif name == "list":
                self._lists.enter(child)
                yield from self.blocks(child, declared)
                self._lists.leave()
            elif name == "table":
                yield Table(list(self._rows(child)))
            elif name == "soft-page-break":
                yield from [Paragraph(PAGE_BREAK)] if self._counts_pages else []
            elif _CONTENTS.match(name):
                yield from self.blocks(child, Declared.CONTENTS)
            elif name not in _SKIPPED:
                yield from self.blocks(child, declared)

    def _paragraph(
        self, element: etree._Element, declared: Declared, item: etree._Element | None
    ) -> Iterator[Block]:
        style = self._styles.of(attribute(element, "style-name"))
        outline = attribute(element, "outline-level")
        level = int(outline) if outline.isdecimal() and local_name(element) == "h" else style.level
        text = _Text()
        if style.breaks and self._counts_pages:
            text.parts.append(PAGE_BREAK)
        self._gather(element, style, text)
        number = ""
        if item is not None:
            number = self._lists.item(item)
        elif level and local_name(element) == "h" and declared is not Declared.CONTENTS:
            number = self._lists.heading(element, level)
        yield Paragraph(
            numbered("".join(text.parts), number),
            Declared.HEADING if level and declared is not Declared.CONTENTS else declared,
            level,
            text.size or style.size,
            text.bold > 0 and not text.plain,
            text.notes,
        )
        yield from text.boxes

    def _gather(self, parent: etree._Element, style: OdtStyle, text: _Text) -> None:
        text.add(parent.text, style)
        for child in parent:
            match local_name(child):
                case "s" | "tab" | "line-break":
                    text.parts.append(" ")
                case "soft-page-break":
                    text.parts.append(PAGE_BREAK if self._counts_pages else "")
                case "note-body":
                    text.notes.append(_text_of(self.blocks(child)))
                case name if name not in _SKIPPED and child.find("{*}p") is not None:
                    text.boxes.extend(self.blocks(child))
                case name if name == "hidden-text" and attribute(child, "is-hidden") != "false":
                    pass
                case "span":
                    name = attribute(child, "style-name")
                    self._gather(child, self._styles.of(name, style), text)
                case name if name not in _SKIPPED:
                    self._gather(child, style, text)
            text.add(child.tail, style)

    def _rows(self, table: etree._Element) -> Iterator[list[list[Block]]]:
        for child in table:
            name = local_name(child)
            if name == "table-row":
                yield list(self._cells(child))
            elif name == "soft-page-break":
                yield [[Paragraph(PAGE_BREAK)]] if self._counts_pages else []
            elif name not in _SKIPPED:
                yield from self._rows(child)

    def _cells(self, row: etree._Element) -> Iterator[list[Block]]:
        """Yield the cells of a row, empty ones where one is covered or repeated."""
        for cell in row:
            if local_name(cell) in ("table-cell", "covered-table-cell"):
                # What a merged cell covers is kept in the file, and seen by nobody.
                yield list(self.blocks(cell)) if local_name(cell) == "table-cell" else []
                times = attribute(cell, "number-columns-repeated")
                repeated = int(times) if times.isdecimal() else 1
                yield from ([] for _ in range(min(repeated - 1, MOST_COLUMNS)))


def _is_hidden(element: etree._Element) -> bool:
    """Whether a section or a paragraph is not shown."""
    if local_name(element) == "section":
        display = attribute(element, "display")
        return display == "none" or (
            display == "condition" and attribute(element, "is-hidden") == "true"
        )
    field = element.find("{*}hidden-paragraph")
    return field is not None and attribute(field, "is-hidden") == "true"


def read_odt(path: Path, archive: Archive, *, words: bool = False) -> Document:
    """Read an odt file.

    Args:
        path: The file.
        archive: Its parts.
        words: Whether to give every word too; see `document_of`.

    Returns:
        The document. It has pages when the file notes as many page breaks as it counts pages.

    Raises:
        FormatError: When it has no text part, or the part is damaged.
        EncryptedError: When it needs a password.
        NoTextError: When there is no text in it.
    """
    manifest = archive.xml("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        raise EncryptedError(str(path), "needs a password", PASSWORD_HINT)
    content = archive.xml("content.xml")
    body = None if content is None else content.find("{*}body/{*}text")
    if body is None:
        raise FormatError(str(path), "the text in the file is missing", "Save it anew as odt.")
    named, meta = archive.xml("styles.xml"), archive.xml("meta.xml")
    styles = OdtStyles(named, content)
    has_pages = _has_pages(body, styles, meta)
    reader = _Body(styles, OdtLists(named, content), counts_pages=has_pages)
    blocks = [*_furniture(named, styles), *reader.blocks(body)]
    title = (
        None if meta is None else next(meta.iter("{http://purl.org/dc/elements/1.1/}title"), None)
    )
    return document_of(
        path,
        blocks,
        title="" if title is None else declared_title(title.text or ""),
        has_pages=has_pages,
        words=words,
    )


def _has_pages(body: etree._Element, styles: OdtStyles, meta: etree._Element | None) -> bool:
    """Whether the page breaks of the last print on screen are all there."""
    statistic = None if meta is None else next(meta.iter("{*}document-statistic"), None)
    if statistic is None:
        return False
    soft = sum(1 for _ in body.iter("{*}soft-page-break"))
    hard = sum(
        styles.of(attribute(paragraph, "style-name")).breaks
        for paragraph in body.iter("{*}p", "{*}h")
    )
    return soft + hard > 0 and attribute(statistic, "page-count") == str(soft + hard + 1)


def _furniture(root: etree._Element | None, styles: OdtStyles) -> Iterator[Block]:
    """Yield headers and footers, each text once."""
    seen: set[str] = set()
    for element in () if root is None else root.iter("{*}master-page"):
        for child in element:
            role = _FURNITURE.get(local_name(child))
            reader = _Body(styles, OdtLists(), counts_pages=False)
            text = _text_of(reader.blocks(child)) if role else ""
            if role is not None and text not in seen:
                seen.add(text)
                yield Paragraph(text, role=role)


def _text_of(blocks: Iterator[Block]) -> str:
    return " ".join(block.text for block in blocks if isinstance(block, Paragraph))
