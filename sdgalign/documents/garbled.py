"""Pages whose fonts do not say which letters they hold: pdfplumber can often still tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from sdgalign.documents.rawline import RawLine, Word

_UNKNOWN = re.compile(r"\(cid:\d+\)|[\x00-\x1f\ud800-\udfff\ufffd\ue000-\uf8ff]")
_NOBODY_KNOWS = "\ufffd"
"""Stands in the text for each letter that stays unknown."""
_MOST_UNKNOWN = 0.2
"""Share of letters that may remain unknown; more is not a text."""
_BOLD = re.compile(r"bold|black|heavy|semib|demi", re.IGNORECASE)


def read_garbled_page(
    source: Path | BytesIO, index: int, password: str | None = None
) -> list[RawLine]:
    """Read one page with pdfplumber.

    Args:
        source: The file, or what a repair made of it.
        index: Number of the page, from 0.
        password: As given for the file.

    Returns:
        Its lines in content order; none when pdfplumber does not know the letters either.
    """
    import pdfplumber

    # pdfplumber raises all sorts on damaged files; the page is lost then in any case.
    try:
        with pdfplumber.open(source, password=password or "") as pdf:
            page = pdf.pages[index]
            words = page.extract_words(use_text_flow=True, extra_attrs=["size", "fontname"])
            page.close()
    except Exception:
        return []
    text = "".join(word["text"] for word in words)
    unknown = sum(len(match.group()) for match in _UNKNOWN.finditer(text))
    if not text or unknown > _MOST_UNKNOWN * len(text):
        return []
    return _lines([{**word, "text": _UNKNOWN.sub(_NOBODY_KNOWS, word["text"])} for word in words])


def _lines(words: Sequence[dict[str, Any]]) -> list[RawLine]:
    lines: list[list[dict[str, Any]]] = []
    for word in words:
        last = lines[-1][-1] if lines else None
        if (
            last is not None
            and abs(last["bottom"] - word["bottom"]) < 0.4 * word["size"]
            and (word["x0"] >= last["x1"] - 1)
        ):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_line(line) for line in lines]


def _line(words: Sequence[dict[str, Any]]) -> RawLine:
    return RawLine(
        text=" ".join(word["text"] for word in words),
        x0=words[0]["x0"],
        top=min(word["top"] for word in words),
        x1=words[-1]["x1"],
        bottom=max(word["bottom"] for word in words),
        size=round(max(word["size"] for word in words), 2),
        bold=all(_BOLD.search(word["fontname"]) for word in words),
        words=tuple(Word(word["text"], word["x0"], word["x1"]) for word in words),
    )
