"""Where the column of a line ends, which tells lines that end early from full ones."""

from __future__ import annotations

from collections.abc import Sequence

from sdgalign.documents.document import Line
from sdgalign.segmentation.style import Style, is_apart


def right_edges(lines: Sequence[Line], style: Style) -> dict[int, float]:
    """Return for each line where its column ends: the furthest of the lines around it.

    A column number covers a heading or a lead across the page too, so the lines without
    white space between them are looked at first.

    Args:
        lines: In reading order.
        style: What is ordinary in the document.

    Returns:
        The edges, by the identity of the line.
    """
    edges: dict[int, float] = {}
    run: list[Line] = []
    for line in lines:
        if run and is_apart(run[-1], line, style):
            edges |= _edges_of(run, edges)
            run = []
        run.append(line)
    return edges | _edges_of(run, edges)


def _edges_of(run: Sequence[Line], known: dict[int, float]) -> dict[int, float]:
    """Return the right edge for a run of lines; two lines or less trust the run before."""
    if not run:
        return {}
    edge = max(line.box.x1 for line in run)
    if len(run) <= 2 and known:
        last = next(reversed(known.values()))
        if last > edge and last - run[0].box.x0 < 2.5 * (edge - run[0].box.x0):
            edge = last
    return {id(line): edge for line in run}
