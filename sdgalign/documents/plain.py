"""Read text files: Markdown by its marks, other text as it is printed."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, takewhile
from pathlib import Path

from sdgalign.documents.document import Box, Declared, Document, Line, Page, PrintedWord
from sdgalign.documents.flow import ORDINARY_SIZE, clean, document_of
from sdgalign.documents.flow_words import LaidLine, place_words
from sdgalign.documents.furniture import mark_furniture
from sdgalign.documents.html import html_blocks, parse_html
from sdgalign.documents.titles import declared_title
from sdgalign.errors import NoTextError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, with which it begins
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
"""Web pages in UTF-16 without its mark."""
_STRANGE = re.compile("[\udc80-\udcff]")
"""Bytes that are no UTF-8, as Python keeps them."""
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w:-]{2,40})",
    re.IGNORECASE,
)
_CHARSET_REACH = 4096
_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n(?:---|\.\.\.)\s*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)
_ATX_HEADING = re.compile(r"^#{1,6} +[^\s#]", re.MULTILINE)
_LEAST_HEADINGS = 2
_WRAPPED = 120
"""Letters; where every line is shorter, lines end where the printed line did."""
_RULE = re.compile(r"([=~*_#.–—-])(?:\s?\1){2,}$")
_TITLE_LETTERS = 80
_ALONE = 3
"""Level of a heading that nothing underlines; below those."""
_SENTENCE_END = re.compile(r"[.!?:;,…]$")
_PITCH = 1.2
"""Distance of two printed lines, in font sizes."""
_LETTER_WIDTH = 0.5


def decode(data: bytes, declared: str = "") -> str | None:
    """Return the text in some bytes; None when they are no text.

    Args:
        data: UTF-8, UTF-16 or UTF-32 with their marks, what an HTML head declares, or else what
            Windows writes in Western Europe.
        declared: The encoding that came with the bytes.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    for start, encoding in _WIDE.items():
        if data.startswith(start):
            return data.decode(encoding, "replace")
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if text := _mostly_utf8(data):
            return text
        found = _CHARSET.search(data[:_CHARSET_REACH])
        named = declared or (found[1].decode("ascii") if found else "")
        return _with(data, named) or _with(data, "cp1252")


def _mostly_utf8(data: bytes) -> str:
    """Return a text of which only a few letters were put in from another; else an empty one."""
    text = data.decode("utf-8", "surrogateescape")
    strange = _STRANGE.findall(text)
    if 2 * len(strange) > sum(char > "\x7f" for char in text):
        return ""
    return _STRANGE.sub(
        lambda match: bytes([ord(match[0]) & 0xFF]).decode("cp1252", "replace"), text
    )


def _with(data: bytes, encoding: str) -> str:
    # Pages that say Latin-1 mean Windows' form of it: HTML's own rule.
    if encoding.lower() in {"iso-8859-1", "latin1", "us-ascii", "utf-8", ""}:
        encoding = "cp1252"
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return ""


def is_markdown(text: str) -> bool:
    """Return whether a text without a telling name has headings marked as Markdown does."""
    return len(_ATX_HEADING.findall(text)) >= _LEAST_HEADINGS


def read_markdown(path: Path, text: str, *, words: bool = False) -> Document:
    """Read Markdown (CommonMark, with tables and front matter).

    Args:
        path: The file.
        text: What is in it.
        words: Whether to give every word too; see `document_of`.

    Raises:
        NoTextError: When there is no text in it.
    """
    from markdown_it import MarkdownIt

    text = text.replace("\r\n", "\n")
    front = _FRONT_MATTER.match(text)
    title = _TITLE.search(front[1]) if front else None
    html = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .render(text[front.end() :] if front else text)
    )
    blocks = html_blocks(parse_html(path, html)) if html.strip() else []
    name = declared_title(title[1]) if title else ""
    return document_of(path, blocks, title=name, words=words)


