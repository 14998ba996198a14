"""The report as an Excel workbook: a pure function of the payload."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sdgalign.reports import workbook_pages as pages
from sdgalign.reports import workbook_plan as plan
from sdgalign.reports import workbook_tables as tables
from sdgalign.reports.sheets import Page, Table
from sdgalign.reports.texts import texts
from sdgalign.reports.workbook_view import View
from sdgalign.reports.xlsx import write_workbook


def render_workbook(payload: Mapping[str, Any], language: str) -> bytes:
    """Write the report of one document as an xlsx file.

    Args:
        payload: The report as `report-1.schema.json` describes it.
        language: ``nl`` or ``en``, of sheets and headings; quotes keep their own.

    Returns:
        The file. Sheets on the plan and its money only where the document is a plan.
    """
    view = View(payload, texts(language))
    sheets: list[Table | Page] = [
        pages.overview(view),
        tables.goals(view),
        tables.targets(view),
        tables.evidence(view),
        tables.gaps(view),
    ]
    if payload.get("plan"):
        sheets.append(plan.actions(view))
        if payload["plan"]["budget"]["total"]:
            sheets.append(plan.budget(view))
    sheets.append(pages.method(view))
    return write_workbook(
        sheets,
        title=payload["document"]["title"],
        created=payload["created"],
        language=language,
    )
