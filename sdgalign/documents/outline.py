"""What a PDF says of itself outside its pages: its title, its bookmarks and its page labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2 as pdfium

from sdgalign.documents.document import OutlineEntry
from sdgalign.documents.titles import declared_title

_OUTLINE_DEPTH, _OUTLINE_ENTRIES = 8, 5000
"""Bounds on an outline, which may be a loop."""


def title_of(pdf: Any) -> str:  # noqa: ANN401 (pypdfium2 has no types)
    """Return the title that a file declares, when it is one; else an empty text."""
    return declared_title(_said(lambda: pdf.get_metadata_value("Title")))


def label_of(pdf: Any, index: int) -> str:  # noqa: ANN401
    """Return the label that a file declares for a page; empty when it declares none."""
    return _said(lambda: pdf.get_page_label(index))


def outline_of(pdf: Any) -> Iterator[OutlineEntry]:  # noqa: ANN401
    """Yield the bookmarks of a file, as far as they can be read."""
    try:
        for number, bookmark in enumerate(pdf.get_toc(max_depth=_OUTLINE_DEPTH)):
            if number >= _OUTLINE_ENTRIES:
                return
            title = " ".join(_said(bookmark.get_title).replace("\x00", "").split())
            target = bookmark.get_dest()
            index = target.get_index() if target is not None else None
            if title:
                yield OutlineEntry(bookmark.level + 1, title, None if index is None else index + 1)
    except pdfium.PdfiumError:
        return  # an outline is a help, its damage no reason to refuse the text


def _said(say: Callable[[], Any]) -> str:
    """Return a text of the file; empty when its letters are damaged."""
    try:
        return str(say() or "")
    except UnicodeDecodeError:
        return ""
