"""One cell of an xlsx file: its value, colour, link and format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sdgalign.reports.cells import cell_text, starts_like_formula
from sdgalign.reports.html import ink_on
from sdgalign.reports.sheets import Colored, Form, Linked, Value

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.styles import Font
    from openpyxl.workbook import Workbook

_NUMBERS: dict[Form, str] = {
    "goal": "0",
    "integer": "0",
    "percent": "0%",
    "share": "0.0%",
    "probability": "0.00",
    "score": "0.0",
    "euro": '"€" #,##0',
}
_HEAD = "#1B1F24"
_LINE = "D5DBE1"
_LINK = "124B86"
_FONT = "Calibri"
_SIZE = 11
_MOST_TIP = 255
"""Characters of a tooltip in Excel."""


def number_format(form: Form) -> str:
    """Return how Excel shows a value."""
    return _NUMBERS.get(form, "General")


def bold(size: int = _SIZE, color: str = _HEAD) -> Font:
    """Return a bold font; without its name LibreOffice takes another."""
    from openpyxl.styles import Font

    return Font(name=_FONT, size=size, bold=True, color=color.removeprefix("#"))


def put(cell: Cell, value: Value) -> None:
    """Set a value; a text is never a formula, whatever it begins with."""
    if isinstance(value, Colored):
        _paint(cell, value.color)
        value = value.value
    elif isinstance(value, Linked):
        if value.url:
            _link(cell, value)
        value = value.value
    if not isinstance(value, str):
        cell.value = value
        return
    text = cell_text(value)
    if not text:
        return
    cell.value = text
    cell.data_type = "s"
    if starts_like_formula(text):
        cell.quotePrefix = True  # it stays a text when edited


def _link(cell: Cell, linked: Linked) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell.hyperlink = Hyperlink(
        ref=cell.coordinate, target=linked.url, tooltip=linked.tip[:_MOST_TIP] or None
    )
    cell.font = Font(name=_FONT, size=_SIZE, color=_LINK, underline="single")


def _paint(cell: Cell, color: str) -> None:
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", fgColor=color.removeprefix("#"))
    cell.font = bold(color=ink_on(color))


def paint_heading(cell: Cell) -> None:
    """Make a cell a heading."""
    from openpyxl.styles import Alignment

    _paint(cell, _HEAD)
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def column_style(workbook: Workbook, form: Form) -> Any:  # noqa: ANN401 - openpyxl's own array
    """Return the style of the cells of a column, made once on a sheet that is thrown away."""
    from openpyxl.styles import Alignment, Border, Side

    sheet = workbook.create_sheet("style")
    cell = sheet.cell(1, 1)
    counts = form in ("goal", "integer")
    sides = "center" if counts else "right" if form in _NUMBERS else "left"
    cell.alignment = Alignment(
        vertical="top",
        horizontal=sides,
        indent=1 if sides == "right" else 0,
        wrap_text=form not in _NUMBERS,
    )
    cell.border = Border(bottom=Side("thin", color=_LINE))
    cell.number_format = number_format(form)
    style = cell._style
    workbook.remove(sheet)
    return style
