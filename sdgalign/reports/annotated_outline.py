"""Bookmarks after those that a PDF has.

Written entry by entry: pikepdf's own outline writes the whole outline anew, and drops what it
does not understand of the one that is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sdgalign.reports.annotated_frame import Frame
from sdgalign.reports.annotated_notes import Bookmark

if TYPE_CHECKING:
    from pikepdf import Pdf


def add_bookmarks(pdf: Pdf, root: Bookmark, frames: Mapping[int, Frame]) -> None:
    """Append an entry and all below it to the outline; it stands open, its children closed.

    Args:
        pdf: Gets the bookmarks.
        root: The entry.
        frames: Of the pages that bookmarks lead to.
    """
    from pikepdf import Dictionary, Name

    if not root.children:
        return
    catalog = pdf.Root
    outline = catalog.get("/Outlines")
    if not isinstance(outline, Dictionary):
        outline = catalog.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    if "/PageMode" not in catalog:
        catalog.PageMode = Name.UseOutlines
    last = outline.get("/Last")
    entry = _entry(pdf, root, outline, frames)
    entry.Count = len(root.children)
    if isinstance(last, Dictionary):
        last.Next = entry
        entry.Prev = last
    else:
        outline.First = entry
    outline.Last = entry
    shown = int(outline.get("/Count", 0))
    outline.Count = max(shown, 0) + 1 + len(root.children)


def _entry(pdf: Pdf, bookmark: Bookmark, parent: Any, frames: Mapping[int, Frame]) -> Any:  # noqa: ANN401
    from pikepdf import Array, Dictionary, Name, String

    entry = pdf.make_indirect(Dictionary(Title=String(bookmark.title), Parent=parent))
    if bookmark.page is not None:
        x, y = frames[bookmark.page].point(0.0, max(bookmark.top - 20, 0.0))
        page = pdf.pages[bookmark.page - 1].obj
        entry.Dest = Array([page, Name.XYZ, round(x, 1), round(y, 1), 0])
    children = [_entry(pdf, child, entry, frames) for child in bookmark.children]
    if children:
        _chain(children)
        entry.First, entry.Last = children[0], children[-1]
        entry.Count = -len(children)  # closed
    return entry


def _chain(entries: Sequence[Any]) -> None:
    for before, after in pairwise(entries):
        before.Next = after
        after.Prev = before
