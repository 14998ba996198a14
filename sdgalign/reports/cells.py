"""Texts of strangers in cells: what a spreadsheet must neither refuse nor run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

MOST_CHARACTERS = 32_767
"""What a cell of Excel can hold."""

CUT_MARK = " […]"

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Control characters and halves of characters, which no xlsx file may hold."""

_RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a text begins that a spreadsheet may take for a formula when it opens a csv file."""


def cell_text(text: str) -> str:
    """Return a text that Excel accepts: without control characters, cut with a mark if too long."""
    clean = _REFUSED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(clean) <= MOST_CHARACTERS:
        return clean
    return clean[: MOST_CHARACTERS - len(CUT_MARK)] + CUT_MARK


def starts_like_formula(text: str) -> bool:
    """Return whether a spreadsheet may take a text for a formula."""
    return bool(_RISKY.match(text))


def inert(text: str) -> str:
    """Return a text with an apostrophe before what a spreadsheet may take for a formula.

    Undone by taking one apostrophe away where one or more stand before = + - @, a tab or a line
    break.
    """
    return f"'{text}" if starts_like_formula(text) else text


def uninert(text: str) -> str:
    """Return the text that `inert` was given."""
    return text[1:] if text.startswith("'") and starts_like_formula(text[1:]) else text


def csv_text(rows: Iterable[Sequence[object]], *, delimiter: str = ",", decimal: str = ".") -> str:
    """Write rows as RFC 4180: quoted where needed, lines end with CR LF.

    Args:
        rows: The first one holds the names of the columns. None is an empty cell; texts are
            made inert, truth is ``true`` or ``false``.
        delimiter: Between the cells.
        decimal: Mark of the numbers.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([[_csv_cell(value, decimal) for value in row] for row in rows])
    return buffer.getvalue()


def _csv_cell(value: object, decimal: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            written = f"{value:.4f}".rstrip("0").rstrip(".")
            return written.replace(".", decimal)
        case str():
            return inert(value)
        case _:
            return str(value)
