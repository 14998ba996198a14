"""Tables that people make: csv with commas, semicolons or tabs, and workbooks."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sdgalign.errors import InputError

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm"})
_HEAD_ROWS = 20
"""Rows from the top that tell the delimiter."""

Table = list[list[Any]]


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 with a mark, or what Excel writes in Flanders."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # Excel's "Unicode text"
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def parse_csv(text: str, path: Path, *, head: int = _HEAD_ROWS) -> Table:
    """Return the filled rows of a csv file, whatever its delimiter.

    Args:
        text: Of the file.
        path: For messages.
        head: Rows from the top that tell the delimiter; 1 where the first names the columns.

    Raises:
        InputError: When it is no table.
    """
    reader = csv.reader(io.StringIO(text), delimiter=find_delimiter(text, head))
    try:
        return [row for row in reader if any(row)]
    except csv.Error as error:
        raise InputError(f"{path}: cannot be read as a table ({error}).") from error


def find_delimiter(text: str, head: int = _HEAD_ROWS) -> str:
    """Return what stands between the cells; Excel writes ``;`` where a comma marks decimals."""
    top = "\n".join(text.splitlines()[:head])
    return max("\t;,", key=top.count)


def parse_workbook(data: bytes, path: Path) -> list[Table]:
    """Return the sheets of a workbook; an empty cell is an empty text.

    Raises:
        InputError: When it is no workbook.
    """
    import pandas as pd

    try:
        sheets = pd.read_excel(io.BytesIO(data), sheet_name=None, header=None, dtype=object)
    except ImportError as error:
        raise InputError(
            f"{path}: reading xlsx needs the package openpyxl. Install it, or save as csv."
        ) from error
    except Exception as error:  # openpyxl raises whatever a damaged zip or XML raises
        raise InputError(f"{path}: cannot be read as a workbook. Save it again as xlsx.") from error
    return [
        sheet.astype(object).where(sheet.notna(), "").to_numpy().tolist()
        for sheet in sheets.values()
    ]


def cell(value: object) -> str:
    """Return a cell as one line of text; a workbook's 12.0 is 12."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def is_blank(row: Sequence[object]) -> bool:
    """Return whether no cell of a row holds anything."""
    return not any(cell(each) for each in row)
