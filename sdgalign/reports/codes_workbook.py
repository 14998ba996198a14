"""SDG codes per action as a workbook, to accept or correct with a click."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sdgalign.reports.codes import CODE_COLUMNS, code_rows
from sdgalign.reports.sheets import Column, Form, Table
from sdgalign.reports.texts import texts
from sdgalign.reports.xlsx import write_workbook

_FORMS: Mapping[str, Form] = {
    "page": "integer",
    "rank": "integer",
    "percent": "integer",
    "euro_action": "euro",
    "euro_code": "euro",
}
_WIDTHS = {
    "objective_code": 18,
    "plan_code": 16,
    "percent": 19,
    "objective": 30,
    "plan": 30,
    "action": 40,
    "description": 60,
    "page": 9,
    "rank": 8,
    "sdg_title": 36,
}
_WIDTH = 14


def render_codes_workbook(plans: Iterable[Mapping[str, Any]], language: str) -> bytes:
    """Write the codes of plans as an xlsx file with the rows and columns of the csv.

    Codes of actions stay as they are: Excel makes a date of ``1/2`` when it opens a csv file.

    Args:
        plans: As the payload has them under ``plan``.
        language: ``nl`` or ``en``, of column names and titles.
    """
    t = texts(language)
    columns = [
        Column(t[f"codes.{key}"], _WIDTHS.get(key, _WIDTH), _FORMS.get(key, "text"))
        for key in CODE_COLUMNS
    ]
    rows = [
        [row[key] for key in CODE_COLUMNS] for plan in plans for row in code_rows(plan, language)
    ]
    table = Table(
        t["column.sdg"],
        columns,
        rows,
        choices=((t["codes.accept"], (t["column.yes"], t["column.no"])),),
    )
    return write_workbook([table], title=t["column.sdg"], language=language)