def read_plain(path: Path, text: str, *, words: bool = False) -> Document:
    """Read text without marks; a form feed begins a page.

    Lines that end where a printed line did go to the segmentation as printed lines, on a sheet as
    wide as the longest; in a file of long lines each is a paragraph.

    Args:
        path: The file.
        text: What is in it.
        words: Whether to give every word too, at its place in the line.

    Raises:
        NoTextError: When there is no text in it.
    """
    sheets = [sheet.split("\n") for sheet in _newlines(text).expandtabs(8).split("\f")]
    while len(sheets) > 1 and not any(map(clean, sheets[-1])):
        sheets.pop()
    is_wrapped = all(len(line.rstrip()) <= _WRAPPED for sheet in sheets for line in sheet)
    width = _LETTER_WIDTH * ORDINARY_SIZE * _WRAPPED
    pages = [
        Page(
            number,
            width,
            max(len(sheet) * _PITCH * ORDINARY_SIZE, width),
            lines := tuple(_lines(sheet, number, is_wrapped=is_wrapped)),
            words=_words(sheet, lines, number, is_wrapped=is_wrapped) if words else (),
        )
        for number, sheet in enumerate(sheets, 1)
    ]
    if all(page.is_empty for page in pages):
        raise NoTextError(
            str(path), "there is no text in the file", "Check that it is the right file."
        )
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Document(path.name, digest, mark_furniture(pages), has_pages=len(pages) > 1)


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lines(sheet: Sequence[str], page: int, *, is_wrapped: bool) -> Iterator[Line]:
    """Yield the lines of a page that hold letters; rules drawn with signs are left out."""
    for number, line in enumerate(sheet):
        text = clean(line)
        if not text or _RULE.match(text):
            continue
        indent = len(line) - len(line.lstrip())
        x0, top = (_LETTER_WIDTH * indent, _PITCH * number) if is_wrapped else (0.0, 0.0)
        x1, bottom = (x0 + _LETTER_WIDTH * len(text), top + 1) if is_wrapped else (0.0, 0.0)
        level = _heading_level(sheet, number, text)
        declared = None if is_wrapped else Declared.PARAGRAPH
        yield Line(
            text,
            Box(page, *(round(edge * ORDINARY_SIZE, 1) for edge in (x0, top, x1, bottom))),
            ORDINARY_SIZE,
            declared=Declared.HEADING if level else declared,
            level=level,
        )


def _words(
    sheet: Sequence[str], lines: Sequence[Line], page: int, *, is_wrapped: bool
) -> tuple[PrintedWord, ...]:
    """Return the words of a page, of printed lines where they stand in them."""
    if not is_wrapped:
        return place_words([LaidLine(line, ()) for line in lines])
    return tuple(
        PrintedWord(
            text,
            Box(
                page,
                match.start() * _LETTER_WIDTH * ORDINARY_SIZE,
                number * _PITCH * ORDINARY_SIZE,
                match.end() * _LETTER_WIDTH * ORDINARY_SIZE,
                (number * _PITCH + 1) * ORDINARY_SIZE,
            ),
            ORDINARY_SIZE,
        )
        for number, line in enumerate(sheet)
        for match in re.finditer(r"\S+", line)
        if (text := clean(match[0]))
    )


def _heading_level(sheet: Sequence[str], number: int, text: str) -> int:
    """Return the level of an underlined line, or of a title that stands alone above text."""
    if len(text) > _TITLE_LETTERS or not re.search(r"[^\W\d_]{2}", text):
        return 0
    following = sheet[number + 1 : number + 2]
    if following and (rule := _RULE.match(clean(following[0]))):
        return 1 if rule[1] == "=" else 2
    if _SENTENCE_END.search(text) or not text[0].isalnum() or text[0].islower():
        return 0
    is_alone = not any(map(clean, [*sheet[max(0, number - 1) : number], *following]))
    below = takewhile(clean, dropwhile(lambda line: not clean(line), sheet[number + 1 :]))
    is_title = is_alone and sum(len(clean(line)) for line in below) > _TITLE_LETTERS
    return _ALONE if is_title else 0
