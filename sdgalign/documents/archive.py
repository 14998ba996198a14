"""The parts of a zipped document (docx, odt), read within bounds."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Self

from lxml import etree

from sdgalign.documents.limits import MEBIBYTE
from sdgalign.documents.zips import UNPACK_ERRORS
from sdgalign.errors import EncryptedError, FormatError, LimitError

MOST_BYTES = 64 * MEBIBYTE
"""Of one part, unpacked: a thousand pages of Word's wordy XML; its tree takes ten times as much."""
_ENCRYPTED = 0x1
"""Bit of a zip entry's flags."""
DAMAGE_HINT = "Download or copy it again, or save it anew as docx or PDF."
PASSWORD_HINT = "Save a copy without password and give that."


class Archive:
    """A zip file that is one document.

    Args:
        path: The file.

    Raises:
        FormatError: When it is no zip file, or damaged.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except UNPACK_ERRORS:
            raise self._damaged() from None
        self.names = frozenset(self._zip.namelist())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def read(self, name: str) -> bytes:
        """Return a part; empty when there is no such part.

        Raises:
            FormatError: When it is damaged.
            EncryptedError: When it needs a password.
            LimitError: When it unpacks to more than a document needs.
        """
        if name not in self.names:
            return b""
        info = self._zip.getinfo(name)
        if info.flag_bits & _ENCRYPTED:
            raise EncryptedError(str(self._path), "needs a password", PASSWORD_HINT)
        # The size is what the file claims; zipfile never unpacks more than that.
        if info.file_size > MOST_BYTES:
            raise LimitError(
                str(self._path),
                f"unpacks to more than {MOST_BYTES // MEBIBYTE} MiB of text",
                "It may be made to harm; split it, or print it to a PDF and give that.",
            )
        try:
            return self._zip.read(info)
        except UNPACK_ERRORS:
            raise self._damaged() from None

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of an XML part; None when there is no such part.

        Raises:
            FormatError: When it is no XML, or declares entities.
        """
        data = self.read(name)
        return parse_xml(self._path, data) if data else None

    def _damaged(self) -> FormatError:
        return FormatError(str(self._path), "the file is damaged (no whole zip)", DAMAGE_HINT)


def parse_xml(path: Path, data: bytes) -> etree._Element:
    """Parse XML that somebody else wrote.

    Raises:
        FormatError: When it is no XML, is nested too deeply, or declares a document type: no word
            processor writes one, and entities are declared there.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise FormatError(str(path), "the text in the file is damaged", DAMAGE_HINT) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise FormatError(
            str(path), "declares entities, which no word processor does", "It may be made to harm."
        )
    return root


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute by its name without namespace; empty when there is none."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""
