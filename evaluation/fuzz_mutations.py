"""How `fuzz.py` breaks a file: by the structure of its kind.

The numbers, names and streams of a PDF, the parts of a zipped document, the tags of XML and HTML;
some mutations just change bytes.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

_TAG = re.compile(rb"<[^<>]{1,300}>")
_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?")
_PDF_NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]*")
_STREAM = re.compile(rb"(?s)stream\r?\n(.*?)\r?\nendstream")
_NUMBERS = [b"0", b"-1", b"1", b"65536", b"2147483648", b"-2147483649", b"99999999999999999999",
            b"1e400", b"0.0000001", b"3.4e38", b"NaN", b"-99999"]  # fmt: skip
_TEXTS = ["\0", "\ud800", "\ufffe", "\u202e", "\u00ad", "\ufeff", "\x0c", "\x1b", "\U0010ffff",
          "a\u0301" * 50, "&#0;", "&#xD800;", "&#x110000;", "\r", "\u2028", "#" * 40, "|" * 200,
          "](" * 99, "*" * 300, ">" * 300, "- " * 200, "1. " * 99, "x" * 5000]  # fmt: skip


def mutated(data: bytes, suffix: str, random_: random.Random) -> bytes:
    """Return some bytes after one to six mutations that fit their kind."""
    for _ in range(random_.choice((1, 1, 2, 3, 6))):
        data = random_.choice(_MUTATIONS.get(suffix, _TEXT))(data, random_) or data
    return data


def _bytes(data: bytes, random_: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random_.choice((1, 4, 30))):
        if changed:
            changed[random_.randrange(len(changed))] = random_.randrange(256)
    return bytes(changed)


def _cut(data: bytes, random_: random.Random) -> bytes:
    return data[: random_.randrange(len(data) + 1)]


def _piece(data: bytes, random_: random.Random) -> tuple[int, int]:
    start = random_.randrange(len(data) + 1)
    return start, min(len(data), start + random_.choice((1, 20, 300, 5000)))


def _drop(data: bytes, random_: random.Random) -> bytes:
    start, end = _piece(data, random_)
    return data[:start] + data[end:]


def _repeat(data: bytes, random_: random.Random) -> bytes:
    start, end = _piece(data, random_)
    times = random_.choice((2, 10, 1000)) if end - start < 50 else 2
    return data[:start] + data[start:end] * times + data[end:]


def _insert(data: bytes, random_: random.Random) -> bytes:
    at = random_.randrange(len(data) + 1)
    text = random_.choice(_TEXTS)
    return data[:at] + text.encode("utf-8", "surrogatepass") * random_.choice((1, 3)) + data[at:]


def _swapped(
    pattern: re.Pattern[bytes], values: Callable[[bytes, random.Random], bytes]
) -> Callable[[bytes, random.Random], bytes]:
    """Return a mutation that puts another value in place of some that a pattern finds."""

    def change(data: bytes, random_: random.Random) -> bytes:
        found = list(pattern.finditer(data))
        if not found:
            return data
        for match in sorted(
            random_.sample(found, min(len(found), random_.choice((1, 3)))),
            key=lambda match: -match.start(),
        ):
            data = data[: match.start()] + values(data, random_) + data[match.end() :]
        return data

    return change


def _any_number(data: bytes, random_: random.Random) -> bytes:
    return random_.choice([*_NUMBERS, b"%d" % random_.randrange(60)])


def _any_name(data: bytes, random_: random.Random) -> bytes:
    return random_.choice(_PDF_NAME.findall(data) or [b"/X"])


def _any_tag(data: bytes, random_: random.Random) -> bytes:
    return random_.choice(_TAG.findall(data) or [b"<p>"]) * random_.choice((0, 1, 1, 2, 600))


def _stream(data: bytes, random_: random.Random) -> bytes:
    """Mutate inside a stream of a PDF, packed or not."""
    found = list(_STREAM.finditer(data))
    if not found:
        return data
    match = random_.choice(found)
    try:
        text, is_packed = zlib.decompress(match[1]), True
    except zlib.error:
        text, is_packed = match[1], False
    text = random_.choice((_bytes, _drop, _repeat, _insert, _NUMBER_SWAP))(text, random_)
    return (
        data[: match.start(1)] + (zlib.compress(text) if is_packed else text) + data[match.end(1) :]
    )


def _part(data: bytes, random_: random.Random) -> bytes:
    """Mutate a part of a zipped document, leave it out, or write another over it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError):
        return data
    names = [name for name in parts if name.endswith((".xml", ".rels"))] or list(parts)
    if not names:
        return data
    name = random_.choice(names)
    how = random_.randrange(12)
    if how == 0:
        del parts[name]
    elif how == 1:
        parts[name] = parts[random_.choice(names)]
    else:
        parts[name] = random_.choice(_TEXT)(parts[name], random_)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, part in parts.items():
            archive.writestr(each, part)
    return packed.getvalue()


_NUMBER_SWAP = _swapped(_NUMBER, _any_number)
_TEXT = (_bytes, _cut, _drop, _repeat, _insert, _NUMBER_SWAP, _swapped(_TAG, _any_tag))
_PDF = (
    _bytes,
    _cut,
    _drop,
    _repeat,
    _NUMBER_SWAP,
    _swapped(_PDF_NAME, _any_name),
    _stream,
    _stream,
)
_ZIPPED = (_part, _part, _part, _part, _part, _bytes, _cut, _drop)
_MUTATIONS = {".pdf": _PDF, ".docx": _ZIPPED, ".odt": _ZIPPED, ".xlsx": _ZIPPED}
