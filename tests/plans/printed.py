"""Small plans printed row by row, and what is read of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sdgalign.documents.pdf import read_pdf
from sdgalign.plans import Plan
from sdgalign.plans.extract import extract_plan
from tests.pdfs import Put, write_pdf


def recovered(path: Path) -> Plan:
    """Return the plan that a PDF prints."""
    return extract_plan(read_pdf(path, words=True))


def plan_of_rows(path: Path, rows: Sequence[Sequence[str]], places: Sequence[float]) -> Plan:
    """Print rows of cells on a wide page and return the plan; a row with a star is bold.

    Args:
        path: Where to print.
        rows: Their cells; a shorter row leaves the last ones empty.
        places: Where each cell starts, in points.
    """
    page = []
    for number, row in enumerate(rows):
        font = "Helvetica-Bold" if row[0].startswith("*") else "Helvetica"
        page += [
            Put(x, 60 + 16 * number, text.lstrip("*"), font=font)
            for x, text in zip(places, row, strict=False)
            if text.lstrip("*")
        ]
    return recovered(write_pdf(path, [page], size=(842, 595)))


def tree_of(plan: Plan) -> list[tuple[str, str, str]]:
    """Return the codes of every action with those above it."""
    return [(one.code, two.code, three.code) for one, two, three in plan.actions()]
