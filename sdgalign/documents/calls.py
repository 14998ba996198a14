"""PDFium's small functions, called with plain addresses.

pypdfium2's own bindings check and wrap typed pointers at each call, which costs two to three times
the function itself, and a page takes hundreds of calls. Here a handle is the number that
`address_of` gives, and a result goes to memory that the caller keeps.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium_c

_POINTER, _INT, _DOUBLE, _ULONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_double, ctypes.c_ulong


def _bound(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:  # noqa: ANN401
    address = ctypes.cast(function, _POINTER).value
    assert address is not None
    return ctypes.CFUNCTYPE(result, *arguments)(address)


def address_of(handle: Any) -> int:  # noqa: ANN401 (pypdfium2 has no types)
    """Return the address that a handle or an array of ctypes holds; keep the handle as long."""
    return ctypes.addressof(handle.contents if hasattr(handle, "contents") else handle)


char_box = _bound(pdfium_c.FPDFText_GetCharBox, _INT, _POINTER, _INT, *[_POINTER] * 4)
char_origin = _bound(pdfium_c.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, *[_POINTER] * 2)
char_matrix = _bound(pdfium_c.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
char_font_size = _bound(pdfium_c.FPDFText_GetFontSize, _DOUBLE, _POINTER, _INT)
char_font = _bound(
    pdfium_c.FPDFText_GetFontInfo, _ULONG, _POINTER, _INT, _POINTER, _ULONG, _POINTER
)
char_object = _bound(pdfium_c.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
object_font = _bound(pdfium_c.FPDFTextObj_GetFont, _POINTER, _POINTER)
char_is_unmapped = _bound(pdfium_c.FPDFText_HasUnicodeMapError, _INT, _POINTER, _INT)

page_objects = _bound(pdfium_c.FPDFPage_CountObjects, _INT, _POINTER)
page_object = _bound(pdfium_c.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
object_type = _bound(pdfium_c.FPDFPageObj_GetType, _INT, _POINTER)
object_bounds = _bound(pdfium_c.FPDFPageObj_GetBounds, _INT, _POINTER, *[_POINTER] * 4)
object_matrix = _bound(pdfium_c.FPDFPageObj_GetMatrix, _INT, _POINTER, _POINTER)
object_content_id = _bound(pdfium_c.FPDFPageObj_GetMarkedContentID, _INT, _POINTER)
form_objects = _bound(pdfium_c.FPDFFormObj_CountObjects, _INT, _POINTER)
form_object = _bound(pdfium_c.FPDFFormObj_GetObject, _POINTER, _POINTER, _ULONG)
path_segments = _bound(pdfium_c.FPDFPath_CountSegments, _INT, _POINTER)
path_segment = _bound(pdfium_c.FPDFPath_GetPathSegment, _POINTER, _POINTER, _INT)
path_draw_mode = _bound(pdfium_c.FPDFPath_GetDrawMode, _INT, _POINTER, _POINTER, _POINTER)
segment_point = _bound(pdfium_c.FPDFPathSegment_GetPoint, _INT, _POINTER, _POINTER, _POINTER)
segment_type = _bound(pdfium_c.FPDFPathSegment_GetType, _INT, _POINTER)
segment_closes = _bound(pdfium_c.FPDFPathSegment_GetClose, _INT, _POINTER)

tree_children = _bound(pdfium_c.FPDF_StructTree_CountChildren, _INT, _POINTER)
tree_child = _bound(pdfium_c.FPDF_StructTree_GetChildAtIndex, _POINTER, _POINTER, _INT)
element_type = _bound(pdfium_c.FPDF_StructElement_GetType, _ULONG, _POINTER, _POINTER, _ULONG)
element_children = _bound(pdfium_c.FPDF_StructElement_CountChildren, _INT, _POINTER)
element_child = _bound(pdfium_c.FPDF_StructElement_GetChildAtIndex, _POINTER, _POINTER, _INT)
element_content_id = _bound(
    pdfium_c.FPDF_StructElement_GetChildMarkedContentID, _INT, _POINTER, _INT
)
