"""Read a saved web page: its text, without what surrounds it on every page of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

from sdgalign.documents.document import Declared, Document, LineRole
from sdgalign.documents.flow import MOST_COLUMNS, Block, Paragraph, Table, document_of, numbered
from sdgalign.documents.html_layout import PageLayout
from sdgalign.documents.html_lists import ItemNumbers
from sdgalign.documents.titles import declared_title
from sdgalign.errors import FormatError, LimitError

_DROPPED = frozenset(
    "head script style template noscript svg math canvas object embed iframe audio video map "
    "select datalist textarea input dialog rt rp del s strike".split()
)
"""Elements without text to read: programs, drawings, fields to fill in, struck-out text."""
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark output q ruby rb "
    "samp small span strong sub sup time tt u var wbr img picture nobr o:p".split()
)
"""Elements inside a line of text; any other begins a paragraph of its own."""
_BOLD = frozenset({"b", "strong", "th", "summary", "dt", "legend"})
_BULLET = re.compile(r"\s*[•●▪■◦‣*–-]\s+\S")
_TITLES = frozenset({"summary", "dt"})
_ROW_GROUPS = frozenset({"thead", "tbody", "tfoot"})


def read_html(path: Path, text: str, *, words: bool = False) -> Document:
    """Read a web page.

    Args:
        path: The file.
        text: What is in it.
        words: Whether to give every word too; see `document_of`.

    Raises:
        FormatError: When it is no HTML.
        NoTextError: When there is no text in it.
    """
    root = parse_html(path, text)
    title = declared_title(root.findtext("head/title") or "")
    return document_of(path, html_blocks(root), title=title, words=words)


def parse_html(path: Path, text: str) -> etree._Element:
    """Parse HTML, however badly it is written.

    Raises:
        FormatError: When nothing of it is HTML.
        LimitError: When it is nested too deeply.
    """
    # Old pages that never close an element are hundreds deep.
    parser = lxml_html.HTMLParser(
        encoding="utf-8",
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    try:
        # As bytes: the parser refuses a text that names an encoding of its own.
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise FormatError(
            str(path), "this is not a web page", "Save the page anew, or print it to a PDF."
        ) from None
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        # The parser would leave out the rest and say nothing.
        raise LimitError(str(path), "is nested too deeply", "Print it to a PDF and give that.")
    return root


def html_blocks(root: etree._Element) -> list[Block]:
    """Return the paragraphs and tables of a page, furniture marked as such."""
    layout = PageLayout(root)
    blocks = _Reader(layout).blocks(root)
    if any(isinstance(block, Table) or block.role is LineRole.BODY for block in blocks):
        return blocks
    # What the page calls its main text was filled in by a program, and is empty here.
    layout.forget_main()
    return _Reader(layout).blocks(root)


@dataclass(slots=True)
class _Text:
    """The text of a paragraph while it is gathered, and what it will be."""

    declared: Declared = Declared.PARAGRAPH
    level: int = 0
    number: str = ""
    """Of a list item."""
    parts: list[str] = field(default_factory=list)
    bold: int = 0
    plain: int = 0
    """Letters that are not bold."""
    breaks: int = 0
    """Line breaks since the last letter."""


class _Reader:
    """Walks over a page, or over a cell of a table.

    Args:
        layout: Of the page.
        role: Of what is read.
    """

    def __init__(self, layout: PageLayout, role: LineRole = LineRole.BODY) -> None:
        self._layout = layout
        self._role = role
        self._numbers = ItemNumbers()
        self._text = _Text()
        self._done: list[Block] = []

    def blocks(self, root: etree._Element, *, is_bold: bool = False) -> list[Block]:
        """Return the paragraphs and tables in an element, in reading order."""
        self._inside(root, is_bold)
        self._close()
        return self._done

    def _inside(self, element: etree._Element, is_bold: bool) -> None:
        self._add(element.text, is_bold)
        for child in element:
            if isinstance(child.tag, str):  # no entity
                self._element(child, child.tag.lower(), is_bold)
            self._add(child.tail, is_bold)

    def _element(self, element: etree._Element, name: str, is_bold: bool) -> None:
        # Elements of a site's own making ("<x-link>") may stand in a sentence.
        is_inline = name in _INLINE or "-" in name
        is_inline = is_inline and not self._layout.is_outside(element)
        if name == "br":
            self._break()
        elif name in _DROPPED or (is_inline and self._layout.is_unsaid(element)):
            pass
        elif name == "button":
            self._button(element)
        elif name == "sup" and element.find(".//a") is not None:
            pass  # the mark of a note
        elif is_inline:
            self._inside(element, is_bold or name in _BOLD)
        else:
            self._block(element, name, is_bold or name in _BOLD)

    def _button(self, element: etree._Element) -> None:
        """Read a button that unfolds text, for it is its title; others say what to press."""
        if self._text.declared is Declared.HEADING or element.getparent().tag in _TITLES:
            self._inside(element, is_bold=True)
        elif element.get("aria-expanded") or element.get("aria-controls"):
            self._block(element, "button", is_bold=True)

    def _block(self, element: etree._Element, name: str, is_bold: bool) -> None:
        outer, role = self._text, self._role
        self._close()
        if role is LineRole.BODY:
            self._role = self._layout.role_of(element, name)
        declared, level = _declared(element, name)
        number = self._numbers.of(element) if declared is Declared.ITEM else ""
        if declared is Declared.PARAGRAPH and not outer.parts:
            # The paragraph of a list item.
            declared, level, number = outer.declared, outer.level, outer.number
        self._text = _Text(declared, level, number)
        if name == "table":
            self._table(element)
        else:
            self._inside(element, is_bold)
        self._close()
        self._role = role

    def _table(self, table: etree._Element) -> None:
        rows = []
        for row in _rows(table):
            cells: list[list[Block]] = []
            for cell in row:
                if cell.tag in ("td", "th"):
                    role = self._layout.role_of(cell, "td")
                    reader = self._reader(role if self._role is LineRole.BODY else self._role)
                    cells.append(reader.blocks(cell, is_bold=cell.tag == "th"))
                    # Cells to the right keep their column.
                    cells += [[] for _ in range(_count(cell.get("colspan", "")) - 1)]
            rows.append(cells)
        for caption in table.findall("caption"):
            self._done += self._reader(self._role).blocks(caption)
        if self._role is LineRole.BODY and table.get("role") not in ("presentation", "none"):
            self._done.append(Table(rows))
        else:
            self._done += [block for row in rows for cell in row for block in cell]

    def _reader(self, role: LineRole) -> _Reader:
        return _Reader(self._layout, role)

    def _add(self, text: str | None, is_bold: bool) -> None:
        if not text:
            return
        if not text.strip():
            self._text.parts += [" "] if self._text.parts else []
            return
        if self._text.breaks and _BULLET.match(text):
            self._close()
        letters = len("".join(text.split()))
        self._text.parts.append(text)
        self._text.breaks = 0
        self._text.bold += letters if is_bold else 0
        self._text.plain += 0 if is_bold else letters

    def _break(self) -> None:
        """Two line breaks are how many make a paragraph."""
        if self._text.breaks:
            self._close()
        elif self._text.parts:
            self._text.parts.append(" ")
            self._text.breaks = 1

    def _close(self) -> None:
        """End the paragraph."""
        text, self._text = self._text, _Text()
        if text.parts:
            self._done.append(
                Paragraph(
                    numbered("".join(text.parts), text.number),
                    text.declared,
                    text.level,
                    bold=text.bold > 0 and not text.plain,
                    role=self._role,
                )
            )


def _declared(element: etree._Element, name: str) -> tuple[Declared, int]:
    """Return what an element declares its text to be, and the level of a heading."""
    level = name[1:] if name[:1] == "h" else ""
    if element.get("role") == "heading":
        level = element.get("aria-level", "2")
    if level.isdecimal() and int(level):
        return Declared.HEADING, int(level)
    return (Declared.ITEM if name == "li" else Declared.PARAGRAPH), 0


def _count(value: str) -> int:
    return min(int(value), MOST_COLUMNS) if value.isdecimal() else 1


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from (row for row in child if row.tag == "tr")
