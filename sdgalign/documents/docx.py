"""Read a docx with lxml.

python-docx would open the file, but not give its content controls, tracked insertions, text boxes
and footnotes, and it refuses a file with a broken link to a picture, which is common.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from sdgalign.documents.archive import Archive, attribute, local_name, parse_xml
from sdgalign.documents.document import Document, LineRole
from sdgalign.documents.docx_body import Body, text_of
from sdgalign.documents.docx_lists import Lists
from sdgalign.documents.docx_styles import Styles, W
from sdgalign.documents.flow import Block, Paragraph, document_of
from sdgalign.documents.titles import declared_title
from sdgalign.errors import FormatError

CONTENT_TYPES = "[Content_Types].xml"
_MAIN = re.compile(r"word.*\.main\+xml$")
"""Content type of the text in documents and templates, with and without macros."""
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = W.strip("{}").encode()
_NOTES = {"footnotes": "footnoteReference", "endnotes": "endnoteReference"}
_FURNITURE = {"header": LineRole.HEADER, "footer": LineRole.FOOTER}


class Parts:
    """Finds the parts of a package by what they hold, for their names are the producer's choice.

    Args:
        path: The file.
        archive: Its parts.
    """

    def __init__(self, path: Path, archive: Archive) -> None:
        self._path = path
        self._archive = archive
        types = archive.xml(CONTENT_TYPES)
        self._types: dict[str, str] = {
            attribute(each, "PartName").lstrip("/"): attribute(each, "ContentType")
            for each in (() if types is None else types)
            if local_name(each) == "Override"
        }

    def main(self) -> str:
        """Return the name of the part with the text; empty when this is no text document."""
        return next((name for name, kind in self._types.items() if _MAIN.search(kind)), "")

    def ending(self, kind: str) -> Iterator[etree._Element]:
        """Yield the roots of the parts whose content type ends with ``kind``."""
        for name in sorted(name for name, each in self._types.items() if each.endswith(kind)):
            root = self.root(name)
            if root is not None:
                yield root

    def one(self, kind: str) -> etree._Element | None:
        """Return the root of the first such part; None when there is none."""
        return next(self.ending(kind), None)

    def root(self, name: str) -> etree._Element | None:
        """Return the root of a part; None when there is no such part."""
        data = self._archive.read(name)
        # "Strict" files differ in the name of the namespace only.
        return parse_xml(self._path, data.replace(_STRICT, _TRANSITIONAL)) if data else None


def read_docx(path: Path, archive: Archive, *, words: bool = False) -> Document:
    """Read a docx file.

    Args:
        path: The file.
        archive: Its parts.
        words: Whether to give every word too; see `document_of`.

    Returns:
        The document. It has pages when Word noted as many page breaks as its count of pages asks.

    Raises:
        FormatError: When it has no text part, or the part is damaged.
        NoTextError: When there is no text in it.
    """
    parts = Parts(path, archive)
    root = parts.root(parts.main())
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise FormatError(str(path), "the text in the file is missing", "Save it anew as docx.")
    has_pages = _has_pages(body, parts)
    reader = Body(
        Styles(parts.one("wordprocessingml.styles+xml")),
        Lists(parts.one("wordprocessingml.numbering+xml")),
        _notes(parts),
        counts_pages=has_pages,
    )
    blocks = [*_furniture(parts), *reader.blocks(body)]
    return document_of(path, blocks, title=_title(parts), has_pages=has_pages, words=words)


def _has_pages(body: etree._Element, parts: Parts) -> bool:
    """Whether the page breaks of the last print on screen are all there."""
    breaks = sum(1 for _ in body.iter(f"{W}lastRenderedPageBreak"))
    properties = parts.one("extended-properties+xml")
    counted = "" if properties is None else properties.findtext("{*}Pages") or ""
    return breaks > 0 and counted.strip() == str(breaks + 1)


def _plain_body() -> Body:
    return Body(Styles(None), Lists(None), {}, counts_pages=False)


def _notes(parts: Parts) -> dict[tuple[str, str], str]:
    """Return the text of each note, by the kind of its reference and its id."""
    return {
        (reference, attribute(note, "id")): text_of(_plain_body().blocks(note))
        for kind, reference in _NOTES.items()
        for root in parts.ending(f"wordprocessingml.{kind}+xml")
        for note in root
    }


def _furniture(parts: Parts) -> Iterator[Block]:
    """Yield headers and footers, each text once."""
    seen: set[str] = set()
    for kind, role in _FURNITURE.items():
        for root in parts.ending(f"wordprocessingml.{kind}+xml"):
            text = text_of(_plain_body().blocks(root))
            if text not in seen:
                seen.add(text)
                yield Paragraph(text, role=role)


def _title(parts: Parts) -> str:
    properties = parts.one("core-properties+xml")
    return "" if properties is None else declared_title(properties.findtext("{*}title") or "")
