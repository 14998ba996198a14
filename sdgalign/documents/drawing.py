"""What is drawn on a PDF page besides its letters: do rules form a grid, and where do they run?"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

from sdgalign.documents import calls

_THIN = 3.0
"""Points; a drawn line is at most this thick."""
_SHORT = 40.0
"""Points; shorter flat drawings are list marks and underlined words. (PDFium's bounds of a line
include its joins: a mark of 6 points can measure 30.)"""
_LEAST_RULES = 3
"""Two columns have three vertical rules, two rows three horizontal ones."""
_MOST_OBJECTS = 20_000
"""A page with more drawn objects is a picture."""
_MOST_SEGMENTS = 2_000
"""A path with more segments is a map or a figure."""
_DEEPEST = 4
"""Forms (drawings used as a whole) in forms in forms."""

_Point = tuple[float, float]
_Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Edge:
    """A straight line that is drawn, on the page as shown; its ends in the order of drawing."""

    x0: float
    y0: float
    x1: float
    y1: float


def has_rules(page: Any) -> bool:  # noqa: ANN401 (pypdfium2 has no types)
    """Return whether the drawing of a page looks like a grid."""
    upright, flat = Counter[int](), Counter[int]()
    width, height = page.get_size()
    address = calls.address_of(page.raw)
    count = calls.page_objects(address)
    if count > _MOST_OBJECTS:
        return False
    edges = (ctypes.c_float * 4)()
    start = calls.address_of(edges)
    places = [start + ctypes.sizeof(ctypes.c_float) * number for number in range(4)]
    for number in range(count):
        drawn = calls.page_object(address, number)
        if calls.object_type(drawn) != pdfium_c.FPDF_PAGEOBJ_PATH:
            continue
        calls.object_bounds(drawn, *places)
        left, bottom, right, top = edges
        wide, high = right - left, top - bottom
        if high < _THIN and wide > _SHORT:
            flat[round(top)] += 1
        elif wide < _THIN < high:
            # One long rule parts the cells of several rows.
            upright[round(left)] += 1 if high < 25 else 2
        elif wide > _SHORT and (wide < 0.97 * width or high < 0.5 * height):
            upright.update((round(left), round(right)))
            flat.update((round(top), round(bottom)))
    return sum(n >= 2 for n in upright.values()) >= _LEAST_RULES and len(flat) >= _LEAST_RULES


def edges_of(page: Any, shown: Callable[[float, float], _Point]) -> list[Edge]:  # noqa: ANN401
    """Return the straight edges of everything that is drawn on a page.

    Args:
        page: A ``pypdfium2.PdfPage``.
        shown: Moves a point of PDF space to the page as shown.
    """
    address = calls.address_of(page.raw)
    count = min(calls.page_objects(address), _MOST_OBJECTS)
    drawn = (calls.page_object(address, number) for number in range(count))
    return [
        Edge(*shown(*start), *shown(*end))
        for each in drawn
        for start, end in _sides(each, (1, 0, 0, 1, 0, 0), _DEEPEST)
    ]


def _sides(drawn: int, outer: _Matrix, deepest: int) -> Iterator[tuple[_Point, _Point]]:
    """Yield the sides of a path, or of the paths in a form."""
    kind = calls.object_type(drawn)
    if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
        for points in _outlines(drawn, _product(_matrix(drawn), outer)):
            yield from pairwise(points)
    elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and deepest:
        inner = _product(_matrix(drawn), outer)
        for number in range(min(calls.form_objects(drawn), _MOST_OBJECTS)):
            yield from _sides(calls.form_object(drawn, number), inner, deepest - 1)


def _outlines(path: int, matrix: _Matrix) -> Iterator[list[_Point]]:
    """Yield the corners of each part of a path; a curve counts as its end points."""
    a, b, c, d, e, f = matrix
    place = (ctypes.c_float * 2)()
    at_x = calls.address_of(place)
    at_y = at_x + ctypes.sizeof(ctypes.c_float)
    points: list[_Point] = []
    controls = 0
    count = calls.path_segments(path)
    for number in range(count if count <= _MOST_SEGMENTS else 0):
        segment = calls.path_segment(path, number)
        kind = calls.segment_type(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        if kind == pdfium_c.FPDF_SEGMENT_BEZIERTO:
            controls += 1
            if controls % 3:
                continue
        calls.segment_point(segment, at_x, at_y)
        x, y = place
        points.append((a * x + c * y + e, b * x + d * y + f))
    if points:
        yield points


def _matrix(drawn: int) -> _Matrix:
    values = (ctypes.c_float * 6)()
    calls.object_matrix(drawn, calls.address_of(values))
    a, b, c, d, e, f = values
    return a, b, c, d, e, f


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    k, m, n, o, p, q = then
    return (
        a * k + b * n,
        a * m + b * o,
        c * k + d * n,
        c * m + d * o,
        e * k + f * n + p,
        e * m + f * o + q,
    )
