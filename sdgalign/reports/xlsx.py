"""Write sheets as an xlsx file with openpyxl."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from copy import copy
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sdgalign.reports.cells import cell_text
from sdgalign.reports.sheets import Linked, Page, Table, Value
from sdgalign.reports.xlsx_cells import bold, column_style, number_format, paint_heading, put

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_PAGE_WIDTHS = (34.0, 100.0)
_TITLE_SIZE = 16
_LINE_HEIGHT = 15.0
_MOST_HEIGHT = 405.0
"""Points; Excel has 409 at most."""
_FILTER_BUTTON = 4.0
"""Characters that it takes of a heading."""
_MOST_LINKS = 65_000
"""Excel repairs a sheet with more than 65,530."""


def write_workbook(
    sheets: Sequence[Table | Page], *, title: str, language: str, created: str = ""
) -> bytes:
    """Write sheets as an xlsx file.

    Args:
        sheets: In their order.
        title: Of the workbook.
        language: Of the interface.
        created: ISO 8601 timestamp; now when empty.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    properties = workbook.properties
    properties.title, properties.creator = cell_text(title), "sdgalign"
    properties.language = language
    if created:
        moment = datetime.fromisoformat(created).replace(tzinfo=None)
        properties.created = properties.modified = moment
    for sheet in sheets:
        if isinstance(sheet, Table):
            _write_table(workbook, sheet)
        else:
            _write_page(workbook, sheet)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _write_table(workbook: Workbook, table: Table) -> None:
    from openpyxl.utils import get_column_letter

    sheet = workbook.create_sheet(table.name)
    for at, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
        put(sheet.cell(1, at), column.heading)
        paint_heading(sheet.cell(1, at))
    sheet.row_dimensions[1].height = _height(
        [column.heading for column in table.columns],
        [column.width - _FILTER_BUTTON for column in table.columns],
    )
    styles: dict[int, Any] = {}
    links = 0
    for number, row in enumerate(table.rows, start=2):
        for at, value in enumerate(row, start=1):
            cell = sheet.cell(number, at)
            if at not in styles:
                styles[at] = column_style(workbook, table.columns[at - 1].form)
            # Setting fonts and borders cell by cell takes ten times as long.
            cell._style = copy(styles[at])
            if isinstance(value, Linked) and (links := links + bool(value.url)) > _MOST_LINKS:
                value = value.value
            put(cell, value)
        sheet.row_dimensions[number].height = _height(row, [each.width for each in table.columns])
    last = get_column_letter(len(table.columns))
    sheet.freeze_panes = sheet.cell(2, table.frozen + 1)
    sheet.auto_filter.ref = f"A1:{last}{max(sheet.max_row, 1)}"
    _offer_choices(sheet, table)
    _prepare_print(sheet, is_wide=True)
    sheet.print_title_rows = "1:1"


def _offer_choices(sheet: Worksheet, table: Table) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    headings = [column.heading for column in table.columns]
    for heading, values in table.choices:
        letter = get_column_letter(headings.index(heading) + 1)
        offered = DataValidation(type="list", formula1=f'"{",".join(values)}"', allow_blank=True)
        offered.add(f"{letter}2:{letter}{max(sheet.max_row, 2)}")
        sheet.add_data_validation(offered)


def _write_page(workbook: Workbook, page: Page) -> None:
    from openpyxl.styles import Alignment

    sheet = workbook.create_sheet(page.name)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _PAGE_WIDTHS
    sheet.sheet_view.showGridLines = False
    put(sheet.cell(1, 1), page.title)
    sheet.cell(1, 1).font = bold(_TITLE_SIZE)
    wrapped = Alignment(vertical="top", horizontal="left", wrap_text=True)
    for at, row in enumerate(page.rows):
        term, meaning = sheet.cell(at + 3, 1), sheet.cell(at + 3, 2)
        if isinstance(row, str):
            put(term, row)
            for cell in (term, meaning):
                paint_heading(cell)
                cell.alignment = Alignment(vertical="center")  # a long one runs on over both
            continue
        form = page.forms[at] if page.forms else "text"
        term.alignment = meaning.alignment = wrapped
        term.font = bold()
        put(term, row[0])
        put(meaning, row[1])
        meaning.number_format = number_format(form)
        sheet.row_dimensions[at + 3].height = _height(row, _PAGE_WIDTHS)
    _prepare_print(sheet)


def _height(row: Sequence[Value], widths: Sequence[float]) -> float:
    """Return the height that the wrapped texts of a row need; only Excel finds it by itself."""
    lines = 1
    for value, width in zip(row, widths, strict=True):
        held = width * 1.05 - 2  # running text, the end of a line lost to a word kept whole
        if isinstance(value, str) and (len(value) > held or "\n" in value):
            needed = sum(max(1, math.ceil(len(part) / held)) for part in value.split("\n"))
            lines = max(lines, needed)
    return min(lines * _LINE_HEIGHT, _MOST_HEIGHT)


def _prepare_print(sheet: Worksheet, *, is_wide: bool = False) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3 if is_wide else sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&A – &P/&N"
