"""A damaged PDF made openable: the pages that are whole get a new page tree.

PDFium rebuilds a lost cross-reference table by itself, but it needs a catalog, which many programs
write last, and it does not look for objects in object streams. So these are unpacked, and every
page that is found is hung in a new tree.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sdgalign.documents.limits import MEBIBYTE

_OBJECT = re.compile(rb"(?<!\d)(\d{1,7})\s{1,9}(\d{1,5})\s{1,9}obj\b")
_HEAD_END = re.compile(rb"endobj|stream\r?\n|\d{1,7}\s{1,9}\d{1,5}\s{1,9}obj\b")
_PAGE = re.compile(rb"/Type\s{0,9}/Page(?![A-Za-z])")
_TREE = re.compile(rb"/Type\s{0,9}/Pages(?![A-Za-z])")
_PACKED = re.compile(rb"/Type\s{0,9}/ObjStm\b")
_FIRST = re.compile(rb"/First\s{1,9}(\d{1,9})")
_COUNT = re.compile(rb"/Count\s{1,9}(\d{1,6})\b")
_KIDS = re.compile(rb"/Kids\s{0,9}\[([^\]]*)")
_REFERENCE = re.compile(rb"(\d{1,7})\s{1,9}\d{1,5}\s{1,9}R")
_ENCRYPT = re.compile(rb"/Encrypt\s{1,9}\d{1,7}\s{1,9}\d{1,5}\s{1,9}R")
_ID = re.compile(rb"/ID\s{0,9}\[\s{0,9}<[0-9A-Fa-f]{0,99}>\s{0,9}<[0-9A-Fa-f]{0,99}>\s{0,9}\]")
_HEADER = b"%PDF-"
_HEADER_REACH = 1024
_LONGEST_HEAD = 100_000
"""Bytes of a dictionary that are looked at: as many as a tree of all pages may take."""
_MOST_PAGES = 5000
_MOST_UNPACKED = 128 * MEBIBYTE
"""Of all object streams together."""
_BITE = 1024
"""Bytes unpacked at a time: what comes before the damage is good."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A file with a new page tree."""

    data: bytes
    missing: int
    """Pages that the old tree counts and that are not there any more, as far as can be told."""


@dataclass(slots=True)
class _Found:
    """What is known of the objects in a file."""

    pages: dict[int, int]
    """Generation of each page, by its number, in the order of the file."""
    kids: dict[int, list[int]]
    """What hangs on each node of the old tree, by the node's number."""
    last: int = 0
    """The highest number of an object."""
    count: int = 0
    """The most pages that a tree claims to have."""


def salvaged(data: bytes) -> Salvaged | None:
    """Return the file with a page tree of its whole pages, or None when it has none.

    Args:
        data: The bytes of a file that does not open, or not as a whole.
    """
    if (keys := _keys(data)) is None:
        return None
    header = b"" if _HEADER in data[:_HEADER_REACH] else b"%PDF-1.7\n"
    whole = b"".join((header, data, b"\nendstream\nendobj\n", *_unpacked(data)))
    found = _found(whole)
    if not found.pages:
        return None
    ordered = _ordered(found)[:_MOST_PAGES]
    kids = b" ".join(b"%d %d R" % (number, found.pages.get(number, 0)) for number in ordered)
    tree = found.last + 1
    # A4 for pages whose size stood in the lost tree. The old table of places is put out of use.
    end = (
        b"%d 0 obj\n<< /Type /Pages /Count %d /MediaBox [0 0 595 842] /Kids [%s] >>\nendobj\n"
        b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n"
        b"trailer\n<< /Root %d 0 R /Size %d %s >>\n%%%%EOF\n"
    ) % (tree, len(ordered), kids, tree + 1, tree, tree + 1, tree + 2, keys)
    missing = max(0, min(found.count, _MOST_PAGES) - len(ordered))
    return Salvaged(whole.replace(b"startxref", b"lost_xref") + end, missing)


def _keys(data: bytes) -> bytes | None:
    """Return what decrypts the file; None when it is lost, for then its letters are no text."""
    if b"/Encrypt" not in data:
        return b""
    encrypt, name = _ENCRYPT.findall(data), _ID.findall(data)
    return encrypt[-1] + name[-1] if encrypt and name else None


def _found(data: bytes) -> _Found:
    found = _Found({}, {})
    for match in _OBJECT.finditer(data):
        number = int(match[1])
        found.last = max(found.last, number)
        head = _head(data, match.end())
        if _PAGE.search(head):
            found.pages[number] = int(match[2])
        elif _TREE.search(head):
            kids = _KIDS.search(head)
            found.kids[number] = [
                int(each) for each in _REFERENCE.findall(kids[1] if kids else b"")
            ]
            count = _COUNT.search(head)
            found.count = max(found.count, int(count[1]) if count else 0)
    return found


def _head(data: bytes, start: int) -> bytes:
    """Return the dictionary of an object, without its stream, which can hold anything."""
    end = _HEAD_END.search(data, start, start + _LONGEST_HEAD)
    return data[start : end.start()] if end else b""


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Yield the objects of all object streams, as far as they can be unpacked."""
    left = _MOST_UNPACKED
    for match in _OBJECT.finditer(data):
        head = _head(data, match.end())
        first = _FIRST.search(head)
        if first is None or not _PACKED.search(head):
            continue
        start = data.find(b"stream", match.end() + len(head)) + len(b"stream")
        text = _inflated(data, start, left)
        left -= len(text)
        yield from _objects(text, int(first[1]))
        if left <= 0:
            return


def _inflated(data: bytes, start: int, most: int) -> bytes:
    """Return what a deflated stream unpacks to, up to its damage."""
    while data[start : start + 1] in (b"\r", b"\n"):
        start += 1
    end = data.find(b"endstream", start)
    unpacker = zlib.decompressobj()
    parts: list[bytes] = []
    try:
        for at in range(start, end if end > 0 else len(data), _BITE):
            parts.append(unpacker.decompress(data[at : at + _BITE], most))
            most -= len(parts[-1])
            if unpacker.eof or most <= 0:
                break
    except zlib.error:
        pass
    return b"".join(parts)


def _objects(text: bytes, first: int) -> Iterator[bytes]:
    """Yield the objects in an unpacked object stream, each standing by itself."""
    numbers = [int(each) for each in re.findall(rb"\d{1,9}", text[:first])]
    places = [first + place for place in numbers[1::2]]
    for number, (start, end) in zip(numbers[::2], pairwise([*places, len(text)]), strict=False):
        if body := text[start:end]:
            yield b"%d 0 obj\n%s\nendobj\n" % (number, body)


def _ordered(found: _Found) -> list[int]:
    """Return the numbers of the pages in the order of what is left of the old tree.

    A lost page keeps its place, as far as the old tree counts it: page numbers stay true.
    """
    hanging = list(_hanging(found.kids))
    lost = [number for number in hanging if number not in found.pages]
    known = {*found.pages, *lost[: max(0, found.count - len(found.pages))]}
    return list(dict.fromkeys([*(each for each in hanging if each in known), *found.pages]))


def _hanging(kids: dict[int, list[int]]) -> Iterator[int]:
    """Yield what hangs on a tree and is no node of it, from first to last."""
    inner = {each for several in kids.values() for each in several}
    waiting = [node for node in kids if node not in inner] or list(kids)
    waiting.reverse()
    seen: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue  # a loop
        seen.add(number)
        if number in kids:
            waiting += reversed(kids[number])
        else:
            yield number
