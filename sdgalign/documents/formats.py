"""Which reader a file gets: what is in it decides, its name only where that says nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from sdgalign.documents.document import Document
from sdgalign.documents.limits import MEBIBYTE
from sdgalign.errors import EncryptedError, FormatError, LimitError

OnPage = Callable[[int, int], None]

HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".mhtml", ".mht"})
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
PLAIN_SUFFIXES = frozenset({".txt", ".text"})
OFFICE_SUFFIXES = frozenset({".docx", ".docm", ".dotx", ".odt", ".ott"})
SUFFIXES = (
    frozenset({".pdf"}) | OFFICE_SUFFIXES | HTML_SUFFIXES | MARKDOWN_SUFFIXES | PLAIN_SUFFIXES
)
"""What is read from a folder or a zip file."""
KINDS = "PDF, docx, odt, html, md and txt files"
"""What is read, in words."""

_HEADER_REACH = 1024
_ARCHIVE_REACH = 8192
"""The head of a saved page names its address and title."""
_MOST_TEXT = 64 * MEBIBYTE
"""Bytes of a text file or web page."""
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Word before 2007; also the envelope of a docx with a password."""
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "Save it as docx or PDF and give that."
_OTHERS = {
    "spreadsheetml": "a spreadsheet",
    "presentationml": "a presentation",
    "opendocument.spreadsheet": "a spreadsheet",
    "opendocument.presentation": "a presentation",
    "epub": "an e-book",
}
"""What else is a zip file inside, by a part of its declared type."""


def read_file(
    path: Path,
    *,
    on_page: OnPage | None = None,
    words: bool = False,
    password: str | None = None,
    repair: bool = False,
    avoid: Collection[int] = (),
) -> Document:
    """Read a file of any kind that sdgalign knows.

    Runs in the disposable process of `sdgalign.documents.worker`; it sets no limits on it.

    Args:
        path: The file.
        on_page: Called with the number of pages read and their total.
        words: Whether to give the place of every word too; a place of our own where the file has
            none (see `sdgalign.documents.flow_words`).
        password: Opens a PDF that is encrypted for its readers.
        repair: Whether to repair a PDF first.
        avoid: Indices of the pages of a PDF to leave out as damaged.

    Returns:
        The document.

    Raises:
        DocumentError: When it cannot be read; the message says why and what to do.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEADER_REACH)
    if not head:
        raise FormatError(str(path), "the file is empty (0 bytes)", "Download or copy it again.")
    is_office = head.startswith((_ZIP, _OLE))
    if b"%PDF-" in head or (path.suffix.lower() == ".pdf" and not is_office):
        from sdgalign.documents.pdf import read_pdf

        return read_pdf(
            path, password=password, on_page=on_page, words=words, repair=repair, avoid=avoid
        )
    try:
        document = _read_declared(path, head, words=words)
    except RecursionError:
        raise LimitError(
            str(path), "is nested too deeply", "It may be made to harm; print it to a PDF."
        ) from None
    if on_page is not None:
        on_page(len(document.pages), len(document.pages))
    return document


def _read_declared(path: Path, head: bytes, *, words: bool) -> Document:
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        return _read_zipped(path, words=words)
    if head.startswith(_OLE):
        raise _ole_error(path)
    if head.startswith(b"{\\rtf"):
        raise FormatError(str(path), "this is an RTF file, which is not read", _SAVE_AS)
    suffix = path.suffix.lower()
    if suffix in OFFICE_SUFFIXES | {".zip"}:
        raise FormatError(
            str(path), f"this is not a {suffix[1:]} file", "Check its name, or save it anew."
        )
    return _read_text(path, suffix, head, words=words)


def _read_zipped(path: Path, *, words: bool) -> Document:
    from sdgalign.documents.archive import Archive
    from sdgalign.documents.docx import CONTENT_TYPES, Parts, read_docx
    from sdgalign.documents.odt import MIME_TYPE, read_odt

    with Archive(path) as archive:
        kind = archive.read("mimetype").decode("ascii", "replace").strip()
        if kind.startswith(MIME_TYPE):
            return read_odt(path, archive, words=words)
        if CONTENT_TYPES in archive.names and Parts(path, archive).main():
            return read_docx(path, archive, words=words)
        kind += archive.read(CONTENT_TYPES).decode("ascii", "replace")
    what = next((name for part, name in _OTHERS.items() if part in kind), "")
    if what:
        raise FormatError(str(path), f"this is {what}, which is not read", "Print it to a PDF.")
    raise FormatError(
        str(path), "this zip file is no document", "Give the files in it, or name it .zip."
    )


def _ole_error(path: Path) -> FormatError | EncryptedError:
    from sdgalign.documents.archive import PASSWORD_HINT

    with path.open("rb") as stream:
        is_encrypted = _OLE_ENCRYPTED in stream.read(_MOST_TEXT)
    if is_encrypted:
        return EncryptedError(str(path), "needs a password", PASSWORD_HINT)
    return FormatError(str(path), "this is an old Office file, which is not read", _SAVE_AS)


def _read_text(path: Path, suffix: str, head: bytes, *, words: bool) -> Document:
    from sdgalign.documents.html import read_html
    from sdgalign.documents.html_archive import archived_page, is_page_archive
    from sdgalign.documents.plain import decode, is_markdown, read_markdown, read_plain

    is_page = suffix in HTML_SUFFIXES or (
        not suffix and (_looks_like_page(head) or is_page_archive(head))
    )
    if suffix and not is_page and suffix not in MARKDOWN_SUFFIXES | PLAIN_SUFFIXES:
        raise FormatError(
            str(path), f"files of this kind ({suffix}) are not read", f"Give {KINDS}."
        )
    if path.stat().st_size > _MOST_TEXT:
        raise LimitError(
            str(path),
            f"holds more than {_MOST_TEXT // MEBIBYTE} MiB of text",
            "Split it into parts and give those.",
        )
    data, encoding = path.read_bytes(), ""
    if is_page and is_page_archive(data[:_ARCHIVE_REACH]):
        data, encoding = archived_page(data)
    text = decode(data, encoding)
    if text is None:
        raise FormatError(str(path), "this is not a text file", f"Give {KINDS}.")
    if is_page:
        return read_html(path, text, words=words)
    if suffix in MARKDOWN_SUFFIXES or is_markdown(text):
        return read_markdown(path, text, words=words)
    return read_plain(path, text, words=words)


def _looks_like_page(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html")) or (
        start.startswith(b"<?xml") and b"<html" in start
    )
